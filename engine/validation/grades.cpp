#include <algorithm>
#include <optional>

#include "gcp2/scoring.h"
#include "validation/rules.h"

namespace gcp2::rules {
namespace {

/// The band that keeps a leaf from this child, looking up the tree; null where another reason does.
const AgeBand* closed_band(const Instrument& instrument, NodeIndex leaf, int age_months) {
  for (std::optional<NodeIndex> at = leaf; at; at = instrument.nodes[*at].parent)
    if (const auto& band = instrument.nodes[*at].band; band && !band->holds(age_months))
      return &*band;
  return nullptr;
}

bool has_evidence(const Observation& o) {
  return std::ranges::any_of(o.evidence, [](const Evidence& e) { return !blank(e.text); });
}

void check_not_applicable(const Case& c, const Observation& o, NodeIndex leaf, std::size_t i) {
  const int age = c.sheet.age_months;
  const std::string pointer = entry("observations", i, "grade");
  const AgeBand* band = closed_band(c.instrument, leaf, age);
  if (band != nullptr && age < band->from)
    return c.add(Severity::query, "adultification", pointer, o.node,
                 {{"age", std::to_string(age)},
                  {"from", std::to_string(band->from)},
                  {"to", std::to_string(band->to)}});
  if (band != nullptr)
    return c.add(Severity::query, "grade_for_younger_age", pointer, o.node,
                 {{"age", std::to_string(age)},
                  {"from", std::to_string(band->from)},
                  {"to", std::to_string(band->to)}});
  c.add(Severity::query, "grade_without_condition", pointer, o.node);
}

void check_grade(const Case& c, const Observation& o, NodeIndex leaf, std::size_t i) {
  constexpr int serious = 4;
  if (!applies(c.instrument, leaf, c.sheet.age_months, c.sheet.conditions))
    check_not_applicable(c, o, leaf, i);
  if (has_evidence(o)) return;
  const bool is_serious = o.grade->number() >= serious;
  c.add(is_serious ? Severity::error : Severity::query,
        is_serious ? "serious_grade_without_evidence" : "grade_without_evidence",
        entry("observations", i), o.node, {{"grade", std::to_string(o.grade->number())}});
}

/// Whether the practitioner has written anything on that node's comment.
bool has_comment(const Assessment& a, const std::string& node) {
  return std::ranges::any_of(a.comments, [&](const Comment& comment) {
    return comment.node == node && !blank(comment.text);
  });
}

}  // namespace

void check_observations(const Case& c) {
  const auto& observations = c.assessment.observations;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    const Observation& o = observations[i];
    const auto leaf = c.instrument.find(o.node);
    if (!leaf || !c.instrument.is_leaf(*leaf)) continue;
    if (o.grade) check_grade(c, o, *leaf, i);
    if (o.not_graded == NotGraded::not_applicable && blank(o.reason))
      c.add(Severity::error, "not_applicable_without_reason", entry("observations", i), o.node);
  }
}

void check_judgements(const Case& c) {
  if (c.assessment.judgements.empty()) return;
  const Rule* rule = c.instrument.rule(c.instrument.default_rule);
  if (rule == nullptr) return;
  Scorecard card;
  grade_into(card, c.instrument, *rule, c.sheet);
  for (std::size_t i = 0; i < c.assessment.judgements.size(); ++i) {
    const Judgement& j = c.assessment.judgements[i];
    const auto node = c.instrument.find(j.node);
    if (!node || !j.grade) continue;
    const std::string pointer = entry("judgements", i);
    if (c.instrument.is_leaf(*node)) {
      c.add(Severity::error, "judgement_on_leaf", pointer, j.node);
      continue;
    }
    const NodeScore& score = card.nodes[*node];
    if (score.status == Status::not_applicable)
      c.add(Severity::query, "judgement_not_applicable", pointer, j.node);
    else if (score.computed != j.grade && blank(j.reason))
      c.add(Severity::error, "judgement_without_reason", pointer, j.node);
  }
}

void check_exceptions(const Case& c) {
  constexpr int serious = 4;
  for (const Exception& e : c.instrument.exceptions) {
    const Node& node = c.instrument.nodes[e.node];
    if (!c.sheet.conditions.test(static_cast<std::size_t>(e.condition)) ||
        !applies(c.instrument, e.node, c.sheet.age_months, c.sheet.conditions))
      continue;
    if (!has_comment(c.assessment, node.code))
      c.add(Severity::error, "exception_without_comment", "/comments", node.code,
            {{"takes_from", c.instrument.nodes[e.takes_from].code}});
    for (std::size_t i = 0; i < c.assessment.observations.size(); ++i) {
      const Observation& o = c.assessment.observations[i];
      const auto leaf = c.instrument.find(o.node);
      if (leaf && *leaf > e.node && *leaf < node.end && o.grade && o.grade->number() >= serious)
        c.add(Severity::query, "left_out_by_exception", entry("observations", i, "grade"), o.node,
              {{"grade", std::to_string(o.grade->number())}, {"parent", node.code}});
    }
  }
}

}  // namespace gcp2::rules
