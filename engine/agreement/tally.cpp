#include "agreement/tally.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace gcp2::tally {

Tally tally_of(const Ratings& ratings) {
  Tally tally;
  tally.grades = ratings.scale().size();
  std::vector<bool> used(tally.grades);
  std::vector<bool> used_in_pairs(tally.grades);
  std::vector<std::uint32_t> counts(tally.grades);
  for (std::size_t subject = 0; subject < ratings.subjects().size(); ++subject) {
    std::ranges::fill(counts, 0U);
    for (const Ratings::Cell cell : ratings.of(subject))
      if (cell != Ratings::missing) ++counts[static_cast<std::size_t>(cell)];
    const auto given = std::accumulate(counts.begin(), counts.end(), std::uint32_t{0});
    if (given == 0) continue;
    tally.counts.insert(tally.counts.end(), counts.begin(), counts.end());
    tally.ratings.push_back(given);
    if (given >= 2) ++tally.pairable;
    for (std::size_t grade = 0; grade < tally.grades; ++grade) {
      if (counts[grade] == 0) continue;
      used[grade] = true;
      if (given >= 2) used_in_pairs[grade] = true;
    }
  }
  tally.used = static_cast<std::size_t>(std::ranges::count(used, true));
  tally.used_in_pairs = static_cast<std::size_t>(std::ranges::count(used_in_pairs, true));
  return tally;
}

WeightTable::WeightTable(Weights weights, std::size_t grades)
    : grades_{grades}, table_(grades * grades) {
  for (std::size_t a = 0; a < grades; ++a)
    for (std::size_t b = 0; b < grades; ++b) {
      const double apart = std::abs(static_cast<double>(a) - static_cast<double>(b)) /
                           static_cast<double>(grades - 1);
      table_[a * grades + b] = weights == Weights::identity ? (a == b ? 1 : 0)
                               : weights == Weights::linear ? 1 - apart
                                                            : 1 - apart * apart;
    }
}

double WeightTable::sum() const noexcept {
  return std::accumulate(table_.begin(), table_.end(), 0.0);
}

void set_error(Statistic& statistic, double error) {
  constexpr double normal_quantile = 1.96;  // semantics 7
  statistic.error = error;
  statistic.interval = Interval{*statistic.estimate - normal_quantile * error,
                                *statistic.estimate + normal_quantile * error,
                                IntervalMethod::normal};
}

void set_error_of_mean(Statistic& statistic, const std::vector<double>& values) {
  if (values.size() < 2) return;
  const auto n = static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values)
    squares += (value - *statistic.estimate) * (value - *statistic.estimate);
  set_error(statistic, std::sqrt(squares / (n * (n - 1))));
}

}  // namespace gcp2::tally
