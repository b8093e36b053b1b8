#include <algorithm>
#include <cmath>
#include <random>

#include "support/generators.h"
#include "support/series.h"

namespace gcp2::test {
namespace {

rc::Gen<std::vector<GradePair>> any_pairs() {
  const auto any_grade =
      rc::gen::map(rc::gen::inRange(1, 6), [](int number) { return grade(number); });
  return rc::gen::exec([any_grade] {
    std::vector<GradePair> pairs;
    const int kinds = *rc::gen::inRange(0, 7);
    for (int kind = 0; kind < kinds; ++kind) {
      const GradePair pair{*any_grade, *any_grade};
      // Counts like 10, 20, 100 and 101 too, not only small ones.
      const int times = *rc::gen::element(1, 2, 3, 9, 10, 20, 100, 101);
      pairs.insert(pairs.end(), static_cast<std::size_t>(times), pair);
    }
    return pairs;
  });
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * (1 + std::abs(a)); }

bool near(const std::optional<double>& a, const std::optional<double>& b) {
  return a.has_value() == b.has_value() && (!a || near(*a, *b));
}

TEST(ShiftProperty, SwappingFirstAndSecondTurnsItRound) {
  expect_always("antisymmetric", [] {
    const auto pairs = *any_pairs();
    std::vector<GradePair> swapped;
    for (const auto& [first, second] : pairs) swapped.push_back({second, first});
    const Shift there = shift_of(pairs);
    const Shift back = shift_of(swapped);
    RC_ASSERT(there.improved == back.worsened);
    RC_ASSERT(there.worsened == back.improved);
    RC_ASSERT(there.rp.has_value() == !pairs.empty());
    RC_ASSERT(there.rc.has_value() == back.rc.has_value());
    if (pairs.empty()) return;
    RC_ASSERT(there.rp->estimate == -back.rp->estimate);
    RC_ASSERT(near(there.rv->estimate, back.rv->estimate));
    RC_ASSERT(near(there.rp->error, back.rp->error));
    if (!there.rc) return;
    RC_ASSERT(near(there.rc->estimate, -back.rc->estimate));
    RC_ASSERT(near(there.rc->error, back.rc->error));
  });
}

TEST(ShiftProperty, StaysWithinItsBoundsAndIsAlwaysANumber) {
  expect_always("bounds", [] {
    const Shift shift = shift_of(*any_pairs());
    RC_ASSERT(shift.unchanged >= 0 && shift.unchanged <= 1);
    if (!shift.rp) return;
    RC_ASSERT(std::abs(shift.rp->estimate) <= 1);
    RC_ASSERT(shift.rv->estimate >= 0 && shift.rv->estimate <= 2);  // 2 in reverse order
    if (shift.rc) RC_ASSERT(std::abs(shift.rc->estimate) <= 1 + 1e-12);
    for (const auto& measure : {shift.rp, shift.rc, shift.rv})
      if (measure && measure->error) RC_ASSERT(std::isfinite(*measure->error));
  });
}

TEST(ComparisonProperty, TheOrderOfFilesMeansNothing) {
  expect_always("order", [] {
    std::vector<int> order{0, 1, 2, 3, 4};
    std::mt19937 shuffler{*rc::gen::arbitrary<std::uint32_t>()};
    std::ranges::shuffle(order, shuffler);
    std::vector<int> grades = *rc::gen::container<std::vector<int>>(5, rc::gen::inRange(0, 6));
    const auto compared = [&grades](const std::vector<int>& points) {
      Series series;
      for (const int p : points)
        series.add_leaf(static_cast<std::size_t>(p), "D2", grades[static_cast<std::size_t>(p)]);
      Findings findings;
      const Comparison comparison = compare(series_of(series.records(), findings));
      RC_ASSERT(findings.empty());
      const NodeChange node = Series::node(comparison, "D2");
      return std::tuple{node.grades, node.change,         node.since_first,
                        node.notes,  node.days_at_3_plus, comparison.shift.size()};
    };
    RC_ASSERT(compared({0, 1, 2, 3, 4}) == compared(order));
  });
}

TEST(ComparisonProperty, EveryChangeIsOneOfThePossibleOnes) {
  expect_always("possible", [] {
    const Trial first = *any_trial();
    Trial second = *any_trial();
    second.instrument = first.instrument;
    const auto sheet_for = [&first](Sheet sheet) {
      sheet.marks.resize(first.instrument->nodes.size());
      sheet.judgements.resize(first.instrument->nodes.size());
      return sheet;
    };
    const Sheet a = sheet_for(first.sheet);
    const Sheet b = sheet_for(second.sheet);
    const Scorecard card_a = score(*first.instrument, first.rule, a);
    const Scorecard card_b = score(*first.instrument, second.rule, b);
    const Assessment nobody;
    const Comparison comparison = compare({{*first.instrument, first.rule, nobody, a, card_a},
                                           {*first.instrument, second.rule, nobody, b, card_b}});
    for (const NodeChange& node : comparison.nodes) {
      RC_ASSERT(node.change.has_value() == (node.grades[0] && node.grades[1]));
      RC_ASSERT(std::ranges::is_sorted(node.notes));
      if (!node.change) continue;
      RC_ASSERT(std::ranges::binary_search(node.change_possible, *node.change));
      RC_ASSERT(*node.direction == (*node.change < 0   ? Direction::improved
                                    : *node.change > 0 ? Direction::worsened
                                                       : Direction::unchanged));
    }
  });
}

}  // namespace
}  // namespace gcp2::test
