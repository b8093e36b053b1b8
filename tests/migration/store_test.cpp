// Stores of every version that was ever released are read for ever.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <random>
#include <thread>

#include "gcp2/postgres.h"
#include "store/database.h"
#include "store/folder.h"
#include "store/places.h"
#include "store/sqlite_file.h"

namespace gcp2::test {
namespace {

const std::string fixtures = GCP2_SOURCE_DIR "/tests/migration/";

int kills() {
  const char* wanted = std::getenv("GCP2_KILLS");
  return wanted == nullptr ? 50 : std::atoi(wanted);
}

/// What every fixture holds, whatever its version: three rows a table, one of them changed, one
/// dropped again, and a log.
std::vector<Row> rows_of_fixture(RowKind table) {
  const auto base = static_cast<std::uint64_t>(table) * 10;
  Row changed = row_of(base + 1, base);
  changed.revision = 2;
  changed.standing = Standing::superseded;
  changed.sealed += " changed";
  std::vector<Row> rows{row_of(base, base), changed};
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
  return rows;
}

void expect_fixture(Store& store) {
  EXPECT_EQ(store.id(), id_of(2026));
  for (const RowKind table : all_tables) EXPECT_EQ(rows_in(store, table), rows_of_fixture(table));
  Head head;
  std::vector<Entry> entries;
  for (std::uint64_t number = 1; number <= 5; ++number) entries.push_back(entry_of(number));
  chain(head, entries);
  EXPECT_EQ(entries_in(store), entries);
  EXPECT_EQ(taken(store.head()), head);
}

void expect_to_go_on(Store& store) {
  Row next = row_of(10, 10);
  next.revision = 2;
  taken(store.commit({.puts = {{RowKind::subject, next}}, .entries = {entry_of(6)}}));
  EXPECT_EQ(taken(store.row(RowKind::subject, next.id)), next);
  EXPECT_EQ(taken(store.head()).count, 6);
  expect_whole_chain(store);
}

class SqliteOfVersion1 : public testing::Test {
 protected:
  SqliteOfVersion1() {
    std::filesystem::copy_file(fixtures + "store-v1.sqlite", file);
    std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
  }
  void set_version(int version) const {
    SQLite::Database{file, SQLite::OPEN_READWRITE}.exec("PRAGMA user_version=" +
                                                        std::to_string(version));
  }
  [[nodiscard]] Trouble trouble(Opening opening) const {
    const auto opened = open_store(file, opening);
    return opened ? throw std::runtime_error("it was opened") : opened.error().trouble;
  }

  Folder folder;
  std::string file = folder.path("store");
};

TEST_F(SqliteOfVersion1, IsReadAndGoesOn) {
  expect_fixture(*taken(open_store(file, Opening::reading)));
  expect_fixture(*taken(open_store(file, Opening::migrate)));
  const auto store = taken(open_store(file, Opening::existing));
  expect_fixture(*store);
  expect_to_go_on(*store);
}

TEST_F(SqliteOfVersion1, OfALaterVersionIsLeftAlone) {
  set_version(2);
  const std::string before = bytes_of(file);
  for (const Opening opening : {Opening::existing, Opening::migrate, Opening::reading})
    EXPECT_EQ(trouble(opening), Trouble::newer);
  EXPECT_EQ(bytes_of(file), before);
}

TEST_F(SqliteOfVersion1, WithoutAVersionIsDamaged) {
  for (const int version : {0, -1}) {
    set_version(version);
    for (const Opening opening : {Opening::existing, Opening::migrate, Opening::reading})
      EXPECT_EQ(trouble(opening), Trouble::damaged);
  }
}

TEST_F(SqliteOfVersion1, WithoutATableIsDamaged) {
  SQLite::Database{file, SQLite::OPEN_READWRITE}.exec("DROP TABLE entries");
  EXPECT_EQ(trouble(Opening::existing), Trouble::damaged);
  SQLite::Database{file, SQLite::OPEN_READWRITE}.exec("DELETE FROM store");
  EXPECT_EQ(trouble(Opening::reading), Trouble::damaged);
}

TEST_F(SqliteOfVersion1, StaysWholeWhereItCannotBeMigrated) {
  const std::string first = bytes_of(GCP2_SOURCE_DIR "/schemas/sql/sqlite/0001.sql");
  int application = 0;
  {
    SQLite::Database database{file};
    application = database.execAndGet("PRAGMA application_id").getInt();
  }
  for (const char* broken :
       {"DELETE FROM entries; ALTER TABLE rows ADD COLUMN more TEXT; nonsense",
        "DROP TABLE rows; DROP TABLE entries; INSERT INTO store (id) VALUES (NULL)"}) {
    const std::array<std::string_view, 2> migrations{first, broken};
    for (const Opening opening : {Opening::existing, Opening::reading}) {
      const auto older = open_sqlite(file, {application, migrations}, opening, true);
      ASSERT_FALSE(older);
      EXPECT_EQ(older.error().trouble, Trouble::older);
    }
    EXPECT_FALSE(open_sqlite(file, {application, migrations}, Opening::migrate, true));
    expect_fixture(*taken(open_store(file, Opening::existing)));
  }
  const std::array<std::string_view, 2> good{first, "ALTER TABLE rows ADD COLUMN more TEXT"};
  ASSERT_TRUE(open_sqlite(file, {application, good}, Opening::migrate, true));
  EXPECT_EQ(trouble(Opening::existing), Trouble::newer);
}

TEST_F(SqliteOfVersion1, KilledInAMigrationIsWholeAtOneVersionOrTheOther) {
  const std::string first = bytes_of(GCP2_SOURCE_DIR "/schemas/sql/sqlite/0001.sql");
  constexpr std::string_view second =
      "CREATE TABLE more (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
      "INSERT INTO more WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <"
      " 20000) SELECT i, hex(zeroblob(100)) FROM n; DROP INDEX rows_by_owner";
  const std::array<std::string_view, 2> migrations{first, second};
  const FileKind later{0x67637032, migrations};
  const std::string original = bytes_of(file);
  const auto begin_again = [&] {
    for (const char* more : {"-wal", "-shm", "-journal"}) std::filesystem::remove(file + more);
    std::ofstream{file, std::ios::binary} << original;
  };
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(open_sqlite(file, later, Opening::migrate, true));
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);

  std::mt19937 chance{20260123};
  int migrated = 0;
  for (int i = 0; i < kills(); ++i) {
    begin_again();
    const pid_t child = fork();
    if (child == 0) _exit(open_sqlite(file, later, Opening::migrate, true) ? 0 : 1);
    std::this_thread::sleep_for(
        std::chrono::microseconds{chance() % static_cast<unsigned>(2 * whole.count())});
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "it failed by itself";
    const auto opened = open_store(file, Opening::existing);
    if (opened) {
      expect_fixture(**opened);
    } else {
      ASSERT_EQ(opened.error().trouble, Trouble::newer);
      ++migrated;
    }
    // Begun again, or carried out: it is whole.
    const auto carried_out = open_sqlite(file, later, Opening::migrate, true);
    ASSERT_TRUE(carried_out) << carried_out.error().message;
    EXPECT_EQ((*carried_out)->execAndGet("SELECT count(*) FROM more").getInt(), 20'000);
    EXPECT_EQ((*carried_out)->execAndGet("SELECT count(*) FROM rows").getInt(), 14);
    EXPECT_EQ((*carried_out)->execAndGet("PRAGMA integrity_check").getString(), "ok");
  }
  RecordProperty("migrated", migrated);
}

class PostgresOfVersion1 : public testing::Test {
 protected:
  void begin_again() const {
    database.run("DROP SCHEMA IF EXISTS gcp2 CASCADE");
    database.run(bytes_of(fixtures + "store-v1.sql"));
  }
  [[nodiscard]] std::string version() const {
    return database.run("SELECT version FROM gcp2.store");
  }
  Database database;
};

TEST_F(PostgresOfVersion1, IsMigratedAndGoesOn) {
  begin_again();
  for (const Opening opening : {Opening::reading, Opening::existing}) {
    const auto older = open_postgres(database.name(), opening);
    ASSERT_FALSE(older);
    EXPECT_EQ(older.error().trouble, Trouble::older);
  }
  expect_fixture(*taken(open_postgres(database.name(), Opening::migrate)));
  expect_fixture(*taken(open_postgres(database.name(), Opening::reading)));
  const auto store = taken(open_postgres(database.name(), Opening::existing));
  expect_fixture(*store);
  expect_to_go_on(*store);
}

TEST_F(PostgresOfVersion1, KilledInAMigrationIsWholeAtOneVersionOrTheOther) {
  const auto migrate = [&] { return open_postgres(database.name(), Opening::migrate); };
  begin_again();
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(migrate());
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  std::mt19937 chance{20261129};
  for (int i = 0; i < kills(); ++i) {
    begin_again();
    const pid_t child = fork();
    if (child == 0) _exit(migrate() ? 0 : 1);
    std::this_thread::sleep_for(
        std::chrono::microseconds{chance() % static_cast<unsigned>(2 * whole.count())});
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "it failed by itself";
    // The server may be at it still.
    while (database.run("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'") != "0")
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    const bool is_migrated = version() == "2";
    EXPECT_EQ(database.run("SELECT to_regclass('gcp2.spare') IS NOT NULL"),
              is_migrated ? "t" : "f");
    const auto carried_out = migrate();
    ASSERT_TRUE(carried_out) << carried_out.error().message;
    expect_fixture(**carried_out);
    EXPECT_EQ(version(), "2");
  }
}

TEST(PostgresOfVersion2, IsReadAndGoesOn) {
  const Database database;
  database.run(bytes_of(fixtures + "store-v2.sql"));
  expect_fixture(*taken(open_postgres(database.name(), Opening::reading)));
  expect_fixture(*taken(open_postgres(database.name(), Opening::migrate)));
  const auto store = taken(open_postgres(database.name(), Opening::existing));
  expect_fixture(*store);
  expect_to_go_on(*store);
}

}  // namespace
}  // namespace gcp2::test
