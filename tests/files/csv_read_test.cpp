#include <gtest/gtest.h>

#include <algorithm>

#include "gcp2/interop.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using namespace std::string_view_literals;

struct Read {
  Value list;
  Findings findings;
  [[nodiscard]] std::string line() const { return write_json(list, Layout::line); }
  [[nodiscard]] const Finding* find(std::string_view code) const {
    const auto found = std::ranges::find(findings, code, &Finding::code);
    return found == findings.end() ? nullptr : &*found;
  }
};

Read read(std::string_view bytes, std::string_view by = "") {
  Read result;
  result.list = read_grades_csv(bytes, by, result.findings);
  return result;
}

std::string dialect(const Read& read) {
  const Finding* note = read.find("csv_read_as");
  return note == nullptr ? "" : note->details[0].second + " " + note->details[1].second;
}

TEST(CsvRead, ReadsWhatSpreadsheetsSaveAllTheSame) {
  const Read excel = read(test::source_file("tests/cases/grades-excel-utf8-bom-crlf.csv"), "P2");
  const Read semicolon =
      read(test::source_file("tests/cases/grades-libreoffice-cp1252-semicolon.csv"), "P2");
  const Read comma = read(test::source_file("tests/cases/grades-libreoffice-utf8-comma.csv"), "P2");
  EXPECT_EQ(dialect(excel), "comma UTF-8");
  EXPECT_EQ(dialect(semicolon), "semicolon Windows-1252");
  EXPECT_EQ(dialect(comma), "comma UTF-8");
  for (const Read* each : {&excel, &semicolon, &comma}) {
    EXPECT_EQ(each->findings.size(), 1U);
    EXPECT_EQ(each->list.items().size(), 30U);  // B1d says nothing yet
  }
  EXPECT_EQ(semicolon.list, comma.list);
  EXPECT_EQ(excel.list.items()[10], comma.list.items()[10]);
  const Value& first = comma.list.items().front();
  EXPECT_EQ(first.find("evidence")->items().front().text_at("text"),
            "Lunch box: crisps, biscuits; \xC2\xA3"
            "0 on dinner account; \"no breakfast\", 3 of 5 mornings");
  EXPECT_EQ(first.text_at("by"), "P2");
  const Value& not_observed = comma.list.items()[6];
  EXPECT_EQ(not_observed.text_at("not_graded"), "not_observed");
  EXPECT_EQ(not_observed.text_at("reason"), "no home visit yet; booked, 29 Jan");
  EXPECT_EQ(not_observed.find("comment"), nullptr);
  const Value& homework = comma.list.items()[23];
  EXPECT_EQ(homework.text_at("node"), "D1f");
  EXPECT_NE(homework.find("evidence")->items().front().text_at("text").find("evening\nstayed"),
            std::string_view::npos);
}

TEST(CsvRead, TellsSeparatorsAndLineEndsApart) {
  const std::string expected =
      R"([{"node":"A1a","grade":2,"comment":"a,b"},{"node":"A1b","grade":3}])";
  for (const std::string_view bytes :
       {"node,grade,comment\nA1a,2,\"a,b\"\nA1b,3,\n", "node;grade;comment\r\nA1a;2;a,b\r\nA1b;3",
        "node\tgrade\tcomment\rA1a\t2\ta,b\rA1b\t3\t\r",
        "\n\nnode,grade,comment\n\nA1a,2,\"a,b\"\n,,\nA1b,3"})
    EXPECT_EQ(read(bytes).line(), expected) << bytes;
}

TEST(CsvRead, ReadsGradeCodesAndOtherColumns) {
  EXPECT_EQ(
      read("Grade,NODE\nno,A1a\nNA,A1b\nDe,A1c\n 4 ,A1d\n2.5,A2a\n-1,A2b\n").line(),
      R"([{"node":"A1a","not_graded":"not_observed"},{"node":"A1b","not_graded":"not_applicable"},)"
      R"({"node":"A1c","not_graded":"declined"},{"node":"A1d","grade":4},{"node":"A2a","grade":2.5},)"
      R"({"node":"A2b","grade":-1}])");
  EXPECT_EQ(
      read("node,grade,by,reason,comment,kind,on,evidence,evidence_2,kind_2,on_2\n"
           "A1a,NO,P1,away,later,,,,,,\nA1b,2,,,,record,2026-01-05,seen,heard,child_said,\n",
           "P9")
          .line(),
      R"([{"node":"A1a","not_graded":"not_observed","reason":"away","by":"P1","comment":"later"},)"
      R"({"node":"A1b","grade":2,"evidence":[{"kind":"record","on":"2026-01-05","text":"seen"},)"
      R"({"kind":"child_said","text":"heard"}]}])");
}

struct Fault {
  std::string_view bytes, code;
  Severity severity;
  std::uint32_t line, column;
};

class CsvFault : public testing::TestWithParam<Fault> {};

TEST_P(CsvFault, IsFoundInItsPlace) {
  const Fault& fault = GetParam();
  const Read result = read(fault.bytes);
  const Finding* found = result.find(fault.code);
  ASSERT_NE(found, nullptr) << fault.bytes;
  EXPECT_EQ(found->severity, fault.severity);
  EXPECT_EQ(found->position.line, fault.line);
  EXPECT_EQ(found->position.column, fault.column);
}

INSTANTIATE_TEST_SUITE_P(
    Each, CsvFault,
    testing::Values(Fault{"node,grade\nA1a,good\n", "csv_bad_grade", Severity::invalid, 2, 5},
                    Fault{"node,grade\nA1a,02\n", "csv_bad_grade", Severity::invalid, 2, 5},
                    Fault{"node,grade\nA1a,1e0\n", "csv_bad_grade", Severity::invalid, 2, 5},
                    Fault{"node,comment\nA1a,x\n", "csv_column_missing", Severity::invalid, 1, 1},
                    Fault{"node,grade,Grade\n", "csv_column_twice", Severity::invalid, 1, 12},
                    Fault{"node,grade,coment\n", "csv_unknown_column", Severity::query, 1, 12},
                    Fault{"node,grade,evidence_3\n", "csv_evidence_alone", Severity::query, 1, 12},
                    Fault{"node,grade,evidence_2,kind_02\n", "csv_evidence_alone", Severity::query,
                          1, 23},
                    Fault{"node,grade,on_2\n", "csv_evidence_alone", Severity::query, 1, 12},
                    Fault{"node,grade,evidence_0\n", "csv_evidence_alone", Severity::query, 1, 12},
                    Fault{"node,grade\nA1a,2,3\n", "csv_extra_cell", Severity::query, 2, 7},
                    Fault{"node,grade,comment\nA1a,2,\"open\nA1b,3,\n", "csv_open_quote",
                          Severity::invalid, 2, 7},
                    Fault{"node,grade,comment\n\xC3\xA9 A1a,2,\"a\"b\n", "csv_text_after_quote",
                          Severity::invalid, 2, 12},
                    Fault{"node,grade,comment\nA1a,2,x\x81\n", "csv_undefined_character",
                          Severity::invalid, 2, 8},
                    Fault{"node,grade,comment\nA1a,2,x\0\n"sv,
                          "csv_undefined_character",
                          Severity::invalid,
                          2,
                          8},
                    Fault{"", "csv_column_missing", Severity::invalid, 1, 1}));

TEST(CsvRead, FindsNothingWrongInWhatIsRight) {
  for (const std::string_view bytes :
       {"node,grade\n", "node,grade\nA1a,2,\n", "node,grade,\nA1a,2,,\n"})
    EXPECT_EQ(read(bytes).findings.size(), 1U) << bytes;
}

TEST(CsvRead, TakesNoMoreCellsThanADocumentHasValues) {
  for (const std::string& rest : {std::string(most_values, ','), std::string(most_values, '"')}) {
    const std::string bytes = "node,grade\n" + rest;
    EXPECT_EQ(read(bytes).find("too_many_values") != nullptr, rest.front() == ',');
  }
  std::string rows = "node,grade\n";
  for (std::size_t i = 0; i < most_values / 2; ++i) rows += "A,\n";
  EXPECT_NE(read(rows).find("too_many_values"), nullptr);
}

TEST(CsvRead, ListsAThousandFaultsAndSumsUpTheRest) {
  for (const std::string& row : {std::string(3000, '\0'), "A1a,2" + std::string(3000, ',') + "x"}) {
    std::string bytes = "node,grade\n" + row;
    if (row.back() == 'x')
      for (int i = 0; i < 3000; ++i) bytes += ",y";
    const Read result = read(bytes);
    ASSERT_NE(result.find("too_many_findings"), nullptr);
    EXPECT_EQ(result.find("too_many_findings")->position.line, 2U) << "where the rest begins";
    EXPECT_EQ(result.findings.size(), most_findings + 1);
  }
}

TEST(CsvRead, TakesTheApostropheOffEveryCell) {
  EXPECT_EQ(read("node,grade\n'-A1,'+2\n").find("csv_bad_grade")->position.line, 2U);
  EXPECT_EQ(read("node,grade\n'-A1,2\n").line(), R"([{"node":"-A1","grade":2}])");
}

TEST(CsvRead, SaysTheNearestColumn) {
  const Read result = read("node,grade,evidense\n");
  ASSERT_NE(result.find("csv_unknown_column"), nullptr);
  EXPECT_EQ(result.find("csv_unknown_column")->details[1].second, "evidence");
}

TEST(CsvRead, NeverTakesAWindows1252FileForUtf8) {
  const Read result = read(
      "node,grade,comment\nA1a,2,\x93"
      "caf\xE9\x94 \x80\n");
  EXPECT_EQ(dialect(result), "comma Windows-1252");
  EXPECT_EQ(result.list.items().front().text_at("comment"),
            "\xE2\x80\x9C"
            "caf\xC3\xA9\xE2\x80\x9D \xE2\x82\xAC");
}

}  // namespace
}  // namespace gcp2
