#include <array>
#include <optional>

#include "scoring/rolled.h"
#include "scoring/tracing.h"
#include "scoring/walk.h"

namespace gcp2 {
namespace {

struct AreaTipping {
  Scorecard& card;
  const Instrument& instrument;
  const Rolling& rolling;
  NodeIndex area;
  Tally children;  // of the area

  static Tally tally_of(const Scorecard& card, const Instrument& instrument, NodeIndex parent) {
    Tally tally;
    for_each_child(instrument, parent, [&](NodeIndex child) {
      if (const auto grade = card.nodes[child].grade) tally.add(*grade);
    });
    return tally;
  }

  /// The sub-area and the siblings that take their grade from it.
  unsigned moving_with(NodeIndex sub_area) const {
    unsigned moving = 1;
    for (const Exception& e : instrument.exceptions) {
      const NodeScore& taker = card.nodes[e.node];
      if (taker.by_exception && !taker.judged && instrument.nodes[e.node].parent == area &&
          exception_source(instrument, card, e.node) == sub_area)
        ++moving;
    }
    return moving;
  }

  /// Leaves of one sub-area with the same grade tip alike, so each grade is tried once.
  void sub_area(NodeIndex index) {
    const NodeScore& score = card.nodes[index];
    if (!score.grade || score.judged || score.by_exception) return;
    const bool is_leaf = instrument.is_leaf(index);
    Tally leaves;
    if (is_leaf)
      leaves.add(*score.grade);
    else
      leaves = tally_of(card, instrument, index);
    const unsigned moving = moving_with(index);
    const Grade area_from = *card.nodes[area].grade;
    // What becomes of the area, by the leaf's grade: after a better and after a worse one.
    std::array<std::array<int, 2>, 5> area_to{};
    bool tips = false;
    for (int number = Grade::best; number <= Grade::worst; ++number) {
      const Grade from = *Grade::from(number);
      if (leaves[slot(from)] == 0) continue;
      for (const std::size_t way : {0U, 1U}) {
        const Grade to = step(from, way);
        const Grade sub_to = is_leaf ? to : rolling.grade(leaves.after(from, to));
        const Grade after = rolling.grade(children.after(*score.grade, sub_to, moving));
        area_to[slot(from)][way] = after == area_from ? 0 : after.number();
        tips |= after != area_from;
      }
    }
    if (!tips) return;
    const auto leaf = [&](NodeIndex at) {
      const auto from = card.nodes[at].grade;
      if (!from) return;
      for (const std::size_t way : {0U, 1U})
        if (const auto to = Grade::from(area_to[slot(*from)][way]))
          card.tipping.push_back({area, at, *from, step(*from, way), area_from, *to});
    };
    if (is_leaf)
      leaf(index);
    else
      for_each_child(instrument, index, leaf);
  }

  /// One better or worse, or the same at the scale's end.
  static Grade step(Grade from, std::size_t way) {
    return Grade::from(way == 0 ? from.number() - 1 : from.number() + 1).value_or(from);
  }
};

}  // namespace

void find_tipping(Scorecard& card, const Instrument& instrument, const Rule& rule) {
  const Rolling rolling{rule};
  card.tipping.clear();
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.nodes[area].end) {
    if (!card.nodes[area].grade || card.nodes[area].judged) continue;
    AreaTipping tipping{card, instrument, rolling, area,
                        AreaTipping::tally_of(card, instrument, area)};
    for_each_child(instrument, area, [&](NodeIndex sub) { tipping.sub_area(sub); });
  }
}

}  // namespace gcp2
