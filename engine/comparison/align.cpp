#include "comparison/align.h"

#include <algorithm>

namespace gcp2 {
namespace {

bool left_out_by_exception(const ScoredRecord& record, NodeIndex node) {
  const auto parent = record.instrument.node(node).parent;
  return parent && record.instrument.is_leaf(node) && record.card.nodes[*parent].by_exception;
}

}  // namespace

bool same_tree(const Instrument& a, const Instrument& b) noexcept {
  return &a == &b || (!a.digest.empty() && a.digest == b.digest);
}

std::optional<Alignment> align(const Instrument& from, const Instrument& to,
                               const std::vector<NodeMapping>& mappings) {
  Alignment alignment(to.nodes.size());
  if (same_tree(from, to)) {
    for (NodeIndex i = 0; i < to.nodes.size(); ++i) alignment[i] = from.find(to.node(i).code);
    return alignment;
  }
  const auto mapping = std::ranges::find_if(mappings, [&](const NodeMapping& m) {
    return m.from_digest == from.digest && m.to_digest == to.digest;
  });
  if (mapping == mappings.end()) return std::nullopt;
  for (const auto& [old_code, new_code] : mapping->nodes)
    if (const auto node = to.find(new_code)) alignment[*node] = from.find(old_code);
  return alignment;
}

NodeIndex area_of(const Instrument& instrument, NodeIndex node) {
  while (instrument.node(node).parent) node = *instrument.node(node).parent;
  return node;
}

bool counts(const ScoredRecord& record, NodeIndex leaf) {
  return record.card.nodes[leaf].status != Status::not_applicable &&
         !left_out_by_exception(record, leaf);
}

std::optional<Grade> grade_at(const ScoredRecord& record, NodeIndex node) {
  return left_out_by_exception(record, node) ? std::nullopt : record.card.nodes[node].grade;
}

GradeSet possible_at(const ScoredRecord& record, NodeIndex node) {
  return left_out_by_exception(record, node) ? GradeSet{} : record.card.nodes[node].possible;
}

std::vector<NodeIndex> leaves_of(const ScoredRecord& record, NodeIndex node) {
  const NodeScore& score = record.card.nodes[node];
  const auto deciders = record.card.decided_by(score);
  const bool elsewhere = score.by_exception && !score.judged && !deciders.empty();
  const NodeIndex top = elsewhere ? deciders.front() : node;
  std::vector<NodeIndex> leaves;
  for (NodeIndex i = top; i < record.instrument.node(top).end; ++i)
    if (record.instrument.is_leaf(i) && counts(record, i)) leaves.push_back(i);
  return leaves;
}

}  // namespace gcp2
