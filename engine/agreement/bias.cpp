#include "agreement/bias.h"

#include <algorithm>
#include <cmath>

namespace gcp2::bias {
namespace {

/// By grade, over the subjects that the rater shares with others: one rating of the rater's each,
/// and all of the others'.
struct Sides {
  std::vector<std::int64_t> own, others;
};

/// P(rater above other) - P(other above rater), Svensson 1998, for one of each drawn at random.
double relative_position(const Sides& sides) {
  std::int64_t above = 0;
  std::int64_t below = 0;
  std::int64_t own_before = 0;
  std::int64_t others_before = 0;
  for (std::size_t grade = 0; grade < sides.own.size(); ++grade) {
    above += sides.own[grade] * others_before;
    below += sides.others[grade] * own_before;
    own_before += sides.own[grade];
    others_before += sides.others[grade];
  }
  return static_cast<double>(above - below) /
         (static_cast<double>(own_before) * static_cast<double>(others_before));
}

/// Takes a subject's ratings out of the sides, or puts them back (`times` 1).
void move(Sides& sides, std::span<const Ratings::Cell> given, std::size_t rater,
          std::int64_t times) {
  for (std::size_t i = 0; i < given.size(); ++i)
    if (given[i] != Ratings::missing)
      (i == rater ? sides.own : sides.others)[static_cast<std::size_t>(given[i])] += times;
}

Statistic of_rater(const Ratings& ratings, std::size_t rater) {
  Statistic statistic{.measure = Measure::rp_bias, .rater = rater};
  const std::size_t grades = ratings.scale().size();
  Sides sides{std::vector<std::int64_t>(grades), std::vector<std::int64_t>(grades)};
  std::vector<std::size_t> shared;
  for (std::size_t i = 0; i < ratings.subjects().size(); ++i) {
    const auto given = ratings.of(i);
    const auto rated = std::ranges::count_if(given, [](auto c) { return c != Ratings::missing; });
    if (given[rater] == Ratings::missing || rated < 2) continue;
    shared.push_back(i);
    move(sides, given, rater, 1);
  }
  statistic.count = shared.size();
  if (shared.empty()) {
    statistic.undefined = Undefined::no_pair;
    return statistic;
  }
  statistic.estimate = relative_position(sides);
  if (shared.size() < 2) return statistic;
  std::vector<double> without;
  double mean = 0;
  for (const std::size_t i : shared) {
    move(sides, ratings.of(i), rater, -1);
    without.push_back(relative_position(sides));
    move(sides, ratings.of(i), rater, 1);
    mean += without.back() / static_cast<double>(shared.size());
  }
  double squares = 0;
  for (const double value : without) squares += (value - mean) * (value - mean);
  const auto n = static_cast<double>(shared.size());
  tally::set_error(statistic, std::sqrt((n - 1) / n * squares));
  return statistic;
}

}  // namespace

std::vector<Statistic> all(const Ratings& ratings) {
  std::vector<Statistic> each;
  for (std::size_t rater = 0; rater < ratings.raters().size(); ++rater)
    each.push_back(of_rater(ratings, rater));
  return each;
}

}  // namespace gcp2::bias
