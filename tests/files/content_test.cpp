#include <gtest/gtest.h>

#include <algorithm>

#include "gcp2/interop.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

TEST(Content, IsToldByTheBytes) {
  EXPECT_EQ(content_of(test::case_text("first")), Content::json);
  EXPECT_EQ(content_of("\xEF\xBB\xBF  \r\n {}"), Content::json);
  EXPECT_EQ(content_of("[1]"), Content::json);
  EXPECT_EQ(content_of("node,grade\nA1a,2\n"), Content::csv);
  EXPECT_EQ(content_of("\xEF\xBB\xBF\"Node\";grade\r\n"), Content::csv);
  EXPECT_EQ(content_of("grade\tcomment\t node \n"), Content::csv);
  EXPECT_EQ(content_of("PK\x03\x04rest"), Content::spreadsheet);
  EXPECT_EQ(content_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"), Content::spreadsheet);
  EXPECT_EQ(content_of("\xFF\xFE{\0"sv), Content::utf16);
  EXPECT_EQ(content_of("\xFE\xFF\0{"sv), Content::utf16);
  EXPECT_EQ(content_of("{\0\"\0"sv), Content::utf16) << "without a byte order mark";
  EXPECT_EQ(content_of("\0n\0o\0d\0e"sv), Content::utf16);
  EXPECT_EQ(content_of(write_archive({}, ArchiveKind::xml)), Content::archive);
}

TEST(Content, IsUnknownOtherwise) {
  for (const std::string_view bytes : {""sv, " \n"sv, "\0"sv, "\0\0\0{"sv, "\0\1\2"sv,
                                       "nodes,grade\n"sv, "A1a,2\nnode,grade\n"sv, "hello"sv})
    EXPECT_EQ(content_of(bytes), Content::unknown) << bytes;
}

/// What the reader says to a file that holds no record.
std::string refusal(std::string bytes) {
  Findings findings;
  EXPECT_TRUE(read_documents({"file", std::move(bytes)}, {}, findings).empty());
  EXPECT_EQ(findings.size(), 1U);
  return findings.empty() ? "" : std::string{findings.front().code};
}

TEST(Documents, SayWhatTheyAreNot) {
  EXPECT_EQ(refusal("PK\x03\x04"), "spreadsheet");
  EXPECT_EQ(refusal("\xFF\xFE"), "utf16");
  EXPECT_EQ(refusal(""), "empty_document");
  EXPECT_EQ(refusal("\xEF\xBB\xBF \r\n\t"), "empty_document");
  EXPECT_EQ(refusal(write_archive({}, ArchiveKind::text)), "no_record");
  EXPECT_EQ(refusal(write_archive({Value{}, Value{}}, ArchiveKind::binary)), "no_record");
  EXPECT_EQ(refusal("hello"), "unknown_content");
  EXPECT_EQ(refusal("node,grade\nA1a,2\n"), "csv_needs_header");
}

TEST(Documents, JoinCsvAndHeaderAndKnowWhichFileAPlaceIsIn) {
  const SourceFile header{"header.json", test::source_file("tests/cases/header.json")};
  const SourceFile csv{"grades.csv", "node,grade,evidence\nA1a,9,seen\n"};
  ReadingOptions options;
  options.header = &header;
  Findings findings;
  std::vector<Value> documents = read_documents(csv, options, findings);
  ASSERT_EQ(documents.size(), 1U);
  const Record record = judge(std::move(documents.front()), shipped_instruments(),
                              test::day("2026-06-30"), findings, {csv.name, header.name});
  const auto bad = std::ranges::find(record.findings, "no_such_grade", &Finding::code);
  ASSERT_NE(bad, record.findings.end());
  EXPECT_EQ(bad->file, "grades.csv");
  EXPECT_EQ(bad->position.line, 2U);
  EXPECT_EQ(bad->position.column, 5U);
  const auto number = std::ranges::find(record.findings, "upn_unknown_authority", &Finding::code);
  ASSERT_NE(number, record.findings.end());
  EXPECT_EQ(number->file, "header.json");
}

TEST(Documents, SayWhatAHeaderIsInsteadOfJson) {
  const auto said = [](std::string bytes) {
    const SourceFile header{"h", std::move(bytes)};
    ReadingOptions options;
    options.header = &header;
    Findings findings;
    EXPECT_TRUE(read_documents({"c", "node,grade\nA1a,2\n"}, options, findings).empty());
    return findings.empty() ? "" : std::string{findings.front().code};
  };
  EXPECT_EQ(said("{\0\"\0"s), "utf16");
  EXPECT_EQ(said("PK\x03\x04"), "spreadsheet");
  EXPECT_EQ(said(" \n"), "empty_document");
  EXPECT_EQ(said("node,grade\n"), "header_not_json");
  EXPECT_EQ(said("[]"), "header_not_json");
  EXPECT_EQ(said("{"), "cut_off");
}

TEST(Documents, RefuseAHeaderThatBringsObservations) {
  const SourceFile header{"h", test::case_text("first")};
  ReadingOptions options;
  options.header = &header;
  Findings findings;
  EXPECT_TRUE(read_documents({"c", "node,grade\nA1a,2\n"}, options, findings).empty());
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.front().code, "header_has_observations");
  EXPECT_EQ(findings.front().position.source, 1U);
}

}  // namespace
}  // namespace gcp2
