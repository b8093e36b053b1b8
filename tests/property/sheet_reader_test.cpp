// The reader for streams only ever says yes to what the full reader finds nothing invalid in, and
// then the sheet is the same.
#include "support/generators.h"

#include "gcp2/json.h"
#include "support/readers.h"

namespace gcp2 {
namespace {

using test::difference;
using test::expect_always;
using test::Full;
using test::read_fully;

/// The line stays here until the next one: the reader's id points into it.
bool read(SheetReader& reader, const std::string& line) {
  static std::string padded;
  padded = line;
  padded.append(SheetReader::padding, '"');  // of any content
  return reader.read(std::string_view{padded}.substr(0, line.size()));
}

const std::vector<Value>& records() {
  static const std::vector<Value> all = [] {
    std::vector<Value> list;
    for (const char* name : {"first", "second", "toddler"}) list.push_back(test::case_document(name));
    list.push_back(test::changed(
        list.front(),
        {{"/status", R"("signed")"},
         {"/signed", R"({"by": "P2", "at": "2026-01-24T10:00:00Z"})"},
         {"/supersedes", R"("5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e12")"},
         {"/instrument/digest", "\"" + test::gcp_instrument().digest + "\""},
         {"/judgements", R"([{"node": "A1", "grade": 2, "reason": "x", "by": "P2"}, {"node": "C", "grade": 4}])"},
         {"/comments", R"([{"node": "C2", "text": "x"}])"},
         {"/dismissed", R"([{"indication": "i", "by": "P1", "reason": "r"}])"},
         {"/observations/0/not_graded", "null"},
         {"/observations/6/not_graded", R"("not_applicable")"}}));
    list.push_back(test::changed(list.front(), {{"/child/date_of_birth", ""},
                                                {"/child/expected_date", R"("2026-05-01")"},
                                                {"/window/to", "null"}}));
    return list;
  }();
  return all;
}

TEST(SheetReader, SaysYesToEveryCase) {
  SheetReader reader{shipped_instruments()};
  for (const Value& record : records())
    for (const Layout layout : {Layout::line, Layout::pretty}) {
      const std::string line = write_json(record, layout);
      ASSERT_TRUE(read(reader, line)) << line;
      EXPECT_EQ(difference(reader, read_fully(line, shipped_instruments())), "");
    }
}

TEST(SheetReader, SaysYesToEscapesInTextsThatMeanNothingToTheSheet) {
  SheetReader reader{shipped_instruments()};
  const std::string whole = write_json(records()[0], Layout::line);
  const auto with_name = [&](const std::string& name) {
    std::string line = whole;
    return line.replace(line.find("Example Child"), 13, name);
  };
  // A name as other programs write it; the leaf's code after it is read as before.
  for (const char* name : {"Zo\\u00eb", "\\ud83d\\ude00", "\\\"Sam\\\"", "a\\\\", "\\n\\t\\/", "\\u0000"}) {
    const std::string line = with_name(name);
    EXPECT_TRUE(read(reader, line)) << name;
    EXPECT_EQ(difference(reader, read_fully(line, shipped_instruments())), "") << name;
  }
  for (const char* name : {"\\ud800", "\\udc00", "\\ud800\\ud800", "\\u00e", "\\x", "a\\"})
    EXPECT_FALSE(read(reader, with_name(name))) << name;
  for (const char* code : {"\\u0041" "1a", "A1\\u0061"}) {
    std::string line = whole;
    EXPECT_FALSE(read(reader, line.replace(line.find("A1a"), 3, code))) << code;
  }
}

TEST(SheetReader, LeavesNothingOfTheLineBefore) {
  SheetReader reader{shipped_instruments()};
  ASSERT_TRUE(read(reader, write_json(records()[3], Layout::line)));
  const std::string bare =
      R"({"format":"gcp2/assessment/1","instrument":{"id":"gcp2","version":"1.0.0"},)"
      R"("child":{"expected_date":"2026-05-01"},"window":{}})";
  ASSERT_TRUE(read(reader, bare));
  EXPECT_EQ(difference(reader, read_fully(bare, shipped_instruments())), "");
  EXPECT_EQ(reader.instrument(), 1U);
  EXPECT_EQ(reader.assessment_id(), "");
}

TEST(SheetReader, TakesTheFirstInstrumentOfThatNameWithoutADigest) {
  Instruments instruments = shipped_instruments();
  instruments.list.push_back(test::small_instrument("A(A1 A2)"));
  instruments.list.back().id = "gcp";
  SheetReader reader{instruments};
  const auto record = [](const std::string& digest) {
    return R"({"format":"gcp2/assessment/1","instrument":{"id":"gcp","version":"1.0.0")" + digest +
           R"(},"child":{"expected_date":"2026-05-01"},"window":{}})";
  };
  const std::string other = record(R"(,"digest":")" + instruments.list.back().digest + "\"");
  for (const std::string& line : {record(""), other, record(""), other}) {
    ASSERT_TRUE(read(reader, line));
    EXPECT_EQ(difference(reader, read_fully(line, instruments)), "") << line;
  }
}

TEST(SheetReader, SaysNoToWhatTheFullReaderRefuses) {
  SheetReader reader{shipped_instruments()};
  const std::string whole = write_json(records()[0], Layout::line);
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string line = whole;
    line.replace(line.find(from), from.size(), to);
    return line;
  };
  for (const std::string& line :
       {std::string{}, std::string{"{}"}, std::string{"[]"}, whole + "{}", whole + "x", whole + "]",
        whole.substr(0, whole.size() - 1), with("\"grade\":3", "\"grade\":0"),
        with("\"grade\":3", "\"grade\":6"), with("\"grade\":3", "\"grade\":2.5"),
        with("\"grade\":3", "\"grade\":-3"), with("\"grade\":3", "\"grade\":\"3\""),
        with("\"grade\":3", "\"grade\":3,\"grade\":3"), with("\"grade\":3", "\"grade\":03"),
        with("A1a", "A1"), with("A1a", "A1b"), with("A1a", "Z9"), with("A1a", ""), with("gcp2/assessment/1", "gcp2/assessment/2"),
        with("\"draft\"", "\"final\""), with("2018-09-30", "2018-09-31"), with("1.0.0", "1.0.1"),
        with("Example Child", "Example\nChild"), with("Example Child", "\\uD800"),
        with("Example Child", "\\x41"), with("Example Child", "\xff"), with("not_observed", "not_yet"),
        with("{\"ref\"", "{\"ref\":1,\"ref\""), with("\"window\"", "\"wimdow\""), with("true", "tru"), with("true", "\"true\"")})
    EXPECT_FALSE(read(reader, line)) << line.substr(0, 200);
}

/// Every value of a document, with its parent's list of members or items left as it was.
void collect(Value& value, std::vector<Value*>& all) {
  all.push_back(&value);
  for (Value& item : value.items()) collect(item, all);
  for (Member& member : value.members()) collect(member.value, all);
}

Value any_value() {
  static const std::vector<Value> values = test::parsed(R"([
    null, true, false, 0, 1, 2, 5, 6, -1, 2.0, 2.5, 1e0, 12345678901234567890, "", "2", "A1a", "A1", "C2",
    "B2", "D1f", "Z9", "not_observed", "not_applicable", "declined", "not_yet", "2026-01-23",
    "2026-02-30", "2018-02-28", "2026-01-24T10:00:00Z", "gcp", "gcp2", "1.0.0", "signed", "draft",
    "gcp2/assessment/1", "behavioural_difficulty", "given", "observed",
    "5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e11", "a\\b", "a\"b", "a\nb", "é😀",
    [], {}, ["behavioural_difficulty"], ["x"], [null], [{}], [[]], {"node": "A1a", "grade": 2},
    [{"node": "A1", "grade": 2}], [{"node": "A1a"}]])").items();
  return values[*rc::gen::inRange<std::size_t>(0, values.size())];
}

std::string any_key() {
  static const std::vector<std::string> keys{
      "node", "grade", "id", "to", "from", "child", "window", "format", "status", "by", "on",
      "not_graded", "conditions", "date_of_birth", "expected_date", "digest", "version",
      "judgements", "comments", "targets", "observations", "unknown", "", "instrument"};
  return keys[*rc::gen::inRange<std::size_t>(0, keys.size())];
}

void change_value(Value& document) {
  std::vector<Value*> all;
  collect(document, all);
  Value& value = *all[*rc::gen::inRange<std::size_t>(0, all.size())];
  const auto size = value.members().size();
  const auto one = size == 0 ? 0 : *rc::gen::inRange<std::size_t>(0, size);
  switch (*rc::gen::inRange(0, 8)) {
    case 0: value = any_value(); break;
    case 1:
      if (size != 0) value.members().erase(value.members().begin() + static_cast<std::ptrdiff_t>(one));
      break;
    case 2:
      if (size != 0) {
        Member copy = value.members()[one];
        if (*rc::gen::arbitrary<bool>()) copy.value = any_value();
        value.members().push_back(std::move(copy));
      }
      break;
    case 3:
      if (size != 0) value.members()[one].key = any_key();
      break;
    case 4:
      if (size != 0)
        std::swap(value.members()[one], value.members()[*rc::gen::inRange<std::size_t>(0, size)]);
      break;
    case 5:
      if (size != 0) value.members()[one].value = any_value();
      break;
    case 6:
      if (value.is_object()) value.members().push_back({any_key(), any_value()});
      break;
    default:
      if (value.is_list() && !value.items().empty())
        std::swap(value.items().front(),
                  value.items()[*rc::gen::inRange<std::size_t>(0, value.items().size())]);
      else if (value.is_list())
        value.items().push_back(any_value());
  }
}

void change_text(std::string& line) {
  const auto place = *rc::gen::inRange<std::size_t>(0, line.size());
  static const std::vector<std::string> pieces{" ", "\t", "\n", ",", "\"", "\\", "\\\"", "\\/", "\\n",
                                               "\\u0041", "\\ud83d\\ude00", "\\ud800", "{", "}", "[", "]",
                                               ":", "0", "1", "-", ".", "e", "null", "true", "\xc3\xa9",
                                               "\xff", "\x01", std::string(1, '\0'), "//", "\xEF\xBB\xBF"};
  const auto& piece = pieces[*rc::gen::inRange<std::size_t>(0, pieces.size())];
  switch (*rc::gen::inRange(0, 7)) {
    case 0: line.insert(place, piece); break;
    case 1: line.erase(place, *rc::gen::inRange<std::size_t>(1, 4)); break;
    case 2: line[place] = static_cast<char>(line[place] ^ (1 << *rc::gen::inRange(0, 8))); break;
    case 3: line.resize(place); break;
    case 4: line += piece; break;
    case 5: line.insert(0, piece); break;
    default:
      if (line[place] >= 'a' && line[place] <= 'z') {
        constexpr const char* hex = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(line[place]);
        line.replace(place, 1, std::string{"\\u00"} + hex[byte >> 4U] + hex[byte & 15U]);
      }
  }
}

std::string any_line() {
  Value document = records()[*rc::gen::inRange<std::size_t>(0, records().size())];
  const int values = *rc::gen::inRange(0, 4);
  for (int i = 0; i < values; ++i) change_value(document);
  const bool pretty = *rc::gen::arbitrary<bool>();
  std::string line = write_json(document, pretty ? Layout::pretty : Layout::line);
  const int texts = *rc::gen::element(0, 0, 1, 2);
  for (int i = 0; i < texts && !line.empty(); ++i) change_text(line);
  return line;
}

TEST(SheetReader, NeverSaysYesToWhatTheFullReaderSeesOtherwise) {
  SheetReader reader{shipped_instruments()};
  int yes = 0, invalid = 0;
  const auto trial = [&] {
    const std::string line = *rc::gen::resize(rc::kNominalSize, rc::gen::exec(any_line));
    const Full full = read_fully(line, shipped_instruments());
    invalid += full.invalid ? 1 : 0;
    if (!read(reader, line)) return;
    ++yes;
    RC_LOG() << line << '\n';
    RC_ASSERT(difference(reader, full) == std::string{});
  };
  expect_always("the readers agree", trial, 4000);
  EXPECT_GT(yes, 400);
  EXPECT_GT(invalid, 400);
}

}  // namespace
}  // namespace gcp2
