// How a SQLite file is opened, whatever is in it.
#include "store/sqlite_file.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <thread>
#include <vector>

#include "folder.h"
#include "places.h"
#include "small_disk.h"

namespace gcp2::test {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> steps{
    "CREATE TABLE one (a INTEGER); INSERT INTO one VALUES (1)",
    "CREATE TABLE two (a INTEGER); INSERT INTO two VALUES (2)",
    "CREATE TABLE three (a INTEGER); UPDATE one SET a = 3"};
constexpr int application = 0x67637074;
FileKind version(std::size_t number) { return {application, std::span{steps}.first(number)}; }

std::optional<Trouble> trouble(const std::string& file, const FileKind& kind, Opening opening,
                               bool wal = true) {
  const auto opened = open_sqlite(file, kind, opening, wal);
  return opened ? std::nullopt : std::optional{opened.error().trouble};
}
void write(const std::string& file, std::string_view bytes) {
  std::ofstream{file, std::ios::binary} << bytes;
}
std::size_t files_in(const Folder& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder.path()}, {}));
}

class SqliteFile : public testing::TestWithParam<bool> {
 protected:
  Folder folder;
  std::string file = folder.path("file");
};
INSTANTIATE_TEST_SUITE_P(Each, SqliteFile, testing::Bool(),
                         [](const auto& row) { return row.param ? "wal" : "truncate"; });

TEST_P(SqliteFile, IsMadeWholeForItsOwnerAlone) {
  const auto opened = open_sqlite(file, version(2), Opening::fresh, GetParam(), [](auto& database) {
    database.exec("INSERT INTO two VALUES (7)");
  });
  ASSERT_TRUE(opened) << opened.error().message;
  SQLite::Database& database = **opened;
  EXPECT_EQ(database.execAndGet("SELECT sum(a) FROM two").getInt(), 9);
  const auto is = [&](const std::string& pragma) {
    return database.execAndGet("PRAGMA " + pragma).getString();
  };
  EXPECT_EQ(is("user_version"), "2");
  EXPECT_EQ(is("journal_mode"), GetParam() ? "wal" : "truncate");
  EXPECT_EQ(is("synchronous"), "2");
  EXPECT_EQ(is("secure_delete"), "1");
  EXPECT_EQ(is("foreign_keys"), "1");
  EXPECT_EQ(is("temp_store"), "2");
  EXPECT_EQ(is("trusted_schema"), "0");
  EXPECT_EQ(is("cell_size_check"), "1");
  EXPECT_EQ(is("busy_timeout"), "5000");
  struct stat found{};
  ASSERT_EQ(stat(file.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_P(SqliteFile, IsNeverMadeOverAnother) {
  write(file, "mine");
  EXPECT_EQ(trouble(file, version(1), Opening::fresh, GetParam()), Trouble::present);
  EXPECT_EQ(bytes_of(file), "mine");
  const std::string link = folder.path("link");
  fs::create_symlink(folder.path("nowhere"), link);
  EXPECT_EQ(trouble(link, version(1), Opening::fresh, GetParam()), Trouble::present);
  for (const char* beside : {"-wal", "-journal"}) {
    const std::string other = folder.path("other") + beside;
    write(other, "left behind");
    EXPECT_EQ(trouble(folder.path("other"), version(1), Opening::fresh, GetParam()),
              Trouble::present);
    fs::remove(other);
  }
  EXPECT_EQ(files_in(folder), 2U) << "nothing half made is left";
}

TEST_P(SqliteFile, ThatCannotBeMadeLeavesNothing) {
  EXPECT_EQ(trouble(folder.path("no/folder"), version(1), Opening::fresh, GetParam()),
            Trouble::absent);
  constexpr std::array<std::string_view, 1> wrong{"CREATE TABLE one (a INTEGER); nonsense"};
  EXPECT_EQ(trouble(file, {application, wrong}, Opening::fresh, GetParam()), Trouble::outside);
  EXPECT_EQ(files_in(folder), 0U);
}

TEST_P(SqliteFile, TakesAwayWhatAKilledMakerHasLeft) {
  const auto minutes_ago = fs::file_time_type::clock::now() - std::chrono::minutes{2};
  const std::string left = folder.path(".gcp2-new-Left01"), young = folder.path(".gcp2-new-Young1"),
                    other = folder.path("new-gcp2");
  for (const std::string& each : {left, young, other}) write(each, "something");
  const Unfinished in_use{folder.path("place")};
  for (const std::string& each : {left, other, in_use.name()})
    fs::last_write_time(each, minutes_ago);
  ASSERT_TRUE(open_sqlite(file, version(1), Opening::fresh, GetParam()));
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(young)) << "it may be its maker's still";
  EXPECT_TRUE(fs::exists(in_use.name())) << "its maker lives";
  EXPECT_TRUE(fs::exists(other));
}

TEST_P(SqliteFile, IsTakenForWhatItIs) {
  EXPECT_EQ(trouble("", version(1), Opening::existing, GetParam()), Trouble::absent);
  EXPECT_EQ(trouble(file, version(1), Opening::existing, GetParam()), Trouble::absent);
  EXPECT_FALSE(fs::exists(file));
  EXPECT_EQ(trouble(folder.path(), version(1), Opening::existing, GetParam()),
            Trouble::not_a_store);
  EXPECT_EQ(trouble("/dev/null", version(1), Opening::existing, GetParam()), Trouble::not_a_store);
  for (const std::string_view bytes : {"", "short", "SQLite format 3"}) {
    write(file, bytes);
    EXPECT_EQ(trouble(file, version(1), Opening::existing, GetParam()), Trouble::not_a_store);
  }
  write(file, std::string(10'000, 'x'));
  EXPECT_EQ(trouble(file, version(1), Opening::existing, GetParam()), Trouble::not_a_store);
  EXPECT_EQ(trouble(file, version(1), Opening::migrate, GetParam()), Trouble::not_a_store);
  EXPECT_EQ(trouble(file, version(1), Opening::reading, GetParam()), Trouble::not_a_store);
  fs::remove(file);

  ASSERT_TRUE(open_sqlite(file, version(1), Opening::fresh, GetParam()));
  EXPECT_EQ(trouble(file, {application + 1, version(1).migrations}, Opening::existing, GetParam()),
            Trouble::not_a_store);
}

TEST_P(SqliteFile, ThatIsOursButGarbledIsDamaged) {
  ASSERT_TRUE(open_sqlite(file, version(3), Opening::fresh, GetParam()));
  const std::string whole = bytes_of(file);
  for (const Opening opening : {Opening::existing, Opening::reading, Opening::migrate}) {
    write(file, whole.substr(0, 4096));
    EXPECT_EQ(trouble(file, version(3), opening, GetParam()), Trouble::damaged) << "cut off";
    std::string garbled = whole;
    garbled.replace(100, 3996, std::string(3996, '\x55'));
    write(file, garbled);
    EXPECT_EQ(trouble(file, version(3), opening, GetParam()), Trouble::damaged);
    garbled = whole;
    garbled.replace(60, 4, std::string(4, '\0'));  // user_version
    write(file, garbled);
    EXPECT_EQ(trouble(file, version(3), opening, GetParam()), Trouble::damaged) << "version 0";
  }
}

TEST_P(SqliteFile, OfAnotherVersionIsRefusedOrMigrated) {
  ASSERT_TRUE(open_sqlite(file, version(1), Opening::fresh, GetParam()));
  EXPECT_EQ(trouble(file, version(3), Opening::existing, GetParam()), Trouble::older);
  EXPECT_EQ(trouble(file, version(3), Opening::reading, GetParam()), Trouble::older);
  {
    const auto migrated = open_sqlite(file, version(3), Opening::migrate, GetParam());
    ASSERT_TRUE(migrated) << migrated.error().message;
    EXPECT_EQ((*migrated)->execAndGet("PRAGMA user_version").getInt(), 3);
    EXPECT_EQ((*migrated)->execAndGet("SELECT a FROM one").getInt(), 3);
  }
  EXPECT_EQ(trouble(file, version(3), Opening::migrate, GetParam()), std::nullopt);
  EXPECT_EQ(trouble(file, version(2), Opening::existing, GetParam()), Trouble::newer);
  EXPECT_EQ(trouble(file, version(2), Opening::migrate, GetParam()), Trouble::newer);
}

TEST_P(SqliteFile, KeepsTheLastVersionThatCouldBeReached) {
  ASSERT_TRUE(open_sqlite(file, version(1), Opening::fresh, GetParam()));
  std::array<std::string_view, 3> broken = steps;
  broken[2] = "CREATE TABLE three (a INTEGER); DROP TABLE one; INSERT INTO nowhere VALUES (1)";
  EXPECT_EQ(trouble(file, {application, broken}, Opening::migrate, GetParam()), Trouble::outside);
  const auto opened = open_sqlite(file, version(2), Opening::existing, GetParam());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ((*opened)->execAndGet("SELECT a FROM one").getInt(), 1);
  EXPECT_FALSE((*opened)->tableExists("three"));
}

TEST_P(SqliteFile, IsMigratedOnceByManyAtOnce) {
  ASSERT_TRUE(open_sqlite(file, version(1), Opening::fresh, GetParam()));
  std::vector<std::thread> migrators;
  for (int i = 0; i < 4; ++i)
    migrators.emplace_back([&] {
      const auto opened = open_sqlite(file, version(3), Opening::migrate, GetParam());
      ASSERT_TRUE(opened) << opened.error().message;
      EXPECT_EQ((*opened)->execAndGet("SELECT a FROM one").getInt(), 3);
    });
  for (std::thread& migrator : migrators) migrator.join();
}

TEST_P(SqliteFile, MayHaveAnyName) {
  for (const char* name : {"a?b", "a#b", "a%41b", "a b", " ", "file:x?mode=ro", ":memory:", "-",
                           "Größe 子供.gcp2", "'\"\\", "a&b=c"}) {
    const std::string odd = folder.path(name);
    ASSERT_TRUE(open_sqlite(odd, version(1), Opening::fresh, GetParam())) << name;
    EXPECT_TRUE(fs::is_regular_file(odd)) << name;
    EXPECT_TRUE(open_sqlite(odd, version(1), Opening::existing, GetParam())) << name;
    EXPECT_TRUE(open_sqlite(odd, version(1), Opening::reading, GetParam())) << name;
    fs::remove(odd);
  }
  const fs::path before = fs::current_path();
  const Folder here;
  fs::current_path(here.path());
  for (const char* name : {":memory:", "file:x", "plain"}) {
    EXPECT_TRUE(open_sqlite(name, version(1), Opening::fresh, GetParam())) << name;
    EXPECT_TRUE(fs::is_regular_file(here.path(name))) << name;
  }
  fs::current_path(before);
}

TEST_P(SqliteFile, OpenedForReadingCannotBeChanged) {
  ASSERT_TRUE(open_sqlite(file, version(1), Opening::fresh, GetParam()));
  const auto opened = open_sqlite(file, version(1), Opening::reading, GetParam());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ((*opened)->execAndGet("SELECT a FROM one").getInt(), 1);
  EXPECT_THROW((*opened)->exec("UPDATE one SET a = 2"), SQLite::Exception);
}

/// In a process without root's rights, as they reach everywhere.
template <class Work>
bool is_so_for_an_ordinary_user(const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(2);
    _exit(work() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_P(SqliteFile, IsReadWhereNothingCanBeWritten) {
  const std::string odd = folder.path("a?b%41 #ö");
  ASSERT_TRUE(open_sqlite(odd, version(1), Opening::fresh, GetParam()));
  chmod(odd.c_str(), 0444);
  chmod(folder.path().c_str(), 0555);
  EXPECT_TRUE(is_so_for_an_ordinary_user([&] {
    const auto opened = open_sqlite(odd, version(1), Opening::reading, GetParam());
    return opened && (*opened)->execAndGet("SELECT a FROM one").getInt() == 1;
  }));
  EXPECT_TRUE(is_so_for_an_ordinary_user(
      [&] { return trouble(odd, version(1), Opening::existing, GetParam()) == Trouble::outside; }));
  chmod(odd.c_str(), 0);
  EXPECT_TRUE(is_so_for_an_ordinary_user(
      [&] { return trouble(odd, version(1), Opening::reading, GetParam()) == Trouble::outside; }));
  chmod(folder.path().c_str(), 0755);
}

TEST_P(SqliteFile, WaitsForAWhileForItsTurn) {
  ASSERT_TRUE(open_sqlite(file, version(1), Opening::fresh, GetParam()));
  const auto one = open_sqlite(file, version(1), Opening::existing, GetParam());
  const auto other = open_sqlite(file, version(1), Opening::existing, GetParam());
  (*other)->setBusyTimeout(1);
  (*one)->exec("BEGIN IMMEDIATE; UPDATE one SET a = 2");
  const Stored<Done> refused = guarded([&]() -> Stored<Done> {
    (*other)->exec("BEGIN IMMEDIATE");
    return Done{};
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().trouble, Trouble::busy);
  (*one)->exec("COMMIT");
  EXPECT_EQ((*other)->execAndGet("SELECT a FROM one").getInt(), 2);
}

TEST(SqliteTrouble, IsToldByCode) {
  const auto of = [](int code, int system_code = 0) {
    const SQLite::Exception fault{"said", code};
    errno = system_code;
    return trouble_of(fault).trouble;
  };
  EXPECT_EQ(of(SQLITE_FULL), Trouble::no_room);
  EXPECT_EQ(of(SQLITE_IOERR_WRITE, ENOSPC), Trouble::no_room);
  EXPECT_EQ(of(SQLITE_IOERR_WRITE, EFBIG), Trouble::no_room);
  EXPECT_EQ(of(SQLITE_IOERR_WRITE, EDQUOT), Trouble::no_room);
  EXPECT_EQ(of(SQLITE_IOERR_WRITE, EIO), Trouble::outside);
  EXPECT_EQ(of(SQLITE_IOERR_SHMSIZE), Trouble::no_room);
  EXPECT_EQ(of(SQLITE_BUSY), Trouble::busy);
  EXPECT_EQ(of(SQLITE_BUSY_SNAPSHOT), Trouble::busy);
  EXPECT_EQ(of(SQLITE_LOCKED), Trouble::busy);
  EXPECT_EQ(of(SQLITE_CORRUPT), Trouble::damaged);
  EXPECT_EQ(of(SQLITE_NOTADB), Trouble::not_a_store);
  EXPECT_EQ(of(SQLITE_READONLY), Trouble::outside);
  EXPECT_EQ(of(SQLITE_ERROR), Trouble::outside);
}

// As on a disc that a broken machine was copied to: its writer was killed, and nothing can be made
// beside the file.
TEST(ReadOnlyMedia, AreReadWithWhatAKilledWriterLeft) {
  const Folder folder;
  on_small_disk(folder.path(), 8, [&] {
    const std::string file = folder.path("store");
    if (const pid_t writer = fork(); writer == 0) {
      const auto store = taken(open_store(file, Opening::fresh));
      taken(store->commit({.puts = {{RowKind::record, row_of(1)}}, .entries = {entry_of(1)}}));
      _exit(0);
    } else {
      waitpid(writer, nullptr, 0);
    }
    expect_there(std::filesystem::file_size(file + "-wal") > 0, "the writer left something");
    std::filesystem::remove(file + "-shm");
    expect_there(
        mount(nullptr, folder.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0,
        "read-only from now on");
    const auto store = taken(open_store(file, Opening::reading));
    expect_there(rows_in(*store, RowKind::record) == std::vector{row_of(1)}, "the row is there");
    expect_there(taken(store->head()).count == 1, "the entry is there");
    expect_there(!open_store(file, Opening::existing), "nothing is written");
  });
}

}  // namespace
}  // namespace gcp2::test
