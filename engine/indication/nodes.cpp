#include <algorithm>

#include "indication/evaluate.h"

namespace gcp2 {
namespace {

using Condition = IndicationCondition;

int best_of(GradeSet set) {
  int number = Grade::best;
  while (number < Grade::worst && !set.contains(*Grade::from(number))) ++number;
  return number;
}

int worst_of(GradeSet set) {
  int number = Grade::worst;
  while (number > Grade::best && !set.contains(*Grade::from(number))) --number;
  return number;
}

Truth holds_possible(const Condition& condition, GradeSet possible) {
  if (possible.empty()) return Truth::open;
  for (int number = condition.from.number(); number <= condition.to.number(); ++number)
    if (possible.contains(*Grade::from(number))) return Truth::yes;
  return Truth::no;
}

bool has_evidence(const Assessment& assessment, std::string_view node) {
  return std::ranges::any_of(assessment.observations, [node](const Observation& o) {
    return o.node == node && std::ranges::any_of(o.evidence, [](const Evidence& e) {
             return e.text.find_first_not_of(" \t\r\n") != std::string::npos;
           });
  });
}

}  // namespace

Answer Evaluation::of_node(const Condition& condition, NodeIndex node) const {
  const NodeScore& score = record().card.nodes[node];
  IndicationStep here = step(node, latest());
  switch (condition.kind) {
    case Kind::grade: return {within(condition, here.grade, here.possible), {here}};
    case Kind::computed: {
      const GradeSet possible = score.judged ? score.computed_possible : score.possible;
      if (score.judged) here.of = IndicationStep::Of::computed;
      here.grade = score.computed;
      here.possible = possible;
      return {within(condition, score.computed, possible), {here}};
    }
    case Kind::recorded: {
      const auto& written = instrument().is_leaf(node) ? record().sheet.marks[node].grade
                                                       : record().sheet.judgements[node];
      if (written != here.grade) here.of = IndicationStep::Of::recorded;
      here.grade = written;
      here.possible = {};
      return {within(condition, written, {}), {here}};
    }
    case Kind::possible:
      return {holds_possible(condition, here.possible), {here}};
    case Kind::status: return status(condition, node);
    case Kind::previous:
      if (const auto point = base_of_change(node, false)) {
        const Seen then = seen(node, *point);
        return {within(condition, then.grade, then.possible), {step(node, *point), here}};
      }
      return {Truth::open, {here}};
    case Kind::earlier: return earlier(condition, node);
    case Kind::change: return change(condition, node);
    case Kind::run: return run(condition, node);
    default: return evidence_missing(condition, node);
  }
}

Answer Evaluation::status(const Condition& condition, NodeIndex node) const {
  // A leaf that an exception leaves out is as good as not applicable.
  const bool counts = !seen(node, latest()).possible.empty();
  const Status now = counts ? record().card.nodes[node].status : Status::not_applicable;
  return {decided(now == condition.status), {step(node, latest())}};
}

Answer Evaluation::earlier(const Condition& condition, NodeIndex node) const {
  Answer answer{Truth::no, {step(node, latest())}};
  for (std::size_t point = 0; point < latest(); ++point) {
    const Seen then = seen(node, point);
    if (then.possible.empty() && comparison_.comparable[point]) continue;  // did not apply
    const Truth truth = within(condition, then.grade, then.possible);
    answer.truth = std::max(answer.truth, truth);
    if (truth == Truth::yes) answer.steps.push_back(step(node, point));
  }
  return answer;
}

/// The last (or first) point before the latest that has a grade for the node.
std::optional<std::size_t> Evaluation::base_of_change(NodeIndex node, bool first) const {
  std::optional<std::size_t> base;
  for (std::size_t point = 0; point < latest(); ++point)
    if (seen(node, point).grade && !(first && base)) base = point;
  return base;
}

/// Worse counts as it stands; better counts only where no missing grade could undo it.
Answer Evaluation::change(const Condition& condition, NodeIndex node) const {
  const auto base = base_of_change(node, condition.since_first);
  Answer answer{Truth::open, {step(node, latest())}};
  if (!base) return answer;
  answer.steps.insert(answer.steps.begin(), step(node, *base));
  const Seen then = seen(node, *base);
  const Seen now = seen(node, latest());
  if (now.possible.empty()) return answer;
  const int n = condition.number;
  if (condition.worsened) {
    if (now.grade && now.grade->number() - then.grade->number() >= n)
      answer.truth = Truth::yes;
    else if (worst_of(now.possible) - best_of(then.possible) < n)
      answer.truth = Truth::no;
  } else if (now.grade) {
    if (then.grade->number() - now.grade->number() < n)
      answer.truth = Truth::no;
    else if (best_of(then.possible) - worst_of(now.possible) >= n)
      answer.truth = Truth::yes;
  }
  return answer;
}

/// Back from the latest point: a missing grade neither ends a run nor counts in it.
Answer Evaluation::run(const Condition& condition, NodeIndex node) const {
  Answer answer{Truth::no, {}};
  bool certain = true;  // no grade on the way that a missing one could still make worse
  int assessments = 0;
  std::optional<Date> last, last_possible;
  const auto reaches = [&](std::optional<Date> end, int count, std::size_t point) {
    if (!condition.in_days) return count >= condition.number;
    const auto start = comparison_.points[point].assessment.window_to;
    return end && start && days_between(*start, *end) >= condition.number;
  };
  int possible_assessments = 0;
  for (std::size_t point = comparison_.points.size(); point-- > 0;) {
    const Seen there = seen(node, point);
    if (there.possible.empty()) continue;
    const Truth truth = within(condition, there.grade, there.possible);
    if (truth == Truth::no) break;
    const auto& end = comparison_.points[point].assessment.window_to;
    ++possible_assessments;
    if (!last_possible) last_possible = end;
    if (truth == Truth::yes && certain) {
      ++assessments;
      if (!last) last = end;
      answer.steps.insert(answer.steps.begin(), step(node, point));
      if (reaches(last, assessments, point)) answer.truth = Truth::yes;
    } else if (there.grade) {
      certain = false;
    }
    if (answer.truth == Truth::no && reaches(last_possible, possible_assessments, point))
      answer.truth = Truth::open;
  }
  if (answer.steps.empty()) answer.steps.push_back(step(node, latest()));
  return answer;
}

Answer Evaluation::evidence_missing(const Condition& condition, NodeIndex node) const {
  if (!instrument().is_leaf(node)) return {Truth::open, {}};
  Answer answer{Truth::no, {}};
  int without = 0;
  for (std::size_t point = comparison_.points.size(); point-- > 0;) {
    if (seen(node, point).possible.empty()) continue;
    const ScoredRecord& then = comparison_.points[point];
    const NodeIndex there = *comparison_.nodes[node].at[point];
    if (has_evidence(then.assessment, then.instrument.node(there).code)) break;
    IndicationStep missing = step(node, point);
    missing.of = IndicationStep::Of::evidence;
    answer.steps.insert(answer.steps.begin(), std::move(missing));
    if (++without >= condition.number) answer.truth = Truth::yes;
  }
  return answer;
}

}  // namespace gcp2
