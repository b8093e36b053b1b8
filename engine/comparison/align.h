// Which node of one instrument is which of another, and what counts below it.
#pragma once

#include <optional>
#include <vector>

#include "gcp2/comparison.h"

namespace gcp2 {

bool same_tree(const Instrument& a, const Instrument& b) noexcept;

/// By node of `to`: the node of `from`, or none. Nullopt where nothing says that the two trees mean
/// the same.
using Alignment = std::vector<std::optional<NodeIndex>>;
std::optional<Alignment> align(const Instrument& from, const Instrument& to,
                               const std::vector<NodeMapping>& mappings);

NodeIndex area_of(const Instrument& instrument, NodeIndex node);

/// Whether a leaf counts for its parent: it applies, and no exception leaves it out.
bool counts(const ScoredRecord& record, NodeIndex leaf);
/// A node's grade and possible set; none and empty for a leaf that an exception leaves out.
std::optional<Grade> grade_at(const ScoredRecord& record, NodeIndex node);
GradeSet possible_at(const ScoredRecord& record, NodeIndex node);
/// The leaves that a node's grade comes from; under an exception those of its sibling.
std::vector<NodeIndex> leaves_of(const ScoredRecord& record, NodeIndex node);

}  // namespace gcp2
