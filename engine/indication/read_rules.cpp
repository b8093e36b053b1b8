#include <algorithm>

#include "indication/reading.h"

namespace gcp2 {
namespace {

using reading_rules::Form;

IndicationRule read_rule(const Form& form) {
  IndicationRule rule;
  if (!form.object({"id", "level", "types", "says", "basis", "when"})) return rule;
  rule.id = form.id();
  if (const auto level = form.word("level", true, reading_rules::level_words()))
    rule.level = static_cast<IndicationLevel>(*level);
  for (const Form& item : form.items("types", false)) {
    const auto word = item.word(reading_rules::neglect_words());
    if (!word) continue;
    const NeglectType type = reading_rules::neglect_types[*word];
    if (std::ranges::find(rule.types, type) != rule.types.end())
      item.refuse("neglect_type_twice", {{"type", std::string{name_of(type)}}});
    else
      rule.types.push_back(type);
  }
  std::ranges::sort(rule.types);
  rule.says = form.text("says", true);
  rule.basis = form.text("basis", true);
  if (const auto when = form.member("when", true))
    rule.when =
        std::make_shared<const IndicationCondition>(reading_rules::read_condition(*when, false));
  return rule;
}

void check_nodes(const IndicationCondition& condition, const Instruments& instruments,
                 Findings& findings) {
  for (const IndicationCondition& part : condition.parts) check_nodes(part, instruments, findings);
  const auto has = [&](const Instrument& i) { return i.find(condition.code).has_value(); };
  if (condition.code.empty() || std::ranges::any_of(instruments.list, has)) return;
  add_finding(findings, {.code = "rule_names_no_node",
                         .severity = Severity::invalid,
                         .pointer = condition.pointer,
                         .node = shown(condition.code)});
}

}  // namespace

IndicationRules read_indication_rules(const Value& document, Findings& findings) {
  IndicationRules rules;
  const Form form{document, "", findings};
  if (!form.object({"format", "id", "version", "note", "extends", "rules"})) return rules;
  if (const std::string format = form.text("format", true);
      !format.empty() && format != "gcp2/indication-rules/1")
    form.refuse("wrong_format", {{"expected", "gcp2/indication-rules/1"}});
  rules.id = form.id();
  rules.version = form.text("version", true);
  rules.note = form.text("note", false);
  rules.extends = form.text("extends", false);
  for (const Form& entry : form.items("rules", true)) {
    Findings faults;
    const Form item{entry.value, entry.pointer, faults};
    IndicationRule rule = read_rule(item);
    if (!rule.id.empty() &&
        std::ranges::find(rules.rules, rule.id, &IndicationRule::id) != rules.rules.end())
      item.refuse("indication_twice", {{"id", shown(rule.id)}});
    // A rule with a fault is never asked.
    if (faults.empty()) rules.rules.push_back(std::move(rule));
    for (Finding& fault : faults) add_finding(findings, std::move(fault));
  }
  return rules;
}

void check_rule_nodes(const IndicationRules& rules, const Instruments& instruments,
                      Findings& findings) {
  for (const IndicationRule& rule : rules.rules) check_nodes(*rule.when, instruments, findings);
}

IndicationRules extended(const IndicationRules& base, IndicationRules rules) {
  std::vector<IndicationRule> all = base.rules;
  for (IndicationRule& rule : rules.rules) {
    const auto same = std::ranges::find(all, rule.id, &IndicationRule::id);
    if (same == all.end())
      all.push_back(std::move(rule));
    else
      *same = std::move(rule);
  }
  rules.rules = std::move(all);
  return rules;
}

}  // namespace gcp2
