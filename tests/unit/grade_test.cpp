#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <type_traits>

#include "gcp2/core.h"
#include "support/records.h"

namespace gcp2 {
namespace {

TEST(Grade, IsOneToFiveAndNothingElse) {
  for (int number = -300; number <= 300; ++number) {
    const auto grade = Grade::from(number);
    ASSERT_EQ(grade.has_value(), number >= 1 && number <= 5) << number;
    if (grade) {
      EXPECT_EQ(grade->number(), number);
    }
  }
  EXPECT_FALSE(Grade::from(256 + 3));
  EXPECT_FALSE(Grade::from(std::numeric_limits<int>::max()));
  EXPECT_FALSE(Grade::from(std::numeric_limits<int>::min()));
}

TEST(Grade, HasOneDoorAndNoArithmetic) {
  static_assert(!std::is_constructible_v<Grade, int>);
  static_assert(!std::is_convertible_v<Grade, int>);
  static_assert(!std::is_default_constructible_v<Grade>);
}

TEST(Grade, HigherIsWorse) {
  for (int left = 1; left <= 5; ++left)
    for (int right = 1; right <= 5; ++right) {
      EXPECT_EQ(test::grade(left).worse_than(test::grade(right)), left > right);
      EXPECT_EQ(test::grade(left) == test::grade(right), left == right);
    }
}

TEST(GradeSet, HoldsWhatWasPutIn) {
  for (unsigned bits = 0; bits < 32; ++bits) {
    GradeSet set;
    int count = 0;
    for (int number = 1; number <= 5; ++number)
      if ((bits >> (number - 1) & 1U) != 0) {
        set.insert(test::grade(number));
        ++count;
      }
    for (int number = 1; number <= 5; ++number)
      EXPECT_EQ(set.contains(test::grade(number)), (bits >> (number - 1) & 1U) != 0);
    EXPECT_EQ(set.empty(), count == 0);
    EXPECT_EQ(set.single(), count == 1);
    EXPECT_EQ(set.bits(), bits << 1U);
    EXPECT_EQ(set == GradeSet::all(), count == 5);
  }
}

TEST(GradeSet, OfOneGradeIsThatGradeAlone) {
  EXPECT_EQ(GradeSet{test::grade(4)}, test::set_of({4}));
  EXPECT_TRUE(GradeSet{test::grade(4)}.single());
}

TEST(Result, IsAValueOrAnError) {
  const Result<std::string> value{std::string{"there"}};
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, "there");
  EXPECT_EQ(value->size(), 5U);
  const Result<std::string> error{Error{"no such file"}};
  ASSERT_FALSE(error);
  EXPECT_EQ(error.error().message, "no such file");
  EXPECT_THROW((void)error.value(), std::bad_variant_access);
}

}  // namespace
}  // namespace gcp2
