// Files that are not what they should be, given to every command that reads one.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "gcp2/json.h"
#include "program.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using namespace std::string_literals;

std::string utf16(std::string_view ascii, bool big_endian, bool with_mark) {
  std::string out = with_mark ? (big_endian ? "\xFE\xFF" : "\xFF\xFE") : "";
  for (const char c : ascii) out.append(big_endian ? std::string{'\0', c} : std::string{c, '\0'});
  return out;
}

std::string record(std::string_view from = {}, std::string_view to = {}) {
  std::string text = source_file("schemas/samples/first.json");
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  return text;
}

const std::string good_record = GCP2_SOURCE_DIR "/schemas/samples/first.json";

struct WrongBytes {
  std::string name;
  std::string bytes;
  std::string as_record;           ///< the code that a reader of records gives
  std::string as_instrument = {};  ///< that of an instrument or overlay, where it is another
};
void PrintTo(const WrongBytes& row, std::ostream* out) { *out << row.name; }

std::vector<WrongBytes> rows() {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  const std::string deep_record = record("\"status\"", "\"x\": " + deep + ", \"status\"");
  return {
      {"empty", "", "empty_document"},
      {"blank", " \r\n\t\n", "empty_document"},
      {"mark_only", "\xEF\xBB\xBF", "empty_document"},
      {"program",
       "\x7F"
       "ELF\2\1\1\0\0\0"s,
       "unknown_content", "not_a_document"},
      {"picture", "\x89PNG\r\n\x1A\n"s, "unknown_content", "not_utf8"},
      {"zeros", std::string(5000, '\0'), "unknown_content", "not_a_document"},
      {"pdf", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "unknown_content", "not_utf8"},
      {"web_page", "<!DOCTYPE html><title>x</title>", "unknown_content", "not_a_document"},
      {"spreadsheet", "PK\x03\x04 and more", "spreadsheet", "not_a_document"},
      {"utf16_le", utf16(record(), false, true), "utf16"},
      {"utf16_be", utf16(record(), true, true), "utf16"},
      {"utf16_le_without_mark", utf16(record(), false, false), "utf16"},
      {"utf16_be_without_mark", utf16(record(), true, false), "utf16"},
      {"windows_1252", record("Robin", "Zo\xEB"), "not_utf8"},
      {"duplicate_key", record("\"status\"", "\"status\": \"draft\", \"status\""), "duplicate_key"},
      {"huge_number", record("\"status\"", "\"x\": 1e999, \"status\""), "bad_number"},
      {"huge_grade", record("\"grade\": 2", "\"grade\": 99999999999999999999"), "no_such_grade",
       "key_not_allowed"},
      {"not_a_number", record("\"grade\": 2", "\"grade\": NaN"), "not_json"},
      {"infinite", record("\"grade\": 2", "\"grade\": -Infinity"), "not_json"},
      {"lone_surrogate", record("Robin", "\\ud83d"), "lone_surrogate"},
      {"nested", deep_record, "nested_too_deep"},
      {"nothing_but_nested", deep, "nested_too_deep"},
      {"never_closed", std::string(10'000, '['), "nested_too_deep"},
      {"cut_off", record().substr(0, 700), "cut_off"},
      {"two_records", record() + record(), "text_after_value"},
      {"a_list", "[" + record() + "]", "wrong_type"},
      {"null", "null", "unknown_content", "not_a_document"},
  };
}

class WrongFile : public testing::TestWithParam<WrongBytes> {
 protected:
  /// Refused with that code and exit 1, by a sentence that names the file; nothing else is done.
  void expect_refused(const std::vector<std::string>& arguments, const std::string& code) {
    const std::vector<std::string> names = folder_.names();
    const Ended ended = run({arguments});
    std::string line;
    for (const std::string& word : arguments) line += word + ' ';
    EXPECT_EQ(ended.code, 1) << line << ended.said();
    EXPECT_NE(ended.said().find("invalid: "), std::string::npos) << line;
    EXPECT_NE(ended.said().find("[" + code + "]"), std::string::npos) << line << ended.said();
    EXPECT_NE(ended.said().find("wrong.json"), std::string::npos) << line << ended.said();
    EXPECT_EQ(ended.said().find("Robin"), std::string::npos) << line;
    EXPECT_EQ(folder_.read("wrong.json"), GetParam().bytes) << line;
    EXPECT_EQ(folder_.names(), names) << line << "left something behind";
  }
  Folder folder_;
  std::string file_ = folder_.write("wrong.json", GetParam().bytes);
};

TEST_P(WrongFile, IsRefusedByEveryCommandOnRecords) {
  const std::string& code = GetParam().as_record;
  expect_refused({"validate", file_}, code);
  expect_refused({"score", file_}, code);
  expect_refused({"score", "--explain", file_}, code);
  expect_refused({"convert", file_, folder_.path("new.gcp2")}, code);
  expect_refused({"convert", file_, folder_.path("new.csv")}, code);
  expect_refused({"sign", file_, "--by", "P1"}, code);
  expect_refused({"amend", file_, "--output", folder_.path("new.json")}, code);
  expect_refused({"compare", good_record, file_}, code);
  expect_refused({"indicate", file_}, code);
  expect_refused({"report", file_, "--to", "html", "--output", folder_.path("new.html")}, code);
}

TEST_P(WrongFile, IsAFindingsDocumentForPrograms) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"validate", file_},
        {"score", file_},
        {"sign", file_, "--by", "P1", "--output", file_},
        {"amend", file_, "--output", file_}}) {
    std::vector<std::string> with_format = arguments;
    with_format.insert(with_format.end(), {"--format", "json"});
    const Ended ended = run({with_format});
    EXPECT_EQ(ended.code, 1);
    const Value document = parsed(ended.out);
    EXPECT_EQ(document.text_at("format"), "gcp2/findings/1");
    const std::vector<Value>& findings = document.find("findings")->items();
    EXPECT_TRUE(std::ranges::any_of(findings, [](const Value& finding) {
      return finding.text_at("code") == GetParam().as_record;
    })) << ended.out;
    EXPECT_EQ(folder_.read("wrong.json"), GetParam().bytes);
  }
}

TEST_P(WrongFile, IsRefusedAsInstrumentAndAsOverlay) {
  const WrongBytes& row = GetParam();
  const std::string code = row.as_instrument.empty() ? row.as_record : row.as_instrument;
  expect_refused({"instrument", "check", file_}, code);
  expect_refused({"instrument", "overlay", file_}, code);
  expect_refused({"score", good_record, "--instrument", file_}, code);
  expect_refused({"score", good_record, "--overlay", file_}, code);
}

TEST_P(WrongFile, IsRefusedAsTheFilesOfAPlace) {
  const WrongBytes& row = GetParam();
  const std::string code = row.as_instrument.empty() ? row.as_record : row.as_instrument;
  const bool is_json = code == "wrong_type" || code == "key_not_allowed";
  expect_refused({"indicate", "--check", file_}, is_json ? "not_rules_or_locality" : code);
  expect_refused({"indicate", good_record, "--rules", file_}, code);
  expect_refused({"indicate", good_record, "--locality", file_}, code);
  expect_refused({"compare", good_record, good_record, "--noise", file_}, code);
  expect_refused({"compare", good_record, good_record, "--mapping", file_}, code);
}

TEST_P(WrongFile, GivesFindingsInAStreamThatGoesOn) {
  const std::string good = write_json(parsed(record()), Layout::line) + "\n";
  const Ended ended = run({{"score", "--ndjson"}, good + GetParam().bytes + "\n" + good});
  std::string_view rest = ended.out;
  std::vector<std::string> formats;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    ASSERT_NE(end, std::string_view::npos) << "a line is cut off";
    formats.emplace_back(parsed(rest.substr(0, end)).text_at("format"));
    rest.remove_prefix(end + 1);
  }
  ASSERT_GE(formats.size(), 2U);
  EXPECT_EQ(formats.front(), "gcp2/scorecard/1");
  EXPECT_EQ(formats.back(), "gcp2/scorecard/1");
  const bool refused = std::ranges::find(formats, "gcp2/findings/1") != formats.end();
  EXPECT_EQ(ended.code, refused ? 1 : 0);
  // Lines without anything are passed over.
  EXPECT_EQ(refused, GetParam().bytes.find_first_not_of(" \t\r\n") != std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Each, WrongFile, testing::ValuesIn(rows()),
                         [](const auto& row) { return row.param.name; });

TEST(Utf8Mark, IsNoFault) {
  const Folder folder;
  const std::string file = folder.write("marked.json", "\xEF\xBB\xBF" + record());
  EXPECT_EQ(run({{"score", file}}).code, 0);
  EXPECT_EQ(run({{"convert", file, folder.path("plain.json")}}).code, 0);
  EXPECT_EQ(folder.read("plain.json").front(), '{');
}

TEST(NothingToStream, IsNoFault) {
  const Ended ended = run({{"score", "--ndjson"}, ""});
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(ended.said(), "");
}

}  // namespace
}  // namespace gcp2::test
