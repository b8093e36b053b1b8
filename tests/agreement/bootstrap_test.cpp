// The bootstrap is near what theory says; that threads change nothing: tests/threads.
#include <gtest/gtest.h>

#include "gcp2/agreement.h"
#include "support/ratings.h"

namespace gcp2 {
namespace {

TEST(Bootstrap, AnotherSeedGivesNearlyTheSame) {
  const auto with = [](std::uint64_t seed) {
    return krippendorff_alpha(test::fleiss_ratings(), Weights::ordinal, {.seed = seed});
  };
  EXPECT_NE(with(1).error, with(2).error);
  EXPECT_NEAR(*with(1).error, *with(2).error, 0.005);
  EXPECT_NEAR(with(1).interval->low, with(2).interval->low, 0.02);
}

TEST(Bootstrap, ErrorIsNearGwetsForTheSameCoefficient) {
  // Nominal alpha and Fleiss' kappa of many subjects without missing cells are nearly one.
  const auto all = agreement(test::fleiss_ratings());
  const double gwet = *test::one(all, Measure::fleiss_kappa, Weights::identity).error;
  const double drawn = *test::one(all, Measure::krippendorff_alpha, Weights::nominal).error;
  EXPECT_NEAR(drawn, gwet, gwet / 10);
}

TEST(Bootstrap, IntervalIsBcaAndHoldsTheEstimate) {
  const Statistic alpha = krippendorff_alpha(test::krippendorff_ratings(), Weights::ordinal);
  EXPECT_EQ(alpha.interval->method, IntervalMethod::bca);
  EXPECT_LT(alpha.interval->low, *alpha.estimate);
  EXPECT_GT(alpha.interval->high, *alpha.estimate);
  EXPECT_LE(alpha.interval->high, 1);
}

TEST(Bootstrap, WithoutACorrectionTheIntervalIsThePercentiles) {
  // Without the last subject every rating is equal: there is no alpha, and so no acceleration.
  const Statistic alpha = krippendorff_alpha(
      test::by_subject({{2, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 3}}), Weights::nominal);
  EXPECT_EQ(alpha.interval->method, IntervalMethod::percentile);
  EXPECT_TRUE(alpha.error);
}

TEST(Bootstrap, NoSamplesNoError) {
  const Statistic alpha =
      krippendorff_alpha(test::krippendorff_ratings(), Weights::ordinal, {.samples = 0});
  EXPECT_TRUE(alpha.estimate);
  EXPECT_FALSE(alpha.error);
}

}  // namespace
}  // namespace gcp2
