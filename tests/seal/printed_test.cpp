#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cctype>
#include <utility>

#include "gcp2/keys.h"
#include "seal/bytes.h"

namespace gcp2 {
namespace {

using test::counting;

constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

TEST(PrintedTest, IsWrittenAsItAlwaysWas) {
  // Worked out apart, by long division.
  const std::pair<Secret, std::string_view> known[] = {
      {counting(), "222J6 2S62N 52G42 B3A7J S5AG3 WA346 JM4JC KE7SS 56F3Q 92X5S HXGYU"},
      {*Secret::from(std::string(32, '\0')),
       "22222 22222 22222 22222 22222 22222 22222 22222 22222 22222 22UXK"},
      {*Secret::from(std::string(32, '\xff')),
       "ZZZZZ ZZZZZ ZZZZZ ZZZZZ ZZZZZ ZZZZZ ZZZZZ ZZZZZ ZZZZZ ZZZZZ ZSUHT"}};
  for (const auto& [secret, text] : known) {
    EXPECT_EQ(printed(secret), text);
    ASSERT_TRUE(from_print(text));
    EXPECT_EQ(from_print(text)->bytes(), secret.bytes());
  }
}

RC_GTEST_PROP(PrintedTest, IsReadBack, ()) {
  const auto bytes = *rc::gen::container<std::string>(Secret::size, rc::gen::arbitrary<char>());
  const std::optional<Secret> read = from_print(printed(*Secret::from(bytes)));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->bytes() == bytes);
}

TEST(PrintedTest, IsReadInAnyCaseAndSpacing) {
  const std::string text = printed(counting());
  std::string small = without_spaces(text), hyphens = text, lines = "  " + text + "\r\n";
  for (char& letter : small)
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  for (char& letter : hyphens)
    if (letter == ' ') letter = '-';
  lines[13] = '\n';
  for (const std::string& way : {small, hyphens, lines, without_spaces(text)}) {
    ASSERT_TRUE(from_print(way)) << way;
    EXPECT_EQ(from_print(way)->bytes(), counting().bytes()) << way;
  }
}

TEST(PrintedTest, EverySingleWrongLetterIsCaught) {
  for (int time = 0; time < 20; ++time) {
    const std::string text = without_spaces(printed(Secret::random()));
    for (std::size_t at = 0; at < text.size(); ++at)
      for (const char other : alphabet) {
        std::string wrong = text;
        wrong[at] = other;
        EXPECT_EQ(from_print(wrong).has_value(), other == text[at]) << wrong;
      }
  }
}

TEST(PrintedTest, EveryTwoNeighboursThatChangedPlacesAreCaught) {
  for (int time = 0; time < 200; ++time) {
    const std::string text = without_spaces(printed(Secret::random()));
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      std::string wrong = text;
      std::swap(wrong[at], wrong[at + 1]);
      EXPECT_EQ(from_print(wrong).has_value(), wrong == text) << wrong;
    }
  }
}

TEST(PrintedTest, MissingAndFurtherLettersAreCaught) {
  const std::string text = without_spaces(printed(counting()));
  for (std::size_t at = 0; at < text.size(); ++at) {
    EXPECT_FALSE(from_print(text.substr(0, at))) << at;
    EXPECT_FALSE(from_print(std::string{text}.erase(at, 1))) << at;
    EXPECT_FALSE(from_print(std::string{text}.insert(at, 1, text[at]))) << at;
  }
  EXPECT_FALSE(from_print(text + '2'));
  EXPECT_FALSE(from_print(text + text));
}

TEST(PrintedTest, CutTextsAreCaughtWhereTheCheckIsZeroToo) {
  const std::string text = without_spaces(printed(
      test::secret_from_hex("010101010101010101010101010101010101010101010101010101010100d14b")));
  ASSERT_EQ(text.substr(52), "222");
  ASSERT_TRUE(from_print(text));
  for (const std::size_t length : {52U, 53U, 54U}) EXPECT_FALSE(from_print(text.substr(0, length)));
}

TEST(PrintedTest, OtherLettersAreRefused) {
  const std::string text = printed(counting());
  for (int byte = 0; byte < 256; ++byte) {
    const char letter = static_cast<char>(byte);
    const bool between =
        letter == ' ' || letter == '-' || letter == '\t' || letter == '\r' || letter == '\n';
    EXPECT_EQ(from_print(text + letter).has_value(), between) << byte;
    std::string wrong = text;
    wrong[0] = letter;
    EXPECT_EQ(from_print(wrong).has_value(), letter == '2') << byte;
  }
  for (const char letter : {'0', '1', 'I', 'O', 'i', 'o'})
    EXPECT_EQ(text.find(letter), std::string::npos);
  EXPECT_FALSE(from_print(std::string(55, '2')));
  EXPECT_FALSE(from_print(std::string(55, 'Z')));
}

}  // namespace
}  // namespace gcp2
