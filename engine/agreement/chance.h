// Agreement of any number of raters with missing cells: observed, and beyond chance.
#pragma once

#include "agreement/tally.h"

namespace gcp2::chance {

/// The mean over subjects of the share of their pairs of ratings that are at most `apart` apart.
Statistic percent(const tally::Tally& tally, Measure measure, std::size_t apart);

/// Fleiss' kappa, Gwet's AC or Brennan-Prediger.
Statistic coefficient(const tally::Tally& tally, Measure measure, Weights weights);

}  // namespace gcp2::chance
