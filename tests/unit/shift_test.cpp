#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "gcp2/comparison.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using test::grade;

std::vector<GradePair> pairs_of(const std::vector<int>& x, const std::vector<int>& y) {
  std::vector<GradePair> pairs;
  for (std::size_t i = 0; i < x.size(); ++i) pairs.push_back({grade(x[i]), grade(y.at(i))});
  return pairs;
}

/// `times` pairs of each kind.
std::vector<GradePair> table(const std::vector<std::array<int, 3>>& cells) {
  std::vector<GradePair> pairs;
  for (const auto& [x, y, times] : cells)
    for (int i = 0; i < times; ++i) pairs.push_back({grade(x), grade(y)});
  return pairs;
}

/// The definition: every pair left out once.
std::optional<double> brute_force_error(const std::vector<GradePair>& pairs,
                                        const std::function<std::optional<Jackknifed>(Shift)>& of) {
  std::vector<double> values;
  for (std::size_t left_out = 0; left_out < pairs.size(); ++left_out) {
    std::vector<GradePair> rest = pairs;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(left_out));
    const auto value = of(shift_of(rest));
    if (!value) return std::nullopt;
    values.push_back(value->estimate);
  }
  const auto n = static_cast<double>(values.size());
  double mean = 0;
  for (const double value : values) mean += value / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt((n - 1) / n * squares);
}

const std::vector<int> vector_x{1, 2, 3, 4, 5, 5, 4, 3, 2, 1};
const std::vector<int> vector_y{1, 2, 3, 4, 5, 1, 1, 5, 4, 1};

TEST(Shift, GivesThePublishedVector) {
  const Shift shift = shift_of(pairs_of(vector_x, vector_y));
  EXPECT_EQ(shift.pairs, 10U);
  EXPECT_EQ(shift.improved, 2U);
  EXPECT_EQ(shift.worsened, 2U);
  EXPECT_DOUBLE_EQ(shift.unchanged, 0.6);
  EXPECT_DOUBLE_EQ(shift.rp->estimate, -0.12);
  EXPECT_NEAR(shift.rc->estimate, -0.2317291, 5e-8);
  EXPECT_DOUBLE_EQ(shift.rv->estimate, 0.384);
}

TEST(Shift, TheJackknifeByCellsIsTheOneByPairs) {
  const std::vector<std::vector<GradePair>> tables{
      pairs_of(vector_x, vector_y),
      table({{1, 1, 10}, {2, 1, 20}, {3, 4, 1}}),
      table({{1, 2, 10}, {2, 3, 10}, {3, 2, 100}, {4, 4, 1}, {5, 1, 2}}),
      table({{2, 2, 101}, {2, 3, 10}, {3, 3, 20}, {3, 1, 1}}),
      table({{1, 5, 1}, {5, 1, 1}, {3, 3, 20}}),
      table({{1, 1, 2}, {2, 1, 1}}),
  };
  for (std::size_t i = 0; i < tables.size(); ++i) {
    SCOPED_TRACE(i);
    const Shift shift = shift_of(tables[i]);
    const auto rp = brute_force_error(tables[i], [](const Shift& s) { return s.rp; });
    const auto rv = brute_force_error(tables[i], [](const Shift& s) { return s.rv; });
    EXPECT_NEAR(shift.rp->error.value(), rp.value(), 1e-12);
    EXPECT_NEAR(shift.rv->error.value(), rv.value(), 1e-12);
    const auto rc = brute_force_error(tables[i], [](const Shift& s) { return s.rc; });
    ASSERT_EQ(shift.rc && shift.rc->error, rc.has_value());
    if (rc) {
      EXPECT_NEAR(*shift.rc->error, *rc, 1e-12);
    }
  }
}

TEST(Shift, SaysNothingOfNoPairs) {
  const Shift shift = shift_of({});
  EXPECT_EQ(shift.pairs, 0U);
  EXPECT_EQ(shift.unchanged, 0);
  EXPECT_FALSE(shift.rp || shift.rc || shift.rv);
}

TEST(Shift, OfOnePairHasNoError) {
  const Shift shift = shift_of(table({{2, 3, 1}}));
  EXPECT_EQ(shift.worsened, 1U);
  EXPECT_EQ(shift.rp->estimate, 1);
  EXPECT_FALSE(shift.rp->error);
  EXPECT_FALSE(shift.rc);
  EXPECT_EQ(shift.rv->estimate, 0);
  EXPECT_FALSE(shift.rv->error);
}

TEST(Shift, OfEqualGradesIsNoneAndItsConcentrationIsNotDefined) {
  for (const int times : {1, 2, 10, 100}) {
    const Shift shift = shift_of(table({{3, 3, times}}));
    EXPECT_EQ(shift.unchanged, 1);
    EXPECT_EQ(shift.rp->estimate, 0);
    EXPECT_FALSE(shift.rc);
    EXPECT_EQ(shift.rv->estimate, 0);
    EXPECT_EQ(shift.rp->error.value_or(-1), times > 1 ? 0 : -1);
  }
}

TEST(Shift, OfAllOneGradeBetterIsMinusOne) {
  const Shift shift = shift_of(table({{4, 2, 20}}));
  EXPECT_EQ(shift.improved, 20U);
  EXPECT_EQ(shift.unchanged, 0);
  EXPECT_EQ(shift.rp->estimate, -1);
  EXPECT_EQ(shift.rp->error, 0.0);
  EXPECT_FALSE(shift.rc);  // nobody of one side lies between two of the other: 0/0
}

TEST(Shift, ConcentratedInTheMiddleIsPositive) {
  // First spread over 1 and 5, then all at 3: Y lies between two of X, never the other way round.
  const Shift shift = shift_of(table({{1, 3, 10}, {5, 3, 10}}));
  EXPECT_EQ(shift.rp->estimate, 0);
  EXPECT_EQ(shift.rc->estimate, 1);
}

TEST(Shift, AConcentrationThatOnePairDecidesHasNoError) {
  // Without the one worse pair no second grade is above a first: 0/0.
  const Shift shift = shift_of(table({{2, 1, 3}, {2, 3, 1}}));
  EXPECT_TRUE(shift.rc);
  EXPECT_FALSE(shift.rc->error);
}

}  // namespace
}  // namespace gcp2
