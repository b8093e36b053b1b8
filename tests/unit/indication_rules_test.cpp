// Rules and localities as files: every fault is found where it stands.
#include <gmock/gmock.h>

#include <set>

#include "gcp2/indication_files.h"
#include "gcp2/json.h"
#include "gcp2/report.h"
#include "support/history.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> faults(const Value& document) {
  Findings findings;
  (void)read_indication_rules(document, findings);
  for (const Finding& f : findings) EXPECT_NE(message(f), f.code);
  return lines(findings);
}

std::vector<std::string> faults_of_condition(std::string_view condition) {
  return faults(rules_document(condition));
}

constexpr std::string_view good = R"({"age": {"from": 0}})";

TEST(RulesFile, EveryFaultOfTheFrame) {
  struct Row {
    Change change;
    std::string fault;
  };
  for (const auto& [change, fault] : std::vector<Row>{
           {{"/format", R"("gcp2/indication-rules/2")"}, "wrong_format "},
           {{"/format", ""}, "missing_key "},
           {{"/id", ""}, "missing_key "},
           {{"/id", R"("two words")"}, "bad_code /id"},
           {{"/version", ""}, "missing_key "},
           {{"/note", "7"}, "wrong_type /note"},
           {{"/colour", "1"}, "key_not_allowed /colour"},
           {{"/rules", "[]"}, "wrong_type /rules"},
           {{"/rules", ""}, "missing_key "},
           {{"/rules/0", "7"}, "wrong_type /rules/0"},
           {{"/rules/0/id", ""}, "missing_key /rules/0"},
           {{"/rules/0/level", R"("alarm")"}, "unknown_word /rules/0/level"},
           {{"/rules/0/level", ""}, "missing_key /rules/0"},
           {{"/rules/0/types", R"(["moral"])"}, "unknown_word /rules/0/types/0"},
           {{"/rules/0/types", "[]"}, "wrong_type /rules/0/types"},
           {{"/rules/0/types", R"(["medical", "medical"])"}, "neglect_type_twice /rules/0/types/1"},
           {{"/rules/0/says", R"("  ")"}, "wrong_type /rules/0/says"},
           {{"/rules/0/says", ""}, "missing_key /rules/0"},
           {{"/rules/0/basis", ""}, "missing_key /rules/0"},
           {{"/rules/0/when", ""}, "missing_key /rules/0"},
           {{"/rules/0/wen", "1"}, "key_not_allowed /rules/0/wen"},
       }) {
    const auto found = faults(changed(rules_document(good), {change}));
    EXPECT_THAT(found, ElementsAre("invalid " + fault)) << change.pointer << change.json;
  }
  EXPECT_THAT(faults_of_condition(good), IsEmpty());
}

TEST(RulesFile, EveryFaultOfACondition) {
  const std::string node = R"({"some": {"level": "leaf", "is": )";
  struct Row {
    std::string condition, fault;
  };
  for (const auto& [condition, fault] : std::vector<Row>{
           {"7", "wrong_type /rules/0/when"},
           {"{}", "condition_not_one /rules/0/when"},
           {R"({"age": {"from": 0}, "consent": "given"})", "condition_not_one /rules/0/when"},
           {R"({"gradde": 1})", "unknown_condition_kind /rules/0/when/gradde"},
           {R"({"grade": {"at_least": 3}})", "condition_without_node /rules/0/when/grade"},
           {R"({"all": [{"status": "complete"}]})",
            "condition_without_node /rules/0/when/all/0/status"},
           {R"({"all": []})", "wrong_type /rules/0/when/all"},
           {R"({"any": {}})", "wrong_type /rules/0/when/any"},
           {R"({"not": []})", "wrong_type /rules/0/when/not"},
           {R"({"open": 1})", "wrong_type /rules/0/when/open"},
           {R"({"node": {"is": {"status": "complete"}}})", "missing_key /rules/0/when/node"},
           {R"({"node": {"code": "A"}})", "missing_key /rules/0/when/node"},
           {R"({"node": {"code": "A", "level": "area", "is": {"status": "complete"}}})",
            "key_not_allowed /rules/0/when/node/level"},
           {R"({"some": {"is": {"status": "complete"}}})", "missing_key /rules/0/when/some"},
           {R"({"some": {"level": "branch", "is": {"status": "complete"}}})",
            "unknown_word /rules/0/when/some/level"},
           {R"({"some": {"level": "leaf", "type": "moral", "is": {"status": "complete"}}})",
            "unknown_word /rules/0/when/some/type"},
           {R"({"count": {"level": "leaf", "is": {"status": "complete"}}})",
            "missing_key /rules/0/when/count"},
           {R"({"count": {"level": "leaf", "at_least": 0, "is": {"status": "complete"}}})",
            "number_out_of_range /rules/0/when/count/at_least"},
           {R"({"types": {"level": "leaf", "at_least": 7, "is": {"status": "complete"}}})",
            "number_out_of_range /rules/0/when/types/at_least"},
           {node + R"({"grade": {}}}})", "missing_key /rules/0/when/some/is/grade"},
           {node + R"({"grade": {"at_least": 6}}}})",
            "number_out_of_range /rules/0/when/some/is/grade/at_least"},
           {node + R"({"grade": {"at_least": 2.5}}}})",
            "number_out_of_range /rules/0/when/some/is/grade/at_least"},
           {node + R"({"grade": {"at_least": "3"}}}})",
            "number_out_of_range /rules/0/when/some/is/grade/at_least"},
           {node + R"({"possible": {"at_least": 4, "at_most": 3}}}})",
            "empty_range /rules/0/when/some/is/possible"},
           {node + R"({"recorded": {"at_least": 3, "above": 3}}}})",
            "key_not_allowed /rules/0/when/some/is/recorded/above"},
           {node + R"({"status": "done"}}})", "unknown_word /rules/0/when/some/is/status"},
           {node + R"({"change": {"worsened": 1}}}})", "missing_key /rules/0/when/some/is/change"},
           {node + R"({"change": {"since": "birth", "worsened": 1}}}})",
            "unknown_word /rules/0/when/some/is/change/since"},
           {node + R"({"change": {"since": "first"}}}})",
            "one_of_two /rules/0/when/some/is/change"},
           {node + R"({"change": {"since": "first", "worsened": 1, "improved": 1}}}})",
            "one_of_two /rules/0/when/some/is/change"},
           {node + R"({"change": {"since": "first", "worsened": 5}}}})",
            "number_out_of_range /rules/0/when/some/is/change/worsened"},
           {node + R"({"run": {"at_least": 3}}}})", "one_of_two /rules/0/when/some/is/run"},
           {node + R"({"run": {"assessments": 2}}}})", "missing_key /rules/0/when/some/is/run"},
           {node + R"({"run": {"at_least": 3, "days": 0}}}})",
            "number_out_of_range /rules/0/when/some/is/run/days"},
           {node + R"({"evidence_missing": {}}}})",
            "missing_key /rules/0/when/some/is/evidence_missing"},
           {R"({"missing": {"percent": 101}})", "number_out_of_range /rules/0/when/missing/percent"},
           {R"({"missing": {}})", "missing_key /rules/0/when/missing"},
           {R"({"age": {}})", "missing_key /rules/0/when/age"},
           {R"({"age": {"from": 24, "to": 24}})", "bad_band /rules/0/when/age"},
           {R"({"age": {"from": -1}})", "number_out_of_range /rules/0/when/age/from"},
           {R"({"consent": "verbal"})", "unknown_word /rules/0/when/consent"},
           {R"({"target_overdue": {}})", "missing_key /rules/0/when/target_overdue"},
           {R"({"earlier_not_opened": false})", "wrong_type /rules/0/when/earlier_not_opened"},
           {R"({"not_comparable": {}})", "wrong_type /rules/0/when/not_comparable"},
       })
    EXPECT_THAT(faults_of_condition(condition), ElementsAre("invalid " + fault)) << condition;
}

TEST(RulesFile, ListsAThousandFaultsAndAsksNoFaultyRule) {
  Value document = rules_document(good);
  std::vector<Value>& rules = document.find("rules")->items();
  Value faulty = rules.front();
  faulty.erase("when");
  rules.insert(rules.end(), 3000, faulty);
  Findings findings;
  const IndicationRules read = read_indication_rules(document, findings);
  EXPECT_EQ(read.rules.size(), 1U);
  EXPECT_EQ(findings.size(), most_findings + 1);
  check_rule_nodes(read, shipped_instruments(), findings);
}

TEST(RulesFile, AllFaultsAreGathered) {
  EXPECT_EQ(faults(changed(rules_document(R"({"all": [{"gradde": 1}, {"age": {}}]})"),
                           {{"/rules/0/level", R"("alarm")"}, {"/id", ""}}))
                .size(),
            4U);
}

TEST(RulesFile, AnIdStandsOnce) {
  Value document = rules_document(good);
  Value& rules = *document.find("rules");
  rules.items().push_back(Value{rules.items().front()});
  EXPECT_THAT(faults(document), ElementsAre("invalid indication_twice /rules/1"));
}

TEST(RulesFile, ANodeThatNoInstrumentHas) {
  const auto of = [](std::string_view condition) {
    Findings findings;
    const auto rules = read_indication_rules(rules_document(condition), findings);
    check_rule_nodes(rules, shipped_instruments(), findings);
    return lines(findings);
  };
  EXPECT_THAT(of(R"({"missing": {"under": "B5", "percent": 1}})"), IsEmpty());  // gcp2 has it
  EXPECT_THAT(of(R"({"not": {"node": {"code": "Bl", "is": {"status": "complete"}}}})"),
              ElementsAre("invalid rule_names_no_node /rules/0/when/not"));
}

TEST(RulesFile, ARuleWithAFaultIsNeverAsked) {
  Findings findings;
  EXPECT_THAT(read_indication_rules(rules_document(R"({"grade": {"at_least": 1}})"), findings).rules,
              IsEmpty());
}

TEST(RulesFile, ExtendsAddsAndReplaces) {
  Findings findings;
  IndicationRules local = read_indication_rules(
      changed(rules_document(good), {{"/rules/0/id", R"("any_5")"}}), findings);
  local.rules.push_back(local.rules.front());
  local.rules.back().id = "ours";
  const IndicationRules& base = shipped_indication_rules();
  const IndicationRules both = extended(base, local);
  ASSERT_EQ(both.rules.size(), base.rules.size() + 1);
  EXPECT_EQ(both.rules.front().says, "A sentence.");
  EXPECT_EQ(both.rules.back().id, "ours");
  EXPECT_EQ(both.id, "test");
}

TEST(RulesFile, TheDefaultSetCoversEveryLevelAndNamesItsBases) {
  std::set<IndicationLevel> levels;
  for (const IndicationRule& rule : shipped_indication_rules().rules) {
    levels.insert(rule.level);
    EXPECT_FALSE(rule.basis.empty());
  }
  EXPECT_EQ(levels.size(), 4U);
}

Value locality_document() {
  return parsed(source_file("schemas/localities/dudley.json"));
}

TEST(LocalityFile, EveryFault) {
  struct Row {
    Change change;
    std::string fault;
  };
  for (const auto& [change, fault] : std::vector<Row>{
           {{"/format", R"("gcp2/locality/2")"}, "wrong_format "},
           {{"/id", R"("a b")"}, "bad_code /id"},
           {{"/name", ""}, "missing_key "},
           {{"/phone", "1"}, "key_not_allowed /phone"},
           {{"/actions", ""}, "missing_key "},
           {{"/actions/urgent", ""}, "missing_key /actions"},
           {{"/actions/urgent", "[]"}, "wrong_type /actions/urgent"},
           {{"/actions/watch/0", "7"}, "wrong_type /actions/watch/0"},
           {{"/actions/calm", R"(["x"])"}, "key_not_allowed /actions/calm"},
           {{"/contacts", "[]"}, "wrong_type /contacts"},
           {{"/contacts/1/name", ""}, "missing_key /contacts/1"},
           {{"/contacts/1/telephone", ""}, "contact_without_way /contacts/1"},
           {{"/contacts/1/telephone", R"("on request")"}, "bad_telephone /contacts/1"},
           {{"/contacts/1/fax", R"("1")"}, "key_not_allowed /contacts/1/fax"},
           {{"/contacts/0", R"({"name": "X", "email": "x@example.org"})"},
            "first_contact_without_telephone /contacts/0"},
       }) {
    Findings findings;
    (void)read_locality(changed(locality_document(), {change}), findings);
    EXPECT_THAT(lines(findings), ElementsAre("invalid " + fault)) << change.pointer << change.json;
    for (const Finding& f : findings) EXPECT_NE(message(f), f.code);
  }
}

TEST(LocalityFile, TheShippedNumbers) {
  const auto numbers = [](std::size_t which) {
    std::vector<std::string> all;
    for (const Contact& c : shipped_localities().at(which).contacts)
      all.push_back(c.telephone + "|" + c.hours);
    return all;
  };
  EXPECT_THAT(numbers(0), ElementsAre("0808 800 5000|"));
  EXPECT_THAT(numbers(1), ElementsAre("0121 569 3100|any hour", "0808 800 5000|"));
  EXPECT_THAT(numbers(2), ElementsAre("0300 555 0050|9 to 5, Monday to Friday",
                                      "0300 555 8574|out of hours", "0808 800 5000|"));
}

}  // namespace
}  // namespace gcp2::test
