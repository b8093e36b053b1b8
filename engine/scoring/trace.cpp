#include <algorithm>

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

/// Fills a list of nodes anew, up to a number that is known before. Whether a node decides is
/// anybody's guess, and a branch that is guessed wrong costs more than writing in vain.
class NodeList {
 public:
  NodeList(std::vector<NodeIndex>& list, std::size_t most) : list_{list} { list.resize(most + 1); }
  ~NodeList() { list_.resize(count_); }
  NodeList(const NodeList&) = delete;
  NodeList& operator=(const NodeList&) = delete;

  void append_if(bool condition, NodeIndex node) {
    list_[count_] = node;
    count_ += condition ? 1 : 0;
  }
  void clear_if(bool condition) { count_ = condition ? 0 : count_; }
  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(count_); }

 private:
  std::vector<NodeIndex>& list_;
  std::size_t count_ = 0;
};

int number_of(std::optional<Grade> grade) { return grade ? grade->number() : 0; }

struct Tracer {
  Scorecard& card;
  const Instrument& instrument;
  const Sheet& sheet;
  // A node decides or is the worst once at most.
  NodeList deciders{card.deciders, card.nodes.size()};
  NodeList worst{card.worst, card.nodes.size()};
  int worst_number = 0;

  void parent(NodeIndex index) {
    NodeScore& score = card.nodes[index];
    score.decided_by.first = deciders.count();
    score.left_out.first = static_cast<std::uint32_t>(card.omissions.size());
    if (score.by_exception && !score.judged)
      deciders.append_if(true, exception_source(instrument, card, index));
    const int decided = score.judged || score.by_exception ? 0 : number_of(score.grade);
    for_each_child(instrument, index, [&](NodeIndex child) {
      const NodeScore& c = card.nodes[child];
      if (score.by_exception)
        card.omissions.push_back({child, LeftOutWhy::exception});
      else if (!c.grade)
        card.omissions.push_back({child, why_missing(instrument, sheet, c, child)});
      else
        deciders.append_if(c.grade->number() == decided, child);
    });
    score.decided_by.count = deciders.count() - score.decided_by.first;
    score.left_out.count = static_cast<std::uint32_t>(card.omissions.size()) - score.left_out.first;
  }

  void leaf(NodeIndex index) {
    const NodeScore& score = card.nodes[index];
    const auto parent = instrument.nodes[index].parent;
    if (score.status == Status::not_applicable || (parent && card.nodes[*parent].by_exception))
      return;
    if (!score.grade) {
      ++card.missing;
      return;
    }
    ++card.counts[slot(*score.grade)];
    const int number = score.grade->number();
    worst.clear_if(number > worst_number);
    worst_number = std::max(worst_number, number);
    worst.append_if(number == worst_number, index);
  }
};

}  // namespace

void score_into(Scorecard& card, const Instrument& instrument, const Rule& rule,
                const Sheet& sheet) {
  grade_into(card, instrument, rule, sheet);
  card.counts = {};
  card.missing = 0;
  card.omissions.clear();
  {
    Tracer tracer{card, instrument, sheet};
    const auto end = static_cast<NodeIndex>(instrument.nodes.size());
    for (NodeIndex node = 0; node < end; ++node) {
      if (instrument.is_leaf(node))
        tracer.leaf(node);
      else
        tracer.parent(node);
    }
  }
  find_tipping(card, instrument, rule);
}

Scorecard score(const Instrument& instrument, const Rule& rule, const Sheet& sheet) {
  Scorecard card;
  score_into(card, instrument, rule, sheet);
  return card;
}

}  // namespace gcp2
