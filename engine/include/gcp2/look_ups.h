// What a key ring's file says about whom children are found as: to be compared, by nobody to be
// read.
#pragma once

#include <string>

#include "gcp2/store.h"

namespace gcp2 {

/// A hash over all look-ups in a ring's file, in their order.
Stored<std::string> hash_of_look_ups(const std::string& ring_file);

}  // namespace gcp2
