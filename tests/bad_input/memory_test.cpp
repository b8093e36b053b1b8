// Files that are far too large, or made to take far more memory than their size.
#include <gtest/gtest.h>

#include <fstream>

#include "archive/header.h"
#include "gcp2/json.h"
#include "program.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

constexpr std::size_t megabyte = std::size_t{1} << 20;
constexpr std::size_t gigabyte = megabyte << 10;
/// What the program and the most values that a document may have take, whatever is read.
constexpr std::size_t in_any_case = 64 * megabyte;

void expect_memory(const Ended& ended, std::size_t most) {
  if (is_sanitized()) return;
  EXPECT_LT(ended.most_memory, most) << ended.most_memory / megabyte << " MB";
}

/// Refused with that code, in memory that the size of the file has no part in.
void expect_too_large(const std::vector<std::string>& arguments, std::string_view code) {
  const Ended ended = run({arguments});
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.said().find(code), std::string::npos) << ended.said();
  expect_memory(ended, in_any_case);
}

TEST(Gigabyte, OfJsonIsRefusedByEveryCommand) {
  const Folder folder;
  const std::string file = folder.write_sparse("large.json", "{\"a\": \"", gigabyte);
  expect_too_large({"validate", file}, "too_large");
  expect_too_large({"score", file}, "too_large");
  expect_too_large({"convert", file, folder.path("new.gcp2")}, "too_large");
  expect_too_large({"sign", file, "--by", "P1"}, "too_large");
  expect_too_large({"amend", file}, "too_large");
  expect_too_large({"instrument", "check", file}, "too_large");
  expect_too_large({"instrument", "overlay", file}, "too_large");
  EXPECT_EQ(folder.names(), std::vector<std::string>{"large.json"});
}

TEST(Gigabyte, OfAnythingElseIsRefused) {
  const Folder folder;
  expect_too_large({"validate", folder.write_sparse("zeros", "", gigabyte)}, "unknown_content");
  expect_too_large({"validate", "--header", GCP2_SOURCE_DIR "/schemas/samples/header.json",
                    folder.write_sparse("large.csv", "node,grade\n", gigabyte)},
                   "too_large");
  expect_too_large({"validate", folder.write_sparse("magic.gcp2", "gcp2/archive/0001 ", gigabyte)},
                   "archive_damaged");
  std::string archive = write_archive({}, ArchiveKind::text);
  expect_too_large({"validate", folder.write_sparse("long.gcp2", archive, gigabyte)},
                   "archive_damaged");
}

TEST(Gigabyte, OfALineInAStreamIsOneFinding) {
  const Ended ended = run({.arguments = {"score", "--ndjson", "--threads", "2"},
                           .in = std::string(megabyte, 'x'),
                           .times = 1024});
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(parsed(ended.out).find("findings")->items().size(), 1U) << "and one line";
  EXPECT_NE(ended.out.find("\"too_large\""), std::string::npos);
  expect_memory(ended, in_any_case);
}

TEST(Gigabyte, OfAPipeIsNotReadToItsEnd) {
  const Ended ended =
      run({.arguments = {"validate", "-"}, .in = "{" + std::string(megabyte, ' '), .times = 1024});
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.said().find("standard input:1:1: invalid: This is larger than 16 MB"),
            std::string::npos);
  expect_memory(ended, in_any_case);
}

struct Greedy {
  std::string name, start, again, end;
  std::size_t size = largest_document - 100;  ///< bytes to fill with `again`
};
void PrintTo(const Greedy& row, std::ostream* out) { *out << row.name; }

class GreedyFile : public testing::TestWithParam<Greedy> {
 protected:
  /// Written piece by piece: what the test holds would count as the program's.
  std::size_t write(const std::string& path) {
    const Greedy& row = GetParam();
    std::ofstream stream{path, std::ios::binary};
    stream << row.start;
    std::size_t size = row.start.size();
    for (; size < row.size; size += row.again.size()) stream << row.again;
    stream << row.end;
    return size;
  }
};

TEST_P(GreedyFile, TakesAFewTimesItsSize) {
  const Folder folder;
  const std::string file = folder.path("greedy.json");
  const std::size_t most = in_any_case + 8 * write(file);
  expect_memory(
      run({{"validate", "--header", GCP2_SOURCE_DIR "/schemas/samples/header.json", file}}), most);
  expect_memory(run({{"score", "--ndjson", "--threads", "1", file}}), most);
  expect_memory(run({{"instrument", "check", file}}), most);
  expect_memory(run({{"instrument", "overlay", file}}), most);
}

const std::string record_start =
    R"({"format": "gcp2/assessment/1", "instrument": {"id": "gcp", "version": "1.0.0"},
  "child": {"date_of_birth": "2019-03-14"}, "window": {"from": "2026-01-05", "to": "2026-01-23"}, )";

INSTANTIATE_TEST_SUITE_P(
    Each, GreedyFile,
    testing::Values(Greedy{"brackets", "", "[", ""}, Greedy{"braces", "", "{\"a\":", ""},
                    Greedy{"numbers", "[", "1,", "1]"}, Greedy{"commas", "[", ",", "]"},
                    Greedy{"quotes", "[", "\"\",", "1]"},
                    Greedy{"one_text", "{\"a\": \"", "x", "\"}"},
                    Greedy{"escapes", "{\"a\": \"", "\\n", "\"}"},
                    Greedy{"one_key_again", "{", "\"a\":1,", "\"a\":1}", 1'100'000},
                    Greedy{"empty_keys", "{\"x\":[", "{\"\":{}},", "1]}", 800'000},
                    Greedy{"one_leaf_again", record_start + "\"observations\": [",
                           "{\"node\":\"A1a\"},", "{}]}", 1'200'000},
                    Greedy{"unknown_nodes", record_start + "\"observations\": [",
                           "{\"node\":\"Zz9\"},", "{}]}", 1'200'000},
                    Greedy{
                        "old_evidence",
                        record_start +
                            "\"observations\": [{\"node\": \"A1a\", \"grade\": 2, \"evidence\": [",
                        "{\"on\":\"2020-01-01\"},", "{}]}]}", 1'800'000},
                    Greedy{"undated_targets", record_start + "\"targets\": [", "{\"node\":\"A1\"},",
                           "{\"node\":\"A1\"}]}", 1'200'000},
                    Greedy{"cells", "node,grade\n", ",", ""},
                    Greedy{"rows", "node,grade\n", "a,\n", "", 400'000},
                    Greedy{"no_characters", "node,grade\n", std::string(1, '\0'), ""},
                    Greedy{"columns", "node,grade", ",x", "\n", 390'000},
                    Greedy{"lines", "", "x\n", "", 200'000}, Greedy{"empty_lines", "", "\n", ""}),
    [](const auto& row) { return row.param.name; });

/// A sealed archive whose content is a list of short texts, or of whatever else is cheap.
TEST(GreedyArchive, TakesAFewTimesItsSize) {
  for (const auto& [again, times] :
       {std::pair{"3 10 MTIzNDU2Nzg5MA== ", 600'000U}, {"4 0 ", 4'000'000U}, {"0 ", 4'000'000U}}) {
    const Folder folder;
    std::size_t size = 0;
    {
      std::string content = "22 serialization::archive 19 1 0 1 4 " + std::to_string(times) + " ";
      for (unsigned i = 0; i < times; ++i) content += again;
      const std::string bytes = archive::sealed(ArchiveKind::text, content);
      size = bytes.size();
      folder.write("greedy.gcp2", bytes);
    }
    const Ended ended = run({{"validate", folder.path("greedy.gcp2")}});
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.said().find("archive_unreadable"), std::string::npos);
    expect_memory(ended, in_any_case + 8 * size);
  }
}

TEST(GreedyArchive, OfManyRecordsTakesAFewTimesItsSize) {
  const Folder folder;
  std::size_t size = 0;
  {
    const std::vector<Value> records(400, parsed(source_file("schemas/samples/first.json")));
    const std::string bytes = write_archive(records, ArchiveKind::binary);
    size = bytes.size();
    folder.write("many.gcp2", bytes);
  }
  const Ended ended = run({{"convert", folder.path("many.gcp2"), folder.path("many.ndjson")}});
  EXPECT_EQ(ended.code, 0) << ended.said();
  expect_memory(ended, in_any_case + 8 * size);
}

}  // namespace
}  // namespace gcp2::test
