#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "gcp2/core.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using test::day;

TEST(DateParse, TakesEveryCalendarDay) {
  for (const char* text : {"2026-01-23", "0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29",
                           "2026-12-31", "2026-04-30"}) {
    const auto date = Date::parse(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(date->text(), text);
  }
}

TEST(DateParse, RefusesOtherShapesAndDaysThatDoNotExist) {
  for (const char* text : {"",
                           "2026",
                           "2026-01",
                           "2026-1-23",
                           "2026-01-2",
                           "26-01-23",
                           "2026/01/23",
                           "20260123",
                           "2026-01-23 ",
                           " 2026-01-23",
                           "2026-01-23T00:00:00Z",
                           "+026-01-23",
                           "-026-01-23",
                           "2026-+1-23",
                           "2026-01--3",
                           "2026-02-29",
                           "1900-02-29",
                           "2100-02-29",
                           "2026-02-30",
                           "2026-04-31",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-01-00",
                           "2026-01-32",
                           "0000-01-01",
                           "23-01-2026",
                           "2026-0a-01",
                           "٢٠٢٦-٠١-٠١",
                           "yyyy-mm-dd",
                           "2026-01-23\n"})
    EXPECT_FALSE(Date::parse(text)) << text;
  EXPECT_FALSE(Date::parse(std::string_view{"2026-01-2\0", 10}));
}

TEST(DateFrom, KnowsTheCalendar) {
  EXPECT_TRUE(Date::from(2024, 2, 29));
  EXPECT_FALSE(Date::from(2023, 2, 29));
  EXPECT_FALSE(Date::from(0, 1, 1));
  EXPECT_FALSE(Date::from(10000, 1, 1));
  EXPECT_FALSE(Date::from(2026, 1, 256 + 5));
  EXPECT_FALSE(Date::from(2026, 256 + 1, 5));
}

TEST(Date, ComparesInTime) {
  EXPECT_LT(day("2025-12-31"), day("2026-01-01"));
  EXPECT_LT(day("2026-01-31"), day("2026-02-01"));
  EXPECT_EQ(day("2026-02-01"), day("2026-02-01"));
}

TEST(DaysBetween, CountsNights) {
  EXPECT_EQ(days_between(day("2026-01-05"), day("2026-01-05")), 0);
  EXPECT_EQ(days_between(day("2026-01-05"), day("2026-02-02")), 28);
  EXPECT_EQ(days_between(day("2026-02-02"), day("2026-01-05")), -28);
  EXPECT_EQ(days_between(day("2024-02-28"), day("2024-03-01")), 2);
  EXPECT_EQ(days_between(day("2023-02-28"), day("2023-03-01")), 1);
  EXPECT_EQ(days_between(day("2000-01-01"), day("2026-01-01")), 9497);
}

struct Age {
  const char* birth;
  const char* on;
  int months;
};

class CompletedMonths : public testing::TestWithParam<Age> {};

TEST_P(CompletedMonths, AreReachedOnTheDayOfTheMonth) {
  const Age& age = GetParam();
  EXPECT_EQ(completed_months(day(age.birth), day(age.on)), age.months)
      << age.birth << " on " << age.on;
}

INSTANTIATE_TEST_SUITE_P(
    Ages, CompletedMonths,
    testing::Values(Age{"2024-01-23", "2026-01-22", 23}, Age{"2024-01-23", "2026-01-23", 24},
                    Age{"2024-01-23", "2024-01-23", 0}, Age{"2024-01-23", "2024-02-22", 0},
                    Age{"2024-01-23", "2024-02-23", 1}, Age{"2024-01-23", "2024-01-22", -1},
                    // A day that the month does not have is reached on the first of the next.
                    Age{"2024-01-31", "2024-02-29", 0}, Age{"2024-01-31", "2024-03-01", 1},
                    Age{"2024-03-31", "2024-04-30", 0}, Age{"2024-03-31", "2024-05-01", 1},
                    // Born on 29 February: a year older on 1 March of a common year.
                    Age{"2020-02-29", "2021-02-28", 11}, Age{"2020-02-29", "2021-03-01", 12},
                    Age{"2020-02-29", "2024-02-28", 47}, Age{"2020-02-29", "2024-02-29", 48},
                    Age{"2008-02-29", "2026-02-28", 215}, Age{"2008-02-29", "2026-03-01", 216},
                    Age{"2026-06-01", "2026-01-23", -5}));

/// The last k whose k-th monthly birthday has come; a missing day counts on the first of the next
/// month.
int months_by_counting(std::chrono::year_month_day birth, std::chrono::sys_days on) {
  using namespace std::chrono;
  int months = -1;
  while (true) {
    const auto turned = birth + std::chrono::months{months + 1};
    const sys_days reached =
        turned.ok() ? sys_days{turned}
                    : sys_days{(turned.year() / turned.month() + std::chrono::months{1}) / 1};
    if (reached > on) return months;
    ++months;
  }
}

TEST(CompletedMonths, AgreesWithCountingBirthdays) {
  using namespace std::chrono;
  const sys_days first{year{2023} / 12 / 28};
  for (int birth = 0; birth < 70; ++birth)
    for (int lived = 0; lived < 500; ++lived) {
      const year_month_day b{first + days{birth}};
      const year_month_day o{first + days{birth + lived}};
      const auto as_date = [](const year_month_day& d) {
        return *Date::from(static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                           static_cast<unsigned>(d.day()));
      };
      ASSERT_EQ(completed_months(as_date(b), as_date(o)), months_by_counting(b, sys_days{o}))
          << as_date(b).text() << " on " << as_date(o).text();
    }
}

TEST(Instant, IsReadAndWrittenInUtc) {
  for (const char* text :
       {"2026-01-23T15:04:05Z", "2026-01-23T00:00:00Z", "2024-02-29T23:59:59Z"}) {
    const auto instant = Instant::parse(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(instant->text(), text);
  }
  EXPECT_EQ(Instant::parse("2026-01-23T01:02:03Z")->second_of_day, 3723);
}

TEST(Instant, RefusesOtherShapes) {
  for (const char* text : {"", "2026-01-23", "2026-01-23T15:04:05", "2026-01-23T15:04:05+00:00",
                           "2026-01-23 15:04:05Z", "2026-01-23T24:00:00Z", "2026-01-23T15:60:00Z",
                           "2026-01-23T15:04:60Z", "2026-02-30T15:04:05Z", "2026-01-23t15:04:05z",
                           "2026-01-23T15:04:5Z", "2026-01-23T15:04:05.5Z", "2026-01-23T1-:04:05Z"})
    EXPECT_FALSE(Instant::parse(text)) << text;
}

TEST(Instant, IsOfSecondsSinceTheEpoch) {
  const auto text = [](std::int64_t seconds) { return Instant::at(seconds).text(); };
  EXPECT_EQ(text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(text(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(text(86399), "1970-01-01T23:59:59Z");
  EXPECT_EQ(text(86400), "1970-01-02T00:00:00Z");
  EXPECT_EQ(text(1'771'581'600), "2026-02-20T10:00:00Z");
  EXPECT_EQ(text(std::numeric_limits<std::int64_t>::min()), "0001-01-01T00:00:00Z");
  EXPECT_EQ(text(std::numeric_limits<std::int64_t>::max()), "9999-12-31T23:59:59Z");
}

TEST(Uuid, IsLowerCaseWithItsDashes) {
  EXPECT_TRUE(is_uuid("7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b11"));
  for (const char* text :
       {"", "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b1", "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b112",
        "7B0C5A54-3F0E-4C39-9A55-6F6D0C6A1B11", "7b0c5a543-f0e-4c39-9a55-6f6d0c6a1b11",
        "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b1g", "7b0c5a54.3f0e.4c39.9a55.6f6d0c6a1b11",
        "{b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b1}"})
    EXPECT_FALSE(is_uuid(text)) << text;
}

}  // namespace
}  // namespace gcp2
