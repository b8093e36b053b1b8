// Processes that are killed while they write, and processes that write at once.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "folder.h"
#include "places.h"

namespace gcp2::test {
namespace {

int kills() {
  const char* wanted = std::getenv("GCP2_KILLS");
  return wanted == nullptr ? 50 : std::atoi(wanted);
}

/// Runs `work` in a process of its own, which tells by the number it is given to write.
template <class Work>
pid_t start(const Work& work) {
  const pid_t child = fork();
  if (child != 0) return child;
  try {
    work();
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    _exit(1);
  }
  _exit(0);
}

TEST(Killed, LosesNothingThatWasCommitted) {
  const Folder folder;
  const std::string file = folder.path("store");
  taken(open_store(file, Opening::fresh));
  std::mt19937 chance{20260123};
  std::uint64_t number = 0;
  for (int kill_number = 0; kill_number < kills(); ++kill_number) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = start([&] {
      const auto store = taken(open_store(file, Opening::existing));
      for (std::uint64_t i = number;; ++i) {
        Row row = row_of(i, i % 5);
        row.sealed.resize(20'000);
        taken(store->commit({.puts = {{RowKind::record, row}},
                             .drops = {{RowKind::draft, row.id}},
                             .entries = {entry_of(i)}}));
        if (write(ends[1], &i, sizeof i) != sizeof i) _exit(1);
      }
    });
    close(ends[1]);
    // After some commits, however long they take, and a moment more.
    std::uint64_t acknowledged = number, last = 0;
    for (auto wanted = chance() % 6; wanted > 0 && read(ends[0], &last, sizeof last) > 0; --wanted)
      acknowledged = last + 1;
    std::this_thread::sleep_for(std::chrono::microseconds{chance() % 8'000});
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    while (read(ends[0], &last, sizeof last) == sizeof last) acknowledged = last + 1;
    close(ends[0]);

    const auto store = taken(open_store(file, Opening::existing));
    const auto count = static_cast<std::uint64_t>(taken(store->head()).count);
    ASSERT_GE(count, acknowledged) << "kill " << kill_number;
    ASSERT_LE(count, acknowledged + 1);
    ASSERT_EQ(rows_in(*store, RowKind::record).size(), count) << "rows and entries come together";
    expect_whole_chain(*store);
    number = count;
  }
  EXPECT_GT(number, static_cast<std::uint64_t>(kills())) << "something has to be written";
  SQLite::Database database{file, SQLite::OPEN_READONLY};
  EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
}

TEST(Killed, WhileMakingAStoreThereIsAWholeOneOrNone) {
  std::mt19937 chance{20260123};
  int made = 0;
  for (int kill_number = 0; kill_number < kills(); ++kill_number) {
    const Folder folder;
    const std::string file = folder.path("store");
    const pid_t child = start([&] { taken(open_store(file, Opening::fresh, id_of(3))); });
    std::this_thread::sleep_for(std::chrono::microseconds{chance() % 12'000});
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const auto opened = open_store(file, Opening::existing);
    if (opened) {
      ++made;
      EXPECT_EQ((*opened)->id(), id_of(3));
      EXPECT_TRUE((*opened)->commit({.entries = {entry_of(1)}}));
    } else {
      EXPECT_EQ(opened.error().trouble, Trouble::absent);
      EXPECT_TRUE(open_store(file, Opening::fresh)) << "what is left behind is in nobody's way";
    }
  }
  RecordProperty("made", made);
}

TEST(Processes, WriteAtOnce) {
  constexpr std::uint64_t processes = 3, times = 60;
  const Folder folder;
  const std::string file = folder.path("store");
  taken(open_store(file, Opening::fresh));
  std::vector<pid_t> children;
  for (std::uint64_t process = 0; process < processes; ++process)
    children.push_back(start([&] {
      const auto store = taken(open_store(file, Opening::existing));
      for (std::uint64_t i = 0; i < times; ++i)
        taken(store->commit({.puts = {{RowKind::record, row_of(process * times + i)}},
                             .entries = {entry_of(i), entry_of(i)}}));
    }));
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const auto store = taken(open_store(file, Opening::existing));
  EXPECT_EQ(taken(store->head()).count, static_cast<std::int64_t>(2 * processes * times));
  EXPECT_EQ(rows_in(*store, RowKind::record).size(), processes * times);
  expect_whole_chain(*store);
}

}  // namespace
}  // namespace gcp2::test
