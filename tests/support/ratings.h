// Ratings as tables in tests: 0 is a missing cell.
#pragma once

#include <string_view>
#include <vector>

#include "gcp2/agreement.h"

namespace gcp2::test {

using Table = std::vector<std::vector<int>>;

/// A row is a subject.
Ratings by_subject(const Table& table, Scale scale = {});
/// A row is a rater.
Ratings by_rater(const Table& table, Scale scale = {});

/// Fleiss 1971: 30 subjects, 6 raters.
const Ratings& fleiss_ratings();
/// Krippendorff 2004: 12 units, 4 raters, missing cells.
const Ratings& krippendorff_ratings();

/// The one of that measure and weights.
const Statistic& one(const std::vector<Statistic>& all, Measure measure,
                     std::optional<Weights> weights = {}, std::optional<std::size_t> rater = {});

}  // namespace gcp2::test
