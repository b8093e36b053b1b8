// A disk that loses its power, and a full one.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <random>

#include "folder.h"
#include "fragile_disk.h"
#include "places.h"
#include "small_disk.h"

namespace gcp2::test {
namespace {

/// What a commit of that number brings; so large that the -wal file is copied back now and then.
Batch batch_of(std::uint64_t number, std::size_t size) {
  Row row = row_of(number, number % 5);
  row.sealed.resize(size, static_cast<char>(number));
  return {.puts = {{RowKind::record, row}}, .entries = {entry_of(number)}};
}

TEST(PowerLoss, TakesNothingThatWasCommitted) {
  constexpr int rounds = 20;
  constexpr std::size_t size = 150'000;
  std::mt19937 chance{20260123};
  std::unique_ptr<Folder> folder;
  std::string file;
  std::uint64_t number = 0, all = 0;
  int copies = 0;
  for (int round = 0; round < rounds; ++round) {
    if (round % 5 == 0) {
      folder = std::make_unique<Folder>();
      file = folder->path("store");
      taken(open_store(file, Opening::fresh));
      number = 0;
    }
    FragileDisk disk{static_cast<std::uint32_t>(round)};
    {
      const auto store = taken(open_store(file, Opening::existing));
      disk.lose_power_in(static_cast<int>(chance() % 3500));
      // The store itself copies back only after much more than fits into a round.
      SQLite::Database copier{file, SQLite::OPEN_READWRITE};
      for (int commits = 1; disk.has_power(); ++commits) {
        if (store->commit(batch_of(number, size))) ++number, ++all;
        if (commits % 10 == 0) copier.tryExec("PRAGMA wal_checkpoint(PASSIVE)");
      }
    }
    copies += disk.syncs();
    disk.recover();
    const auto store = taken(open_store(file, Opening::existing));
    // The one that was not acknowledged may be there, whole.
    const auto count = static_cast<std::uint64_t>(taken(store->head()).count);
    ASSERT_GE(count, number) << "round " << round;
    ASSERT_LE(count, number + 1);
    number = count;
    const auto rows = rows_in(*store, RowKind::record);
    ASSERT_EQ(rows.size(), number);
    for (const Row& row : rows) ASSERT_EQ(row.sealed.size(), size);
    expect_whole_chain(*store);
    expect_sound(file);
  }
  EXPECT_GT(all, std::uint64_t{rounds});
  EXPECT_GT(copies, rounds / 8) << "copying back from the -wal file is to be met too";
}

/// The room is used up; reading is logged for long all the same, and nothing is damaged.
template <class Log>
void use_up(Store& store, std::uint64_t& number, const Log& log) {
  for (int puts = 0;; ++puts) {
    const auto done = store.commit(batch_of(number, 40'000));
    if (done) {
      ++number;
      log(puts < 10'000, "the disk gets full");
      continue;
    }
    log(done.error().trouble == Trouble::no_room, "puts are refused");
    break;
  }
  const std::int64_t before = taken(store.head()).count;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const auto done = store.commit({.entries = {entry_of(i)}});
    log(bool{done}, done ? "logged" : done.error().message.c_str());
    if (!done) return;
  }
  log(taken(store.head()).count == before + 1000, "all are there");
  const auto refused = store.commit(batch_of(number, 4'000'000));
  log(!refused && refused.error().trouble == Trouble::no_room, "puts are still refused");
}

TEST(FullDisk, StillLetsReadingBeLogged) {
  const Folder folder;
  const std::string file = folder.path("store"), spare = file + ".spare";
  FragileDisk disk{1};
  const auto store = taken(open_store(file, Opening::fresh));
  EXPECT_EQ(std::filesystem::file_size(spare), std::size_t{1} << 20U);
  std::uint64_t number = 0;
  disk.limit(12'000'000, spare);
  use_up(*store, number, [](bool good, const char* what) { ASSERT_TRUE(good) << what; });
  // At last the spare is needed too; then there is room again for long.
  std::int64_t more = 0, behind = 0;
  for (; behind < 500 && more < 50'000; ++more) {
    ASSERT_TRUE(store->commit({.entries = {entry_of(1)}})) << more;
    behind += std::filesystem::file_size(spare) < std::size_t{1} << 20U;
  }
  EXPECT_EQ(behind, 500);
  EXPECT_LE(disk.taken(), 12'000'000 + (1 << 18)) << "rounded up when it is cut";
  expect_whole_chain(*store);
  EXPECT_EQ(rows_in(*store, RowKind::record).size(), number);

  disk.limit({});
  EXPECT_TRUE(store->commit(batch_of(number, 100)));
  EXPECT_EQ(std::filesystem::file_size(spare), std::size_t{1} << 20U) << "taken again";
  expect_sound(file);
}

TEST(FullDisk, WithoutASpareIsNoRoomAndNoDamage) {
  const Folder folder;
  const std::string file = folder.path("store"), spare = file + ".spare";
  std::filesystem::create_directory(spare);
  FragileDisk disk{1};
  const auto store = taken(open_store(file, Opening::fresh));
  disk.limit(100'000);
  std::int64_t count = 0;
  Stored<Head> done = Head{};
  while ((done = store->commit({.entries = {entry_of(1)}}))) ++count;
  EXPECT_EQ(done.error().trouble, Trouble::no_room);
  EXPECT_EQ(taken(store->head()).count, count);
  disk.limit({});
  EXPECT_TRUE(store->commit({.entries = {entry_of(1)}}));
  expect_whole_chain(*store);
}

/// A real one, where a process may have such a thing; elsewhere as above only.
TEST(FullDisk, OfTheSystemIsNoOther) {
  const Folder folder;
  on_small_disk(folder.path(), 12, [&] {
    const std::string file = folder.path("store");
    {
      const auto store = taken(open_store(file, Opening::fresh));
      std::uint64_t number = 0;
      use_up(*store, number, expect_there);
      expect_there(rows_in(*store, RowKind::record).size() == number, "all rows are there");
    }
    const auto again = taken(open_store(file, Opening::existing));
    expect_there(bool{again->commit({.entries = {entry_of(1)}})}, "logged after opening again");
    Head head;
    for (const Entry& entry : entries_in(*again))
      expect_there(follows(head, entry), "the chain is whole");
  });
}

}  // namespace
}  // namespace gcp2::test
