// Semantics 3, sentence by sentence.
#include "gcp2/scoring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "support/records.h"
#include "support/reference.h"

namespace gcp2 {
namespace {

using test::gcp_instrument;
using test::judge;
using test::mark;
using test::numbers;
using test::set_of;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr int six_years = 72;

const Rule& rule_named(std::string_view name) { return *gcp_instrument().rule(name); }
const Rule& usual() { return test::default_rule(gcp_instrument()); }
const Conditions difficult = test::having({Condition::behavioural_difficulty});

/// A scorecard with the instrument that it needs to be asked by code.
struct Scored {
  const Instrument& instrument;
  Scorecard card;

  [[nodiscard]] const NodeScore& at(std::string_view code) const {
    return card.nodes.at(instrument.find(code).value());
  }
  [[nodiscard]] int grade(std::string_view code) const {
    return at(code).grade ? at(code).grade->number() : 0;
  }
  [[nodiscard]] std::string reason(std::string_view code) const {
    return at(code).reason ? std::string{name_of(*at(code).reason)} : "";
  }
  [[nodiscard]] std::string status(std::string_view code) const {
    return std::string{name_of(at(code).status)};
  }
  [[nodiscard]] std::vector<int> possible(std::string_view code) const {
    return numbers(at(code).possible);
  }
  [[nodiscard]] std::vector<std::string> decided_by(std::string_view code) const {
    std::vector<std::string> codes;
    for (const NodeIndex i : card.decided_by(at(code))) codes.push_back(instrument.node(i).code);
    return codes;
  }
  [[nodiscard]] std::vector<std::string> left_out(std::string_view code) const {
    std::vector<std::string> all;
    for (const LeftOut& l : card.left_out(at(code)))
      all.push_back(instrument.node(l.node).code + " " + std::string{name_of(l.why)});
    return all;
  }
  [[nodiscard]] std::vector<std::string> tipping(std::string_view area) const {
    std::vector<std::string> all;
    for (const Tipping& t : card.tipping)
      if (instrument.node(t.area).code == area)
        all.push_back(instrument.node(t.leaf).code + " " + std::to_string(t.from.number()) + ">" +
                      std::to_string(t.to.number()) + " " + std::to_string(t.area_from.number()) +
                      ">" + std::to_string(t.area_to.number()) + (t.paradox() ? " paradox" : ""));
    return all;
  }
};

Scored scored(const Sheet& sheet, const Rule& rule = usual(),
              const Instrument& instrument = gcp_instrument()) {
  return {instrument, score(instrument, rule, sheet)};
}

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
