// The cases of a child looked at again, and of two children in one house, as the engine compares
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gcp2/case_files.h"
#include "gcp2/comparison.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

const Case& case_of(std::string_view id) {
  return *std::ranges::find(shipped_cases(), id, &Case::id);
}

/// The keys of a case's profiles as records of one child.
struct KeyRecords {
  std::vector<Assessment> assessments;
  std::vector<Sheet> sheets;
  std::vector<Scorecard> cards;
  std::vector<ScoredRecord> records;

  explicit KeyRecords(const Case& sample) {
    const Rule& rule = default_rule(*sample.instrument);
    for (const CaseProfile& profile : sample.profiles) {
      Assessment assessment;
      assessment.id = profile.id;
      assessment.child = profile.child;
      assessment.window_from = profile.window_from;
      assessment.window_to = profile.window_to;
      assessments.push_back(std::move(assessment));
      sheets.push_back(key_sheet(*sample.instrument, profile));
      cards.push_back(score(*sample.instrument, rule, sheets.back()));
    }
    for (std::size_t i = 0; i < cards.size(); ++i)
      records.push_back({*sample.instrument, rule, assessments[i], sheets[i], cards[i]});
  }
};

Comparison compared(const KeyRecords& keys) {
  Findings findings;
  Comparison comparison = compare(series_of(keys.records, findings));
  EXPECT_THAT(lines(findings), IsEmpty());
  return comparison;
}

std::optional<Grade> key_grade(const Case& sample, const CaseProfile& profile,
                               std::string_view code) {
  const auto found =
      std::ranges::find(profile.key, *sample.instrument->find(code), &KeyEntry::node);
  return found == profile.key.end() ? std::nullopt : found->grade;
}

TEST(CasesOverTime, OneImproves) {
  const KeyRecords keys{case_of("three-looks-better")};
  const Comparison comparison = compared(keys);
  ASSERT_EQ(comparison.points.size(), 3U);
  ASSERT_EQ(comparison.shift.size(), 3U);
  for (const Shift& shift : comparison.shift) {
    EXPECT_EQ(shift.pairs, 31U);
    EXPECT_LT(shift.rp->estimate + 1.96 * shift.rp->error.value(), 0)
        << shift.from << " to " << shift.to;
  }
  const Instrument& instrument = keys.records.front().instrument;
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end)
    EXPECT_EQ(comparison.nodes.at(area).direction_first, Direction::improved);
}

/// A group is asked for the leaf that did not move and for the one that got worse on the way.
TEST(CasesOverTime, ImprovingIsNotImprovingEverywhere) {
  const Case& sample = case_of("three-looks-better");
  const KeyRecords keys{sample};
  const Comparison comparison = compared(keys);
  const NodeChange& checks = comparison.nodes.at(*sample.instrument->find("A5c"));
  EXPECT_EQ(checks.since_first, 0);
  const NodeChange& traffic = comparison.nodes.at(*sample.instrument->find("B1c"));
  EXPECT_TRUE(traffic.grades[1]->worse_than(*traffic.grades[0]));
  EXPECT_EQ(traffic.direction_first, Direction::improved);
}

TEST(CasesOverTime, OneDriftsWithoutAnAlarm) {
  const Case& sample = case_of("three-looks-drift");
  const KeyRecords keys{sample};
  const Comparison comparison = compared(keys);
  ASSERT_EQ(comparison.shift.size(), 3U);
  for (const Shift& shift : comparison.shift) {
    EXPECT_GT(shift.rp->estimate - 1.96 * shift.rp->error.value(), 0);
    EXPECT_EQ(shift.improved, 0U);
  }
  EXPECT_EQ(comparison.shift.back().worsened, 29U) << "as the notes say";
  for (const CaseProfile& profile : sample.profiles)
    for (const KeyEntry& entry : profile.key) EXPECT_NE(entry.grade, grade(5));
  for (const NodeChange& node : comparison.nodes) {
    if (!sample.instrument->is_leaf(node.node) || !node.grades[0]) continue;
    for (const std::size_t point : {1U, 2U})
      EXPECT_LE(node.grades[point]->number() - node.grades[point - 1]->number(), 1)
          << sample.instrument->node(node.node).code;
  }
}

TEST(CasesOverTime, TheFirstLooksOnesAreGoneAtTheLast) {
  const Case& sample = case_of("three-looks-drift");
  const auto ones = [&](const CaseProfile& profile) {
    return std::ranges::count(profile.key, grade(1), &KeyEntry::grade);
  };
  EXPECT_EQ(ones(sample.profiles.front()), 6) << "as the notes say";
  EXPECT_EQ(ones(sample.profiles.back()), 0);
}

TEST(CasesOfSiblings, CareDiffersInOneHouse) {
  const Case& sample = case_of("one-house-two-childhoods");
  const KeyRecords keys{sample};
  Findings findings;
  const Siblings siblings = siblings_of(keys.records, findings);
  EXPECT_THAT(lines(findings), IsEmpty());
  ASSERT_EQ(siblings.children.size(), 2U);
  int apart = 0;
  for (const KeyEntry& entry : sample.profiles[0].key) {
    const auto other =
        key_grade(sample, sample.profiles[1], sample.instrument->node(entry.node).code);
    if (entry.grade && other && other->number() - entry.grade->number() >= 2) ++apart;
  }
  EXPECT_GE(apart, 10);
}

TEST(CasesOfSiblings, OnesC2IsTakenFromC1) {
  const Case& sample = case_of("one-house-two-childhoods");
  const CaseProfile& jay = *sample.profile("jay");
  EXPECT_EQ(key_grade(sample, jay, "C2a"), std::nullopt);
  const Scorecard card = score(*sample.instrument, default_rule(*sample.instrument),
                               key_sheet(*sample.instrument, jay));
  const NodeScore& engagement = card.nodes[*sample.instrument->find("C2")];
  EXPECT_EQ(engagement.reason, Reason::exception);
  EXPECT_EQ(engagement.grade, card.nodes[*sample.instrument->find("C1")].grade);
}

TEST(CasesForACourse, HaveEveryKindOfChild) {
  const auto age = [](std::string_view id) { return case_of(id).profiles.front().age_months; };
  EXPECT_LT(age("baby-in-a-cold-flat"), 12);
  EXPECT_TRUE(24 <= age("toddler-on-the-move") && age("toddler-on-the-move") < 48);
  const CaseProfile& school = case_of("quiet-in-year-three").profiles.front();
  EXPECT_TRUE(school.early_indicators);
  EXPECT_TRUE(
      case_of("a-plan-for-every-day")
          .profiles.front()
          .conditions.test(static_cast<std::size_t>(Condition::long_term_health_condition)));
  EXPECT_TRUE(156 <= age("seen-as-grown-up") && age("seen-as-grown-up") < 216);
  EXPECT_THAT(case_of("seen-as-grown-up").facilitator, Contains(HasSubstr("adultification")));
}

}  // namespace
}  // namespace gcp2::test
