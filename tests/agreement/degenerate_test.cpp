// Tables that say little or nothing: a value is undefined then, with its reason, and never NaN.
#include <gtest/gtest.h>

#include <cmath>

#include "gcp2/agreement.h"
#include "support/ratings.h"

namespace gcp2 {
namespace {

using test::by_subject;
using test::one;

bool is_chance_corrected_by_use(Measure measure) {
  return measure == Measure::cohen_kappa || measure == Measure::fleiss_kappa ||
         measure == Measure::krippendorff_alpha;
}

void expect_sound(const std::vector<Statistic>& all) {
  for (const Statistic& s : all) {
    EXPECT_EQ(s.estimate.has_value(), !s.undefined) << name_of(s.measure);
    EXPECT_EQ(s.error.has_value(), s.interval.has_value());
    if (s.estimate) {
      EXPECT_TRUE(std::isfinite(*s.estimate)) << name_of(s.measure);
    }
    if (s.error) {
      EXPECT_TRUE(std::isfinite(*s.error) && *s.error >= 0) << name_of(s.measure);
      EXPECT_LE(s.interval->low, s.interval->high);
    }
  }
}

void expect_all_undefined(const Ratings& ratings, Undefined why) {
  const auto all = agreement(ratings);
  expect_sound(all);
  for (const Statistic& s : all) {
    const bool is_of_two = s.measure == Measure::cohen_kappa && ratings.raters().size() != 2;
    EXPECT_EQ(s.undefined, is_of_two ? Undefined::not_two_raters : why) << name_of(s.measure);
  }
}

TEST(Degenerate, WithoutAPairNothingIsDefined) {
  expect_all_undefined(by_subject({{1}, {2}, {3}}), Undefined::no_pair);           // one rater
  expect_all_undefined(by_subject({{0, 0}, {0, 0}}), Undefined::no_pair);          // all missing
  expect_all_undefined(by_subject({{1, 0}, {0, 2}, {3, 0}}), Undefined::no_pair);  // never the same
  expect_all_undefined(by_subject({}), Undefined::no_pair);
}

TEST(Degenerate, AllEqualIsNoAgreementBeyondChance) {
  const auto all = agreement(by_subject({{2, 2}, {2, 2}, {2, 2}}));
  expect_sound(all);
  for (const Statistic& s : all)
    if (is_chance_corrected_by_use(s.measure)) {
      EXPECT_EQ(s.undefined, Undefined::all_equal) << name_of(s.measure);
    } else {
      // AC and Brennan-Prediger take chance from the scale: full agreement is 1 there.
      EXPECT_EQ(*s.estimate, s.measure == Measure::rp_bias ? 0 : 1) << name_of(s.measure);
      EXPECT_EQ(*s.error, 0);
    }
}

TEST(Degenerate, PerfectAgreementOnSeveralGradesIsOne) {
  const auto all = agreement(by_subject({{1, 1}, {3, 3}, {5, 5}, {3, 3}}));
  expect_sound(all);
  for (const Statistic& s : all)
    EXPECT_NEAR(*s.estimate, s.measure == Measure::rp_bias ? 0 : 1, 1e-12) << name_of(s.measure);
}

TEST(Degenerate, OppositeRatersAreBelowZero) {
  const auto all = agreement(by_subject({{1, 5}, {5, 1}, {1, 5}, {5, 1}}));
  expect_sound(all);
  EXPECT_EQ(one(all, Measure::percent_exact).estimate, 0);
  EXPECT_EQ(one(all, Measure::cohen_kappa, Weights::identity).estimate, -1);
  EXPECT_LT(*one(all, Measure::krippendorff_alpha, Weights::ordinal).estimate, 0);
}

TEST(Degenerate, OneSubjectHasNoErrors) {
  const auto all = agreement(by_subject({{2, 3, 3}}));
  expect_sound(all);
  for (const Statistic& s : all) EXPECT_FALSE(s.error) << name_of(s.measure);
  EXPECT_NEAR(*one(all, Measure::percent_exact).estimate, 1.0 / 3, 1e-12);
}

TEST(Degenerate, AnUnusedGradeCountsWhereChanceHangsOnTheScale) {
  const test::Table table{{1, 2}, {2, 2}, {1, 1}, {2, 1}, {1, 1}};
  const auto of = [&](Scale scale, Measure measure, Weights weights) {
    return *one(agreement(by_subject(table, scale), {.samples = 0}), measure, weights).estimate;
  };
  constexpr Scale two{1, 2};
  constexpr Scale five{1, 5};
  for (const Measure measure : {Measure::brennan_prediger, Measure::gwet_ac})
    EXPECT_LT(of(two, measure, Weights::identity), of(five, measure, Weights::identity));
  for (const auto& [measure, weights] :
       {std::pair{Measure::fleiss_kappa, Weights::identity},
        std::pair{Measure::krippendorff_alpha, Weights::ordinal}})
    EXPECT_NEAR(of(two, measure, weights), of(five, measure, weights), 1e-12);
}

TEST(Degenerate, EmptySubjectsAndRatersChangeNothing) {
  const auto alone = agreement(by_subject({{1, 2}, {3, 3}, {4, 2}, {1, 1}}));
  const auto padded = agreement(by_subject({{1, 2}, {0, 0}, {3, 3}, {4, 2}, {1, 1}, {0, 0}}));
  ASSERT_EQ(alone.size(), padded.size());
  for (std::size_t i = 0; i < alone.size(); ++i) {
    EXPECT_EQ(alone[i].estimate, padded[i].estimate);
    EXPECT_EQ(alone[i].error, padded[i].error);
    EXPECT_EQ(alone[i].count, padded[i].count);
  }
}

TEST(Degenerate, ARaterAloneIsAmongNobody) {
  const auto all = agreement(by_subject({{1, 2, 0}, {3, 3, 0}, {0, 0, 4}}));
  EXPECT_EQ(one(all, Measure::rp_bias, {}, 2).undefined, Undefined::no_pair);
  EXPECT_TRUE(one(all, Measure::rp_bias, {}, 0).estimate);
}

TEST(Bias, IsAboveZeroForWhoGradesWorse) {
  const auto all = agreement(by_subject({{2, 3, 2}, {1, 3, 1}, {4, 5, 4}, {3, 4, 3}}));
  EXPECT_GT(*one(all, Measure::rp_bias, {}, 1).estimate, 0);
  EXPECT_LT(*one(all, Measure::rp_bias, {}, 0).estimate, 0);
}

TEST(Benchmark, SaysHowSureABandIs) {
  const auto of = [](double estimate, double error) {
    return *benchmark({.measure = Measure::gwet_ac,
                       .weights = Weights::identity,
                       .estimate = estimate,
                       .error = error});
  };
  // Half of a narrow error lies above its estimate.
  EXPECT_NEAR(of(0.6, 0.01).at_least[1], 0.5, 1e-9);
  EXPECT_EQ(of(0.6, 0.01).band, Benchmark::Band::moderate);
  EXPECT_EQ(of(0.7, 0).band, Benchmark::Band::substantial);
  EXPECT_EQ(of(0.85, 0.2).band, Benchmark::Band::moderate) << "0.85 alone would be almost perfect";
  EXPECT_EQ(of(-0.5, 0.1).band, Benchmark::Band::poor);
  EXPECT_EQ(of(0.1, 5).at_least[5], 1);
  EXPECT_FALSE(benchmark({.measure = Measure::rp_bias, .estimate = 0.1, .error = 0.1}));
  EXPECT_FALSE(benchmark({.measure = Measure::gwet_ac,
                          .weights = Weights::identity,
                          .undefined = Undefined::no_pair}));
}

TEST(Ratings, RefusesWhatIsNoScaleAndNoGrade) {
  EXPECT_THROW((Ratings{{}, {}, {3, 3}}), std::logic_error);
  EXPECT_THROW((Ratings{{}, {}, {1, 21}}), std::logic_error);
  Ratings ratings{{"s"}, {"r"}};
  EXPECT_THROW(ratings.set(0, 0, 6), std::logic_error);
  ratings.set(0, 0, 5);
  EXPECT_EQ(ratings.grade(0, 0), 5);
  ratings.set(0, 0, std::nullopt);
  EXPECT_EQ(ratings.grade(0, 0), std::nullopt);
}

}  // namespace
}  // namespace gcp2
