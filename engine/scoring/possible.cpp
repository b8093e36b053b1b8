#include <array>

#include "gcp2/scoring.h"

namespace gcp2 {
namespace {

/// How many children have exactly this set of possible grades; index: GradeSet::bits() >> 1.
using SetCounts = std::array<unsigned, 32>;

constexpr unsigned bit(int number) { return 1U << (number - 1); }

/// Can the worst of all choices be `number`?
bool worst_can_be(int number, const SetCounts& sets) {
  const unsigned up_to = (bit(number) << 1U) - 1;
  bool chosen = false;
  for (unsigned set = 1; set < sets.size(); ++set) {
    if (sets[set] == 0) continue;
    if ((set & up_to) == 0) return false;
    chosen = chosen || (set & bit(number)) != 0;
  }
  return chosen;
}

/// Can the most frequent of all choices within `allowed` be `number`, ties going where the rule
/// says?
///
/// Whoever can choose `number` should: it only helps. The others must find room in the remaining
/// grades, each holding at most as many as chose `number` (one fewer where a tie would go to it).
/// They do exactly if every subset of those grades has room for those who can go nowhere else
/// (Hall's theorem), and there are at most 16 subsets.
bool most_frequent_can_be(int number, const SetCounts& sets, unsigned allowed, Tie tie) {
  unsigned chosen = 0;
  for (unsigned set = 1; set < sets.size(); ++set)
    if ((set & bit(number)) != 0) chosen += sets[set];
  if (chosen == 0) return false;
  const unsigned others = allowed & ~bit(number);
  for (unsigned subset = others;; subset = (subset - 1) & others) {
    unsigned room = 0;
    for (int other = Grade::best; other <= Grade::worst; ++other) {
      if ((subset & bit(other)) == 0) continue;
      const bool wins_tie = tie == Tie::worse ? other > number : other < number;
      room += wins_tie ? chosen - 1 : chosen;
    }
    unsigned confined = 0;
    for (unsigned set = 1; set < sets.size(); ++set)
      if ((set & bit(number)) == 0 && (set & allowed & ~subset) == 0) confined += sets[set];
    if (confined > room) return false;
    if (subset == 0) return true;
  }
}

}  // namespace

GradeSet possible_grades(const Rule& rule, std::span<const GradeSet> children) noexcept {
  SetCounts sets{};
  for (const GradeSet child : children) ++sets[child.bits() >> 1U];
  const int override_above = rule.override_above ? rule.override_above->number() : Grade::worst;
  const unsigned allowed = (bit(override_above) << 1U) - 1;
  GradeSet possible;
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    const bool by_worst = rule.method == Rule::Method::worst || number > override_above;
    if (by_worst ? worst_can_be(number, sets)
                 : most_frequent_can_be(number, sets, allowed, rule.tie))
      possible.insert(*Grade::from(number));
  }
  return possible;
}

}  // namespace gcp2
