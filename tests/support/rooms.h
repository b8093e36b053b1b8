// Trainees who graded a shipped case, made from its key.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gcp2/marking.h"

namespace gcp2::test {

/// The case's only profile, or the one of that id.
ToldCase told_case(std::string_view id, std::string_view profile = "first");
/// The grade of each entry of the key; 0 leaves it not yet graded.
using Grading = std::function<int(const KeyEntry& key)>;
Sheet graded(const ToldCase& of, const Grading& grading);
Trainee trainee(const ToldCase& of, const std::string& name, const Grading& grading);

/// As the key, where it has a grade.
int as_key(const KeyEntry& key);
/// So much worse than the key, at most 5 and at least 1.
Grading worse_by(int grades);

}  // namespace gcp2::test
