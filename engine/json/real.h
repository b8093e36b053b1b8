// Numbers that are not whole.
#pragma once

#include "gcp2/document.h"

namespace gcp2 {

/// The shortest text that reads back as this number, which is finite.
Value real(double number);

}  // namespace gcp2
