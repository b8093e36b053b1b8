// What is in a PDF: text, structure, properties.
#include "gcp2/print.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFOutlineDocumentHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <stdexcept>
#include <tuple>

#include "support/pdf.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::Not;

Table grades(int rows) {
  Table table{"Grades of areas", {"Area", "Grade", "What decided it"}, {}};
  const std::array<std::string, 5> words{"best", "adequate", "borderline", "poor", "worst"};
  for (int i = 0; i < rows; ++i) {
    const int grade = 1 + i % 5;
    table.rows.push_back({{"Area-" + std::to_string(i)},
                          {std::to_string(grade) + " " + words[static_cast<std::size_t>(grade - 1)],
                           Grade::from(grade)},
                          {"reason " + std::to_string(i) + " " + repeated("and more ", i % 9)}});
  }
  return table;
}

Picture picture() {
  Picture out{300, 120, "Family of Sam Example", "Sam lives with K1 & nobody else.", {}};
  out.shapes = {
      PictureRect{10, 10, 60, 40, Ink::line, Ink::shade, 1.5, true, 6}, PictureCircle{200, 40, 25},
      PictureLine{70, 30, 175, 30, 1, Ink::accent, true},
      PictureText{200, 100, 10, "Carer K1", PictureText::Anchor::middle, Ink::text, true}};
  return out;
}

View sample() {
  return {.language = "en-GB",
          .title = "Profile of Sam Example",
          .identity = "Sam Example, 5 to 23 January 2026",
          .large_print = false,
          .blocks = {Paragraph{"First paragraph."}, Heading{2, "Who and when"},
                     Facts{{{"Child", "Sam Example"}, {"Lead", "A. Teacher"}}},
                     Heading{3, "What next"}, Items{{"Visit again.", "Tell the school."}},
                     grades(70), Notice{Notice::Kind::urgent, "Call 999 now", {"Do not wait."}},
                     Heading{2, "The family"}, Figure{picture(), "Sam lives with K1."}}};
}

QPDF& opened(QPDF& pdf, const std::string& bytes) {
  pdf.processMemoryFile("report", bytes.data(), bytes.size());
  EXPECT_FALSE(pdf.anyWarnings());
  return pdf;
}

TEST(Print, every_text_is_in_the_structure_under_its_type) {
  const std::string structure = Pdf{sample()}.structure();
  const std::string text = squeezed(structure);
  for (const auto& row : grades(70).rows)
    for (const Cell& cell : row) EXPECT_THAT(text, HasSubstr(squeezed("\"" + cell.text + "\"")));
  EXPECT_THAT(structure, HasSubstr("H1 (block)\n    \"Profile of Sam Example\""));
  EXPECT_THAT(structure, HasSubstr("H2 (block)\n    \"Who and when\""));
  EXPECT_THAT(structure, HasSubstr("H3 (block)\n    \"What next\""));
  EXPECT_THAT(structure, HasSubstr("P (block)\n    \"First paragraph.\""));
  EXPECT_THAT(text, HasSubstr("Lbl(block)\"Child\"LBody(block)\"SamExample\""));
  EXPECT_THAT(text, HasSubstr("LI(block)Lbl(block)\"\u2022\"LBody(block)\"Visitagain.\""));
  EXPECT_THAT(text, HasSubstr("Table(block)Caption\"Gradesofareas\"TRTH:/Scope/Column\"Area\""));
  EXPECT_THAT(text, HasSubstr("TRTH:/Scope/Row\"Area-0\"TD\"1best\"TD"));
  EXPECT_THAT(text, HasSubstr("P(block)\"SamliveswithK1.\""));
}

TEST(Print, a_header_row_stands_on_every_page_and_once_in_the_structure) {
  const Pdf pdf{sample()};
  EXPECT_EQ(count_of(pdf.structure(), "What decided it"), 1U);
  EXPECT_EQ(count_of(pdf.structure(), "   TR\n"), 71U);
  std::size_t pages_of_table = 0;
  for (const std::string& page : pdf.pages()) {
    if (page.find("Area-") == std::string::npos) continue;
    ++pages_of_table;
    EXPECT_LT(page.find("What decided it"), page.find("Area-")) << page;
  }
  EXPECT_GE(pages_of_table, 3U);
}

TEST(Print, every_page_says_who_and_which_page) {
  const std::vector<std::string> pages = Pdf{sample()}.pages();
  ASSERT_GE(pages.size(), 3U);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_THAT(pages[i], HasSubstr("Sam Example, 5 to 23 January 2026"));
    EXPECT_THAT(pages[i],
                HasSubstr("Page " + std::to_string(i + 1) + " of " + std::to_string(pages.size())));
  }
  View welsh = sample();
  welsh.language = "cy";
  EXPECT_THAT(Pdf{welsh}.pages().front(), HasSubstr("Tudalen 1 o "));
}

TEST(Print, for_a_screen_reader_the_identity_is_there_once_and_page_numbers_are_not) {
  const std::string structure = Pdf{sample()}.structure();
  EXPECT_EQ(count_of(structure, "5 to 23 January 2026"), 1U);
  EXPECT_THAT(structure, Not(HasSubstr("Page 1")));
}

TEST(Print, an_urgent_notice_stands_before_everything) {
  const Pdf pdf{sample()};
  const std::string structure = pdf.structure();
  EXPECT_EQ(count_of(structure, "Call 999 now"), 1U);
  EXPECT_EQ(structure.find('"'), structure.find("\"Urgent: Call 999 now"));
  EXPECT_LT(pdf.pages().front().find("Call 999"), pdf.pages().front().find("Profile of"));
}

TEST(Print, the_document_says_its_language_and_title) {
  const std::string bytes = Pdf{sample()}.bytes();
  QPDF pdf;
  QPDFObjectHandle catalog = opened(pdf, bytes).getRoot();
  EXPECT_EQ(catalog.getKey("/Lang").getUTF8Value(), "en-GB");
  EXPECT_TRUE(catalog.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
  EXPECT_TRUE(catalog.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
  QPDFObjectHandle info = pdf.getTrailer().getKey("/Info");
  EXPECT_EQ(info.getKey("/Title").getUTF8Value(), "Profile of Sam Example");
  EXPECT_FALSE(info.hasKey("/CreationDate"));
  EXPECT_FALSE(info.hasKey("/ModDate"));
}

TEST(Print, the_document_is_called_as_programs_are_to_show_it) {
  View view = sample();
  view.label = "Report";
  const std::string bytes = Pdf{view}.bytes();
  QPDF pdf;
  QPDFObjectHandle info = opened(pdf, bytes).getTrailer().getKey("/Info");
  EXPECT_EQ(info.getKey("/Title").getUTF8Value(), "Report");
  EXPECT_THAT(Pdf{view}.pages().front(), HasSubstr("Profile of Sam Example"));
}

TEST(Print, headings_are_bookmarks_by_level) {
  const std::string bytes = Pdf{sample()}.bytes();
  QPDF pdf;
  QPDFOutlineDocumentHelper outlines{opened(pdf, bytes)};
  std::vector<QPDFOutlineObjectHelper> top = outlines.getTopLevelOutlines();
  ASSERT_EQ(top.size(), 1U);
  EXPECT_EQ(top[0].getTitle(), "Profile of Sam Example");
  std::vector<QPDFOutlineObjectHelper> second = top[0].getKids();
  ASSERT_EQ(second.size(), 2U);
  EXPECT_EQ(second[0].getTitle(), "Who and when");
  ASSERT_EQ(second[0].getKids().size(), 1U);
  EXPECT_EQ(second[0].getKids()[0].getTitle(), "What next");
  EXPECT_TRUE(second[1].getDestPage().isPageObject());
}

/// Elements of a type, in the order of the tree.
void collect(QPDFObjectHandle element, const std::string& type,
             std::vector<QPDFObjectHandle>& out) {
  if (element.isDictionary() && element.getKey("/S").isNameAndEquals("/" + type))
    out.push_back(element);
  if (!element.isDictionary() || !element.getKey("/K").isArray()) return;
  for (QPDFObjectHandle kid : element.getKey("/K").aitems()) collect(kid, type, out);
}

TEST(Print, a_figure_has_words_and_a_place) {
  const std::string bytes = Pdf{sample()}.bytes();
  QPDF pdf;
  std::vector<QPDFObjectHandle> figures;
  collect(opened(pdf, bytes).getRoot().getKey("/StructTreeRoot"), "Figure", figures);
  ASSERT_EQ(figures.size(), 1U);
  EXPECT_EQ(figures[0].getKey("/Alt").getUTF8Value(),
            "Family of Sam Example. Sam lives with K1 & nobody else.");
  EXPECT_EQ(figures[0].getKey("/A").getKey("/BBox").getArrayNItems(), 4);
}

/// Sees that all of a page is either part of the structure or an artifact.
struct MarkedContent : QPDFObjectHandle::ParserCallbacks {
  void handleObject(QPDFObjectHandle object, std::size_t, std::size_t) override {
    if (!object.isOperator()) return last.push_back(object);
    const std::string name = object.getOperatorValue();
    if (name == "BDC" || name == "BMC") {
      if (depth++ == 0 && name == "BDC")
        numbers.push_back(last.back().getKey("/MCID").getIntValueAsInt());
    } else if (name == "EMC") {
      --depth;
    } else if (depth == 0) {
      ++outside;
    }
    last.clear();
  }
  void handleEOF() override {}
  std::vector<QPDFObjectHandle> last;
  std::vector<int> numbers;
  int depth = 0, outside = 0;
};

TEST(Print, all_content_is_structure_or_artifact_and_finds_its_element) {
  const std::string bytes = Pdf{sample()}.bytes();
  QPDF pdf;
  QPDFObjectHandle root = opened(pdf, bytes).getRoot().getKey("/StructTreeRoot");
  QPDFObjectHandle lines = root.getKey("/ParentTree").getKey("/Nums");
  int page_number = 0;
  for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper{pdf}.getAllPages()) {
    MarkedContent content;
    page.parseContents(&content);
    EXPECT_EQ(content.outside, 0);
    EXPECT_EQ(content.depth, 0);
    EXPECT_EQ(page.getObjectHandle().getKey("/StructParents").getIntValueAsInt(), page_number);
    QPDFObjectHandle parents = lines.getArrayItem(2 * page_number + 1);
    ASSERT_EQ(static_cast<int>(content.numbers.size()), parents.getArrayNItems());
    for (int i = 0; i < parents.getArrayNItems(); ++i) {
      EXPECT_EQ(content.numbers[static_cast<std::size_t>(i)], i);
      EXPECT_TRUE(parents.getArrayItem(i).getKey("/S").isName());
    }
    ++page_number;
  }
}

TEST(Print, a_row_that_does_not_fit_its_columns_is_a_bug) {
  View view = sample();
  view.blocks.push_back(Table{"", {"a", "b"}, {{{"only one"}}}});
  EXPECT_THROW(std::ignore = view_pdf(view), std::logic_error);
}

TEST(Print, fonts_are_embedded_and_the_bytes_are_the_same_each_time) {
  const Pdf pdf{sample()};
  EXPECT_EQ(pdf.bytes(), *view_pdf(sample()));
  const std::string fonts = pdf.ask("pdffonts %s");
  EXPECT_THAT(fonts, HasSubstr("DejaVuSans"));
  EXPECT_THAT(fonts, Not(HasSubstr("no  yes")));
  EXPECT_THAT(pdf.ask("pdfimages -list %s"), Not(HasSubstr("image")));  // pictures are vectors
}

}  // namespace
}  // namespace gcp2::test
