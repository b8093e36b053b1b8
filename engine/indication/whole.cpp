#include <algorithm>
#include <string>

#include "indication/evaluate.h"

namespace gcp2 {

namespace {
using Condition = IndicationCondition;
using Of = IndicationStep::Of;
}  // namespace

Answer Evaluation::of_whole(const Condition& condition) const {
  IndicationStep whole{.node = {}, .point = latest(), .grade = {}, .status = {}};
  switch (condition.kind) {
    case Kind::missing: return missing(condition);
    case Kind::age: {
      whole.of = Of::age;
      whole.count = record().sheet.age_months;
      return {decided((!condition.age_from || *condition.age_from <= whole.count) &&
                      (!condition.age_to || whole.count < *condition.age_to)),
              {whole}};
    }
    case Kind::consent: {
      const std::string& state = record().assessment.consent_state;
      whole.of = Of::consent;
      whole.word = state.empty() ? "not_recorded" : state;
      return {decided(whole.word == condition.consent), {whole}};
    }
    case Kind::target_overdue: return targets(condition);
    case Kind::earlier_not_opened: return not_opened();
    default: return not_comparable();
  }
}

Answer Evaluation::missing(const Condition& condition) const {
  IndicationStep share{.node = condition.code, .point = latest(), .grade = {}, .status = {},
                       .of = Of::missing};
  Condition leaves;
  leaves.code = condition.code;
  leaves.scope = Condition::Scope::leaf;
  for (const NodeIndex leaf : nodes_of(leaves)) {
    const Seen there = seen(leaf, latest());
    if (there.possible.empty()) continue;
    ++share.total;
    if (!there.grade) ++share.count;
  }
  if (share.total == 0) return {Truth::open, {}};
  return {decided(share.count * 100 >= condition.number * share.total), {share}};
}

/// A target counts as reached only where a grade at or below it is certain: as recorded at its
/// review, or at the record that holds it or a later one.
bool Evaluation::reached(const Target& target, std::size_t set_at) const {
  if (target.actual && !target.actual->worse_than(*target.to)) return true;
  const auto node = comparison_.points[set_at].instrument.find(target.node);
  Condition good;
  good.to = *target.to;
  for (NodeIndex i = 0; node && i < comparison_.nodes.size(); ++i) {
    if (comparison_.nodes[i].at[set_at] != node) continue;
    for (std::size_t point = set_at; point <= latest(); ++point) {
      const Seen then = seen(i, point);
      if (within(good, then.grade, then.possible) == Truth::yes) return true;
    }
  }
  return false;
}

Answer Evaluation::targets(const Condition& condition) const {
  Answer answer{Truth::no, {}};
  for (std::size_t point = 0; point < comparison_.points.size(); ++point)
    for (const Target& target : comparison_.points[point].assessment.targets) {
      if (!target.to || !target.review_by ||
          days_between(*target.review_by, context_.as_of) < condition.number ||
          reached(target, point))
        continue;
      answer.truth = Truth::yes;
      answer.steps.push_back({.node = target.node,
                              .point = point,
                              .grade = target.to,
                              .status = {},
                              .of = Of::target,
                              .due = target.review_by});
    }
  return answer;
}

Answer Evaluation::not_opened() const {
  std::vector<std::string> opened = context_.opened;
  std::vector<std::string> known = context_.known;
  for (const ScoredRecord& point : comparison_.points) {
    opened.push_back(point.assessment.id);
    known.push_back(point.assessment.supersedes);
    known.insert(known.end(), point.assessment.earlier.begin(), point.assessment.earlier.end());
  }
  std::ranges::sort(known);
  const auto twice = std::ranges::unique(known);
  known.erase(twice.begin(), twice.end());
  Answer answer{Truth::no, {}};
  for (const std::string& id : known) {
    if (id.empty() || std::ranges::find(opened, id) != opened.end()) continue;
    answer.truth = Truth::yes;
    answer.steps.push_back({.node = {}, .point = latest(), .grade = {}, .status = {},
                            .of = Of::profile, .word = id});
  }
  return answer;
}

Answer Evaluation::not_comparable() const {
  Answer answer{Truth::no, {}};
  for (std::size_t point = 0; point < comparison_.points.size(); ++point) {
    if (comparison_.comparable[point]) continue;
    answer.truth = Truth::yes;
    answer.steps.push_back({.node = {}, .point = point, .grade = {}, .status = {},
                            .of = Of::comparability});
  }
  return answer;
}

}  // namespace gcp2
