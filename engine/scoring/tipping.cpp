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
  GradeCounts counts;  // of the area's children

  static GradeCounts counts_of(const Scorecard& card, const Instrument& instrument,
                               NodeIndex parent) {
    GradeCounts counts{};
    for_each_child(instrument, parent, [&](NodeIndex child) {
      if (const auto grade = card.nodes[child].grade) ++counts[slot(*grade)];
    });
    return counts;
  }

  /// The area's grade after the sub-area's went to `sub_to`; nullopt where it stays.
  std::optional<Grade> area_after(NodeIndex sub_area, Grade sub_to) const {
    const Grade sub_from = *card.nodes[sub_area].grade;
    if (sub_to == sub_from) return std::nullopt;
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
    const auto area_to = Grade::from(rolling.of(changed).grade);
    return area_to == card.nodes[area].grade ? std::nullopt : area_to;
  }

  /// The area's grade after one leaf of the sub-area (`leaves` counts their grades) took a step.
  std::optional<Grade> area_after(NodeIndex sub_area, const GradeCounts& leaves, Grade from,
                                  Grade to) const {
    if (instrument.is_leaf(sub_area)) return area_after(sub_area, to);
    GradeCounts changed = leaves;
    --changed[slot(from)];
    ++changed[slot(to)];
    return area_after(sub_area, *Grade::from(rolling.of(changed).grade));
  }

  /// The steps from one grade, the better one first, with what becomes of the area.
  struct Steps {
    bool tried = false;
    std::array<std::optional<Grade>, 2> area_to;
  };
  static std::optional<Grade> step(Grade from, std::size_t way) {
    return Grade::from(way == 0 ? from.number() - 1 : from.number() + 1);
  }

  void sub_area(NodeIndex index) {
    const NodeScore& score = card.nodes[index];
    if (!score.grade || score.judged || score.by_exception) return;
    const GradeCounts leaves = counts_of(card, instrument, index);
    // Leaves of one sub-area with the same grade tip alike, so each grade is tried once.
    std::array<Steps, 5> by_grade;
    const auto leaf = [&](NodeIndex at) {
      const auto from = card.nodes[at].grade;
      if (!from) return;
      Steps& steps = by_grade[slot(*from)];
      for (const std::size_t way : {0U, 1U}) {
        const auto to = step(*from, way);
        if (!steps.tried && to) steps.area_to[way] = area_after(index, leaves, *from, *to);
        if (const auto area_to = steps.area_to[way])
          card.tipping.push_back({area, at, *from, *to, *card.nodes[area].grade, *area_to});
      }
      steps.tried = true;
    };
    if (instrument.is_leaf(index))
      leaf(index);
    else
      for_each_child(instrument, index, leaf);
  }
};

}  // namespace

void find_tipping(Scorecard& card, const Instrument& instrument, const Rule& rule) {
  const Rolling rolling{rule};
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.nodes[area].end) {
    if (!card.nodes[area].grade || card.nodes[area].judged) continue;
    AreaTipping tipping{card, instrument, rolling, area,
                        AreaTipping::counts_of(card, instrument, area)};
    for_each_child(instrument, area, [&](NodeIndex sub) { tipping.sub_area(sub); });
  }
}

}  // namespace gcp2
