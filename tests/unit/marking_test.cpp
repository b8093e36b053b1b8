// A trainee beside the key: leaf by leaf, in figures, and what keeps a record from being marked.
#include "gcp2/marking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gcp2/case_files.h"
#include "gcp2/json.h"
#include "gcp2/training_csv.h"
#include "gcp2/training_report.h"
#include "support/records.h"
#include "support/rooms.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const ToldCase school = told_case("quiet-in-year-three");

std::size_t graded_in_key(const ToldCase& of) {
  return static_cast<std::size_t>(std::ranges::count_if(
      of.profile->key, [](const KeyEntry& entry) { return entry.grade.has_value(); }));
}

TEST(Marking, TheKeyBesideItselfIsTheSameEverywhere) {
  const Marking marking = mark(school, graded(school, as_key));
  EXPECT_EQ(marking.compared, graded_in_key(school));
  EXPECT_EQ(marking.count(LeafOutcome::same), marking.compared);
  EXPECT_EQ(marking.count(LeafOutcome::rightly_open), marking.leaves.size() - marking.compared);
  EXPECT_EQ(marking.exact.estimate, 1.0);
  EXPECT_EQ(marking.within_one.estimate, 1.0);
  EXPECT_EQ(marking.kappa.estimate, 1.0);
  EXPECT_EQ(marking.bias.estimate, 0.0);
  EXPECT_THAT(marking.beyond, IsEmpty());
}

TEST(Marking, OverAndUnderGradingAreToldApart) {
  const Marking harsh = mark(school, graded(school, worse_by(1)));
  EXPECT_EQ(harsh.count(LeafOutcome::worse), harsh.compared);
  EXPECT_EQ(harsh.exact.estimate, 0.0);
  EXPECT_EQ(harsh.within_one.estimate, 1.0);
  ASSERT_TRUE(harsh.bias.estimate && harsh.bias.interval);
  EXPECT_GT(harsh.bias.interval->low, 0) << "worse grades than the key's are harsher";
  const Marking mild = mark(school, graded(school, worse_by(-1)));
  EXPECT_EQ(mild.count(LeafOutcome::better), mild.compared);
  EXPECT_LT(mild.bias.interval->high, 0);
  for (const LeafMark& leaf : mild.leaves)
    if (leaf.key->grade) {
      EXPECT_EQ(leaf.apart, -1);
    }
}

TEST(Marking, WhatTheTextDoesNotAllowIsNoMatterOfTheFigures) {
  const Marking open = mark(school, graded(school, as_key));
  const Marking bold =
      mark(school,
           graded(school, [](const KeyEntry& key) { return key.grade ? key.grade->number() : 5; }));
  EXPECT_EQ(bold.count(LeafOutcome::without_grounds), open.count(LeafOutcome::rightly_open));
  EXPECT_EQ(bold.compared, open.compared);
  EXPECT_EQ(bold.exact.estimate, open.exact.estimate);
  EXPECT_EQ(bold.bias.estimate, open.bias.estimate);
}

TEST(Marking, FiguresAreUndefinedWhereTheyHaveNoValue) {
  const Marking nothing = mark(school, graded(school, [](const KeyEntry&) { return 0; }));
  EXPECT_EQ(nothing.compared, 0U);
  EXPECT_EQ(nothing.count(LeafOutcome::not_graded), graded_in_key(school));
  for (const Statistic* each : {&nothing.exact, &nothing.kappa, &nothing.bias}) {
    EXPECT_FALSE(each->estimate.has_value());
    EXPECT_EQ(each->undefined, Undefined::no_pair);
  }
  // Both gave 3 and nothing else: 0/0.
  const Marking threes =
      mark(school,
           graded(school, [](const KeyEntry& key) { return key.grade == Grade::from(3) ? 3 : 0; }));
  EXPECT_GT(threes.compared, 2U);
  EXPECT_EQ(threes.exact.estimate, 1.0);
  EXPECT_EQ(threes.kappa.undefined, Undefined::all_equal);
}

TEST(Marking, AGradeThatTheCaseDoesNotAskForIsNamed) {
  Sheet sheet = graded(school, as_key);
  const auto& instrument = *school.told->instrument;
  std::optional<NodeIndex> other;
  for (NodeIndex i = 0; i < instrument.nodes.size() && !other; ++i)
    if (instrument.is_leaf(i) &&
        !applies(instrument, i, school.profile->age_months, school.profile->conditions))
      other = i;
  ASSERT_TRUE(other.has_value());
  sheet.marks[*other].grade = Grade::from(2);
  const Marking marking = mark(school, sheet);
  EXPECT_THAT(marking.beyond, ElementsAre(*other));
  const std::string text = view_text(marking_view({"A", "", marking}), 100, false);
  EXPECT_THAT(text, HasSubstr("Graded, though the case does not ask for it"));
  EXPECT_THAT(text, HasSubstr(instrument.node(*other).code));
}

TEST(Marking, SaysItInPlainWordsWithReasons) {
  const std::string text = view_text(
      marking_view({"Ana\x1b[2J <b>", "", mark(school, graded(school, worse_by(2)))}), 100, false);
  EXPECT_THAT(text, HasSubstr("graded 5 (worst), the key says 3 (borderline): graded worse than "
                              "the key, by 2 grades."));
  EXPECT_THAT(text, HasSubstr("Why the key says so: Nourishing food comes on some days"));
  EXPECT_THAT(text, HasSubstr("Line 5: ... the snack in his bag"));
  EXPECT_THAT(text, HasSubstr("no measure of a person"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("%\n"))) << "no percentage stands for a person";
}

// What keeps a record from being marked.

Value draft() { return training_draft(school, "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b11", "Ana"); }

std::vector<std::string> refusals(Value document) {
  Findings findings;
  const Assessment read = read_assessment(document, findings);
  const Sheet sheet = record_sheet(read, gcp_instrument(), findings);
  EXPECT_THAT(lines(findings), IsEmpty());
  const auto told = told_case_of(read, gcp_instrument(), sheet, shipped_cases(), findings);
  EXPECT_EQ(told.has_value(), findings.empty());
  return lines(findings);
}

TEST(TrainingDraft, IsAnOrdinaryRecordOfTheCase) {
  EXPECT_THAT(refusals(draft()), IsEmpty());
  const Judged record = judged(draft(), "2026-12-31");
  EXPECT_THAT(lines(record.findings),
              testing::UnorderedElementsAre("query no_child_view /views/child",
                                            "query no_carers_view /views/carers",
                                            "note record_for_training /training"));
  EXPECT_EQ(record.sheet.age_months, school.profile->age_months);
}

TEST(TrainingDraft, EveryProfileOfEveryCaseStarts) {
  for (const Case& told : shipped_cases())
    for (const CaseProfile& profile : told.profiles) {
      SCOPED_TRACE(told.id + " " + profile.id);
      const ToldCase of{&told, &profile};
      EXPECT_THAT(refusals(training_draft(of, "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b11", "=A <b>")),
                  IsEmpty());
      const std::string sheet = grades_to_fill_in(of);
      for (const KeyEntry& key : profile.key)
        EXPECT_THAT(sheet, HasSubstr("\n" + told.instrument->node(key.node).code + ","));
    }
}

TEST(ToldCaseOf, RefusesWhatTheKeySaysNothingOf) {
  EXPECT_THAT(refusals(changed(draft(), {{"/training", ""}})),
              ElementsAre("invalid not_for_training "));
  EXPECT_THAT(refusals(changed(draft(), {{"/training/case", "\"quiet-in-year-four\""}})),
              ElementsAre("invalid unknown_case /training/case"));
  EXPECT_THAT(refusals(changed(draft(), {{"/training/profile", "\"second\""}})),
              ElementsAre("invalid unknown_profile /training/profile"));
  EXPECT_THAT(refusals(changed(draft(), {{"/child/date_of_birth", "\"2016-10-14\""}})),
              ElementsAre("invalid training_other_child /child"));
  EXPECT_THAT(refusals(changed(draft(), {{"/child/conditions", "[\"behavioural_difficulty\"]"}})),
              ElementsAre("invalid training_other_child /child"));
  Findings findings;
  const Assessment read = read_assessment(draft(), findings);
  const Sheet sheet = record_sheet(read, gcp2_instrument(), findings);
  EXPECT_FALSE(told_case_of(read, gcp2_instrument(), sheet, shipped_cases(), findings));
  EXPECT_THAT(lines(findings), ElementsAre("invalid training_other_instrument /instrument"));
}

}  // namespace
}  // namespace gcp2::test
