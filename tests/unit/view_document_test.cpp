#include <gmock/gmock.h>

#include <stdexcept>

#include "gcp2/json.h"
#include "support/views.h"

namespace gcp2 {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

std::string line(const View& view) { return write_json(view_document(view), Layout::line); }

TEST(ViewDocument, HeadOfTheDocument) {
  EXPECT_EQ(line(test::empty_view()),
            R"({"format":"gcp2/report/1","title":"Nothing to report","identity":"Sam Example",)"
            R"("language":"en","blocks":[]})");
}

TEST(ViewDocument, EveryKindOfBlock) {
  const std::string json = line(test::sample_view());
  for (const char* part :
       {R"({"kind":"heading","level":3,"text":"How B Safety came about"})",
        R"({"kind":"paragraph","text":"Grades run)", R"({"kind":"facts","rows":[{"name":"Age)",
        R"({"kind":"items","items":["A grade)",
        R"({"kind":"table","caption":"Areas and sub-areas","columns":["Area","Grade",)",
        R"J([{"text":"B Safety"},{"text":"4 (poor)","grade":4},)J", R"({"text":"no grade"},)",
        R"({"kind":"notice","urgency":"warning","title":"The rule)",
        R"({"kind":"figure","title":"Who is around Sam","description":"Sam, with)"})
    EXPECT_THAT(json, HasSubstr(part));
}

TEST(ViewDocument, UrgentFirst) {
  const Value document = view_document(test::sample_view());
  const Value& first = document.find("blocks")->items().front();
  EXPECT_EQ(first.text_at("urgency"), "urgent");
  EXPECT_EQ(document.find("blocks")->items().size(), test::sample_view().blocks.size());
}

TEST(ViewDocument, HostileTextIsReadAgain) {
  const Value document = view_document(test::hostile_view());
  Findings findings;
  EXPECT_EQ(read_json(write_json(document), findings), document);
  EXPECT_TRUE(findings.empty());
}

TEST(ViewSvg, AnElementOfItsOwnWithItsWords) {
  const std::string text = svg(test::sample_picture(), true, "tie");
  EXPECT_THAT(text, StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns="));
  EXPECT_THAT(text, HasSubstr(R"(viewBox="0 0 420.00 150.00" width="420.00pt" height="150.00pt")"));
  EXPECT_THAT(text, HasSubstr(R"(role="img" aria-labelledby="tie-title tie-desc")"));
  EXPECT_THAT(text, HasSubstr("<title id=\"tie-title\">Who is around Sam</title>"));
  EXPECT_THAT(text, HasSubstr("<desc id=\"tie-desc\">Sam, with a strong tie"));
  EXPECT_THAT(text, HasSubstr(">Neighbour</text>"));
  EXPECT_THAT(svg(test::sample_picture(), false), StartsWith("<svg "));
}

TEST(ViewSvg, HostileTextDoesNotBreakIt) {
  const std::string text = view_svg(test::hostile_view());
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(text, HasSubstr("]]&gt;"));
  for (const char c : text) ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

TEST(ViewSvg, PicturesBelowEachOtherAndUrgentAbove) {
  View view = test::sample_view();
  view.blocks.emplace_back(Figure{test::sample_picture(), "Again."});
  const std::string text = view_svg(view);
  EXPECT_EQ(count_of(text, "role=\"img\""), 3U);
  EXPECT_LT(text.find(">Urgent: If a child is in immediate danger"), text.find(">Neighbour<"));
  EXPECT_THAT(text, HasSubstr(">Sandwell, at any hour: 0121 569 3100</text>"));
  // The notice: two lines of title and three of text of 16, 12 above and below; 24 between
  // pictures.
  EXPECT_THAT(text, HasSubstr("viewBox=\"0 0 420.00 452.00\""));
  EXPECT_THAT(text, HasSubstr("y=\"302.00\""));
  for (const char* id : {"picture-1-title", "picture-2-title", "picture-3-title"})
    EXPECT_EQ(count_of(text, std::string{"id=\""} + id), 1U);
}

TEST(ViewSvg, NoPictureIsAnEmptyDrawing) {
  const std::string text = view_svg(test::empty_view());
  EXPECT_THAT(text, HasSubstr("<title id=\"view-title\">Nothing to report</title>"));
  EXPECT_EQ(count_of(text, "<svg"), 1U);
}

}  // namespace
}  // namespace gcp2
