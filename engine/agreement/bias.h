// Who leans: a rater's grades among the others'.
#pragma once

#include "agreement/tally.h"

namespace gcp2::bias {

/// Of every rater, in their order.
std::vector<Statistic> all(const Ratings& ratings);

}  // namespace gcp2::bias
