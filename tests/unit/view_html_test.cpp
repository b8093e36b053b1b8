#include <gmock/gmock.h>

#include <stdexcept>

#include "support/views.h"

namespace gcp2 {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

std::string html_of(Block block) {
  View view = test::empty_view();
  view.blocks = {std::move(block)};
  return view_html(view);
}

Table one_cell(Cell cell) { return {"Caption", {"Area", "Grade"}, {{{"A"}, std::move(cell)}}}; }

TEST(ViewHtml, EveryKindOfBlockStandsInTheReport) {
  const std::string html = view_html(test::sample_view());
  for (const char* part :
       {"<html lang=\"en\">", "<title>Graded care profile</title>",
        "<h1 dir=\"auto\">Graded care profile</h1>", "<h2 dir=\"auto\">Grades</h2>",
        "<h3 dir=\"auto\">How B Safety came about</h3>", "<dt dir=\"auto\">Lead professional</dt>",
        "<li dir=\"auto\">The worst here is 5: B2 In carer&apos;s absence.</li>",
        "Areas and sub-areas</caption>", "<th scope=\"col\" dir=\"auto\">How settled</th>",
        "<th scope=\"row\" dir=\"auto\">C Love</th>", "<div class=\"notice warning\">",
        "<div class=\"notice information\">", "<title id=\"picture-", "<figcaption id=\"figure-"})
    EXPECT_THAT(html, HasSubstr(part));
  EXPECT_EQ(count_of(html, "<h1"), 1U);
}

TEST(ViewHtml, UrgentStandsBeforeTheTitle) {
  const std::string html = view_html(test::sample_view());
  EXPECT_LT(html.find("call 999 now"), html.find("<h1"));
  EXPECT_LT(html.find("<main"), html.find("call 999 now"));
  EXPECT_EQ(count_of(html, "call 999 now"), 1U);
}

TEST(ViewHtml, IdentityStandsInTheReportAndOnEveryPage) {
  EXPECT_EQ(count_of(view_html(test::sample_view()), "Sam Example, C-0001"), 2U);
  View view = test::empty_view();
  view.identity.clear();
  EXPECT_THAT(view_html(view), Not(HasSubstr("<footer")));
}

TEST(ViewHtml, AGradeIsNumberAndWord) {
  EXPECT_THAT(html_of(one_cell({"4 (poor)", Grade::from(4)})),
              HasSubstr("<span class=\"grade g4\">4</span> (poor)</td>"));
  EXPECT_THAT(html_of(one_cell({"4", Grade::from(4)})),
              HasSubstr("<span class=\"grade g4\">4</span> </td>"));
  // A text that does not start with the number stays whole; nothing is read out twice.
  EXPECT_THAT(html_of(one_cell({"fell to 4", Grade::from(4)})),
              HasSubstr("<span class=\"grade g4\" aria-hidden=\"true\">4</span> fell to 4</td>"));
  EXPECT_THAT(html_of(one_cell({"42 days", Grade::from(4)})), HasSubstr("</span> 42 days</td>"));
  EXPECT_THAT(html_of(one_cell({"2 of 3"})),
              HasSubstr("<td dir=\"auto\" data-column=\"Grade\">2 of 3</td>"));
}

TEST(ViewHtml, NothingFromOutsideAndNoScript) {
  for (const View& view : {test::sample_view(), test::long_view(), test::hostile_view()}) {
    const std::string html = view_html(view);
    EXPECT_THAT(html, HasSubstr("default-src 'none'"));
    for (const char* part : {"<script", "<link", "<img", "<iframe", "<object", "@import", "url("})
      EXPECT_THAT(html, Not(HasSubstr(part)));
  }
}

TEST(ViewHtml, HostileTextIsText) {
  const std::string html = view_html(test::hostile_view());
  EXPECT_THAT(html, HasSubstr("&lt;/p&gt;&lt;/style&gt;&lt;script&gt;alert(1)"));
  EXPECT_THAT(html, HasSubstr("{{#blocks}}{{title}}"));
  EXPECT_EQ(count_of(html, "</style>"), 1U);
  EXPECT_EQ(count_of(html, "<h1"), 1U);
  for (const char c : html) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

TEST(ViewHtml, WhatIsEmptySaysSo) {
  EXPECT_THAT(html_of(Table{"Targets", {"Item", "Aim"}, {}}),
              HasSubstr("<td colspan=\"2\">None.</td>"));
  EXPECT_THAT(html_of(Facts{}), HasSubstr("<p>None.</p>"));
  EXPECT_THAT(html_of(Items{}), HasSubstr("<p>None.</p>"));
  EXPECT_THAT(view_html(test::empty_view()), Not(HasSubstr("None.")));
}

TEST(ViewHtml, LargePrintDrawsPicturesLarge) {
  const Picture picture{.width = 300,
                        .height = 100,
                        .title = "T",
                        .description = "D",
                        .shapes = {PictureText{.size = 9, .text = "Drawn"}}};
  View view = test::empty_view();
  view.large_print = true;
  view.blocks = {Figure{picture, "It says the same."}};
  EXPECT_THAT(view_html(view), HasSubstr("viewBox=\"0 0 300.00 100.00\" width=\"600.00pt\""));
  EXPECT_THAT(view_html(view), HasSubstr("class=\"scroll broad\""));
  EXPECT_THAT(view_svg(view), HasSubstr("viewBox=\"0 0 300.00 100.00\" width=\"600.00\""));
  view.large_print = false;
  EXPECT_THAT(view_html(view), HasSubstr("width=\"300.00pt\""));
  EXPECT_THAT(view_html(view), Not(HasSubstr("scroll broad")));
}

TEST(ViewHtml, LargePrintAndLanguage) {
  View view = test::sample_view();
  view.large_print = true;
  view.language = "cy";
  const std::string html = view_html(view);
  EXPECT_THAT(html, HasSubstr("<html lang=\"cy\" class=\"large\">"));
  EXPECT_THAT(html, HasSubstr(">Brys</span>"));
  view.language = "en-GB";
  EXPECT_THAT(view_html(view), HasSubstr(">Urgent</span>"));
}

TEST(ViewHtml, ATableTooWideForPaperIsMarked) {
  const std::string html = view_html(test::long_view());
  EXPECT_THAT(html, HasSubstr("<table class=\"wide\">"));
  EXPECT_THAT(html, HasSubstr("<table class=\"middling\">"));
  EXPECT_THAT(html_of(one_cell({std::string(25, 'w')})),
              HasSubstr("<table class=\"narrow broken\">"));
  EXPECT_THAT(html_of(one_cell({std::string(24, 'w')})), HasSubstr("<table class=\"narrow\">"));
}

TEST(ViewHtml, HeadingsDoNotSkipALevel) {
  EXPECT_THAT(html_of(Heading{3, "First"}), HasSubstr("<h2 dir=\"auto\">First</h2>"));
}

TEST(ViewHtml, ARowOfAnotherLengthIsABug) {
  EXPECT_THROW(html_of(Table{"Caption", {"One", "Two"}, {{{"a"}}}}), std::logic_error);
}

}  // namespace
}  // namespace gcp2
