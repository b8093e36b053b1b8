// Published figures, each to its last digit.
#include <gtest/gtest.h>

#include "gcp2/agreement.h"
#include "support/ratings.h"

namespace gcp2 {
namespace {

using test::one;

constexpr double seven_digits = 5e-7;
constexpr double five_digits = 5e-6;
constexpr double four_digits = 5e-5;
constexpr double three_digits = 5e-4;
constexpr std::array kappa_weights{Weights::identity, Weights::linear, Weights::quadratic};

TEST(Published, FleissKappa) {
  const auto all = agreement(test::fleiss_ratings(), {.samples = 0});
  EXPECT_NEAR(*one(all, Measure::fleiss_kappa, Weights::identity).estimate, 0.4302445, seven_digits);
  EXPECT_NEAR(*one(all, Measure::percent_exact).estimate, 0.5555556, seven_digits);
}

TEST(Published, KrippendorffsAlpha) {
  const Ratings& ratings = test::krippendorff_ratings();
  const AgreementOptions no_samples{.samples = 0};
  const auto alpha = [&](Weights w) { return *krippendorff_alpha(ratings, w, no_samples).estimate; };
  EXPECT_NEAR(alpha(Weights::nominal), 0.7434211, seven_digits);
  EXPECT_NEAR(alpha(Weights::ordinal), 0.8153875, seven_digits);
  EXPECT_NEAR(alpha(Weights::interval), 0.8491071, seven_digits);
}

struct WithMissingCells {
  Measure measure;
  std::array<double, 3> estimates, errors;
};

TEST(Published, CoefficientsOfRatingsWithMissingCells) {
  const auto all = agreement(test::krippendorff_ratings(), {.samples = 0});
  for (const auto& [measure, estimates, errors] :
       {WithMissingCells{Measure::fleiss_kappa, {0.76117, 0.81794, 0.86494}, {0.153, 0.149, 0.146}},
        WithMissingCells{Measure::gwet_ac, {0.77544, 0.85874, 0.914}, {0.143, 0.117, 0.104}},
        WithMissingCells{
            Measure::brennan_prediger, {0.77273, 0.84848, 0.90152}, {0.145, 0.123, 0.111}}})
    for (std::size_t w = 0; w < 3; ++w) {
      const Statistic& found = one(all, measure, kappa_weights[w]);
      EXPECT_NEAR(*found.estimate, estimates[w], five_digits) << name_of(measure) << w;
      EXPECT_NEAR(*found.error, errors[w], three_digits) << name_of(measure) << w;
      EXPECT_EQ(found.count, 12U);
      EXPECT_DOUBLE_EQ(found.interval->high, *found.estimate + 1.96 * *found.error);
    }
  const Statistic& exact = one(all, Measure::percent_exact);
  EXPECT_NEAR(*exact.estimate, 0.81818, five_digits) << "over subjects; pooled it would be 0.782";
  EXPECT_EQ(exact.count, 11U) << "the twelfth has one rating";
}

TEST(Published, CohensKappaOfATable) {
  const std::array<std::array<int, 3>, 3> cells{{{{0, 4, 1}}, {{0, 8, 0}}, {{0, 1, 5}}}};
  test::Table subjects;
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b)
      for (int i = 0; i < cells[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)]; ++i)
        subjects.push_back({a + 1, b + 1});
  const Ratings ratings = test::by_subject(subjects, {1, 3});
  const std::array<double, 3> estimates{0.4842, 0.4701, 0.4502};
  const std::array<double, 3> errors{0.1380, 0.1457, 0.1922};
  for (std::size_t w = 0; w < 3; ++w) {
    const Statistic kappa = cohen_kappa(ratings, kappa_weights[w]);
    EXPECT_NEAR(*kappa.estimate, estimates[w], four_digits);
    EXPECT_NEAR(*kappa.error, errors[w], four_digits);
  }
  const Interval interval = *cohen_kappa(ratings, Weights::identity).interval;
  EXPECT_NEAR(interval.low, 0.2137, 1e-4);
  EXPECT_NEAR(interval.high, 0.7547, 1e-4);
}

}  // namespace
}  // namespace gcp2
