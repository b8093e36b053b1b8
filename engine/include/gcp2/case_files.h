// The sample cases that ship inside the program.
#pragma once

#include <vector>

#include "gcp2/training.h"

namespace gcp2 {

/// The cases of schemas/cases/, in the order in which a course may meet them; all of the shipped
/// instruments.
const std::vector<Case>& shipped_cases();

}  // namespace gcp2
