#include "scoring/tracing.h"
#include "scoring/walk.h"

namespace gcp2 {
namespace {

struct AreaTipping {
  Scorecard& card;
  const Instrument& instrument;
  const Rule& rule;
  NodeIndex area;
  GradeCounts counts;  // of the area's children

  static GradeCounts counts_of(const Scorecard& card, const Instrument& instrument,
                               NodeIndex parent) {
    GradeCounts counts{};
    for_each_child(instrument, parent, [&](NodeIndex child) {
      if (const auto grade = card.nodes[child].grade) ++counts[slot(*grade)];
    });
    return counts;
  }

  /// The leaf's grade moves from -> to, and with it the sub-area's by `rolled`.
  void sub_area_changes(NodeIndex sub_area, NodeIndex leaf, Grade from, Grade to, Grade sub_to) {
    const Grade sub_from = *card.nodes[sub_area].grade;
    GradeCounts changed = counts;
    --changed[slot(sub_from)];
    ++changed[slot(sub_to)];
    for (const Exception& e : instrument.exceptions) {
      const NodeScore& taker = card.nodes[e.node];
      if (instrument.nodes[e.node].parent != area || !taker.by_exception || taker.judged ||
          exception_source(instrument, card, e.node) != sub_area)
        continue;
      --changed[slot(sub_from)];
      ++changed[slot(sub_to)];
    }
    const Grade area_from = *card.nodes[area].grade;
    const auto rolled = roll_up(rule, changed);
    if (rolled && rolled->grade != area_from)
      card.tipping.push_back({area, leaf, from, to, area_from, rolled->grade});
  }

  template <class Try>
  static void for_each_step(Grade from, Try attempt) {
    for (const int number : {from.number() - 1, from.number() + 1})
      if (const auto to = Grade::from(number)) attempt(*to);
  }

  void sub_area(NodeIndex index) {
    const NodeScore& score = card.nodes[index];
    if (!score.grade || score.judged || score.by_exception) return;
    if (instrument.is_leaf(index))
      return for_each_step(*score.grade,
                           [&](Grade to) { sub_area_changes(index, index, *score.grade, to, to); });
    const GradeCounts items = counts_of(card, instrument, index);
    for_each_child(instrument, index, [&](NodeIndex item) {
      const auto from = card.nodes[item].grade;
      if (!from) return;
      for_each_step(*from, [&](Grade to) {
        GradeCounts changed = items;
        --changed[slot(*from)];
        ++changed[slot(to)];
        const auto rolled = roll_up(rule, changed);
        if (rolled && rolled->grade != score.grade)
          sub_area_changes(index, item, *from, to, rolled->grade);
      });
    });
  }
};

}  // namespace

void find_tipping(Scorecard& card, const Instrument& instrument, const Rule& rule) {
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.nodes[area].end) {
    if (!card.nodes[area].grade || card.nodes[area].judged) continue;
    AreaTipping tipping{card, instrument, rule, area,
                        AreaTipping::counts_of(card, instrument, area)};
    for_each_child(instrument, area, [&](NodeIndex sub) { tipping.sub_area(sub); });
  }
}

}  // namespace gcp2
