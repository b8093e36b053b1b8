// Moving over an instrument's tree, and which exceptions hold for a child.
#pragma once

#include "gcp2/scoring.h"

namespace gcp2 {

/// Calls `visit(child)` for every child of a node, in order.
template <class Visit>
void for_each_child(const Instrument& instrument, NodeIndex parent, Visit visit) {
  const NodeIndex end = instrument.nodes[parent].end;
  for (auto child = static_cast<NodeIndex>(parent + 1); child < end;
       child = instrument.nodes[child].end)
    visit(child);
}

inline std::size_t slot(Grade grade) noexcept {
  return static_cast<std::size_t>(grade.number() - 1);
}

/// The sibling that a node under an exception takes from, through a chain of exceptions.
inline NodeIndex exception_source(const Instrument& instrument, const Scorecard& card,
                                  NodeIndex node) {
  NodeIndex at = instrument.exception_on(node)->takes_from;
  while (card.nodes[at].by_exception && !card.nodes[at].judged)
    at = instrument.exception_on(at)->takes_from;
  return at;
}

}  // namespace gcp2
