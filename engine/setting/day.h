// Moments of the store as days and instants.
#pragma once

#include "gcp2/store.h"

namespace gcp2 {

Date day_of(Seconds at);
Instant instant_of(Seconds at);

}  // namespace gcp2
