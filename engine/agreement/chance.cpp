#include "agreement/chance.h"

#include <algorithm>
#include <cmath>

namespace gcp2::chance {
namespace {

using tally::Tally;
using tally::WeightTable;

// Gwet 2014: pa and pe are the agreement observed and by chance, pi the share of each grade.

/// The share of a subject's pairs of ratings that agree, weighted.
double agreement_of(const std::uint32_t* counts, std::size_t grades, double ratings,
                    const auto& weight) {
  double pairs = 0;
  for (std::size_t a = 0; a < grades; ++a) {
    if (counts[a] == 0) continue;
    double agreeing = -1;  // a rating is no pair with itself
    for (std::size_t b = 0; b < grades; ++b) agreeing += weight(a, b) * counts[b];
    pairs += counts[a] * agreeing;
  }
  return pairs / (ratings * (ratings - 1));
}

/// The mean over subjects of the share of their ratings that are each grade.
std::vector<double> shares(const Tally& tally) {
  std::vector<double> pi(tally.grades);
  for (std::size_t i = 0; i < tally.subjects(); ++i)
    for (std::size_t grade = 0; grade < tally.grades; ++grade)
      pi[grade] += static_cast<double>(tally.of(i)[grade]) / tally.ratings[i];
  for (double& share : pi) share /= static_cast<double>(tally.subjects());
  return pi;
}

/// Agreement by chance, and what a rating of each grade adds to it.
struct Chance {
  double pe = 0;
  std::vector<double> by_grade;  ///< empty where it hangs on the scale alone
};

Chance chance_of(const Tally& tally, Measure measure, const WeightTable& weights) {
  const auto q = static_cast<double>(tally.grades);
  if (measure == Measure::brennan_prediger) return {weights.sum() / (q * q), {}};
  const std::vector<double> pi = shares(tally);
  Chance chance;
  for (std::size_t a = 0; a < tally.grades; ++a) {
    double of_grade = 0;
    if (measure == Measure::gwet_ac)
      of_grade = weights.sum() / (q * (q - 1)) * (1 - pi[a]);
    else
      for (std::size_t b = 0; b < tally.grades; ++b) of_grade += weights.at(a, b) * pi[b];
    chance.pe += pi[a] * of_grade;
    chance.by_grade.push_back(of_grade);
  }
  return chance;
}

}  // namespace

Statistic percent(const Tally& tally, Measure measure, std::size_t apart) {
  Statistic statistic{.measure = measure, .count = tally.pairable};
  if (tally.pairable == 0) {
    statistic.undefined = Undefined::no_pair;
    return statistic;
  }
  std::vector<double> each;
  each.reserve(tally.pairable);
  double sum = 0;
  for (std::size_t i = 0; i < tally.subjects(); ++i) {
    if (tally.ratings[i] < 2) continue;
    each.push_back(agreement_of(tally.of(i), tally.grades, tally.ratings[i],
                                [apart](std::size_t a, std::size_t b) {
                                  return (a > b ? a - b : b - a) <= apart ? 1.0 : 0.0;
                                }));
    sum += each.back();
  }
  statistic.estimate = sum / static_cast<double>(tally.pairable);
  tally::set_error_of_mean(statistic, each);
  return statistic;
}

Statistic coefficient(const Tally& tally, Measure measure, Weights weights) {
  Statistic statistic{.measure = measure, .weights = weights, .count = tally.subjects()};
  if (tally.pairable == 0)
    statistic.undefined = Undefined::no_pair;
  else if (measure == Measure::fleiss_kappa && tally.used == 1)
    statistic.undefined = Undefined::all_equal;
  if (statistic.undefined) return statistic;

  const WeightTable table{weights, tally.grades};
  const auto weight = [&table](std::size_t a, std::size_t b) { return table.at(a, b); };
  const Chance chance = chance_of(tally, measure, table);
  const auto n = static_cast<double>(tally.subjects());
  const double beyond = 1 - chance.pe;
  const double pairable_share = static_cast<double>(tally.pairable) / n;

  // Each subject's part in the coefficient; their mean is the coefficient itself.
  std::vector<double> parts(tally.subjects());
  double pa = 0;
  for (std::size_t i = 0; i < tally.subjects(); ++i) {
    if (tally.ratings[i] < 2) continue;
    const double agreeing = agreement_of(tally.of(i), tally.grades, tally.ratings[i], weight);
    pa += agreeing / static_cast<double>(tally.pairable);
    parts[i] = (agreeing - chance.pe) / (beyond * pairable_share);
  }
  const double estimate = (pa - chance.pe) / beyond;
  statistic.estimate = estimate;
  if (!chance.by_grade.empty())
    for (std::size_t i = 0; i < tally.subjects(); ++i) {
      double of_subject = 0;
      for (std::size_t grade = 0; grade < tally.grades; ++grade)
        of_subject += chance.by_grade[grade] * tally.of(i)[grade] / tally.ratings[i];
      parts[i] -= 2 * (1 - estimate) * (of_subject - chance.pe) / beyond;
    }
  tally::set_error_of_mean(statistic, parts);
  return statistic;
}

}  // namespace gcp2::chance
