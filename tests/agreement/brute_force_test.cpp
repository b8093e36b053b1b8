// Each formula once more, read word by word over pairs of ratings, on random tables with missing
// cells.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "gcp2/agreement.h"
#include "support/always.h"
#include "support/ratings.h"

namespace gcp2 {
namespace {

using test::one;
using Grades = std::vector<int>;  ///< of one subject, missing ones left out

/// Mean over all ordered pairs of different ratings.
double over_pairs(const Grades& grades, const std::function<double(int, int)>& of) {
  double sum = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < grades.size(); ++i)
    for (std::size_t j = 0; j < grades.size(); ++j)
      if (i != j) {
        sum += of(grades[i], grades[j]);
        ++pairs;
      }
  return sum / pairs;
}

struct Subjects {
  std::vector<Grades> rated, paired;
};

Subjects subjects_of(const Ratings& ratings) {
  Subjects all;
  for (std::size_t s = 0; s < ratings.subjects().size(); ++s) {
    Grades grades;
    for (std::size_t r = 0; r < ratings.raters().size(); ++r)
      if (const auto grade = ratings.grade(s, r)) grades.push_back(*grade);
    if (!grades.empty()) all.rated.push_back(grades);
    if (grades.size() >= 2) all.paired.push_back(grades);
  }
  return all;
}

double weight(Weights weights, int a, int b, const Scale& scale) {
  const double apart = std::abs(a - b) / (static_cast<double>(scale.size()) - 1);
  if (weights == Weights::identity) return a == b ? 1 : 0;
  return weights == Weights::linear ? 1 - apart : 1 - apart * apart;
}

/// P(two raters drawn by chance give these grades), summed with weights.
double by_chance(Measure measure, Weights weights, const Subjects& all, const Scale& scale) {
  const auto share = [&](int grade) {
    double sum = 0;
    for (const Grades& grades : all.rated)
      sum += static_cast<double>(std::ranges::count(grades, grade)) /
             static_cast<double>(grades.size());
    return sum / static_cast<double>(all.rated.size());
  };
  const auto q = static_cast<double>(scale.size());
  double total = 0;
  double pe = 0;
  for (int a = scale.lowest; a <= scale.highest; ++a)
    for (int b = scale.lowest; b <= scale.highest; ++b) {
      total += weight(weights, a, b, scale);
      pe += weight(weights, a, b, scale) * share(a) * share(b);
    }
  if (measure == Measure::brennan_prediger) return total / (q * q);
  if (measure == Measure::fleiss_kappa) return pe;
  double spread = 0;
  for (int a = scale.lowest; a <= scale.highest; ++a) spread += share(a) * (1 - share(a));
  return total * spread / (q * (q - 1));
}

double alpha(Weights weights, const Subjects& all) {
  Grades pool;
  for (const Grades& grades : all.paired) pool.insert(pool.end(), grades.begin(), grades.end());
  const auto number = [&](int grade) { return static_cast<double>(std::ranges::count(pool, grade)); };
  const auto distance = [&](int a, int b) -> double {
    if (a > b) std::swap(a, b);
    if (weights == Weights::nominal) return a == b ? 0 : 1;
    if (weights == Weights::interval) return (a - b) * (a - b);
    double between = -(number(a) + number(b)) / 2;
    for (int grade = a; grade <= b; ++grade) between += number(grade);
    return between * between;
  };
  const auto n = static_cast<double>(pool.size());
  double observed = 0;
  for (const Grades& grades : all.paired)
    observed += over_pairs(grades, distance) * static_cast<double>(grades.size()) / n;
  return 1 - observed / over_pairs(pool, distance);
}

double rp(const Ratings& ratings, std::size_t rater, std::optional<std::size_t> without = {}) {
  Grades own;
  Grades others;
  for (std::size_t s = 0; s < ratings.subjects().size(); ++s) {
    if (s == without || !ratings.grade(s, rater)) continue;
    Grades beside;
    for (std::size_t r = 0; r < ratings.raters().size(); ++r)
      if (const auto grade = ratings.grade(s, r); grade && r != rater) beside.push_back(*grade);
    if (beside.empty()) continue;
    own.push_back(*ratings.grade(s, rater));
    others.insert(others.end(), beside.begin(), beside.end());
  }
  double sum = 0;
  for (const int a : own)
    for (const int b : others) sum += a > b ? 1 : a < b ? -1 : 0;
  return sum / (static_cast<double>(own.size()) * static_cast<double>(others.size()));
}

/// The jackknife over the rated subjects.
double jackknife(const Ratings& ratings, const std::function<double(const Ratings&)>& of) {
  std::vector<double> without;
  for (std::size_t left_out = 0; left_out < ratings.subjects().size(); ++left_out) {
    std::vector<std::size_t> rest;
    for (std::size_t s = 0; s < ratings.subjects().size(); ++s)
      if (s != left_out) rest.push_back(s);
    without.push_back(of(ratings.only(rest)));
  }
  const auto n = static_cast<double>(without.size());
  double mean = 0;
  for (const double value : without) mean += value / n;
  double squares = 0;
  for (const double value : without) squares += (value - mean) * (value - mean);
  return std::sqrt((n - 1) / n * squares);
}

Ratings any_ratings() {
  const int subjects = *rc::gen::inRange(1, 12);
  const int raters = *rc::gen::inRange(2, 6);
  const int highest = *rc::gen::inRange(2, 7);
  const int used = *rc::gen::inRange(1, highest + 1);
  test::Table table(static_cast<std::size_t>(subjects));
  for (auto& row : table)
    for (int r = 0; r < raters; ++r)
      row.push_back(*rc::gen::inRange(0, 5) == 0 ? 0 : *rc::gen::inRange(1, used + 1));
  return test::by_subject(table, {1, highest});
}

constexpr double near_enough = 1e-9;

bool agrees(const std::optional<double>& found, double expected) {
  return found && std::abs(*found - expected) < near_enough;
}

void expect_all(const Ratings& ratings) {
  const Subjects subjects = subjects_of(ratings);
  const auto all = agreement(ratings, {.samples = 0});
  for (const auto& [measure, apart] :
       {std::pair{Measure::percent_exact, 0}, std::pair{Measure::percent_within_one, 1}}) {
    double mean = 0;
    for (const Grades& grades : subjects.paired)
      mean += over_pairs(grades, [apart](int a, int b) { return std::abs(a - b) <= apart ? 1 : 0; }) /
              static_cast<double>(subjects.paired.size());
    if (!subjects.paired.empty()) RC_ASSERT(agrees(one(all, measure).estimate, mean));
  }
  for (const Statistic& s : all) {
    if (s.undefined) continue;
    if (s.measure == Measure::krippendorff_alpha)
      RC_ASSERT(agrees(s.estimate, alpha(*s.weights, subjects)));
    if (s.measure == Measure::rp_bias) RC_ASSERT(agrees(s.estimate, rp(ratings, *s.rater)));
    if (s.measure != Measure::fleiss_kappa && s.measure != Measure::gwet_ac &&
        s.measure != Measure::brennan_prediger)
      continue;
    double pa = 0;
    for (const Grades& grades : subjects.paired)
      pa += over_pairs(grades,
                       [&](int a, int b) { return weight(*s.weights, a, b, ratings.scale()); }) /
            static_cast<double>(subjects.paired.size());
    const double pe = by_chance(s.measure, *s.weights, subjects, ratings.scale());
    RC_ASSERT(agrees(s.estimate, (pa - pe) / (1 - pe)));
  }
}

TEST(BruteForce, EveryFormulaWithMissingCells) {
  test::expect_always("each formula read word by word", [] { expect_all(any_ratings()); });
}

TEST(BruteForce, UndefinedExactlyWhereTheFormulaIs) {
  test::expect_always("undefined where 0/0", [] {
    const Ratings ratings = any_ratings();
    const Subjects subjects = subjects_of(ratings);
    Grades pool;
    for (const Grades& grades : subjects.rated) pool.insert(pool.end(), grades.begin(), grades.end());
    Grades paired;
    for (const Grades& grades : subjects.paired)
      paired.insert(paired.end(), grades.begin(), grades.end());
    const auto all_same = [](const Grades& grades) {
      return std::ranges::adjacent_find(grades, std::not_equal_to{}) == grades.end();
    };
    for (const Statistic& s : agreement(ratings, {.samples = 0})) {
      if (s.measure == Measure::fleiss_kappa)
        RC_ASSERT(s.estimate.has_value() == (!paired.empty() && !all_same(pool)));
      if (s.measure == Measure::krippendorff_alpha)
        RC_ASSERT(s.estimate.has_value() == (!paired.empty() && !all_same(paired)));
      if (s.measure == Measure::gwet_ac || s.measure == Measure::brennan_prediger)
        RC_ASSERT(s.estimate.has_value() == !paired.empty());
    }
  });
}

TEST(BruteForce, ErrorOfTheBias) {
  for (const Ratings* ratings : {&test::fleiss_ratings(), &test::krippendorff_ratings()}) {
    const auto all = agreement(*ratings, {.samples = 0});
    // The third of Krippendorff's coders rated all that others rated.
    const double expected =
        jackknife(ratings == &test::fleiss_ratings()
                      ? *ratings
                      : ratings->only({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
                  [](const Ratings& r) { return rp(r, 2); });
    EXPECT_NEAR(*one(all, Measure::rp_bias, {}, 2).error, expected, near_enough);
  }
}

TEST(BruteForce, OrderMeansNothing) {
  test::expect_always("subjects in another order", [] {
    const Ratings ratings = any_ratings();
    std::vector<std::size_t> order;
    for (std::size_t s = ratings.subjects().size(); s-- > 0;) order.push_back(s);
    const auto forth = agreement(ratings, {.samples = 0});
    const auto back = agreement(ratings.only(order), {.samples = 0});
    for (std::size_t i = 0; i < forth.size(); ++i) {
      RC_ASSERT(forth[i].undefined == back[i].undefined);
      if (forth[i].estimate) RC_ASSERT(agrees(back[i].estimate, *forth[i].estimate));
      if (forth[i].error) RC_ASSERT(std::abs(*back[i].error - *forth[i].error) < 1e-7);
    }
  });
}

}  // namespace
}  // namespace gcp2
