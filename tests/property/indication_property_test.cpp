// What must hold of every rule, whatever a locality writes.
#include "gcp2/indication_files.h"
#include "support/generators.h"
#include "support/history.h"

namespace gcp2::test {
namespace {

using Strings = std::vector<std::string>;

std::string pick(const Strings& from) {
  return from[*rc::gen::inRange<std::size_t>(0, from.size())];
}

std::string pick_number(int from, int to) { return std::to_string(*rc::gen::inRange(from, to + 1)); }

/// A nest of all, any and searches over conditions about nodes. `levels` are those to search.
std::string any_condition(const Strings& about_node, const Strings& levels, int depth) {
  const auto part = [&] { return any_condition(about_node, levels, depth - 1); };
  const int kind = depth == 0 ? 2 : *rc::gen::inRange(0, 4);
  if (kind < 2) return (kind == 0 ? R"({"all": [)" : R"({"any": [)") + part() + ", " + part() + "]}";
  const std::string how = pick({"some", "every", "count", "types"});
  std::string what = pick(about_node);
  if (const auto at = what.find('#'); at != std::string::npos) what.replace(at, 1, pick_number(1, 5));
  return "{\"" + how + R"(": {"level": ")" + pick(levels) + "\"" +
         (how == "count" || how == "types" ? R"(, "at_least": )" + pick_number(1, 3) : "") +
         pick({"", R"(, "under": "A")", R"(, "under": "B")"}) + R"(, "is": )" + what + "}}";
}

bool fires(const std::string& condition, const Trial& trial, const Sheet& sheet) {
  Findings findings;
  const IndicationRules rules = read_indication_rules(rules_document(condition), findings);
  RC_ASSERT(findings.empty());
  const Scorecard card = score(*trial.instrument, trial.rule, sheet);
  const Assessment assessment;
  const Comparison comparison =
      compare({{*trial.instrument, trial.rule, assessment, sheet, card, {}}});
  return !indications(rules, comparison, {.as_of = day("2026-01-31")}).empty();
}

TEST(IndicationProperties, AGoodGradeThatIsClaimedSurvivesWhateverIsStillMissing) {
  expect_always("claims of good care hold in every completion", [] {
    const Trial trial = *any_trial();
    const std::string condition = any_condition(
        {R"({"grade": {"at_most": #}})", R"({"not": {"grade": {"at_least": #}}})",
         R"({"all": [{"grade": {"at_most": #}}, {"computed": {"at_most": 3}}]})"},
        {"area", "sub_area", "leaf", "any"}, 2);
    if (!fires(condition, trial, trial.sheet)) return;
    Sheet completed = trial.sheet;
    for (NodeIndex i = 0; i < trial.instrument->nodes.size(); ++i)
      if (trial.instrument->is_leaf(i) && !completed.marks[i].grade &&
          completed.marks[i].not_graded != NotGraded::not_applicable)
        completed.marks[i].grade = grade(*rc::gen::inRange(1, 6));
    RC_LOG() << condition << '\n';
    RC_ASSERT(fires(condition, trial, completed));
  });
}

TEST(IndicationProperties, ABetterGradeNeverBringsAConcernAboutWhatWasWrittenDown) {
  expect_always("grade at or above, over leaves, is monotone", [] {
    const Trial trial = *any_trial();
    const std::string condition = any_condition(
        {R"({"recorded": {"at_least": #}})", R"({"grade": {"at_least": #}})"}, {"leaf"}, 2);
    std::vector<NodeIndex> graded;
    for (NodeIndex i = 0; i < trial.instrument->nodes.size(); ++i)
      if (trial.instrument->is_leaf(i) && trial.sheet.marks[i].grade) graded.push_back(i);
    RC_PRE(!graded.empty());
    const NodeIndex leaf = graded[*rc::gen::inRange<std::size_t>(0, graded.size())];
    const int before = trial.sheet.marks[leaf].grade->number();
    Sheet better = trial.sheet;
    better.marks[leaf].grade = grade(*rc::gen::inRange(1, before + 1));
    RC_LOG() << condition << '\n';
    RC_ASSERT(fires(condition, trial, trial.sheet) || !fires(condition, trial, better));
  });
}

TEST(IndicationProperties, AGoodGradeElsewhereRemovesNothingThatWasWrittenDown) {
  expect_always("a missing leaf graded 1 removes no indication of a recorded grade", [] {
    const Trial trial = *any_trial();
    Sheet more = trial.sheet;
    for (NodeIndex i = 0; i < trial.instrument->nodes.size(); ++i)
      if (trial.instrument->is_leaf(i) && !more.marks[i].grade) more.marks[i].grade = grade(1);
    for (const std::string_view id : {"any_5", "two_types_at_4"}) {
      const auto indicated = [&](const Sheet& sheet) {
        const Scorecard card = score(*trial.instrument, trial.rule, sheet);
        const Assessment assessment;
        const Comparison comparison =
            compare({{*trial.instrument, trial.rule, assessment, sheet, card, {}}});
        for (const Indication& each :
             indications(shipped_indication_rules(), comparison, {.as_of = day("2026-01-31")}))
          if (each.rule->id == id) return true;
        return false;
      };
      RC_ASSERT(!indicated(trial.sheet) || indicated(more));
    }
  });
}

TEST(IndicationProperties, AConditionAndItsNotNeverHoldTogether) {
  expect_always("exactly one of a condition, its not and its open", [] {
    const Trial trial = *any_trial();
    const std::string condition = any_condition(
        {R"({"grade": {"at_least": #}})", R"({"possible": {"at_most": #}})",
         R"({"status": "complete"})", R"({"computed": {"at_most": #}})"},
        {"area", "sub_area", "leaf", "any"}, 2);
    const int held = fires(condition, trial, trial.sheet) +
                     fires(R"({"not": )" + condition + "}", trial, trial.sheet) +
                     fires(R"({"open": )" + condition + "}", trial, trial.sheet);
    RC_ASSERT(held == 1);
  });
}

}  // namespace
}  // namespace gcp2::test
