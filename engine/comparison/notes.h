// What a node's change must not be read without.
#pragma once

#include <string_view>
#include <vector>

#include "comparison/align.h"

namespace gcp2 {

/// One point of a comparison with what its notes need.
struct Point {
  const ScoredRecord& record;
  std::optional<Alignment> from;                  ///< by the latest's nodes
  std::vector<std::optional<NodeIndex>> to = {};  ///< by its own nodes: the latest's
  std::vector<std::string_view> graded_by = {};   ///< refs, by its own nodes
};
Point point_of(const ScoredRecord& record, const Instrument& latest,
               const std::vector<NodeMapping>& mappings);

/// Notes on a node with its grades and change, in the order of the enumeration.
std::vector<ChangeNote> notes_on(const NodeChange& node, const std::vector<Point>& points,
                                 const RaterNoise* noise);

}  // namespace gcp2
