// Files cut off at every byte, and with every bit turned over, read in one process.
#include <gtest/gtest.h>

#include <algorithm>

#include "gcp2/interop.h"
#include "gcp2/report.h"
#include "support/records.h"

namespace gcp2 {
namespace {

/// A record with something of everything, small enough for every cut.
std::string small_record() {
  return R"({
  "format": "gcp2/assessment/1", "id": "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b11",
  "instrument": {"id": "gcp", "version": "1.0.0"}, "status": "draft",
  "child": {"ref": "C-0001", "name": "Sam Example", "date_of_birth": "2019-03-14", "conditions": []},
  "assessors": [{"ref": "P1", "name": "A. Teacher", "trained_on": "2025-02-01"}],
  "window": {"from": "2026-01-05", "to": "2026-01-23"},
  "observations": [
    {"node": "A1a", "grade": 2, "by": "P1", "evidence": [{"kind": "observed", "on": "2026-01-07", "text": "caf\u00e9 \"é\""}]},
    {"node": "A1b", "not_graded": "not_observed", "reason": "no home visit yet"}],
  "judgements": [{"node": "A1", "grade": 3, "reason": "seen"}], "comments": [{"node": "C2", "text": "x"}],
  "targets": [{"node": "A1b", "from": 4, "to": 2, "review_by": "2026-04-30"}]
})";
}

const SourceFile& header() {
  static const SourceFile file{"header.json", test::source_file("tests/cases/header.json")};
  return file;
}

/// What became of a file: its records, and how many of them can be scored.
struct Outcome {
  std::size_t records = 0, scored = 0;
};

/// The whole way of a file. Every refusal has a sentence, and every card is one.
Outcome outcome(std::string bytes) {
  ReadingOptions options;
  options.header = &header();
  Findings found;
  std::vector<Value> documents = read_documents({"file", std::move(bytes)}, options, found);
  Outcome outcome{documents.size(), 0};
  EXPECT_TRUE(!documents.empty() || any(found, Severity::invalid)) << "refused in silence";
  for (const Finding& finding : found) EXPECT_NE(message(finding), finding.code);
  for (Value& document : documents) {
    const Record record = judge(std::move(document), shipped_instruments(), test::day("2026-06-30"),
                                found, {"file", "header"});
    for (const Finding& finding : record.findings) EXPECT_NE(message(finding), finding.code);
    if (!record.can_be_scored()) continue;
    ++outcome.scored;
    const Rule& rule = test::default_rule(*record.instrument);
    const Scorecard card = score(*record.instrument, rule, record.sheet);
    std::string json;
    CardWriter{*record.instrument, rule, Card::grades}.append(json, record.assessment.id, card);
    Findings none;
    (void)read_json(json, none);
    EXPECT_TRUE(none.empty());
  }
  return outcome;
}

TEST(Cut, ARecordIsScoredOnlyWhole) {
  const std::string whole = small_record();
  ASSERT_EQ(outcome(whole).scored, 1U);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Outcome of_part = outcome(whole.substr(0, size));
    ASSERT_EQ(of_part.records, 0U) << size;
  }
}

TEST(Cut, APlaceIsNamedWhereverItEnds) {
  const std::string whole = small_record();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    Findings findings;
    (void)read_json(std::string_view{whole}.substr(0, size), findings);
    ASSERT_EQ(findings.size(), 1U) << size;
    // Ends within "é" are no UTF-8, and one at an inner brace only lacks what follows.
    EXPECT_TRUE(findings[0].code == "cut_off" || findings[0].code == "not_utf8" ||
                whole[size - 1] == '}')
        << size << " " << findings[0].code;
    EXPECT_NE(findings[0].position.line, 0U) << size;
  }
}

TEST(Cut, AnArchiveIsReadOnlyWhole) {
  const std::string whole = write_archive({test::parsed(small_record())}, ArchiveKind::text);
  ASSERT_EQ(outcome(whole).scored, 1U);
  for (std::size_t size = 0; size < whole.size(); ++size)
    ASSERT_EQ(outcome(whole.substr(0, size)).records, 0U) << size;
}

TEST(Cut, ACsvHasNoMoreRowsThanItsPart) {
  const std::string whole = "node,grade,comment\r\nA1a,2,\"a, b\"\r\nA1b,NO,later\r\nB2,4,\r\n";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    Findings findings;
    const std::string_view part = std::string_view{whole}.substr(0, size);
    const Value rows = read_grades_csv(part, "", findings);
    EXPECT_LE(rows.items().size(), static_cast<std::size_t>(std::ranges::count(part, '\n')));
    (void)outcome(std::string{part});
  }
}

TEST(Cut, AnInstrumentIsReadOnlyWhole) {
  const std::string whole = test::source_file("schemas/instruments/gcp.json");
  const std::size_t end = whole.find_last_of('}') + 1;
  for (std::size_t size = 0; size < end; size += 97) {
    Findings findings;
    (void)read_instrument_json(std::string_view{whole}.substr(0, size), findings);
    ASSERT_TRUE(any(findings, Severity::invalid)) << size;
  }
}

TEST(TurnedBits, LeaveARecordReadableOrRefused) {
  const std::string whole = small_record();
  std::size_t scored = 0, refused = 0;
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string turned = whole;
      turned[i] = static_cast<char>(static_cast<unsigned char>(turned[i]) ^ (1U << bit));
      (outcome(std::move(turned)).scored == 1 ? scored : refused) += 1;
    }
  EXPECT_GT(scored, 500U) << "a letter of a comment, say";
  EXPECT_GT(refused, 4000U);
}

}  // namespace
}  // namespace gcp2
