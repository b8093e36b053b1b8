// What every engine keeps to: the log.
#include <gmock/gmock.h>

#include <algorithm>

#include "contract.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

class Log : public Contract {};
INSTANTIATE_TEST_SUITE_P(Each, Log, testing::ValuesIn(every_engine), engine_of);

TEST_P(Log, EntriesAreNumberedAndChained) {
  Head head = commit({.entries = {entry_of(1), entry_of(2)}});
  EXPECT_EQ(head.count, 2);
  Entry other = entry_of(3);
  other.number = 99;
  other.hash = "mine";
  head = commit({.entries = {other}});
  EXPECT_EQ(head.count, 3);
  EXPECT_EQ(head.at, other.at);
  EXPECT_EQ(taken(store->head()), head);

  const std::vector<Entry> entries = entries_in(*store);
  ASSERT_EQ(entries.size(), 3U);
  Head walked;
  for (std::uint64_t i = 0; i < 3; ++i) {
    Entry expected = entry_of(i + 1);
    expected.number = static_cast<std::int64_t>(i + 1);
    expected.hash = chained(walked, expected);
    EXPECT_EQ(entries[i], expected);
    walked = {expected.number, expected.hash, expected.at};
  }
  EXPECT_EQ(walked, head);
}

TEST_P(Log, EntriesMayHoldNothing) {
  commit({.entries = {Entry{}, Entry{}}});
  const std::vector<Entry> entries = entries_in(*store);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].note, "");
  EXPECT_TRUE(entries[1].actor.none());
  expect_whole_chain(*store);
}

TEST_P(Log, EntriesAreReadFromANumberOn) {
  Batch batch;
  for (std::uint64_t number = 1; number <= 1200; ++number)
    batch.entries.push_back(entry_of(number));
  commit(std::move(batch));
  EXPECT_EQ(entries_in(*store, -3).size(), 1200U);
  const std::vector<Entry> tail = entries_in(*store, 1199);
  ASSERT_EQ(tail.size(), 2U);
  EXPECT_EQ(tail[0].number, 1199);
  EXPECT_EQ(tail[1].number, 1200);
  EXPECT_THAT(entries_in(*store, 1201), IsEmpty());
  int seen = 0;
  taken(store->entries_from(1, [&](const Entry&) { return ++seen < 5; }));
  EXPECT_EQ(seen, 5);
  expect_whole_chain(*store);
}

TEST_P(Log, EveryFieldOfAnEntryIsInItsHash) {
  const Head before{4, plain_hash("before"), 9};
  std::vector<Entry> entries(16, entry_of(1));
  entries[1].at++;
  entries[2].actor = Id{};
  entries[3].action += "x";
  entries[4].outcome = "";
  entries[5].reason = "";
  entries[6].subject = Id{};
  entries[7].table = RowKind::involvement;
  entries[8].row = Id{};
  entries[9].revision = -1;
  entries[10].digest = "";
  entries[11].note_key = Id{};
  entries[12].note = "";
  // Where one field ends and the next begins.
  entries[13].action = entries[0].action + entries[0].outcome;
  entries[13].outcome = "";
  entries[14].action = "";
  entries[14].outcome = entries[0].action + entries[0].outcome;
  entries[15].at = -1;
  std::vector<std::string> hashes;
  for (const Entry& entry : entries) hashes.push_back(chained(before, entry));
  hashes.push_back(chained({5, before.hash, 9}, entries[0]));
  hashes.push_back(chained({4, plain_hash("other"), 9}, entries[0]));
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::unique(hashes.begin(), hashes.end()), hashes.end());
  for (const std::string& hash : hashes) EXPECT_EQ(hash.size(), 32U);
}

TEST(Chain, NeverChangesItsHash) {
  // Of an entry written down once; every store's log hangs on it.
  Entry entry;
  entry.at = 1'700'000'001;
  entry.action = "record.read";
  entry.outcome = "done";
  entry.digest = std::string("\0\x01", 2);
  const std::string hash = chained({}, entry);
  std::string hex;
  for (const char byte : hash) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += digits[static_cast<unsigned char>(byte) >> 4U];
    hex += digits[static_cast<unsigned char>(byte) & 15U];
  }
  EXPECT_EQ(hex, "5029a0ea8e6aaea448bcea251dab315b45702fa2b75ed31672fc7d1f7fbf2d18");
}

}  // namespace
}  // namespace gcp2::test
