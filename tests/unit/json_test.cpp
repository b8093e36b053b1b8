// Reading and writing JSON, held against a strict parser of another make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "gcp2/json.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using namespace std::string_literals;

bool oracle_takes(std::string_view text) {
  boost::json::parse_options strict;
  strict.max_depth = 20'000;
  boost::json::error_code error;
  (void)boost::json::parse(boost::json::string_view{text.data(), text.size()}, error, {}, strict);
  return !error;
}

struct Row {
  std::string text;
  std::string code = {};  // empty = read without a finding
  std::uint32_t line = 0, column = 0;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.text.substr(0, 40); }

class Json : public testing::TestWithParam<Row> {};
/// Rows that RFC 8259 takes and we do not, or the other way round, each for a reason.
class JsonOurs : public Json {};

void expect_read_as(const Row& row) {
  Findings findings;
  const Value value = read_json(row.text, findings);
  if (row.code.empty()) {
    ASSERT_TRUE(findings.empty()) << row.text << "\n" << findings.front().code;
    EXPECT_FALSE(value.is_null());
    return;
  }
  ASSERT_EQ(findings.size(), 1U) << row.text;
  EXPECT_EQ(findings.front().code, row.code) << row.text;
  EXPECT_EQ(findings.front().severity, Severity::invalid);
  EXPECT_EQ(findings.front().position.line, row.line) << row.text;
  EXPECT_EQ(findings.front().position.column, row.column) << row.text;
  if (row.code != "duplicate_key") {
    EXPECT_TRUE(value.is_null());
  }
}

TEST_P(Json, IsReadAsTheStandardSays) {
  expect_read_as(GetParam());
  EXPECT_EQ(oracle_takes(GetParam().text), GetParam().code.empty()) << GetParam().text;
}

TEST_P(JsonOurs, DiffersForAReason) {
  expect_read_as(GetParam());
  EXPECT_NE(oracle_takes(GetParam().text), GetParam().code.empty()) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Accepts, Json,
    testing::Values(
        Row{"{}"}, Row{"[]"}, Row{" \t\r\n{ } \n"}, Row{R"({"a":1})"}, Row{R"({"a":{"b":[{}]}})"},
        Row{"[null,true,false]"}, Row{"[0]"}, Row{"[-0]"}, Row{"[0.5]"}, Row{"[1e5]"}, Row{"[1E+5]"},
        Row{"[1e-5]"}, Row{"[-1.25e+10]"}, Row{"[123456789012345678901234567890]"},
        Row{"[1.7976931348623157e308]"}, Row{R"([""])"}, Row{R"(["\"\\\/\b\f\n\r\t"])"},
        Row{R"(["\u00e9\u20AC"])"}, Row{R"(["\uD83D\uDE00"])"}, Row{R"(["\u0000"])"},
        Row{"[\"é€😀\"]"}, Row{"[\"\x7f\"]"}, Row{R"({"":0})"}, Row{R"({"a":1,"b":1})"},
        Row{R"({"a":{"x":1},"b":{"x":1}})"}, Row{"[[[[[[[[[[]]]]]]]]]]"}, Row{"[1 , 2\n,3]"},
        Row{"[\"\u2028\u2029\"]"}, Row{R"(["\\u12"])"}, Row{R"(["\\\\uD800"])"},
        Row{std::string(64, '[') + std::string(64, ']')}, Row{R"({"a":"b" })"}));

INSTANTIATE_TEST_SUITE_P(
    RefusesGrammar, Json,
    testing::Values(
        Row{"", "empty_document", 1, 1}, Row{"  \n ", "empty_document", 1, 1},
        Row{"[1,]", "not_json", 1, 4}, Row{"[,1]", "not_json", 1, 2}, Row{"[1,,2]", "not_json", 1, 4},
        Row{"[1 2]", "not_json", 1, 4}, Row{"[", "not_json", 1, 2}, Row{"[1", "bad_number", 1, 2},
        Row{"[1,", "not_json", 1, 4}, Row{"{", "cut_off", 1, 2}, Row{"}", "not_a_document", 1, 1},
        Row{"]", "not_a_document", 1, 1}, Row{"[1}", "not_json", 1, 3}, Row{"{\"a\":1]", "cut_off", 1, 8},
        Row{"{\"a\"}", "not_json", 1, 5}, Row{"{\"a\" 1}", "not_json", 1, 6},
        Row{"{\"a\":}", "not_json", 1, 6}, Row{"{\"a\":1,}", "not_json", 1, 8},
        Row{"{,\"a\":1}", "not_json", 1, 2}, Row{"{\"a\":1 \"b\":2}", "not_json", 1, 8},
        Row{"{\"a\"::1}", "not_json", 1, 6}, Row{"{a:1}", "not_json", 1, 2}, Row{"{1:1}", "not_json", 1, 2},
        Row{"{'a':1}", "not_json", 1, 2}, Row{"{\"a\":1,\"b\"}", "not_json", 1, 11},
        Row{"{\n  \"a\": 1,\n  \"b\" 2\n}", "not_json", 3, 7}, Row{"[\n1,\n\n2\n3]", "not_json", 5, 1}));

INSTANTIATE_TEST_SUITE_P(
    RefusesValues, Json,
    testing::Values(
        Row{"[nul]", "not_json", 1, 2}, Row{"[nulll]", "not_json", 1, 2}, Row{"[True]", "not_json", 1, 2},
        Row{"[truee]", "not_json", 1, 2}, Row{"[fals]", "not_json", 1, 2}, Row{"[NaN]", "not_json", 1, 2},
        Row{"[Infinity]", "not_json", 1, 2}, Row{"[-Infinity]", "not_json", 1, 2},
        Row{"[+1]", "bad_number", 1, 2}, Row{"[01]", "bad_number", 1, 2}, Row{"[-01]", "bad_number", 1, 2},
        Row{"[1.]", "bad_number", 1, 2}, Row{"[.5]", "bad_number", 1, 2}, Row{"[1e]", "bad_number", 1, 2},
        Row{"[1e+]", "bad_number", 1, 2}, Row{"[-]", "bad_number", 1, 2}, Row{"[1.2.3]", "bad_number", 1, 2},
        Row{"[1-2]", "bad_number", 1, 2}, Row{"[--1]", "bad_number", 1, 2}, Row{"[0x1F]", "not_json", 1, 2},
        Row{"[1_000]", "not_json", 1, 2}, Row{"[1a]", "not_json", 1, 2}, Row{"[undefined]", "not_json", 1, 2},
        Row{"{\"a\": 1, \"b\": 1.}", "bad_number", 1, 15}));

INSTANTIATE_TEST_SUITE_P(
    RefusesTexts, Json,
    testing::Values(
        Row{"[\"a]", "open_text", 1, 2}, Row{"[\"a\nb\"]", "open_text", 1, 2},
        Row{"[\"a\tb\"]", "open_text", 1, 2}, Row{"[\"a\0b\"]"s, "open_text", 1, 2},
        Row{"[\"\x1f\"]", "open_text", 1, 2}, Row{"[\"\\\"]", "open_text", 1, 2},
        Row{"{\"a\": \"b,\n\"c\": 1}", "open_text", 1, 7}, Row{R"(["\x41"])", "bad_escape", 1, 2},
        Row{R"(["\'"])", "bad_escape", 1, 2}, Row{R"(["\a"])", "bad_escape", 1, 2},
        Row{R"(["\u12"])", "bad_escape", 1, 2}, Row{R"(["\u12G4"])", "bad_escape", 1, 2},
        Row{R"(["\U0041"])", "bad_escape", 1, 2}, Row{R"({"\x":1})", "bad_escape", 1, 2},
        Row{R"(["\uD800"])", "lone_surrogate", 1, 2}, Row{R"(["\uDC00"])", "lone_surrogate", 1, 2},
        Row{R"(["\uD800\n"])", "lone_surrogate", 1, 2}, Row{R"(["\uD800x"])", "lone_surrogate", 1, 2},
        Row{R"(["\uD800\uD800"])", "lone_surrogate", 1, 2}, Row{R"(["\uDE00\uD83D"])", "lone_surrogate", 1, 2},
        Row{R"(["\uD83D\u0041"])", "lone_surrogate", 1, 2}, Row{R"([1,"\uD83D\\uDE00"])", "lone_surrogate", 1, 4},
        Row{R"({"\uD800":1})", "lone_surrogate", 1, 2}, Row{R"({"a":"\uDBFF"})", "lone_surrogate", 1, 6}));

INSTANTIATE_TEST_SUITE_P(
    RefusesBytes, Json,
    testing::Values(
        Row{"[\"\xff\"]", "not_utf8", 1, 3}, Row{"[\"\x80\"]", "not_utf8", 1, 3},
        Row{"[\"\xc3\"]", "not_utf8", 1, 3}, Row{"[\"\xc0\xaf\"]", "not_utf8", 1, 3},
        Row{"[\"\xe0\x80\x80\"]", "not_utf8", 1, 3}, Row{"[\"\xed\xa0\x80\"]", "not_utf8", 1, 3},
        Row{"[\"\xf4\x90\x80\x80\"]", "not_utf8", 1, 3}, Row{"[\"\xf0\x80\x80\x80\"]", "not_utf8", 1, 3},
        Row{"[\"\xfe\"]", "not_utf8", 1, 3}, Row{"[1,\n\"é\xe9\"]", "not_utf8", 2, 3},
        Row{"\xff\xfe[\0]\0"s, "utf16", 1, 1}, Row{"\xfe\xff\0[\0]"s, "utf16", 1, 1},
        Row{"{\0}\0"s, "utf16", 1, 1}, Row{"\0{\0}"s, "utf16", 1, 1}, Row{"\n\0{\0}\0"s, "utf16", 1, 1},
        Row{"\0\0\0"s, "not_a_document", 1, 1},
        Row{"\x1f\x8b\x08"s, "not_utf8", 1, 2}));

INSTANTIATE_TEST_SUITE_P(
    RefusesTheRest, Json,
    testing::Values(
        Row{"{}{}", "text_after_value", 1, 3}, Row{"{} x", "text_after_value", 1, 4},
        Row{"[1]]", "text_after_value", 1, 4}, Row{"{}}", "text_after_value", 1, 3},
        Row{"[1]\n[2]", "text_after_value", 2, 1}, Row{"{},", "text_after_value", 1, 3},
        Row{"{} // end", "text_after_value", 1, 4}, Row{"{\"a\":1} {\"a\":1}", "text_after_value", 1, 9},
        Row{"{} \"", "cut_off", 1, 5}, Row{"{\"a\": [1, 2", "cut_off", 1, 12},
        Row{"{\"a\": \"b\n", "cut_off", 1, 9}, Row{"// x\n{}", "not_a_document", 1, 1},
        Row{"[1] null", "text_after_value", 1, 5}, Row{"{}\0"s, "text_after_value", 1, 3},
        Row{"/* x */ {}", "not_a_document", 1, 1}));

INSTANTIATE_TEST_SUITE_P(
    Ours, JsonOurs,
    testing::Values(
        // A mark of byte order is no part of the text, and Windows writes it.
        Row{"\xEF\xBB\xBF{}"}, Row{"\xEF\xBB\xBF[1]"},
        // A document is an object or a list.
        Row{"null", "not_a_document", 1, 1}, Row{"  true", "not_a_document", 1, 3},
        Row{"1", "not_a_document", 1, 1}, Row{"\"text\"", "not_a_document", 1, 1},
        // One meaning for every key.
        Row{R"({"a":1,"a":1})", "duplicate_key", 1, 8}, Row{R"({"a":1,"b":2,"a":3})", "duplicate_key", 1, 14},
        Row{R"({"a":1,"\u0061":2})", "duplicate_key", 1, 8}, Row{R"({"":1,"":2})", "duplicate_key", 1, 7},
        Row{"[{\"é\":1},\n {\"é\":1,\n  \"\\u00e9\":2}]", "duplicate_key", 3, 3},
        Row{R"({"a/b":1,"a\/b":2})", "duplicate_key", 1, 10},
        // Deeper than any of our formats.
        Row{std::string(65, '[') + std::string(65, ']'), "nested_too_deep", 1, 65},
        Row{std::string(10'000, '[') + std::string(10'000, ']'), "nested_too_deep", 1, 65},
        // A number that no double holds.
        Row{"[1e400]", "bad_number", 1, 2}, Row{"[-1e400]", "bad_number", 1, 2}));

TEST(ReadJson, SaysWhereADuplicateStands) {
  Findings findings;
  (void)read_json(R"({"list": [{"one": 1}, {"two": 1, "two": 2, "two": 3}]})", findings);
  ASSERT_EQ(findings.size(), 2U);
  for (const Finding& f : findings) {
    EXPECT_EQ(f.code, "duplicate_key");
    EXPECT_EQ(f.pointer, "/list/1/two");
  }
}

TEST(ReadJson, HasLimits) {
  Findings findings;
  std::string text = "[" + std::string(largest_document - 2, ' ') + "]";
  (void)read_json(text, findings);
  EXPECT_TRUE(findings.empty());
  text.insert(1, " ");
  (void)read_json(text, findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().code, "too_large");

  const auto list_of = [](std::size_t count) {
    std::string list = "[0";
    for (std::size_t i = 1; i < count; ++i) list += ",0";
    return list + "]";
  };
  findings.clear();
  (void)read_json(list_of(most_values - 1), findings);
  EXPECT_TRUE(findings.empty());
  (void)read_json(list_of(most_values), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().code, "too_many_values");
}

TEST(ReadJson, GivesEveryValueItsPlace) {
  const Value document = test::parsed("{\n  \"é\": {\"a\": 1},\n\t\"list\": [ true,\r\n  \"x\" ]\n}");
  const auto place = [&](std::string_view pointer) {
    const Position p = at(document, pointer)->position();
    return std::pair{p.line, p.column};
  };
  EXPECT_EQ(place(""), std::pair(1U, 1U));
  EXPECT_EQ(place("/é"), std::pair(2U, 8U));
  EXPECT_EQ(place("/é/a"), std::pair(2U, 14U));
  EXPECT_EQ(place("/list"), std::pair(3U, 10U));
  EXPECT_EQ(place("/list/0"), std::pair(3U, 12U));
  EXPECT_EQ(place("/list/1"), std::pair(4U, 3U));
  EXPECT_EQ(document.members()[1].position.line, 3U);
  EXPECT_EQ(document.members()[1].position.column, 2U);
}

TEST(WriteJson, LosesNothingThatWasRead) {
  const std::string text =
      R"({"z":1,"a":[1.0,1e5,-0,0.10,12345678901234567890123],"unknown key \u0001":null,)"
      R"("deep":{"b":{},"c":[],"a":true},"text":"\"\\/\b\f\n\r\té😀\u0000","":""})";
  const Value first = test::parsed(text);
  for (const Layout layout : {Layout::pretty, Layout::line}) {
    const std::string written = write_json(first, layout);
    EXPECT_EQ(test::parsed(written), first) << written;
    EXPECT_TRUE(oracle_takes(written)) << written;
    EXPECT_EQ(write_json(test::parsed(written), layout), written);
  }
  const Value& list = first.members()[1].value;
  EXPECT_EQ(list.items()[0].text(), "1.0");
  EXPECT_EQ(list.items()[1].text(), "1e5");
  EXPECT_EQ(list.items()[2].text(), "-0");
  EXPECT_EQ(list.items()[4].text(), "12345678901234567890123");
}

TEST(WriteJson, HasTwoLayouts) {
  const Value document = test::parsed(R"({"a":[1,{"b":"c"}],"d":{},"e":[]})");
  EXPECT_EQ(write_json(document, Layout::line), R"({"a":[1,{"b":"c"}],"d":{},"e":[]})");
  const std::string pretty = write_json(document);
  EXPECT_TRUE(pretty.starts_with("{\n  \"a\": ["));
  EXPECT_TRUE(pretty.ends_with("}\n"));
  EXPECT_EQ(pretty.find('\t'), std::string::npos);
}

TEST(WriteJson, KeepsTheCasesAsTheyAre) {
  for (const char* name : {"first", "second", "toddler"}) {
    const Value document = test::case_document(name);
    EXPECT_EQ(test::parsed(write_json(document)), document);
    EXPECT_EQ(test::parsed(write_json(document, Layout::line)), document);
  }
}

TEST(JsonNumber, IsWhatTheReaderTakesForOne) {
  for (const char* number : {"0", "-0", "5", "2.50", "1e5", "1E-400", "-1.25e+10", "123456789012345678901234567890"})
    EXPECT_TRUE(is_number(number)) << number;
  for (const char* other : {"", " 1", "1 ", "1,2", "]", "01", "1.", "NaN", "null", "\"1\"", "[1]", "1e999"})
    EXPECT_FALSE(is_number(other)) << other;
  EXPECT_FALSE(is_number(std::string(400, '9'))) << "beyond what a double holds";
}

TEST(Json, ListsAThousandDuplicatesAndSumsUpTheRest) {
  std::string text = "{\"a\":0";
  for (int i = 0; i < 3000; ++i) text += ",\"a\":0";
  Findings findings;
  (void)read_json(text + "}", findings);
  ASSERT_EQ(findings.size(), most_findings + 1);
  EXPECT_EQ(findings.back().code, "too_many_findings");
  EXPECT_EQ(findings.back().severity, Severity::invalid);
}

TEST(JsonText, EscapesWhatItMust) {
  std::string out;
  append_json_text(out, "a\"b\\c\n\r\t\b\f\x01/\x7fé"s + '\0');
  EXPECT_EQ(out, R"("a\"b\\c\n\r\t\b\f\u0001/)" "\x7f" R"(é\u0000")");
}

}  // namespace
}  // namespace gcp2
