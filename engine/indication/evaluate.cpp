#include "indication/evaluate.h"

#include <algorithm>
#include <iterator>

namespace gcp2 {
namespace {

/// The grade is `least` or worse.
Truth at_least(int least, std::optional<Grade> grade, GradeSet possible) {
  if (grade && grade->number() >= least) return Truth::yes;
  if (possible.empty()) return grade ? Truth::no : Truth::open;
  const bool could = possible.bits() >> static_cast<unsigned>(least) != 0;
  return could ? Truth::open : Truth::no;
}

void append(std::vector<IndicationStep>& to, std::vector<IndicationStep> steps) {
  std::ranges::move(steps, std::back_inserter(to));
}

}  // namespace

Truth within(const IndicationCondition& condition, std::optional<Grade> grade, GradeSet possible) {
  Truth truth = at_least(condition.from.number(), grade, possible);
  if (condition.to.number() < Grade::worst)
    truth = std::min(truth, opposite(at_least(condition.to.number() + 1, grade, possible)));
  return truth;
}

Answer Evaluation::parts(const Condition& condition, const NodeIndex* node) const {
  const bool all = condition.kind == Kind::all;
  std::vector<Answer> answers;
  for (const Condition& part : condition.parts) answers.push_back(evaluate(part, node));
  Answer answer{all ? Truth::yes : Truth::no, {}};
  for (const Answer& each : answers)
    answer.truth = all ? std::min(answer.truth, each.truth) : std::max(answer.truth, each.truth);
  // Of `any`, what speaks for it; where nothing does, all that was looked at.
  for (Answer& each : answers)
    if (all || answer.truth != Truth::yes || each.truth == Truth::yes)
      append(answer.steps, std::move(each.steps));
  return answer;
}

Answer Evaluation::evaluate(const Condition& condition, const NodeIndex* node) const {
  switch (condition.kind) {
    case Kind::all:
    case Kind::any: return parts(condition, node);
    case Kind::negation:
    case Kind::open: {
      Answer answer = evaluate(condition.parts.front(), node);
      answer.truth = condition.kind == Kind::open ? decided(answer.truth == Truth::open)
                                            : opposite(answer.truth);
      return answer;
    }
    case Kind::node:
    case Kind::some:
    case Kind::every:
    case Kind::count:
    case Kind::types: return search(condition);
    case Kind::missing:
    case Kind::age:
    case Kind::consent:
    case Kind::target_overdue:
    case Kind::earlier_not_opened:
    case Kind::not_comparable: return of_whole(condition);
    default: return node == nullptr ? Answer{} : of_node(condition, *node);
  }
}

Evaluation::Seen Evaluation::seen(NodeIndex node, std::size_t point) const {
  const NodeChange& change = comparison_.nodes[node];
  return {change.grades[point], change.possible[point]};
}

IndicationStep Evaluation::step(NodeIndex node, std::size_t point) const {
  const Seen there = seen(node, point);
  IndicationStep step{.node = instrument().node(node).code,
                      .point = point,
                      .grade = there.grade,
                      .status = std::nullopt,
                      .possible = there.possible};
  if (const auto at = comparison_.nodes[node].at[point])
    step.status = comparison_.points[point].card.nodes[*at].status;
  return step;
}

}  // namespace gcp2
