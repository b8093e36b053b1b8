// What the pictures say, in words: labels, keys and the descriptions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drawing/kin.h"
#include "drawing/lettering.h"

namespace gcp2::drawing {

/// The lines below a person's symbol: name, relation to the child, years.
std::vector<Line> label_of(const Person& person, const Language& language);

/// "born 1990", "1959 to 2021", "deceased"; or empty.
std::string years_of(const Person& person, const Language& language);

/// Everybody with what is known of them, and every union with its children.
std::string family_in_words(const Kin& kin, const Language& language);

/// "the tie between Sam and early help is strong".
std::string tie_in_words(const Language& language, const std::string& from, const std::string& to,
                         std::string_view kind);

/// "strong", "weak", "stressful" or, for any other word, "".
std::string_view known_tie(std::string_view kind);
/// "married", "partners", "separated", "divorced" or "".
std::string_view known_union(std::string_view kind);

}  // namespace gcp2::drawing
