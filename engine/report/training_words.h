// What the reports of training share.
#pragma once

#include <string>
#include <vector>

#include "gcp2/language.h"
#include "gcp2/training.h"

namespace gcp2::training_words {

/// Which child, which look, which window.
std::string identity(const Language& language, const ToldCase& of);
/// Why the key says what it says, and the lines that it rests on; a sentence each.
std::vector<std::string> reasons(const Language& language, const KeyEntry& key);

}  // namespace gcp2::training_words
