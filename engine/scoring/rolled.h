// Rules and counts made ready to be asked often: scoring counts a hundred times for one record.
#pragma once

#include <algorithm>
#include <bit>

#include "gcp2/scoring.h"

namespace gcp2 {

/// How many children have each grade, in one register. Holds 4,095 of each; an instrument has fewer
/// nodes below any other.
class Tally {
 public:
  void add(Grade grade) noexcept { bits_ += one(grade); }
  /// After so many children took a step.
  [[nodiscard]] Tally after(Grade from, Grade to, unsigned children = 1) const noexcept {
    Tally changed = *this;
    changed.bits_ += (one(to) - one(from)) * children;
    return changed;
  }
  [[nodiscard]] int worst() const noexcept {
    return (static_cast<int>(std::bit_width(bits_)) + width - 1) / width;
  }
  [[nodiscard]] unsigned operator[](std::size_t slot) const noexcept {
    return static_cast<unsigned>(bits_ >> (width * static_cast<int>(slot)) & ((1U << width) - 1));
  }

 private:
  static constexpr int width = 12;
  static std::uint64_t one(Grade grade) noexcept {
    return std::uint64_t{1} << (width * (grade.number() - 1));
  }
  std::uint64_t bits_ = 0;
};

class Rolling {
 public:
  explicit Rolling(const Rule& rule) noexcept
      : turned_{rule.tie == Tie::worse ? 0U : 7U},
        override_above_{rule.method == Rule::Method::worst ? 0
                        : rule.override_above              ? rule.override_above->number()
                                                           : Grade::worst},
        by_worst_{rule.method == Rule::Method::worst ? Reason::worst : Reason::override_above} {}

  struct Outcome {
    int grade;  ///< 0 where nothing is graded
    Reason reason;
  };

  // Without branches on the counts: no two records are alike, and a branch that is guessed wrong
  // costs more than all of these sums.
  template <class Counts>
  [[nodiscard]] Outcome of(const Counts& counts) const noexcept {
    unsigned largest = 0;  // of "count, then number": the most frequent grade that wins its tie
    for (unsigned number = Grade::best; number <= Grade::worst; ++number)
      largest = std::max(largest, unsigned{counts[number - 1]} << 3U | (number ^ turned_));
    const int worst = worst_in(counts);
    const int frequent = worst == 0 ? 0 : static_cast<int>((largest & 7U) ^ turned_);
    unsigned winners = 0;
    for (std::size_t slot = 0; slot < 5; ++slot) winners += unsigned{counts[slot] == largest >> 3U};
    const Reason by_majority = winners == 1 ? Reason::majority : Reason::tie;
    return worst > override_above_ ? Outcome{worst, by_worst_} : Outcome{frequent, by_majority};
  }
  /// Where at least one is graded.
  [[nodiscard]] Grade grade(const Tally& counts) const noexcept {
    return *Grade::from(of(counts).grade);
  }

 private:
  static int worst_in(const Tally& tally) noexcept { return tally.worst(); }
  static int worst_in(const GradeCounts& counts) noexcept {
    int worst = 0;
    for (std::size_t slot = 0; slot < counts.size(); ++slot)
      worst = counts[slot] == 0 ? worst : static_cast<int>(slot) + 1;
    return worst;
  }

  unsigned turned_;  ///< turns numbers over where the better one wins a tie
  int override_above_;
  Reason by_worst_;  ///< the reason of a grade above `override_above_`
};

}  // namespace gcp2
