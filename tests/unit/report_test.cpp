// What goes to a terminal: texts from a file never steer it, and never make up lines.
#include "gcp2/report.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gcp2/json.h"
#include "support/records.h"

namespace gcp2 {
namespace {

TEST(OneLine, KeepsWhatPeopleWrite) {
  for (const char* text :
       {"", "plain", "caf\u00e9 \u20ac \U0001F600", "a / b \u2019 \u2013 \u200d", "\u00a0"})
    EXPECT_EQ(one_line(text), text);
}

TEST(OneLine, ShowsWhatWouldSteerATerminal) {
  struct Row {
    const char* text;
    const char* shown;
  };
  for (const auto& [text, shown] :
       {Row{"a\tb\nc\r\nd", "a b c  d"}, Row{"\x1b[2J", "\uFFFD[2J"}, Row{"a\bb", "a\uFFFDb"},
        Row{"\x7f", "\uFFFD"}, Row{"\u009b31m", "\uFFFD31m"}, Row{"\u0085", "\uFFFD"},
        Row{"a\u2028b\u2029", "a\uFFFDb\uFFFD"}, Row{"\u202eevil\u202c", "\uFFFDevil\uFFFD"},
        Row{"\u2066x\u2069", "\uFFFDx\uFFFD"},
        Row{"a\u200bb\u200e\u2060\ufeff", "a\uFFFDb\uFFFD\uFFFD\uFFFD"}})
    EXPECT_EQ(one_line(text), shown);
  EXPECT_EQ(one_line(std::string(1, '\0')), "\uFFFD");
  EXPECT_EQ(one_line("\xE2\x80"), "\xE2\x80") << "what is cut off does not read on";
}

/// A record and an instrument whose every text tries to write a line of its own.
std::string explained() {
  const std::string forged = "x\nB Safety 1 (best) complete\x1b[1A";
  Value document = test::changed(
      test::case_document("first"),
      {{"/judgements", R"([{"node": "A1", "grade": 1}])"}, {"/id", "7"}, {"/child/ref", "7"}});
  document.find("judgements")->items().front().set("reason", Value::text(forged));
  document.set("id", Value::text(forged));
  document.find("child")->set("ref", Value::text(forged));
  const test::Judged record = test::judged(document);
  Instrument instrument = test::gcp_instrument();
  instrument.title = instrument.id = instrument.version = forged;
  for (Node& node : instrument.nodes) node.label = forged;
  for (ScaleGrade& grade : instrument.scale) grade.quality = forged;
  const Rule& rule = test::default_rule(instrument);
  const Scorecard card = score(instrument, rule, record.sheet);
  return explanation_text({instrument, rule, record.assessment, record.sheet, card});
}

TEST(Explanation, HasNoLineThatARecordMadeUp) {
  const std::string text = explained();
  EXPECT_NE(text.find("B Safety 1 (best)"), std::string::npos) << "it is shown within its line";
  EXPECT_EQ(text.find("\nB Safety"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Findings, NeverRepeatWhatStandsWhereANodeShould) {
  const Value document =
      test::changed(test::case_document("first"),
                    {{"/observations/0/node", R"("Sam Example")"},
                     {"/observations/0/by", R"("P9")"},
                     {"/observations/0/evidence/0/on", R"("2020-01-01")"},
                     {"/targets", R"([{"node": "Sam Example", "from": 2, "to": 3}])"},
                     {"/judgements", R"([{"node": "Sam Example", "grade": 3}])"},
                     {"/comments", R"([{"node": "Sam Example", "text": "x"}])"}});
  const Findings findings = test::judged(document).findings;
  for (const char* code : {"unknown_node", "evidence_outside_window", "unknown_assessor",
                           "target_not_better", "target_undated"})
    EXPECT_TRUE(std::ranges::any_of(findings, [code](const Finding& f) { return f.code == code; }))
        << code;
  EXPECT_EQ(write_json(findings_document(findings)).find("Sam"), std::string::npos);
  EXPECT_EQ(findings_text(findings).find("Sam"), std::string::npos);
}

TEST(FindingsText, HasNoLineThatAFileNameMadeUp) {
  const std::string text = findings_text({{.code = "utf16", .file = "a\nb\x1b.json"}});
  EXPECT_EQ(std::ranges::count(text, '\n'), 1);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace gcp2
