// The grade that a rule gives, without its reason: for those who try many changes.
#pragma once

#include <algorithm>
#include <bit>

#include "gcp2/scoring.h"

namespace gcp2 {

/// A rule made ready to be asked often.
class Rolling {
 public:
  explicit Rolling(const Rule& rule) noexcept
      : turned_{rule.tie == Tie::worse ? 0U : 7U},
        override_above_{rule.method == Rule::Method::worst ? 0
                        : rule.override_above              ? rule.override_above->number()
                                                           : Grade::worst} {}

  struct Outcome {
    int grade;      ///< 0 where nothing is graded
    bool by_worst;  ///< it is the worst grade because the rule says so
    unsigned most;  ///< how many have the most frequent grade
  };

  // Without branches on the counts: no two records are alike, and a branch that is guessed wrong
  // costs more than all of these sums.
  [[nodiscard]] Outcome of(const GradeCounts& counts) const noexcept {
    unsigned largest = 0;  // of "count, then number": the most frequent grade that wins its tie
    unsigned given = 1;    // a bit for each grade that is there, and bit 0
    for (unsigned number = Grade::best; number <= Grade::worst; ++number) {
      const unsigned count = counts[number - 1];
      largest = std::max(largest, count << 3U | (number ^ turned_));
      given |= unsigned{count != 0} << number;
    }
    const int worst = static_cast<int>(std::bit_width(given)) - 1;
    const int frequent = worst == 0 ? 0 : static_cast<int>((largest & 7U) ^ turned_);
    const bool by_worst = worst > override_above_;
    return {by_worst ? worst : frequent, by_worst, largest >> 3U};
  }

 private:
  unsigned turned_;  ///< turns numbers over where the better one wins a tie
  int override_above_;
};

}  // namespace gcp2
