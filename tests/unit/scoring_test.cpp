// Semantics 3, sentence by sentence: the roll-up, what is missing, what does not apply.
#include "gcp2/scoring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "support/scored.h"

namespace gcp2 {
namespace {

using test::gcp_instrument;
using test::judge;
using test::mark;
using test::rule_named;
using test::scored;
using test::Scored;
using test::set_of;
using test::six_years;
using test::usual;
using testing::ElementsAre;
using testing::IsEmpty;

// --- The table ---------------------------------------------------------------------------------

struct TableRow {
  std::vector<int> children;
  int grade;
  const char* reason;
};

TEST(RollUp, GivesEveryRowOfTheTable) {
  for (const auto& [children, grade, reason] :
       {TableRow{{2, 2, 2, 1}, 2, "majority"}, TableRow{{2, 2, 3, 2}, 2, "majority"},
        TableRow{{3, 3, 1, 3}, 3, "majority"}, TableRow{{2, 2, 2, 4}, 4, "override"},
        TableRow{{1, 1, 5, 4}, 5, "override"}, TableRow{{1, 1, 2, 2}, 2, "tie"},
        TableRow{{1, 2, 3}, 3, "tie"}, TableRow{{3, 3, 2, 2, 1}, 3, "tie"},
        TableRow{{3, 3, 2, 2, 2}, 2, "majority"}}) {
    GradeCounts counts{};
    for (const int child : children) ++counts[static_cast<std::size_t>(child - 1)];
    const auto rolled = roll_up(usual(), counts);
    ASSERT_TRUE(rolled);
    EXPECT_EQ(rolled->grade.number(), grade) << testing::PrintToString(children);
    EXPECT_EQ(name_of(rolled->reason), reason) << testing::PrintToString(children);
  }
  EXPECT_FALSE(roll_up(usual(), {})) << "no grade of nothing";
}

struct VariantRow {
  const char* rule;
  std::vector<int> children;
  int grade;
  const char* reason;
};

TEST(RollUp, HasVariants) {
  for (const auto& [rule, children, grade, reason] :
       {VariantRow{"majority", {2, 2, 2, 5}, 2, "majority"}, VariantRow{"majority", {1, 1, 5, 5}, 5, "tie"},
        VariantRow{"worst", {1, 1, 1, 2}, 2, "worst"}, VariantRow{"worst", {5, 1}, 5, "worst"},
        VariantRow{"worst", {3}, 3, "worst"}, VariantRow{"majority", {4}, 4, "majority"},
        VariantRow{"majority-override", {4}, 4, "override"},
        VariantRow{"majority-override", {3}, 3, "majority"}}) {
    GradeCounts counts{};
    for (const int child : children) ++counts[static_cast<std::size_t>(child - 1)];
    const auto rolled = roll_up(rule_named(rule), counts);
    EXPECT_EQ(rolled->grade.number(), grade) << rule << testing::PrintToString(children);
    EXPECT_EQ(name_of(rolled->reason), reason) << rule << testing::PrintToString(children);
  }
}

TEST(RollUp, MayLetTiesGoToTheBetter) {
  Rule rule = usual();
  rule.tie = Tie::better;
  EXPECT_EQ(roll_up(rule, {2, 2, 0, 0, 0})->grade.number(), 1);
  EXPECT_EQ(name_of(roll_up(rule, {2, 2, 0, 0, 0})->reason), "tie");
  EXPECT_EQ(roll_up(rule, {0, 1, 1, 0, 0})->grade.number(), 2);
  EXPECT_EQ(roll_up(rule, {2, 2, 0, 1, 0})->grade.number(), 4) << "an override is no tie";
}

TEST(RollUp, OverridesAboveItsParameterOnly) {
  Rule rule = usual();
  rule.override_above = Grade::from(4);
  EXPECT_EQ(roll_up(rule, {3, 0, 0, 1, 0})->grade.number(), 1);
  EXPECT_EQ(roll_up(rule, {3, 0, 0, 0, 1})->grade.number(), 5);
  rule.override_above = Grade::from(1);
  EXPECT_EQ(roll_up(rule, {3, 1, 0, 0, 0})->grade.number(), 2);
}

// --- The hand table ----------------------------------------------------------------------------

const std::vector<std::string> columns{"A1", "A2", "A3", "A4", "A5", "A",  "B1", "B2", "B",
                                       "C1", "C2", "C",  "D1", "D2", "D3", "D4", "D"};

Scored scored_case(std::string_view name) {
  const test::Judged record = test::judged(test::case_document(name));
  EXPECT_FALSE(any(record.findings, Severity::invalid));
  return scored(record.sheet);
}

TEST(Cases, GiveTheGradesWorkedOutByHand) {
  const std::map<std::string, std::vector<int>> table{
      {"first", {3, 2, 4, 4, 2, 4, 2, 3, 3, 2, 2, 2, 3, 2, 3, 2, 3}},
      {"second", {2, 2, 3, 3, 2, 2, 2, 4, 4, 2, 2, 2, 3, 2, 2, 2, 2}},
      {"toddler", {2, 2, 2, 2, 5, 5, 2, 1, 2, 2, 2, 2, 3, 1, 2, 1, 1}}};
  for (const auto& [name, grades] : table) {
    const Scored card = scored_case(name);
    for (std::size_t i = 0; i < columns.size(); ++i)
      EXPECT_EQ(card.grade(columns[i]), grades[i]) << name << " " << columns[i];
  }
}

TEST(Cases, AreProvisionalWhereALeafIsMissing) {
  const Scored first = scored_case("first");
  const std::map<std::string, std::vector<int>> provisional{
      {"A2", {2, 4, 5}}, {"B1", {2, 4, 5}}, {"A", {4, 5}}, {"B", {3, 4, 5}}};
  for (const std::string& code : columns) {
    const auto expected = provisional.find(code);
    if (expected == provisional.end()) {
      EXPECT_EQ(first.status(code), "complete") << code;
      EXPECT_THAT(first.possible(code), ElementsAre(first.grade(code))) << code;
    } else {
      EXPECT_EQ(first.status(code), "provisional") << code;
      EXPECT_EQ(first.possible(code), expected->second) << code;
    }
  }
  for (const char* name : {"second", "toddler"})
    for (const std::string& code : columns) EXPECT_EQ(scored_case(name).status(code), "complete");
}

TEST(Cases, CountTheirLeaves) {
  const Scored first = scored_case("first");
  EXPECT_THAT(first.card.counts, ElementsAre(0, 15, 12, 2, 0));
  EXPECT_EQ(first.card.missing, 2);
  // C2a and C2b, both 4, are left out by the exception.
  const Scored toddler = scored_case("toddler");
  EXPECT_THAT(toddler.card.counts, ElementsAre(8, 17, 3, 1, 1));
  EXPECT_EQ(toddler.card.missing, 0);
  ASSERT_EQ(toddler.card.worst.size(), 1U);
  EXPECT_EQ(gcp_instrument().node(toddler.card.worst[0]).code, "A5d");
}

// --- Missing -----------------------------------------------------------------------------------

TEST(Missing, TheExampleOfA2) {
  const Scored card = scored(test::sheet_with(gcp_instrument(), six_years, {{"A2a", 2}, {"A2b", 2}}));
  EXPECT_EQ(card.grade("A2"), 2);
  EXPECT_EQ(card.status("A2"), "provisional");
  EXPECT_THAT(card.possible("A2"), ElementsAre(2, 4, 5));
  EXPECT_EQ(card.reason("A2"), "majority");
  EXPECT_THAT(card.decided_by("A2"), ElementsAre("A2a", "A2b"));
  EXPECT_EQ(card.at("A2").counted, 2);
  EXPECT_EQ(card.at("A2").applicable, 3);
  EXPECT_THAT(card.left_out("A2"), ElementsAre("A2c not_yet"));
}

TEST(Missing, ALeafIsCompleteUngradedOrNotApplicable) {
  Sheet sheet = test::sheet_with(gcp_instrument(), six_years, {{"A1a", 3}});
  const auto say = [&](std::string_view code, NotGraded why) {
    sheet.marks[*gcp_instrument().find(code)].not_graded = why;
  };
  say("A1b", NotGraded::not_observed);
  say("A1c", NotGraded::declined);
  say("A1d", NotGraded::not_applicable);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.status("A1a"), "complete");
  EXPECT_EQ(card.reason("A1a"), "direct");
  EXPECT_THAT(card.possible("A1a"), ElementsAre(3));
  for (const char* code : {"A1b", "A1c", "A2a"}) {
    EXPECT_EQ(card.status(code), "ungraded") << code;
    EXPECT_EQ(card.grade(code), 0);
    EXPECT_EQ(card.reason(code), "");
    EXPECT_THAT(card.possible(code), ElementsAre(1, 2, 3, 4, 5));
  }
  EXPECT_EQ(card.status("A1d"), "not_applicable");
  EXPECT_THAT(card.possible("A1d"), IsEmpty());
  EXPECT_EQ(card.at("A1").applicable, 3) << "a leaf that is not applicable no longer counts";
  EXPECT_THAT(card.left_out("A1"),
              ElementsAre("A1b not_observed", "A1c declined", "A1d not_applicable"));
  EXPECT_EQ(card.card.missing, 29);
}

TEST(Missing, NothingGradedIsUngradedAndNotGood) {
  const Scored card = scored(test::sheet_with(gcp_instrument(), six_years, {}));
  for (const char* code : {"A", "A1", "A4", "D"}) {
    EXPECT_EQ(card.status(code), "ungraded") << code;
    EXPECT_EQ(card.grade(code), 0);
    EXPECT_EQ(card.reason(code), "");
    EXPECT_THAT(card.possible(code), ElementsAre(1, 2, 3, 4, 5));
  }
  EXPECT_THAT(card.left_out("A"),
              ElementsAre("A1 ungraded", "A2 ungraded", "A3 ungraded", "A4 not_yet", "A5 ungraded"));
  EXPECT_EQ(card.card.missing, 31);
  EXPECT_THAT(card.card.worst, IsEmpty());
  EXPECT_THAT(card.card.tipping, IsEmpty());
}

TEST(Missing, OneGradeMakesEverythingAboveProvisional) {
  const Scored card = scored(test::sheet_with(gcp_instrument(), six_years, {{"C1b", 1}}));
  EXPECT_EQ(card.status("C1"), "provisional");
  EXPECT_EQ(card.status("C"), "provisional");
  EXPECT_EQ(card.status("C2"), "ungraded");
  EXPECT_EQ(card.grade("C"), 1);
  EXPECT_THAT(card.left_out("C"), ElementsAre("C2 ungraded"));
}

TEST(Missing, AWholeSheetLeavesNothingOpen) {
  const Scored card = scored(test::sheet_of_all(gcp_instrument(), six_years, 1));
  for (NodeIndex i = 0; i < gcp_instrument().nodes.size(); ++i) {
    const NodeScore& node = card.card.nodes[i];
    if (node.status == Status::not_applicable) continue;
    EXPECT_EQ(node.status, Status::complete);
    EXPECT_EQ(node.possible, set_of({1}));
  }
}

TEST(NotApplicable, ByBandConditionOrRecord) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), 23, 2);
  mark(sheet, gcp_instrument(), "D1f", 5);
  mark(sheet, gcp_instrument(), "A5d", 5);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.status("D1f"), "not_applicable");
  EXPECT_EQ(card.grade("D1f"), 0) << "a grade for another age never counts";
  EXPECT_EQ(card.grade("D1"), 2);
  EXPECT_EQ(card.at("D1").applicable, 1);
  EXPECT_EQ(card.left_out("D1").size(), 8U);
  EXPECT_EQ(card.status("A5d"), "not_applicable");
  EXPECT_THAT(card.left_out("A5"), ElementsAre("A5d not_applicable"));
  EXPECT_EQ(card.grade("A"), 2);
  EXPECT_THAT(card.card.counts, ElementsAre(0, 28, 0, 0, 0));
}

TEST(NotApplicable, AParentWithoutAnApplicableLeaf) {
  Sheet sheet = test::sheet_of_all(gcp_instrument(), six_years, 2);
  for (const char* code : {"C2a", "C2b"})
    sheet.marks[*gcp_instrument().find(code)] = {std::nullopt, NotGraded::not_applicable};
  judge(sheet, gcp_instrument(), "C2", 5);
  const Scored card = scored(sheet);
  EXPECT_EQ(card.status("C2"), "not_applicable");
  EXPECT_THAT(card.possible("C2"), IsEmpty());
  EXPECT_EQ(card.grade("C2"), 0) << "a judgement of nothing is not used";
  EXPECT_EQ(card.status("C"), "complete");
  EXPECT_EQ(card.at("C").applicable, 1);
  EXPECT_THAT(card.left_out("C"), ElementsAre("C2 not_applicable"));
}

}  // namespace
}  // namespace gcp2
