// Texts that nobody meant: never a crash, nothing cut off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <limits>
#include <random>
#include <regex>

#include "gcp2/print.h"
#include "support/pdf.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::Not;

View with(std::vector<Block> blocks) {
  return {.title = "Title", .identity = "Identity", .blocks = std::move(blocks)};
}

/// Every word is within its page.
void expect_on_paper(const Pdf& pdf) {
  const std::string words = pdf.ask("pdftotext -bbox %s -");
  const std::regex word{
      R"re(<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">[^\n]*)re"};
  for (std::sregex_iterator at{words.begin(), words.end(), word}, end; at != end; ++at) {
    EXPECT_GE(std::stod((*at)[1]), 30) << at->str();
    EXPECT_GE(std::stod((*at)[2]), 20) << at->str();
    EXPECT_LE(std::stod((*at)[3]), 595.3 - 30) << at->str();
    EXPECT_LE(std::stod((*at)[4]), 841.9 - 20) << at->str();
  }
}

TEST(Awkward, an_empty_view_is_a_page) {
  const std::vector<std::string> pages = Pdf{View{}}.pages();
  ASSERT_EQ(pages.size(), 1U);
  EXPECT_THAT(pages[0], HasSubstr("Page 1 of 1"));
  Pdf{with({Heading{}, Paragraph{}, Facts{}, Items{}, Table{}, Notice{}, Figure{},
            Table{"", {"a"}, {}}, Paragraph{" \n "}, Items{{""}}, Facts{{{"", ""}}},
            Heading{9, "deep"}})};
}

TEST(Awkward, cells_of_ten_thousand_letters_are_whole) {
  for (const bool large : {false, true}) {
    const std::string words = repeated("many words ", 900);
    const std::string letters = repeated("abcdefghij", 1000);
    View view = with({Table{"Long",
                            {"Row", "Words", "Letters"},
                            {{{"first"}, {words}, {letters}}, {{letters}, {words}, {"x"}}}}});
    view.large_print = large;
    const Pdf pdf{view};
    const std::string text = squeezed(pdf.structure());
    std::string structure;
    for (const char c : text)
      if (c != '"') structure += c;
    EXPECT_EQ(count_of(structure, letters), 2U);
    EXPECT_EQ(count_of(structure, squeezed(words)), 2U);
    expect_on_paper(pdf);
  }
}

TEST(Awkward, long_words_everywhere_stay_on_paper) {
  const std::string word = repeated("Donaudampfschiff", 60);
  View view{.title = word,
            .identity = word,
            .blocks = {Heading{2, word}, Paragraph{word}, Items{{word}}, Facts{{{word, word}}},
                       Notice{Notice::Kind::urgent, word, {word}},
                       Notice{Notice::Kind::warning, word, {word}},
                       Table{word, {word, word}, {{{word}, {word}}}}}};
  const Pdf pdf{view};
  EXPECT_GE(count_of(squeezed(pdf.structure()), word), 5U);
  expect_on_paper(pdf);
}

TEST(Awkward, control_characters_are_dropped_and_the_rest_stays) {
  const std::string text = "bell\x07 escape\x1b[31m nul" + std::string{'\0'} +
                           "l tab\tend del\x7f \xc2\x85 "
                           "bad\xff\xc3 reversed\xe2\x80\xae"
                           "4";
  const Pdf pdf{with({Paragraph{text}})};
  const std::string read = pdf.ask("pdftotext %s -");
  EXPECT_THAT(read, HasSubstr("bell escape[31m null tab end del"));
  EXPECT_THAT(read, HasSubstr("bad\xef\xbf\xbd\xef\xbf\xbd reversed4"));
}

TEST(Awkward, other_scripts_can_be_read_out) {
  const Pdf pdf{with({Paragraph{"\u05e9\u05dc\u05d5\u05dd"},
                      Paragraph{"caf\u00e9 \u0142\u00f3d\u017a fi ffi"},
                      Paragraph{"\U0001F600 face"}, Paragraph{"\u0645\u0631\u062d\u0628\u0627"}})};
  const std::string read = pdf.structure();
  EXPECT_THAT(read, HasSubstr("\u05e9\u05dc\u05d5\u05dd"));
  EXPECT_THAT(read, HasSubstr("\u0142\u00f3d\u017a fi ffi"));
  EXPECT_THAT(read, HasSubstr("\U0001F600 face"));
  EXPECT_THAT(read, HasSubstr("\u0645\u0631\u062d\u0628\u0627"));
}

TEST(Awkward, a_character_without_a_font_keeps_its_text) {
  const Pdf pdf{with({Paragraph{"before \U0001F9FFafter"}, Paragraph{"private \ue123 use"}})};
  const std::string read = pdf.ask("pdftotext %s -");
  EXPECT_THAT(read, HasSubstr("\U0001F9FF"));
  EXPECT_THAT(read, HasSubstr("\ue123"));
  EXPECT_THAT(read, HasSubstr("after"));
}

TEST(Awkward, an_identity_too_long_for_the_head_of_a_page_stands_below_the_title) {
  View view = with({});
  view.identity = repeated("a long identity ", 60) + "ends here";
  const Pdf pdf{view};
  EXPECT_THAT(squeezed(pdf.structure()), HasSubstr("endshere"));
  EXPECT_EQ(count_of(pdf.structure(), "ends here"), 1U);
}

TEST(Awkward, pictures_that_cannot_be_drawn_leave_their_sentence) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinite = std::numeric_limits<double>::infinity();
  Picture broken{100, 100, "Broken", "Nothing.", {}};
  broken.shapes = {PictureLine{nan, 0, 1, 1},
                   PictureRect{0, 0, -5, -5},
                   PictureRect{0, 0, infinite, 1},
                   PictureCircle{5, 5, -1},
                   PictureText{0, 0, nan, "x"},
                   PictureText{0, 0, 0, "y"},
                   PictureText{5, 50, 10, "still drawn"}};
  const Pdf pdf{with(
      {Figure{broken, "first sentence"}, Figure{Picture{nan, 5, "", "", {}}, "second sentence"},
       Figure{Picture{1, 100000, "Tall", "", {PictureLine{0, 0, 1, 100000}}}, "third sentence"}})};
  const std::string read = pdf.ask("pdftotext %s -");
  for (const char* text : {"still drawn", "first sentence", "second sentence", "third sentence"})
    EXPECT_THAT(read, HasSubstr(text));
}

/// Words of all kinds put together at random: whatever comes out, it is a PDF that poppler reads.
TEST(Awkward, chance_makes_no_crash) {
  std::mt19937 chance{20260105};
  const auto below = [&](unsigned n) { return static_cast<int>(chance() % n); };
  const std::vector<std::string> parts{"word ",
                                       "\n",
                                       "\u0645\u0631",
                                       "\U0001F468\u200d\U0001F469",
                                       "\xff",
                                       std::string(1, '\0'),
                                       "\u202e",
                                       repeated("x", 300),
                                       "e\u0301\u0302\u0303",
                                       "\u0a2a\u0a70",
                                       "-",
                                       "\u00ad",
                                       "\u2028",
                                       " "};
  const auto text = [&] {
    std::string out;
    for (int i = below(30); i > 0; --i)
      out += parts[static_cast<std::size_t>(below(static_cast<unsigned>(parts.size())))];
    return out;
  };
  for (int round = 0; round < 12; ++round) {
    View view{.title = text(), .identity = text(), .large_print = below(2) == 0, .blocks = {}};
    for (int i = below(12); i > 0; --i) switch (below(7)) {
        case 0: view.blocks.push_back(Heading{below(5), text()}); break;
        case 1: view.blocks.push_back(Paragraph{text()}); break;
        case 2: view.blocks.push_back(Facts{{{text(), text()}, {text(), text()}}}); break;
        case 3: view.blocks.push_back(Items{{text(), text()}}); break;
        case 4:
          view.blocks.push_back(
              Notice{static_cast<Notice::Kind>(below(3)), text(), {text(), text()}});
          break;
        case 5: {
          Table table{
              text(), {}, std::vector<std::vector<Cell>>(static_cast<std::size_t>(below(4)))};
          for (int c = 1 + below(8); c > 0; --c) {
            table.columns.push_back(text());
            for (auto& row : table.rows) row.push_back({text(), Grade::from(below(7))});
          }
          view.blocks.push_back(table);
          break;
        }
        default:
          view.blocks.push_back(
              Figure{Picture{100, 100, text(), text(), {PictureText{50, 50, 9, "Sam"}}}, text()});
      }
    expect_on_paper(Pdf{view});
  }
}

TEST(Awkward, a_machine_without_fonts_is_told) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        const std::string none = testing::TempDir() + "gcp2_no_fonts.conf";
        std::ofstream{none} << "<fontconfig/>";
        setenv("FONTCONFIG_FILE", none.c_str(), 1);
        const Result<std::string> pdf = view_pdf(with({Paragraph{"text"}}));
        std::fputs(pdf ? "made" : pdf.error().message.c_str(), stderr);
        std::_Exit(pdf ? 1 : 0);
      },
      testing::ExitedWithCode(0), "this machine has no font");
}

}  // namespace
}  // namespace gcp2::test
