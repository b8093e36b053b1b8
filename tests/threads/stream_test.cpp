// Streams of records: the same output in the same order, whatever the number of threads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "gcp2/interop.h"
#include "gcp2/json.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

struct Streamed {
  std::string out;
  Result<StreamResult> result;
};

/// Gives the bytes in pieces of a size that falls across lines.
Streamed streamed(const std::string& in, unsigned threads, std::size_t piece = 70'001) {
  Streamed done{{}, StreamResult{}};
  std::size_t at = 0;
  const StreamOptions options{.name = "lines", .threads = threads, .as_of = *Date::parse("2026-12-31")};
  done.result = score_stream(
      shipped_instruments(), options,
      [&](char* into, std::size_t size) -> Result<std::size_t> {
        const std::size_t count = std::min({size, piece, in.size() - at});
        in.copy(into, count, at);
        at += count;
        return count;
      },
      [&](std::string_view bytes) -> Result<Done> {
        done.out += bytes;
        return Done{};
      });
  return done;
}

std::string line_of(std::string_view name) {
  return write_json(case_document(name), Layout::line) + "\n";
}

/// Many records that differ, with bad lines and empty ones between them.
std::string many_lines(std::size_t count) {
  const std::vector<std::string> lines{line_of("first"), line_of("second"), line_of("toddler")};
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 97 == 13) all += "{\"format\": \n";
    if (i % 89 == 7) all += "\n";
    all += lines[(i * 7 + i / 3) % lines.size()];
  }
  return all;
}

TEST(Stream, GivesTheSameOnAnyNumberOfThreads) {
  const std::string in = many_lines(1500);
  const Streamed one = streamed(in, 1);
  ASSERT_TRUE(one.result);
  EXPECT_EQ(one.result->records, 1500U);
  EXPECT_EQ(one.result->refused, 16U);
  for (const unsigned threads : {2U, 3U, 8U}) {
    const Streamed more = streamed(in, threads, 4'099);
    ASSERT_TRUE(more.result);
    EXPECT_EQ(more.result->records, one.result->records);
    EXPECT_EQ(more.result->refused, one.result->refused);
    EXPECT_TRUE(more.out == one.out) << threads << " threads";
  }
}

TEST(Stream, ABadLineGivesItsFindingsInItsPlace) {
  const Streamed done =
      streamed(line_of("first") + "{nonsense}\n\n" + line_of("second"), 2);
  ASSERT_TRUE(done.result);
  std::vector<Value> out;
  std::string_view rest = done.out;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    out.push_back(parsed(rest.substr(0, end)));
    rest.remove_prefix(end + 1);
  }
  ASSERT_EQ(out.size(), 3U);
  EXPECT_EQ(out[0].text_at("assessment"), case_document("first").text_at("id"));
  EXPECT_EQ(out[1].text_at("format"), "gcp2/findings/1");
  EXPECT_EQ(at(out[1], "/findings/0/line")->text(), "2");
  EXPECT_EQ(at(out[1], "/findings/0/file")->text(), "lines");
  EXPECT_EQ(out[2].text_at("assessment"), case_document("second").text_at("id"));
}

TEST(Stream, EndsWhereTheOutputCannotBeWritten) {
  const std::string in = many_lines(3000);
  std::size_t at = 0;
  std::atomic<int> writes = 0;
  const auto result = score_stream(
      shipped_instruments(), {.threads = 4, .as_of = *Date::parse("2026-12-31")},
      [&](char* into, std::size_t size) -> Result<std::size_t> {
        const std::size_t count = std::min(size, in.size() - at);
        in.copy(into, count, at);
        at += count;
        return count;
      },
      [&](std::string_view) -> Result<Done> {
        if (++writes > 2) return Error{"the disk is full"};
        return Done{};
      });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "the disk is full");
  EXPECT_EQ(writes, 3);
}

TEST(Stream, EndsWhereTheInputCannotBeRead) {
  const std::string in = many_lines(200);
  bool first = true;
  const auto result = score_stream(
      shipped_instruments(), {.threads = 4, .as_of = *Date::parse("2026-12-31")},
      [&](char* into, std::size_t size) -> Result<std::size_t> {
        if (!first) return Error{"the cable is out"};
        first = false;
        return in.copy(into, size);
      },
      [](std::string_view) -> Result<Done> { return Done{}; });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "the cable is out");
}

TEST(Stream, OfNothingIsNothing) {
  const Streamed done = streamed("", 4);
  ASSERT_TRUE(done.result);
  EXPECT_EQ(done.result->records, 0U);
  EXPECT_EQ(done.out, "");
}

TEST(Stream, TheLastLineNeedsNoLineBreak) {
  std::string line = line_of("first");
  line.pop_back();
  const Streamed done = streamed(line, 2);
  ASSERT_TRUE(done.result);
  EXPECT_EQ(done.result->records, 1U);
}

}  // namespace
}  // namespace gcp2::test
