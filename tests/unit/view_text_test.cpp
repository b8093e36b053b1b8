#include <gmock/gmock.h>

#include <sstream>

#include "support/views.h"
#include "view/columns.h"
#include "view/prepared.h"

namespace gcp2 {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::string text_of(Block block, std::size_t width, bool plain = false) {
  View view;
  view.blocks = {std::move(block)};
  return view_text(view, width, plain);
}

const Table small{"Grades",
                  {"Area", "Grade", "Why"},
                  {{{"A Care"}, {"2 (adequate)"}, {"the most frequent grade"}},
                   {{"B Safety"}, {"4 (poor)"}, {"takes over"}}}};

TEST(ViewText, TableSideBySide) {
  EXPECT_EQ(text_of(small, 60),
            "Grades\n"
            "Area      Grade         Why\n"
            "-----------------------------------------------\n"
            "A Care    2 (adequate)  the most frequent grade\n"
            "B Safety  4 (poor)      takes over\n");
}

TEST(ViewText, CellsAreWrappedWhereTheTableIsNarrow) {
  EXPECT_EQ(text_of(small, 36),
            "Grades\n"
            "Area      Grade         Why\n"
            "------------------------------------\n"
            "A Care    2 (adequate)  the most\n"
            "                        frequent\n"
            "                        grade\n"
            "B Safety  4 (poor)      takes over\n");
}

TEST(ViewText, TableRowByRowWhereColumnsDoNotFit) {
  EXPECT_EQ(text_of(small, 24),
            "Grades, A Care: Grade\n"
            "  2 (adequate); Why the\n"
            "  most frequent grade\n"
            "Grades, B Safety:\n"
            "  Grade 4 (poor); Why\n"
            "  takes over\n");
}

TEST(ViewText, PlainTableIsSentences) {
  EXPECT_EQ(text_of(small, 80, true),
            "Grades, A Care: Grade 2 (adequate); Why the most frequent grade\n"
            "Grades, B Safety: Grade 4 (poor); Why takes over\n");
  EXPECT_EQ(text_of(Table{"Targets", {"Item"}, {}}, 80, true), "Targets: None.\n");
  EXPECT_EQ(text_of(Table{"Left out", {"Item"}, {{{"A1a"}}}}, 80, true), "Left out, A1a\n");
}

TEST(ViewText, UrgentFirstThenTitleAndIdentity) {
  const std::string tidy = view_text(test::sample_view(), 72, false);
  EXPECT_THAT(tidy, StartsWith(std::string(72, '!') +
                               "\n! Urgent: If a child is in immediate danger, call 999 now.\n"));
  EXPECT_THAT(tidy, HasSubstr("\n\nGraded care profile\n===================\nSam Example"));
  EXPECT_THAT(tidy, HasSubstr("\n! Warning: The rule was"));
  EXPECT_THAT(tidy, HasSubstr("\nNote: Strengths\n"));
  EXPECT_THAT(view_text(test::sample_view(), 72, true),
              StartsWith("Urgent: If a child is in immediate danger, call 999 now.\nSandwell"));
}

TEST(ViewText, PlainDrawsNothing) {
  std::istringstream lines{view_text(test::sample_view(), 72, true)};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, Not(HasSubstr("  ")));
    EXPECT_THAT(line, Not(StartsWith("=")));
    EXPECT_THAT(line, Not(StartsWith("--")));
    EXPECT_THAT(line, Not(StartsWith("!")));
  }
}

TEST(ViewText, EveryKindOfBlock) {
  const std::string tidy = view_text(test::sample_view(), 72, false);
  for (const char* part :
       {"The child\n---------\n", "Lead professional  ", "- A grade worse than 3",
        "Sam has a strong tie to school", "\n\nHow B Safety came about\n\n"})
    EXPECT_THAT(tidy, HasSubstr(part));
  EXPECT_THAT(tidy, Not(HasSubstr("Neighbour")));
  EXPECT_EQ(text_of(Facts{}, 40), "None.\n");
  EXPECT_EQ(text_of(Items{}, 40), "None.\n");
  EXPECT_EQ(view_text(test::empty_view(), 40, true), "Nothing to report\nSam Example\n");
}

TEST(ViewText, FactsAlignTheirValues) {
  EXPECT_EQ(text_of(Facts{{{"Age", "6 years"}, {"Consent", "given on the first day of all"}}}, 30),
            "Age      6 years\n"
            "Consent  given on the first\n"
            "         day of all\n");
  EXPECT_EQ(text_of(Facts{{{"Age", "6 years"}, {"Consent", "given"}}}, 30, true),
            "Age: 6 years\nConsent: given\n");
  EXPECT_EQ(text_of(Facts{{{"A name that is rather long", "value"}}}, 30),
            "A name that is rather long:\n  value\n");
}

TEST(ViewText, NoLineIsWiderAndNoControlCharacterIsLeft) {
  for (const View& view : {test::sample_view(), test::long_view(), test::hostile_view()})
    for (const bool plain : {false, true})
      for (const std::size_t width : {20UL, 33UL, 80UL, 200UL}) {
        std::istringstream lines{view_text(view, width, plain)};
        for (std::string line; std::getline(lines, line);) {
          ASSERT_LE(columns(line), width) << line;
          for (const char c : line) ASSERT_GE(static_cast<unsigned char>(c), 0x20U);
          ASSERT_FALSE(line.ends_with(' ')) << line;
        }
      }
}

TEST(ViewText, WidthsOfCharacters) {
  EXPECT_EQ(columns("abc"), 3U);
  EXPECT_EQ(columns("e\u0301t\u00e9"), 3U);
  EXPECT_EQ(columns("\u4e16\u754c"), 4U);
  EXPECT_EQ(columns("\U0001f468\u200d\U0001f469\u200d\U0001f467"), 2U);
  EXPECT_EQ(widest_word("one three\nfour"), 5U);
}

TEST(ViewText, LinesThatFit) {
  EXPECT_THAT(lines_of("", 10), IsEmpty());
  EXPECT_THAT(lines_of("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(lines_of("one\n\ntwo", 7), ElementsAre("one", "", "two"));
  EXPECT_THAT(lines_of("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
  EXPECT_THAT(lines_of("e\u0301e\u0301e\u0301", 2), ElementsAre("e\u0301e\u0301", "e\u0301"));
  EXPECT_THAT(lines_of("\u4e16\u754c", 3), ElementsAre("\u4e16", "\u754c"));
}

TEST(ViewText, WhatIsPrintable) {
  using namespace std::string_literals;
  EXPECT_EQ(printable("a\0b\x1b[31m\x7f\xc2\x85"s), "ab[31m");
  EXPECT_EQ(printable("one\r\ntwo\tthree\u2028four"), "one\ntwo three\nfour");
  EXPECT_EQ(printable("\u202egnp\u202c\ufeff\ufffe\U0001fffe"), "gnp");
  EXPECT_EQ(printable("\xff \xed\xa0\x80 \xc3"), "\uFFFD \uFFFD\uFFFD\uFFFD \uFFFD");
  EXPECT_EQ(printable("\u05e9\u200d\U0001f600 Si\u00e2n"), "\u05e9\u200d\U0001f600 Si\u00e2n");
}

}  // namespace
}  // namespace gcp2
