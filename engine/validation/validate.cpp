#include <algorithm>
#include <optional>

#include "gcp2/scoring.h"
#include "gcp2/validation.h"
#include "validation/rules.h"

namespace gcp2 {
namespace rules {

void check_people(const Case& c) {
  const Assessment& a = c.assessment;
  for (std::size_t i = 0; i < a.assessors.size(); ++i)
    if (blank(a.assessors[i].name))
      c.add(Severity::query, "assessor_without_name", entry("assessors", i));
  const auto known = [&a](const std::string& ref) {
    return std::ranges::find(a.assessors, ref, &Assessor::ref) != a.assessors.end();
  };
  const auto check = [&](const std::string& ref, std::string pointer, const std::string& node) {
    if (!ref.empty() && !known(ref))
      c.add(Severity::error, "unknown_assessor", std::move(pointer), node);
  };
  check(a.lead_professional, "/lead_professional", "");
  for (std::size_t i = 0; i < a.observations.size(); ++i)
    check(a.observations[i].by, entry("observations", i, "by"), a.observations[i].node);
  for (std::size_t i = 0; i < a.dismissed.size(); ++i)
    check(a.dismissed[i].by, entry("dismissed", i, "by"), "");
  if (a.signature) check(a.signature->by, "/signed/by", "");
}

namespace {

/// What a node is graded as, a parent by the instrument's own rule.
std::optional<Grade> grade_now(const Case& c, NodeIndex node) {
  if (c.instrument.is_leaf(node)) return c.sheet.marks[node].grade;
  const Rule* rule = c.instrument.rule(c.instrument.default_rule);
  if (rule == nullptr || !c.assessment.age_months()) return std::nullopt;
  Scorecard card;
  grade_into(card, c.instrument, *rule, c.sheet);
  return card.nodes[node].grade;
}

}  // namespace

void check_targets(const Case& c) {
  const Assessment& a = c.assessment;
  for (std::size_t i = 0; i < a.targets.size(); ++i) {
    const Target& target = a.targets[i];
    std::optional<Grade> current = target.from;
    if (const auto node = c.instrument.find(target.node); !current && node)
      current = grade_now(c, *node);
    if (current && target.to && !current->worse_than(*target.to))
      c.add(Severity::query, "target_not_better", entry("targets", i, "to"), target.node,
            {{"from", std::to_string(current->number())},
             {"to", std::to_string(target.to->number())}});
    if (!target.review_by)
      c.add(Severity::query, "target_undated", entry("targets", i), target.node);
  }
}

void check_consent_and_views(const Case& c) {
  const Assessment& a = c.assessment;
  if (a.consent_state != "given" && blank(a.consent_reason))
    c.add(Severity::query, "consent_without_reason", "/consent", {},
          {{"state", a.consent_state.empty() ? "absent" : shown(a.consent_state)}});
  if (blank(a.views.child)) c.add(Severity::query, "no_child_view", "/views/child");
  if (blank(a.views.carers)) c.add(Severity::query, "no_carers_view", "/views/carers");
}

void check_training(const Case& c) {
  if (c.assessment.training) c.add(Severity::note, "record_for_training", "/training");
}

void check_signature(const Case& c) {
  const Assessment& a = c.assessment;
  if (a.is_signed && !a.signature) c.add(Severity::error, "signed_without_signature", "/status");
  if (!a.is_signed && a.signature) c.add(Severity::error, "signature_on_draft", "/signed");
  if (a.id.empty()) c.add(Severity::error, "no_id", "/id");
  for (std::size_t i = 0; i < a.dismissed.size(); ++i)
    if (blank(a.dismissed[i].reason))
      c.add(Severity::error, "dismissed_without_reason", entry("dismissed", i));
}

}  // namespace rules

Findings validate(const Assessment& assessment, const Instrument& instrument, const Sheet& sheet,
                  Date as_of) {
  Findings findings;
  const rules::Case c{assessment, instrument, sheet, as_of, findings};
  rules::check_dates(c);
  rules::check_future(c);
  rules::check_child(c);
  rules::check_people(c);
  if (assessment.age_months()) {
    rules::check_observations(c);
    rules::check_judgements(c);
    rules::check_exceptions(c);
  }
  rules::check_targets(c);
  rules::check_consent_and_views(c);
  rules::check_signature(c);
  rules::check_family(c);
  rules::check_events(c);
  rules::check_earlier(c);
  rules::check_training(c);
  return findings;
}

}  // namespace gcp2
