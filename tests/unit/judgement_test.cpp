// Semantics 3: judgements, the exception, and what a single step would tip.
#include "gcp2/scoring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scored.h"

namespace gcp2 {
namespace {

using test::difficult;
using test::gcp_instrument;
using test::judge;
using test::mark;
using test::numbers;
using test::scored;
using test::Scored;
using test::six_years;
using test::usual;
using testing::ElementsAre;
using testing::IsEmpty;

// --- Judgements --------------------------------------------------------------------------------

TEST(Judgement, StandsBesideTheComputedGrade) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2);
  judge(sheet, gcp_instrument(), "A1", 4);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.grade("A1"), 4);
  EXPECT_EQ(card.reason("A1"), "practitioner");
  EXPECT_EQ(card.at("A1").computed, Grade::from(2));
  EXPECT_THAT(card.possible("A1"), ElementsAre(4));
  EXPECT_THAT(numbers(card.at("A1").computed_possible), ElementsAre(2));
  EXPECT_THAT(card.decided_by("A1"), IsEmpty());
  EXPECT_EQ(card.grade("A"), 4) << "the judged grade is the one that rolls up";
  EXPECT_THAT(card.decided_by("A"), ElementsAre("A1"));
}

TEST(Judgement, OfAnUngradedParentIsComplete) {
  Sheet sheet = test::sheet_with(gcp_instrument(), six_years, {});
  judge(sheet, gcp_instrument(), "A2", 3);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.grade("A2"), 3);
  EXPECT_EQ(card.status("A2"), "complete");
  EXPECT_FALSE(card.at("A2").computed);
  EXPECT_THAT(numbers(card.at("A2").computed_possible), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(card.status("A"), "provisional");
  EXPECT_EQ(card.grade("A"), 3);
}

TEST(Judgement, InsideAProvisionalArea) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2);
  mark(sheet, gcp_instrument(), "B1d", 0);
  judge(sheet, gcp_instrument(), "B1", 3);
  const Scored judged = scored(sheet);
  EXPECT_THAT(numbers(judged.at("B1").computed_possible), ElementsAre(2, 4, 5));
  EXPECT_EQ(judged.status("B"), "complete") << "nothing below B is open any more";
  EXPECT_THAT(judged.possible("B"), ElementsAre(3));
  mark(sheet, gcp_instrument(), "B2", 0);
  const Scored open = scored(sheet);
  EXPECT_EQ(open.status("B"), "provisional");
  EXPECT_EQ(open.grade("B"), 3);
  EXPECT_THAT(open.possible("B"), ElementsAre(3, 4, 5));
}

TEST(Judgement, OfAnAreaKeepsWhatItsChildrenSay) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2);
  mark(sheet, gcp_instrument(), "B2", 0);
  judge(sheet, gcp_instrument(), "B", 1);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.grade("B"), 1);
  EXPECT_EQ(card.status("B"), "complete");
  EXPECT_EQ(card.at("B").computed, Grade::from(2));
  EXPECT_THAT(numbers(card.at("B").computed_possible), ElementsAre(2, 3, 4, 5));
  EXPECT_EQ(card.at("B").counted, 1);
  EXPECT_EQ(card.at("B").applicable, 2);
  EXPECT_THAT(card.tipping("B"), IsEmpty()) << "no leaf moves a judged area";
}

// --- The exception -----------------------------------------------------------------------------

TEST(Exception, TakesGradeStatusAndPossibleFromC1) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2, difficult);
  mark(sheet, gcp_instrument(), "C1c", 0);
  mark(sheet, gcp_instrument(), "C2a", 5);
  mark(sheet, gcp_instrument(), "C2b", 0);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.grade("C2"), 2);
  EXPECT_EQ(card.reason("C2"), "exception");
  EXPECT_EQ(card.status("C2"), "provisional");
  EXPECT_THAT(card.possible("C2"), ElementsAre(2, 4, 5));
  EXPECT_THAT(card.decided_by("C2"), ElementsAre("C1"));
  EXPECT_THAT(card.left_out("C2"), ElementsAre("C2a exception", "C2b exception"));
  EXPECT_EQ(card.grade("C"), 2);
  EXPECT_THAT(card.possible("C"), ElementsAre(2, 4, 5));
  EXPECT_EQ(card.card.counts[4], 0) << "C2a's 5 is left out";
  EXPECT_EQ(card.card.missing, 1) << "C1c, but not C2b";
  for (const std::string& tip : card.tipping("C")) EXPECT_EQ(tip.substr(0, 2), "C1") << tip;
}

TEST(Exception, HoldsOnlyForTheChildWhoHasTheCondition) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2,
                                   test::having({Condition::long_term_health_condition}));
  mark(sheet, gcp_instrument(), "C2a", 5);
  EXPECT_EQ(scored(sheet).grade("C2"), 5);
  EXPECT_EQ(scored(sheet).reason("C2"), "override");
}

TEST(Exception, OfAnUngradedC1HasNoGrade) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2, difficult);
  for (const char* code : {"C1a", "C1b", "C1c"}) mark(sheet, gcp_instrument(), code, 0);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.grade("C2"), 0);
  EXPECT_EQ(card.reason("C2"), "exception");
  EXPECT_EQ(card.status("C2"), "ungraded");
  EXPECT_THAT(card.possible("C2"), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(card.status("C"), "ungraded");
  EXPECT_EQ(card.grade("C"), 0);
}

TEST(Exception, FollowsAJudgementOnC1) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2, difficult);
  judge(sheet, gcp_instrument(), "C1", 4);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.grade("C2"), 4);
  EXPECT_EQ(card.reason("C2"), "exception");
  EXPECT_EQ(card.grade("C"), 4);
  EXPECT_THAT(card.tipping("C"), IsEmpty());
}

TEST(Exception, YieldsToAJudgementOnC2) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2, difficult);
  judge(sheet, gcp_instrument(), "C2", 3);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.grade("C2"), 3);
  EXPECT_EQ(card.reason("C2"), "practitioner");
  EXPECT_EQ(card.at("C2").computed, Grade::from(2));
  EXPECT_THAT(numbers(card.at("C2").computed_possible), ElementsAre(2));
  EXPECT_THAT(card.left_out("C2"), ElementsAre("C2a exception", "C2b exception"));
  EXPECT_EQ(card.grade("C"), 3);
}

TEST(Exception, MayStandInAChain) {
  const Instrument instrument =
      test::small_instrument("A(A1:2 A2:2 A3:2)", {"A1<A2", "A2<A3"});
  Sheet sheet = test::sheet_of_all(instrument, 0, 2, difficult);
  mark(sheet, instrument, "A1a", 5);
  mark(sheet, instrument, "A2a", 5);
  mark(sheet, instrument, "A3a", 3);
  const Scored card = scored(sheet, usual(), instrument);
  EXPECT_EQ(card.grade("A1"), 3);
  EXPECT_EQ(card.grade("A2"), 3);
  EXPECT_EQ(card.grade("A"), 3);
  EXPECT_THAT(card.decided_by("A1"), ElementsAre("A3"));
  judge(sheet, instrument, "A2", 1);
  EXPECT_EQ(scored(sheet, usual(), instrument).grade("A1"), 1) << "the judged one is the end";
  for (const char* code : {"A3a", "A3b"})
    sheet.marks[*instrument.find(code)] = {std::nullopt, NotGraded::not_applicable};
  const Scored closed = scored(sheet, usual(), instrument);
  for (const char* code : {"A1", "A2", "A3", "A"})
    EXPECT_EQ(closed.status(code), "not_applicable") << code << ": the judgement is of nothing";
}

// --- Tipping -----------------------------------------------------------------------------------

TEST(Tipping, ListsEverySingleStepThatMovesTheArea) {
  const Instrument instrument = test::small_instrument("A(A1:3 A2 A3)");
  const Sheet sheet = test::sheet_with(
      instrument, 0, {{"A1a", 2}, {"A1b", 2}, {"A1c", 3}, {"A2", 2}, {"A3", 3}});
  // A1 = 2, A = 2 2 3 = 2.
  EXPECT_THAT(scored(sheet, usual(), instrument).tipping("A"),
              ElementsAre("A1a 2>1 2>3", "A1a 2>3 2>3", "A1b 2>1 2>3", "A1b 2>3 2>3", "A1c 3>4 2>4",
                          "A2 2>1 2>3", "A2 2>3 2>3", "A3 3>4 2>4"));
}

TEST(Tipping, MarksTheParadox) {
  const Instrument instrument = test::small_instrument("A(A1 A2 A3 A4 A5)");
  // The last row of the table: 3 3 2 2 1 is 3, and a worse A5 makes it 2.
  const Sheet sheet = test::sheet_with(
      instrument, 0, {{"A1", 3}, {"A2", 3}, {"A3", 2}, {"A4", 2}, {"A5", 1}});
  const Scored card = scored(sheet, usual(), instrument);
  EXPECT_EQ(card.grade("A"), 3);
  EXPECT_THAT(card.tipping("A"), testing::Contains("A5 1>2 3>2 paradox"));
  EXPECT_THAT(card.tipping("A"), testing::Contains("A1 3>2 3>2"));
}

TEST(Tipping, MovesTheNodeThatTakesFromItsSibling) {
  const Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 3, difficult);
  EXPECT_THAT(scored(sheet).tipping("C"),
              ElementsAre("C1a 3>4 3>4", "C1b 3>4 3>4", "C1c 3>4 3>4"));
}

TEST(Tipping, LeavesOutWhatDoesNotCount) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 3);
  mark(sheet, gcp_instrument(), "D1b", 3);  // for a younger age
  judge(sheet, gcp_instrument(), "D1", 3);
  const Scored card = scored(sheet);
  for (const std::string& tip : card.tipping("D")) EXPECT_NE(tip.substr(0, 2), "D1") << tip;
}

}  // namespace
}  // namespace gcp2
