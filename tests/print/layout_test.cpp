// Where things stand on their pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "support/pdf.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;

/// The index of the page with a text; fails where it is on none.
std::size_t page_with(const std::vector<std::string>& pages, std::string_view text) {
  for (std::size_t i = 0; i < pages.size(); ++i)
    if (pages[i].find(text) != std::string::npos) return i;
  ADD_FAILURE() << text << " is on no page";
  return pages.size();
}

View after_lines(int lines, std::vector<Block> blocks) {
  View view{.title = "Title", .identity = "Identity", .blocks = {}};
  view.blocks.push_back(Paragraph{repeated("filling line\n", lines)});
  view.blocks.insert(view.blocks.end(), blocks.begin(), blocks.end());
  return view;
}

class Keeping : public testing::TestWithParam<int> {};

TEST_P(Keeping, a_heading_stands_with_what_follows) {
  const View view = after_lines(
      GetParam(),
      {Heading{2, "Outer heading"}, Heading{3, "Inner heading"},
       Table{"Table name", {"Column", "Second"}, {{{"row-0"}, {"cell-0"}}, {{"row-1"}, {"x"}}}},
       Heading{2, "Next heading"}, Paragraph{"start " + repeated("of a text ", 80)},
       Heading{2, "Warned heading"},
       Notice{Notice::Kind::warning, "Notice title", {"Notice line", "Notice end"}}});
  const std::vector<std::string> pages = Pdf{view}.pages();
  const std::size_t table = page_with(pages, "row-0");
  EXPECT_EQ(page_with(pages, "Outer heading"), table);
  EXPECT_EQ(page_with(pages, "Inner heading"), table);
  EXPECT_EQ(page_with(pages, "Table name"), table);
  EXPECT_EQ(page_with(pages, "Next heading"), page_with(pages, "start of"));
  EXPECT_EQ(page_with(pages, "Warned heading"), page_with(pages, "Notice end"));
}

INSTANTIATE_TEST_SUITE_P(Print, Keeping, testing::Range(28, 50, 2));

TEST(Layout, a_row_and_a_picture_are_not_torn_apart) {
  Picture picture{200, 100, "Picture", "It shows.", {PictureText{20, 50, 10, "inside"}}};
  for (int lines = 30; lines < 48; lines += 4) {
    const std::vector<std::string> pages =
        Pdf{after_lines(lines, {Table{"", {"a", "b"}, {{{"row"}, {"begin\n2\n3\n4\n5\n6\nend"}}}},
                                Figure{picture, "below the picture"}})}
            .pages();
    EXPECT_EQ(page_with(pages, "begin"), page_with(pages, "end"));
    EXPECT_EQ(page_with(pages, "inside"), page_with(pages, "below the picture"));
  }
}

TEST(Layout, too_many_columns_become_lists_that_name_them) {
  Table wide{"Wide", {}, {{}}};
  for (int i = 0; i < 30; ++i) {
    wide.columns.push_back("Observation" + std::to_string(i));
    wide.rows[0].push_back({"value " + std::to_string(i)});
  }
  const std::string text = squeezed(Pdf{after_lines(1, {wide})}.structure());
  EXPECT_THAT(text, HasSubstr("Lbl(block)\"Observation29\"LBody(block)\"value29\""));
}

TEST(Layout, many_narrow_columns_stay_a_table) {
  Table narrow{"Points", {"Area"}, {{{"Nutrition"}}}};
  for (int i = 0; i < 12; ++i) {
    narrow.columns.push_back("P" + std::to_string(i));
    narrow.rows[0].push_back({"3", Grade::from(3)});
  }
  EXPECT_THAT(Pdf{after_lines(1, {narrow})}.structure(), HasSubstr("\"P11\""));
  EXPECT_EQ(count_of(Pdf{after_lines(1, {narrow})}.structure(), "/Scope /Column"), 13U);
}

TEST(Layout, a_number_and_its_word_share_a_line) {
  Table table{"", {"Area", "Grade", "Why"}, {}};
  table.rows.push_back(
      {{repeated("Area ", 20)}, {"3 borderline", Grade::from(3)}, {repeated("why ", 200)}});
  EXPECT_THAT(Pdf{after_lines(1, {table})}.ask("pdftotext -layout %s -"),
              HasSubstr("3 borderline"));
}

TEST(Layout, in_large_print_nothing_is_smaller_than_18_points) {
  View view = after_lines(3, {Heading{2, "Heading"}, Facts{{{"Name", "Value"}}},
                              Table{"Name", {"a", "b"}, {{{"c"}, {"d"}}}},
                              Notice{Notice::Kind::urgent, "Urgent", {"Line"}},
                              Notice{Notice::Kind::information, "Information", {"Line"}}});
  const std::regex font{"<fontspec [^>]*size=\"([0-9]+)\""};
  const auto smallest = [&] {
    const std::string fonts = Pdf{view}.ask("pdftohtml -xml -zoom 1 -i -stdout %s");
    int out = 1000;
    for (std::sregex_iterator at{fonts.begin(), fonts.end(), font}, end; at != end; ++at)
      out = std::min(out, std::stoi((*at)[1]));
    return out;
  };
  EXPECT_EQ(smallest(), 8);
  view.large_print = true;
  EXPECT_EQ(smallest(), 18);
}

/// A picture with letters of 9 points.
Figure drawn(double width, double height) {
  const Picture picture{.width = width,
                        .height = height,
                        .title = "A picture",
                        .description = "It shows.",
                        .shapes = {PictureText{.x = 5, .y = 20, .size = 9, .text = "Drawn"}}};
  return {picture, "It says the same."};
}

TEST(Layout, in_large_print_letters_of_pictures_have_18_points_too) {
  View view = after_lines(3, {drawn(200, 100)});
  view.large_print = true;
  const std::string fonts = Pdf{view}.ask("pdftohtml -xml -zoom 1 -i -stdout %s");
  EXPECT_THAT(fonts, HasSubstr("Drawn"));
  EXPECT_THAT(fonts, testing::Not(HasSubstr("size=\"9\"")));
  view.blocks = {drawn(300, 200)};  // as wide as a page is high
  EXPECT_THAT(Pdf{view}.ask("pdftotext %s -"), HasSubstr("Drawn"));
  for (const Figure& too_large : {drawn(500, 100), drawn(100, 500), drawn(300, 300)}) {
    view.blocks = {too_large};
    const std::string text = Pdf{view}.ask("pdftotext %s -");
    EXPECT_THAT(text, testing::Not(HasSubstr("Drawn")));
    EXPECT_THAT(text, HasSubstr("It says the same."));
  }
}

}  // namespace
}  // namespace gcp2::test
