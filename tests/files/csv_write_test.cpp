#include <gtest/gtest.h>

#include "gcp2/interop.h"
#include "interop/csv.h"
#include "support/always.h"
#include "support/records.h"

namespace gcp2 {
namespace {

Value with(Value observations) {
  Value document = Value::object();
  document.set("observations", std::move(observations));
  return document;
}

Value again(const Value& document, std::string_view by = "P9") {
  Findings findings;
  const std::string csv = write_grades_csv(document, findings);
  EXPECT_TRUE(findings.empty());
  return read_grades_csv(csv, by, findings);
}

TEST(CsvWrite, KeepsTheFourUsualColumnsFirst) {
  Findings findings;
  const std::string csv = write_grades_csv(
      with(test::parsed(
          R"([{"node":"A1a","grade":2,"by":"P1"},{"node":"A1b","not_graded":"declined","reason":"x;y"}])")),
      findings);
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(csv,
            "\xEF\xBB\xBFnode,grade,evidence,comment,by\r\nA1a,2,,,P1\r\nA1b,DE,,\"x;y\",\r\n");
}

TEST(CsvWrite, LosesNothingOfARecord) {
  for (const std::string_view name : {"first", "second", "toddler"}) {
    const Value document = test::case_document(name);
    EXPECT_EQ(write_json(again(document)), [&] {
      // The columns have an order of their own.
      Value list = Value::list();
      for (const Value& o : document.find("observations")->items()) {
        Value ordered = Value::object();
        for (const std::string_view key :
             {"node", "grade", "not_graded", "reason", "by", "evidence", "comment"})
          if (const Value* value = o.find(key)) ordered.set(key, *value);
        list.items().push_back(std::move(ordered));
      }
      return write_json(list);
    }());
  }
}

TEST(CsvWrite, KeepsReasonAndCommentApart) {
  const Value list = test::parsed(
      R"([{"node":"A1a","not_graded":"declined","reason":"r","comment":"c"},
          {"node":"A1b","not_graded":"declined","comment":"c only"},
          {"node":"A1c","not_graded":"not_observed","reason":"r only"},
          {"node":"A1d","grade":2,"reason":"odd","comment":"c"}])");
  EXPECT_EQ(again(with(list)), list);
}

TEST(CsvWrite, KeepsCodesThatLookLikeFormulas) {
  const Value list = test::parsed(R"([{"node":"-A1","grade":2},{"node":"-","grade":-1}])");
  EXPECT_EQ(again(with(list)), list);
}

TEST(CsvWrite, DoesNotMakeUpAuthors) {
  const Value list = test::parsed(R"([{"node":"A1a","grade":2}])");
  EXPECT_EQ(again(with(list), "P9"), list);
}

TEST(CsvWrite, RefusesWhatNoColumnHolds) {
  for (const std::string_view json :
       {R"([{"node":"A1a","mood":"x"}])", R"([{"node":"A1a","grade":2,"comment":""}])",
        R"([{"node":"A1a","grade":"2"}])", R"([{"node":"A1a","evidence":[]}])",
        R"([{"node":"A1a","evidence":[{}]}])", R"([{"node":"A1a","evidence":[{"who":"x"}]}])",
        R"([{"node":"A1a","comment":null}])", R"([{"node":"A1a","not_graded":"elsewhere"}])"}) {
    Findings findings;
    (void)write_grades_csv(with(test::parsed(json)), findings);
    ASSERT_FALSE(findings.empty()) << json;
    EXPECT_EQ(findings.front().code, "csv_cannot_hold");
  }
}

TEST(CsvWrite, KeepsFormulasFromRunning) {
  for (const std::string_view text :
       {"=1+1", "+44 1", "-1", "@x", "\tx", "'=x", "''=x", "'hello", "plain", "'"}) {
    const std::string cell = csv::guarded(text);
    EXPECT_FALSE(csv::looks_like_formula(cell)) << text;
    EXPECT_EQ(csv::plain(cell), text);
  }
}

/// Texts made of what CSV trips over.
rc::Gen<std::string> awkward_text() {
  return rc::gen::map(
      rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "a", "\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "'", "=", "-", "\xC3\xA9",
          "\xE2\x80\x9C", "\xEF\xBB\xBF", "\x01"))),
      [](const std::vector<std::string>& parts) {
        std::string text;
        for (const std::string& part : parts) text += part;
        return text;
      });
}

TEST(CsvWrite, RoundTripsAnyText) {
  test::expect_always("observations come back", [] {
    Value list = Value::list();
    const auto count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i) {
      Value observation = Value::object();
      observation.set("node", Value::text("A" + std::to_string(i)));
      const bool graded = *rc::gen::arbitrary<bool>();
      if (graded) observation.set("grade", Value::number(std::int64_t{*rc::gen::inRange(1, 6)}));
      if (!graded) observation.set("not_graded", Value::text("declined"));
      if (*rc::gen::arbitrary<bool>()) observation.set("reason", Value::text(*awkward_text()));
      if (*rc::gen::arbitrary<bool>()) observation.set("by", Value::text(*awkward_text()));
      Value evidence = Value::list();
      for (int j = *rc::gen::inRange(0, 4); j > 0; --j) {
        Value entry = Value::object();
        if (*rc::gen::arbitrary<bool>()) entry.set("kind", Value::text("record"));
        entry.set("text", Value::text(*awkward_text()));
        evidence.items().push_back(std::move(entry));
      }
      if (!evidence.items().empty()) observation.set("evidence", std::move(evidence));
      if (*rc::gen::arbitrary<bool>()) observation.set("comment", Value::text(*awkward_text()));
      list.items().push_back(std::move(observation));
    }
    Findings findings;
    const std::string csv = write_grades_csv(with(list), findings);
    RC_ASSERT(findings.empty());
    RC_ASSERT(write_json(read_grades_csv(csv, "P9", findings)) == write_json(list));
    RC_ASSERT(findings.size() == 1U);
  });
}

}  // namespace
}  // namespace gcp2
