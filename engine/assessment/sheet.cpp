#include <algorithm>

#include "gcp2/assessment.h"

namespace gcp2 {
namespace {

struct Placer {
  const Instrument& instrument;
  Findings& findings;

  void refuse(std::string_view code, std::string pointer, std::string node) {
    add_finding(findings, {.code = code,
                           .severity = Severity::invalid,
                           .pointer = std::move(pointer),
                           .node = std::move(node)});
  }

  std::optional<NodeIndex> node(const std::string& code, std::string_view list, std::size_t i) {
    if (code.empty()) return std::nullopt;  // already refused as missing or not a text
    const auto found = instrument.find(code);
    if (!found)
      add_finding(findings, {.code = "unknown_node",
                             .severity = Severity::invalid,
                             .pointer = pointer(list, i) + "/node",
                             .node = shown(code),
                             .details = {{"nearest", nearest_code(code, list)}}});
    return found;
  }

  [[nodiscard]] std::string nearest_code(const std::string& code, std::string_view list) const {
    if (findings.size() >= most_findings) return {};  // it would not be listed
    std::vector<std::string_view> known;
    for (NodeIndex n = 0; n < instrument.nodes.size(); ++n)
      if (list != "observations" || instrument.is_leaf(n))
        known.push_back(instrument.nodes[n].code);
    return std::string{nearest(code, known)};
  }

  static std::string pointer(std::string_view list, std::size_t i) {
    return "/" + std::string{list} + "/" + std::to_string(i);
  }
};

void place_observations(const Assessment& a, Placer& placer, Sheet& sheet) {
  std::vector<bool> seen(placer.instrument.nodes.size());
  for (std::size_t i = 0; i < a.observations.size(); ++i) {
    const Observation& observation = a.observations[i];
    const auto node = placer.node(observation.node, "observations", i);
    if (!node) continue;
    const std::string pointer = Placer::pointer("observations", i);
    if (!placer.instrument.is_leaf(*node)) {
      placer.refuse("not_a_leaf", pointer + "/node", observation.node);
      continue;
    }
    if (seen[*node]) placer.refuse("leaf_twice", pointer + "/node", observation.node);
    seen[*node] = true;
    if (observation.grade && observation.not_graded)
      placer.refuse("grade_and_not_graded", pointer, observation.node);
    sheet.marks[*node] = {observation.grade, observation.not_graded.value_or(NotGraded::not_yet)};
  }
}

void place_judgements(const Assessment& a, Placer& placer, Sheet& sheet) {
  for (std::size_t i = 0; i < a.judgements.size(); ++i) {
    const auto node = placer.node(a.judgements[i].node, "judgements", i);
    if (!node || !a.judgements[i].grade) continue;
    if (placer.instrument.is_leaf(*node)) continue;  // an error of validation, and not applied
    if (sheet.judgements[*node])
      placer.refuse("judgement_twice", Placer::pointer("judgements", i) + "/node",
                    a.judgements[i].node);
    sheet.judgements[*node] = a.judgements[i].grade;
    sheet.has_judgements = true;
  }
}

}  // namespace

bool applies(const Instrument& instrument, NodeIndex node, int age_months, Conditions conditions) {
  for (std::optional<NodeIndex> at = node; at; at = instrument.nodes[*at].parent) {
    const Node& n = instrument.nodes[*at];
    if (n.band && !n.band->holds(age_months)) return false;
    if (n.condition && !conditions.test(static_cast<std::size_t>(*n.condition))) return false;
  }
  return true;
}

Sheet record_sheet(const Assessment& a, const Instrument& instrument, Findings& findings) {
  Sheet sheet;
  sheet.clear(instrument.nodes.size());
  for (const std::string& name : a.child.conditions)
    if (const auto condition = condition_from(name))
      sheet.conditions.set(static_cast<std::size_t>(*condition));
  const auto age = a.age_months();
  if (!age)
    add_finding(findings,
                {.code = "age_unknown", .severity = Severity::invalid, .pointer = "/child"});
  sheet.age_months = age.value_or(0);
  Placer placer{instrument, findings};
  place_observations(a, placer, sheet);
  place_judgements(a, placer, sheet);
  for (std::size_t i = 0; i < a.comments.size(); ++i)
    (void)placer.node(a.comments[i].node, "comments", i);
  for (std::size_t i = 0; i < a.targets.size(); ++i)
    (void)placer.node(a.targets[i].node, "targets", i);
  return sheet;
}

}  // namespace gcp2
