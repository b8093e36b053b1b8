// Everything that is small enough to try: every handful of children under every rule.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "gcp2/scoring.h"
#include "support/records.h"
#include "support/reference.h"

namespace gcp2 {
namespace {

using test::every_rule;
using test::name_of;

const std::set<int> any_grade{1, 2, 3, 4, 5};

/// Calls `with` for every multiset of `size` numbers from `first` to `last`, in ascending order.
template <class With>
void for_each_multiset(std::size_t size, int first, int last, With with) {
  std::vector<int> chosen(size, first);
  while (true) {
    with(std::as_const(chosen));
    auto place = size;
    while (place > 0 && chosen[place - 1] == last) --place;
    if (place == 0) return;
    const int next = chosen[place - 1] + 1;
    std::fill(chosen.begin() + static_cast<std::ptrdiff_t>(place) - 1, chosen.end(), next);
  }
}

std::string say(const std::vector<int>& children) {
  std::string text;
  for (const int child : children) text += std::to_string(child) + ' ';
  return text;
}

TEST(EveryMultiset, RollsUpAsTheRuleSays) {
  std::size_t tried = 0;
  for (const Rule& rule : every_rule())
    for (std::size_t size = 0; size <= 8; ++size)
      for_each_multiset(size, 1, 5, [&](const std::vector<int>& children) {
        GradeCounts counts{};
        for (const int child : children) ++counts[static_cast<std::size_t>(child - 1)];
        const auto rolled = roll_up(rule, counts);
        const auto expected = test::reference_roll_up(rule, children);
        ++tried;
        ASSERT_EQ(rolled.has_value(), expected.has_value());
        if (!expected) return;
        ASSERT_EQ(rolled->grade.number(), expected->first) << name_of(rule) << ": " << say(children);
        ASSERT_EQ(name_of(rolled->reason), expected->second) << name_of(rule) << ": " << say(children);
      });
  EXPECT_EQ(tried, 14U * 1287U);
}

TEST(EveryMultiset, WithMissingChildrenHasExactlyItsPossibleGrades) {
  for (const Rule& rule : every_rule())
    for (std::size_t size = 0; size <= 6; ++size)
      for_each_multiset(size, 0, 5, [&](const std::vector<int>& children) {
        if (std::ranges::count(children, 0) > 4) return;
        std::vector<GradeSet> sets;
        std::vector<std::set<int>> expected;
        for (const int child : children) {
          sets.push_back(child == 0 ? GradeSet::all() : GradeSet{test::grade(child)});
          expected.push_back(child == 0 ? any_grade : std::set{child});
        }
        const auto found = test::numbers(possible_grades(rule, sets));
        ASSERT_EQ(std::set<int>(found.begin(), found.end()), test::reference_possible(rule, expected))
            << name_of(rule) << ": " << say(children);
      });
}

/// The grade of every choice of `size` grades under a rule, worked out once.
class Table {
 public:
  Table(const Rule& rule, std::size_t size) {
    std::size_t choices = 1;
    for (std::size_t i = 0; i < size; ++i) choices *= 5;
    std::vector<int> chosen(size);
    for (std::size_t index = 0; index < choices; ++index) {
      std::size_t rest = index;
      for (int& number : chosen) {
        number = static_cast<int>(rest % 5) + 1;
        rest /= 5;
      }
      grades_.push_back(test::reference_roll_up(rule, chosen)->first);
    }
  }
  [[nodiscard]] GradeSet possible(const std::vector<int>& sets) const {
    GradeSet all;
    choose(sets, 0, 0, 1, all);
    return all;
  }

 private:
  void choose(const std::vector<int>& sets, std::size_t at, std::size_t index, std::size_t weight,
              GradeSet& all) const {
    if (at == sets.size()) return all.insert(*Grade::from(grades_[index]));
    for (std::size_t number = 0; number < 5; ++number)
      if ((sets[at] >> number & 1) != 0)
        choose(sets, at + 1, index + number * weight, weight * 5, all);
  }
  std::vector<int> grades_;
};

/// Every multiset of `size` children, each with any of the 31 sets of grades.
void expect_exact_for_all(const Rule& rule, std::size_t size) {
  const Table table{rule, size};
  for_each_multiset(size, 1, 31, [&](const std::vector<int>& sets) {
    std::vector<GradeSet> children(size);
    for (std::size_t i = 0; i < size; ++i)
      for (int number = 1; number <= 5; ++number)
        if ((sets[i] >> (number - 1) & 1) != 0) children[i].insert(*Grade::from(number));
    ASSERT_EQ(possible_grades(rule, children), table.possible(sets))
        << name_of(rule) << ": " << say(sets);
  });
}

TEST(EverySetOfGrades, OfUpToFourChildrenUnderEveryRule) {
  for (const Rule& rule : every_rule())
    for (std::size_t size = 1; size <= 4; ++size) expect_exact_for_all(rule, size);
}

TEST(LargestInstrument, CountsEveryChild) {
  constexpr std::size_t children = 4095;  // and the area itself
  std::string tree = "A(";
  for (std::size_t i = 1; i <= children; ++i) tree += "A" + std::to_string(i) + " ";
  tree.back() = ')';
  const Instrument instrument = test::small_instrument(tree);
  ASSERT_EQ(instrument.nodes.size(), children + 1);
  Sheet sheet;
  sheet.clear(instrument.nodes.size());
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    for (Mark& mark : sheet.marks) mark.grade = test::grade(number);
    const Scorecard all = score(instrument, test::default_rule(instrument), sheet);
    EXPECT_EQ(all.nodes.front().grade, test::grade(number));
    EXPECT_EQ(all.nodes.front().counted, children);
    EXPECT_EQ(all.decided_by(all.nodes.front()).size(), children);
  }
  // 2,047 children at grade 1 and 2,048 at grade 3.
  for (std::size_t i = 1; i <= children; ++i)
    sheet.marks[i].grade = test::grade(i % 2 == 0 ? 1 : 3);
  const Scorecard halves = score(instrument, test::default_rule(instrument), sheet);
  EXPECT_EQ(halves.nodes.front().grade, test::grade(3));
  EXPECT_EQ(halves.nodes.front().reason, Reason::majority);
  EXPECT_EQ(halves.counts[0], 2047);
}

TEST(PossibleGrades, TakeEmptySetsAsNoChildren) {
  const Rule& rule = test::default_rule(test::gcp_instrument());
  EXPECT_TRUE(possible_grades(rule, {}).empty());
  const std::vector<GradeSet> none(3);
  EXPECT_TRUE(possible_grades(rule, none).empty());
  const std::vector<GradeSet> some{GradeSet{}, test::set_of({2}), GradeSet{}, test::set_of({2})};
  EXPECT_EQ(possible_grades(rule, some), test::set_of({2}));
}

TEST(PossibleGrades, DoNotSlowDownWithTheNumberOfCompletions) {
  const Rule& rule = test::default_rule(test::gcp_instrument());
  const std::vector<GradeSet> missing(10'000, GradeSet::all());  // 5 to the 10,000 completions
  EXPECT_EQ(possible_grades(rule, missing), GradeSet::all());
}

}  // namespace
}  // namespace gcp2
