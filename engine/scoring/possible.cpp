#include <array>
#include <bit>

#include "gcp2/scoring.h"

namespace gcp2 {
namespace {

constexpr unsigned bit(int number) { return 1U << (number - 1); }
constexpr unsigned every_grade = 0b11111;

/// How many grades are in each set.
constexpr auto sizes = [] {
  std::array<unsigned, every_grade + 1> list{};
  for (unsigned set = 0; set <= every_grade; ++set)
    list[set] = static_cast<unsigned>(std::popcount(set));
  return list;
}();

/// Of each set, a one for every set that it lies within. The 0 of the empty set keeps a child for
/// which nothing is possible out of every count.
constexpr auto lies_within = [] {
  std::array<std::array<std::uint16_t, every_grade + 1>, every_grade + 1> table{};
  for (unsigned set = 1; set <= every_grade; ++set)
    for (unsigned other = 0; other <= every_grade; ++other)
      table[set][other] = (set & ~other) == 0 ? 1 : 0;
  return table;
}();

/// How many children have a set of possible grades within this one; index: GradeSet::bits() >> 1.
/// Everything that is asked below is a sum over such sets, so it is summed up once.
class Within {
 public:
  explicit Within(std::span<const GradeSet> children) {
    for (const GradeSet child : children) {
      const auto& row = lies_within[child.bits() >> 1U];
      for (std::size_t set = 0; set < row.size(); ++set) counts_[set] += row[set];
    }
  }
  [[nodiscard]] unsigned of(unsigned set) const { return counts_[set]; }
  /// How many children can take a grade of this set.
  [[nodiscard]] unsigned touching(unsigned set) const {
    return of(every_grade) - of(every_grade & ~set);
  }

 private:
  std::array<std::uint16_t, every_grade + 1> counts_{};  // as many children as a NodeIndex counts
};

/// Can the worst of all choices be `number`?
bool worst_can_be(int number, const Within& within) {
  const unsigned worse = every_grade & ~((bit(number) << 1U) - 1);
  return within.of(worse) == 0 && within.touching(bit(number)) != 0;
}

/// Can the most frequent of all choices within `allowed` be `number`, ties going where the rule
/// says?
///
/// Whoever can choose `number` should: it only helps. The others must find room in the remaining
/// grades, each holding at most as many as chose `number` (one fewer where a tie would go to it).
/// They do exactly if every subset of those grades has room for those who can go nowhere else
/// (Hall's theorem), and there are at most 16 subsets.
bool most_frequent_can_be(int number, const Within& within, unsigned allowed, Tie tie) {
  const unsigned chosen = within.touching(bit(number));
  if (chosen == 0) return false;
  const unsigned others = allowed & ~bit(number);
  const unsigned better = bit(number) - 1;
  const unsigned wins_tie = others & (tie == Tie::worse ? ~better : better);
  for (unsigned subset = others;; subset = (subset - 1) & others) {
    const unsigned room = sizes[subset] * chosen - sizes[subset & wins_tie];
    if (within.of(subset | (every_grade & ~allowed)) > room) return false;
    if (subset == 0) return true;
  }
}

}  // namespace

GradeSet possible_grades(const Rule& rule, std::span<const GradeSet> children) noexcept {
  const Within within{children};
  const int override_above = rule.override_above ? rule.override_above->number() : Grade::worst;
  const unsigned allowed = (bit(override_above) << 1U) - 1;
  GradeSet possible;
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    const bool by_worst = rule.method == Rule::Method::worst || number > override_above;
    if (by_worst ? worst_can_be(number, within)
                 : most_frequent_can_be(number, within, allowed, rule.tie))
      possible.insert(*Grade::from(number));
  }
  return possible;
}

}  // namespace gcp2
