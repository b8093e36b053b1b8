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

/// How many children have a set of possible grades within this one; index: GradeSet::bits() >> 1.
/// Everything that is asked below is a sum over such sets, so it is summed up once.
class Within {
 public:
  explicit Within(std::span<const GradeSet> children) {
    for (const GradeSet child : children)
      if (!child.empty()) ++counts_[child.bits() >> 1U];
    // A set without a grade lies within the same set with it, grade after grade.
    add_without<1>();
    add_without<2>();
    add_without<4>();
    add_without<8>();
    add_without<16>();
  }
  [[nodiscard]] unsigned of(unsigned set) const { return counts_[set]; }
  /// How many children can take a grade of this set.
  [[nodiscard]] unsigned touching(unsigned set) const {
    return counts_[every_grade] - counts_[every_grade & ~set];
  }

 private:
  /// A template, so that the compiler knows every index: a third of the time of a loop over grades.
  template <unsigned grade>
  void add_without() {
    for (unsigned block = 0; block <= every_grade; block += 2 * grade)
      for (unsigned set = block; set < block + grade; ++set) counts_[set + grade] += counts_[set];
  }

  std::array<unsigned, every_grade + 1> counts_{};
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
