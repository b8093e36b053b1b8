#include <algorithm>
#include <set>
#include <tuple>

#include "indication/evaluate.h"
#include "indication/reading.h"

namespace gcp2 {
namespace {

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// By node in tree order (the whole record and unknown nodes last), then by point; each once.
void tidy(std::vector<IndicationStep>& steps, const Instrument& instrument) {
  const auto place = [&](const IndicationStep& s) {
    const auto index = instrument.find(s.node);
    return index ? std::size_t{*index} : instrument.nodes.size() + (s.node.empty() ? 1 : 0);
  };
  // A target is the same in every record that holds it.
  std::ranges::sort(steps, {}, [&](const IndicationStep& s) {
    return std::tuple{place(s), s.due, s.point, s.of, s.grade ? s.grade->number() : 0,
                      std::string_view{s.word}, std::string_view{s.node}};
  });
  const auto same = [](const IndicationStep& l, const IndicationStep& r) {
    return l.node == r.node && l.of == r.of && l.grade == r.grade && l.word == r.word &&
           l.due == r.due && (l.point == r.point || l.of == IndicationStep::Of::target);
  };
  const auto twice = std::ranges::unique(steps, same);
  steps.erase(twice.begin(), twice.end());
}

/// The types of the node, or, where it has none, of the nodes that decided its grade.
void add_types(const ScoredRecord& record, NodeIndex node, std::set<NeglectType>& types) {
  const auto& own = record.instrument.node(node).neglect_types;
  types.insert(own.begin(), own.end());
  if (!own.empty()) return;
  for (const NodeIndex decider : record.card.decided_by(record.card.nodes[node]))
    add_types(record, decider, types);
}

const Dismissal* dismissal(const Assessment& assessment, std::string_view id) {
  for (const Dismissal& each : assessment.dismissed)
    if (each.indication == id && !blank(each.reason)) return &each;
  return nullptr;
}

Indication indication(const IndicationRule& rule, Answer answer, const ScoredRecord& record) {
  Indication made;
  made.rule = &rule;
  made.steps = std::move(answer.steps);
  tidy(made.steps, record.instrument);
  std::set<NeglectType> types;
  for (const IndicationStep& step : made.steps) {
    if (step.node.empty() || (!made.nodes.empty() && made.nodes.back() == step.node)) continue;
    made.nodes.push_back(step.node);
    if (const auto index = record.instrument.find(step.node)) add_types(record, *index, types);
  }
  made.types = rule.types;
  // Good care is no type of neglect.
  if (made.types.empty() && rule.level != IndicationLevel::strength)
    made.types.assign(types.begin(), types.end());
  made.dismissed = dismissal(record.assessment, rule.id);
  return made;
}

}  // namespace

std::string_view name_of(IndicationLevel level) noexcept {
  switch (level) {
    case IndicationLevel::strength: return "strength";
    case IndicationLevel::watch: return "watch";
    case IndicationLevel::concern: return "concern";
    case IndicationLevel::urgent: break;
  }
  return "urgent";
}

std::string_view name_of(IndicationStep::Of of) noexcept {
  switch (of) {
    case IndicationStep::Of::grade: return "grade";
    case IndicationStep::Of::computed: return "computed";
    case IndicationStep::Of::recorded: return "recorded";
    case IndicationStep::Of::evidence: return "evidence";
    case IndicationStep::Of::target: return "target";
    case IndicationStep::Of::missing: return "missing";
    case IndicationStep::Of::age: return "age";
    case IndicationStep::Of::consent: return "consent";
    case IndicationStep::Of::profile: return "profile";
    case IndicationStep::Of::comparability: break;
  }
  return "comparability";
}

std::vector<Indication> indications(const IndicationRules& rules, const Comparison& comparison,
                                    const IndicationContext& context) {
  const Evaluation evaluation{comparison, context};
  std::vector<Indication> made;
  using enum IndicationLevel;
  for (const IndicationLevel level : {urgent, concern, watch, strength})
    for (const IndicationRule& rule : rules.rules) {
      if (rule.level != level) continue;
      Answer answer = evaluation.of_record(*rule.when);
      if (answer.truth == Truth::yes)
        made.push_back(indication(rule, std::move(answer), comparison.points.back()));
    }
  return made;
}

void check_dismissals(const IndicationRules& rules, const std::vector<Indication>& indications,
                      const Assessment& assessment, Findings& findings) {
  for (std::size_t i = 0; i < assessment.dismissed.size(); ++i) {
    const std::string& id = assessment.dismissed[i].indication;
    const auto names = [&id](const Indication& each) { return each.rule->id == id; };
    if (std::ranges::any_of(indications, names)) continue;
    std::vector<std::string_view> known;
    for (const IndicationRule& rule : rules.rules) known.push_back(rule.id);
    const bool is_rule = std::ranges::find(known, id) != known.end();
    const bool searches = !is_rule && findings.size() < most_findings;
    add_finding(findings,
                {.code = is_rule ? "dismissed_not_indicated" : "dismissed_unknown_indication",
                 .severity = Severity::note,
                 .pointer = "/dismissed/" + std::to_string(i) + "/indication",
                 .details = {{"id", shown(id)},
                             {"nearest", searches ? std::string{nearest(id, known)} : ""}}});
  }
}

}  // namespace gcp2
