// Copies of a ring, and processes that are killed while they change it.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <random>
#include <thread>

#include "rings.h"

namespace gcp2::test {
namespace {

namespace fs = std::filesystem;

class RingCopyTest : public testing::Test {
 protected:
  void fill() {
    RingBatch batch{.accounts = {account(1, "a"), account(2, "b")}, .named = {{"n", "v"}}};
    for (std::uint64_t each = 1; each <= 300; ++each) {
      batch.keys.push_back({number(each), number(each + 1000), sealed_bytes()});
      batch.reader_keys.push_back({number(1), number(each), sealed_bytes(80), 5});
      batch.look_ups.push_back({sealed_bytes(32), number(each + 1000)});
    }
    batch.erasures.push_back({number(7), ErasureStep::asked, number(1), {}, 5, "code"});
    batch.head = Head{5, std::string(32, 'h'), 6};
    got(ring.commit(batch));
  }
  std::optional<Trouble> trouble(const std::string& to,
                                 Ring::Look look = Ring::Look::tables_and_indexes) {
    const Stored<RingBackup> copied = ring.copy_to(to, 1, look);
    return copied ? std::nullopt : std::optional{copied.error().trouble};
  }

  Folder folder;
  std::string file = folder.path("ring"), copy = folder.path("copy");
  Ring ring = fresh(file);
};

TEST_F(RingCopyTest, IsARingWithTheSameInIt) {
  fill();
  const RingBackup backup = got(ring.copy_to(copy, 1234));
  EXPECT_EQ(backup.serial, 1);
  EXPECT_EQ(backup.at, 1234);
  EXPECT_EQ(backup.file, fs::canonical(copy));
  EXPECT_EQ(backup.digest, plain_hash(bytes_of(copy)));
  struct stat found{};
  ASSERT_EQ(stat(copy.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);

  Ring other = existing(copy);
  EXPECT_EQ(other.store(), ring.store());
  EXPECT_EQ(got(other.serial()), got(ring.serial()));
  EXPECT_EQ(got(other.accounts()), got(ring.accounts()));
  EXPECT_EQ(got(other.keys()), got(ring.keys()));
  EXPECT_EQ(got(other.reader_keys(number(1))), got(ring.reader_keys(number(1))));
  EXPECT_EQ(got(other.erasures()), got(ring.erasures()));
  EXPECT_EQ(got(other.head()), got(ring.head()));
  EXPECT_EQ(got(other.named("n")), "v");
  got(ring.commit({.backups = {backup}}));
  EXPECT_EQ(got(ring.backups()), std::vector{backup});
  // It is a ring of its own from now on.
  got(other.commit({.named = {{"n", "other"}}}));
  EXPECT_EQ(got(ring.named("n")), "v");
}

TEST_F(RingCopyTest, TakesNobodysPlace) {
  fill();
  std::ofstream{copy} << "something";
  EXPECT_EQ(trouble(copy), Trouble::present);
  EXPECT_EQ(bytes_of(copy), "something");
  fs::remove(copy);
  fs::create_symlink(folder.path("nowhere"), copy);
  EXPECT_EQ(trouble(file), Trouble::present);
  std::ofstream{folder.path("left-journal")} << "of another";
  EXPECT_EQ(trouble(folder.path("left")), Trouble::present);
  EXPECT_EQ(trouble(folder.path("no/folder")), Trouble::absent);
  EXPECT_EQ(trouble(""), Trouble::absent);
  for (const auto& entry : fs::directory_iterator{folder.path()})
    EXPECT_EQ(entry.path().filename().string().find(".gcp2-new"), std::string::npos);
}

TEST_F(RingCopyTest, ADamagedRingIsNotCopied) {
  fill();
  std::string bytes = bytes_of(file);
  // In the middle, where the rows are.
  std::fill(bytes.begin() + 10 * 4096, bytes.begin() + 12 * 4096, '\x55');
  std::ofstream{file, std::ios::binary} << bytes;
  const Stored<Ring> opened = Ring::open(file, Opening::existing);
  ASSERT_TRUE(opened);
  ring = existing(file);
  EXPECT_EQ(trouble(copy), Trouble::damaged);
  EXPECT_EQ(trouble(copy, Ring::Look::tables), Trouble::damaged);
  EXPECT_FALSE(fs::exists(copy));
}

TEST_F(RingCopyTest, AnIndexThatDoesNotFitIsSeenWhereItIsLookedFor) {
  fill();
  {
    SQLite::Database database{file, SQLite::OPEN_READWRITE};
    database.exec("PRAGMA writable_schema = ON");
    // As many entries, of another column.
    const auto root = [&](const std::string& index) {
      return database.execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = '" + index + "'")
          .getInt();
    };
    const int by_subject = root("keys_by_subject"), by_id = root("sqlite_autoindex_keys_1");
    for (const auto& [index, other] :
         {std::pair{"keys_by_subject", by_id}, std::pair{"sqlite_autoindex_keys_1", by_subject}})
      database.exec("UPDATE sqlite_schema SET rootpage = " + std::to_string(other) +
                    " WHERE name = '" + index + "'");
  }
  ring = existing(file);
  EXPECT_EQ(trouble(copy), Trouble::damaged);
  EXPECT_EQ(trouble(copy, Ring::Look::tables), std::nullopt);
}

/// Commits for as long as it lives: each batch brings a key, and its number; a copy has both or
/// none.
class Writer {
 public:
  explicit Writer(const std::string& file)
      : thread_{[this, file] {
          Ring ring = existing(file);
          for (std::uint64_t each = 1; !enough_; ++each) {
            const auto done =
                ring.commit({.keys = {{number(each), number(each), sealed_bytes(3000)}},
                             .named = {{"last", std::to_string(each)}}});
            if (!done) ADD_FAILURE() << done.error().message;
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
          }
        }} {}
  ~Writer() { enough_ = true; }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

 private:
  std::atomic<bool> enough_ = false;
  std::jthread thread_;
};

TEST_F(RingCopyTest, IsConsistentWhileOthersWrite) {
  const Writer writer{file};
  std::int64_t before = 0;
  for (int time = 0; time < 15; ++time) {
    const std::string to = folder.path("copy" + std::to_string(time));
    while (got(ring.serial()) <= before) std::this_thread::yield();
    const RingBackup backup = got(ring.copy_to(to, time));
    Ring copied = existing(to);
    const auto keys = static_cast<std::int64_t>(got(copied.keys()).size());
    EXPECT_EQ(backup.serial, got(copied.serial()));
    EXPECT_EQ(backup.serial, keys);
    EXPECT_EQ(got(copied.named("last")).value_or("0"), std::to_string(keys));
    EXPECT_GT(keys, before);
    before = keys;
  }
}

TEST_F(RingCopyTest, TwoWritersBothComeToTheirTurn) {
  const auto write = [&](std::uint64_t first) {
    Ring mine = existing(file);
    for (std::uint64_t each = 0; each < 30; ++each) {
      const auto done = mine.commit({.keys = {{number(first + each), number(1), sealed_bytes()}}});
      EXPECT_TRUE(done) << done.error().message;
      std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
  };
  {
    const std::jthread one{[&] { write(100); }}, other{[&] { write(200); }};
  }
  EXPECT_EQ(got(ring.serial()), 60);
  EXPECT_EQ(got(ring.keys()).size(), 60U);
}

/// In a process whose files may have so many bytes: how it ends.
template <class Work>
int with_files_of(rlim_t bytes, const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(2);
    _exit(work() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(RingCopyTest, WithoutRoomNothingChanges) {
  fill();
  const std::string before = bytes_of(file);
  EXPECT_EQ(with_files_of(before.size(),
                          [&] {
                            Ring mine = existing(file);
                            const auto done =
                                mine.commit({.named = {{"big", sealed_bytes(200'000)}}});
                            return !done && done.error().trouble == Trouble::no_room;
                          }),
            0);
  EXPECT_EQ(bytes_of(file), before);
  EXPECT_FALSE(got(ring.named("big")));
  EXPECT_EQ(with_files_of(before.size() / 2, [&] { return trouble(copy) == Trouble::no_room; }), 0);
  EXPECT_FALSE(fs::exists(copy));
}

TEST_F(RingCopyTest, KilledItHasWhatWasAcknowledged) {
  std::mt19937 chance{20260123};
  std::uint64_t known = 0;
  for (int kills = 0; kills < 20; ++kills) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      Ring mine = existing(file);
      for (std::uint64_t each = known + 1;; ++each) {
        // Brings one, and forgets the one before the last.
        if (!mine.commit({.keys = {{number(each), number(each), sealed_bytes(2000)}},
                          .named = {{"last", std::to_string(each)}},
                          .drop_keys_of = {number(each - 2)}}))
          _exit(1);
        if (write(ends[1], &each, sizeof each) != sizeof each) _exit(1);
      }
    }
    close(ends[1]);
    std::uint64_t acknowledged = known;
    for (std::uint64_t wanted = chance() % 8; wanted > 0; --wanted)
      ASSERT_EQ(::read(ends[0], &acknowledged, sizeof acknowledged),
                static_cast<ssize_t>(sizeof acknowledged));
    std::this_thread::sleep_for(std::chrono::microseconds{chance() % 5'000});
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    while (::read(ends[0], &acknowledged, sizeof acknowledged) > 0) {
    }
    close(ends[0]);

    Ring after = existing(file);
    const std::string last = got(after.named("last")).value_or("0");
    known = std::stoull(last);
    // One more may be there than was acknowledged.
    ASSERT_GE(known, acknowledged);
    ASSERT_LE(known, acknowledged + 1);
    ASSERT_EQ(got(after.serial()), static_cast<std::int64_t>(known));
    for (std::uint64_t each = 1; each <= known; ++each)
      ASSERT_EQ(got(after.key(number(each))).has_value(), each + 1 >= known) << each;
    const auto copied = after.copy_to(folder.path("copy" + std::to_string(kills)), 1);
    ASSERT_TRUE(copied) << copied.error().message;
  }
  EXPECT_GT(known, 20U);
}

}  // namespace
}  // namespace gcp2::test
