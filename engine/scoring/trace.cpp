#include "scoring/tracing.h"
#include "scoring/walk.h"

namespace gcp2 {
namespace {

LeftOutWhy why_missing(const Instrument& instrument, const Sheet& sheet, const NodeScore& score,
                       NodeIndex node) {
  if (score.status == Status::not_applicable) return LeftOutWhy::not_applicable;
  if (!instrument.is_leaf(node)) return LeftOutWhy::ungraded;
  switch (sheet.marks[node].not_graded) {
    case NotGraded::not_observed: return LeftOutWhy::not_observed;
    case NotGraded::declined: return LeftOutWhy::declined;
    case NotGraded::not_applicable: return LeftOutWhy::not_applicable;
    case NotGraded::not_yet: break;
  }
  return LeftOutWhy::not_yet;
}

void trace_parent(Scorecard& card, const Instrument& instrument, const Sheet& sheet,
                  NodeIndex parent) {
  NodeScore& score = card.nodes[parent];
  score.decided_by.first = static_cast<std::uint32_t>(card.deciders.size());
  score.left_out.first = static_cast<std::uint32_t>(card.omissions.size());
  if (score.by_exception && !score.judged)
    card.deciders.push_back(exception_source(instrument, card, parent));
  for_each_child(instrument, parent, [&](NodeIndex child) {
    const NodeScore& c = card.nodes[child];
    if (score.by_exception)
      card.omissions.push_back({child, LeftOutWhy::exception});
    else if (!c.grade)
      card.omissions.push_back({child, why_missing(instrument, sheet, c, child)});
    else if (!score.judged && c.grade == score.grade)
      card.deciders.push_back(child);
  });
  score.decided_by.count =
      static_cast<std::uint32_t>(card.deciders.size()) - score.decided_by.first;
  score.left_out.count = static_cast<std::uint32_t>(card.omissions.size()) - score.left_out.first;
}

void count_leaf(Scorecard& card, const Instrument& instrument, NodeIndex leaf) {
  const NodeScore& score = card.nodes[leaf];
  const auto parent = instrument.nodes[leaf].parent;
  if (score.status == Status::not_applicable || (parent && card.nodes[*parent].by_exception))
    return;
  if (!score.grade) {
    ++card.missing;
    return;
  }
  ++card.counts[slot(*score.grade)];
  if (!card.worst.empty()) {
    const Grade worst = *card.nodes[card.worst.front()].grade;
    if (worst.worse_than(*score.grade)) return;
    if (score.grade->worse_than(worst)) card.worst.clear();
  }
  card.worst.push_back(leaf);
}

}  // namespace

void score_into(Scorecard& card, const Instrument& instrument, const Rule& rule,
                const Sheet& sheet) {
  grade_into(card, instrument, rule, sheet);
  card.counts = {};
  card.missing = 0;
  card.worst.clear();
  card.tipping.clear();
  card.deciders.clear();
  card.omissions.clear();
  for (NodeIndex node = 0; node < instrument.nodes.size(); ++node) {
    if (instrument.is_leaf(node))
      count_leaf(card, instrument, node);
    else
      trace_parent(card, instrument, sheet, node);
  }
  find_tipping(card, instrument, rule);
}

Scorecard score(const Instrument& instrument, const Rule& rule, const Sheet& sheet) {
  Scorecard card;
  score_into(card, instrument, rule, sheet);
  return card;
}

}  // namespace gcp2
