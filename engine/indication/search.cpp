#include <algorithm>
#include <iterator>
#include <set>

#include "indication/evaluate.h"

namespace gcp2 {
namespace {

using Condition = IndicationCondition;

bool in_scope(const Instrument& instrument, NodeIndex index, const Condition& condition) {
  const Node& node = instrument.node(index);
  if (condition.type && std::ranges::find(node.neglect_types, *condition.type) ==
                            node.neglect_types.end())
    return false;
  switch (condition.scope) {
    case Condition::Scope::area: return node.level == Level::area;
    case Condition::Scope::sub_area: return node.level == Level::sub_area;
    case Condition::Scope::item: return node.level == Level::item;
    case Condition::Scope::leaf: return instrument.is_leaf(index);
    case Condition::Scope::any: break;
  }
  return true;
}

/// A number of nodes is reached for certain, or could be once the open ones are graded.
Truth enough(std::size_t certain, std::size_t possible, int number) {
  const auto least = static_cast<std::size_t>(number);
  return certain >= least ? Truth::yes : possible >= least ? Truth::open : Truth::no;
}

}  // namespace

/// Nodes that count, and those that do not but have a grade written on them; `every` is asked of
/// the former only.
std::vector<NodeIndex> Evaluation::nodes_of(const Condition& condition) const {
  std::vector<NodeIndex> found;
  NodeIndex first = 0;
  auto end = static_cast<NodeIndex>(instrument().nodes.size());
  if (!condition.code.empty()) {
    const auto under = instrument().find(condition.code);
    if (!under) return found;
    first = *under;
    end = condition.kind == Kind::node ? static_cast<NodeIndex>(first + 1)
                                                  : instrument().node(first).end;
  }
  for (NodeIndex i = first; i < end; ++i) {
    const bool counts = !seen(i, latest()).possible.empty();
    const bool written = record().sheet.marks[i].grade || record().sheet.judgements[i];
    if ((counts || (written && condition.kind != Kind::every)) && in_scope(instrument(), i, condition)) found.push_back(i);
  }
  return found;
}

Answer Evaluation::search(const Condition& condition) const {
  Answer answer;
  std::size_t certain = 0, could = 0;
  std::set<NeglectType> certain_types, possible_types;
  Truth least = Truth::yes, most = Truth::no;
  const std::vector<NodeIndex> nodes = nodes_of(condition);
  for (const NodeIndex node : nodes) {
    Answer here = evaluate(condition.parts.front(), &node);
    const auto& types = instrument().node(node).neglect_types;
    least = std::min(least, here.truth);
    most = std::max(most, here.truth);
    if (here.truth == Truth::no) continue;
    ++could;
    possible_types.insert(types.begin(), types.end());
    if (here.truth == Truth::open) continue;
    ++certain;
    certain_types.insert(types.begin(), types.end());
    std::ranges::move(here.steps, std::back_inserter(answer.steps));
  }
  // Where there is nothing to look at, nothing is known to be well.
  if (nodes.empty()) return answer;
  switch (condition.kind) {
    case Kind::every: answer.truth = least; break;
    case Kind::count: answer.truth = enough(certain, could, condition.number); break;
    case Kind::types:
      answer.truth = enough(certain_types.size(), possible_types.size(), condition.number);
      break;
    default: answer.truth = most;
  }
  return answer;
}

}  // namespace gcp2
