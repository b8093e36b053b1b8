// Krippendorff's alpha and its bootstrap.
#pragma once

#include "agreement/tally.h"

namespace gcp2::alpha {

/// For each of the weights, from the same samples.
std::vector<Statistic> all(const tally::Tally& tally, const std::vector<Weights>& weights,
                           const AgreementOptions& options);

}  // namespace gcp2::alpha
