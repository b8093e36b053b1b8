// What verification finds, whoever wrote to the files, and what it does not accuse.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <functional>

#include "safekeeping.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

namespace fs = std::filesystem;

// Without the entry of a restore nobody is excused: it is there only where a passphrase was given.
TEST_F(Safekeeping, ARestoreThatTheLogDoesNotKnowIsFound) {
  const auto anchors = allowed(verify(school.places, school.means)).anchors;
  ASSERT_GT(anchors, 2U);
  std::ofstream{school.places.anchor, std::ios::app} << "restored 2 " << std::string(64, 'a')
                                                     << " 2026-02-20T10:00:00Z\n";
  EXPECT_THAT(flaws(), ElementsAre("forked anchor"));
}

TEST_F(Safekeeping, LinesThatAreNoAnchorsAreCountedAndAMissingFileIsSaid) {
  std::ofstream{school.places.anchor, std::ios::app} << "garbage\n12 abc\n";
  const Verification verified = allowed(verify(school.places, school.means));
  EXPECT_EQ(verified.unreadable_anchors, 2U);
  EXPECT_TRUE(verified.anchors_found);
  fs::remove(school.places.anchor);
  EXPECT_FALSE(allowed(verify(school.places, school.means)).anchors_found);
}

TEST_F(Safekeeping, RecordsOfAnEarlierDayAreNoticed) {
  fs::copy_file(school.path("records"), school.path("yesterday"));
  (void)allowed(school.at("tess").read(*Id::parse(uuid(1)), none));
  fs::remove(school.path("records"));
  fs::copy_file(school.path("yesterday"), school.path("records"));
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "rolled_back");
  EXPECT_THAT(flaws(), testing::Contains("rolled_back ring"));
  EXPECT_THAT(flaws(), testing::Contains("rolled_back anchor"));
}

TEST_F(Safekeeping, AnUntouchedStoreIsWhole) { EXPECT_THAT(flaws(), IsEmpty()); }

// Whoever can write to the records' file: each change, removal, exchange and return of something
// old.
TEST_F(Safekeeping, EveryTamperingIsFound) {
  const std::string whole = bytes_of(school.path("records"));
  const std::string anchors = bytes_of(school.places.anchor);
  const auto after = [&](const std::vector<std::string>& changes) {
    for (const std::string& sql : changes) tamper(sql);
    auto found = flaws();
    std::ofstream{school.path("records"), std::ios::binary} << whole;
    return found;
  };
  const std::string record = "kind = 3 AND id = (SELECT min(id) FROM rows WHERE kind = 3)";
  for (const char* column : {"standing = 2", "owner = zeroblob(16)", "key = zeroblob(16)",
                             "revision = 2", "at = at - 1", "sealed = zeroblob(length(sealed))"})
    EXPECT_THAT(after({"UPDATE rows SET " + std::string{column} + " WHERE " + record}),
                testing::Contains("row_changed records"))
        << column;
  EXPECT_THAT(after({"DELETE FROM rows WHERE " + record}), ElementsAre("row_missing records"));
  EXPECT_THAT(after({"UPDATE rows SET id = randomblob(16) WHERE " + record}),
              UnorderedElementsAre("row_missing records", "row_unknown records"));
  EXPECT_THAT(after({"UPDATE rows SET sealed = (SELECT sealed FROM rows WHERE kind = 3 AND id = "
                     "(SELECT max(id) FROM rows WHERE kind = 3)) WHERE " +
                     record}),
              ElementsAre("row_changed records"));
  for (const char* column :
       {"at = at + 1", "actor = zeroblob(16)", "action = 'list'", "outcome = 'read'",
        "reason = 'cover'", "subject = randomblob(16)", "kind = 2", "row_id = randomblob(16)",
        "revision = revision + 1", "digest = randomblob(32)", "note_key = randomblob(16)",
        "note = x'00'", "hash = randomblob(32)"})
    EXPECT_THAT(after({"UPDATE entries SET " + std::string{column} + " WHERE number = 6"}),
                testing::Contains("entry_changed records"))
        << column;
  EXPECT_THAT(after({"DELETE FROM entries WHERE number = 6"}),
              testing::Contains("entry_changed records"));
  EXPECT_THAT(after({"UPDATE entries SET number = -1 WHERE number = 6",
                     "UPDATE entries SET number = 6 WHERE number = 7",
                     "UPDATE entries SET number = 7 WHERE number = -1"}),
              testing::Contains("entry_changed records"));
  EXPECT_THAT(after({"DELETE FROM entries WHERE number = (SELECT max(number) FROM entries)"}),
              testing::IsSupersetOf({"rolled_back ring", "rolled_back anchor"}));
  EXPECT_THAT(flaws(), IsEmpty());
  std::ofstream{school.places.anchor, std::ios::binary} << "5 " << std::string(64, '0')
                                                        << " 2026-02-20T10:00:00Z\n"
                                                        << anchors;
  EXPECT_THAT(flaws(), ElementsAre("forked anchor"));
}

// A trigger that takes entries away as they are written would leave a chain that fits.
TEST_F(Safekeeping, ATriggerInTheRecordsIsNotCarriedOut) {
  SQLite::Database{school.path("records"), SQLite::OPEN_READWRITE}.exec(
      "CREATE TRIGGER hide AFTER INSERT ON entries WHEN new.action = 'read' "
      "BEGIN DELETE FROM entries WHERE number = new.number; END");
  const auto opened = Setting::open(school.places, school.means);
  ASSERT_EQ(why(opened), "store");
  EXPECT_EQ(opened.error().store.trouble, Trouble::damaged);
  EXPECT_EQ(why(verify(school.places, school.means)), "store");
}

// Constraints and indexes decide what is kept and what is found, as a trigger does.
TEST_F(Safekeeping, TablesAndIndexesThatWereMadeOtherOnesAreNotUsed) {
  const std::string records = school.path("records"), ring = school.places.ring;
  const auto refused_after = [&](const std::string& file, const std::string& sql) {
    const std::string whole = bytes_of(file);
    SQLite::Database{file, SQLite::OPEN_READWRITE}.exec(sql);
    const auto opened = Setting::open(school.places, school.means);
    EXPECT_EQ(why(opened), "store") << sql;
    EXPECT_EQ(why(verify(school.places, school.means)), "store") << sql;
    std::ofstream{file, std::ios::binary} << whole;
    return !opened && opened.error().store.trouble == Trouble::damaged;
  };
  // Of an account's entries all but the first would be swallowed.
  EXPECT_TRUE(refused_after(
      records,
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'actor BLOB NOT"
      " NULL', 'actor BLOB NOT NULL UNIQUE ON CONFLICT IGNORE') WHERE name = 'entries'"));
  EXPECT_TRUE(
      refused_after(records, "DROP INDEX rows_by_id; CREATE INDEX rows_by_id ON rows (kind, id)"));
  EXPECT_TRUE(refused_after(records, "DROP INDEX rows_by_owner"));
  EXPECT_TRUE(refused_after(ring, "DROP INDEX accounts_by_name"));
  EXPECT_TRUE(refused_after(ring, "ALTER TABLE erasures ADD COLUMN more TEXT"));
  EXPECT_THAT(flaws(), IsEmpty());
}

// Its text is as it was made.
TEST_F(Safekeeping, AnIndexWithoutSomeOfItsEntriesIsFound) {
  const auto found_in = [&](const std::string& file, const std::string& index,
                            const std::string& text, const std::string& kept) {
    const std::string whole = bytes_of(file);
    const auto rewrite = [&](const std::string& sql) {
      SQLite::Database{file, SQLite::OPEN_READWRITE}.exec(
          "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = '" + sql +
          "' WHERE name = '" + index + "'");
    };
    rewrite(text + " WHERE " + kept);
    SQLite::Database{file, SQLite::OPEN_READWRITE}.exec("REINDEX " + index);
    rewrite(text);
    const auto found = verify(school.places, school.means);
    std::ofstream{file, std::ios::binary} << whole;
    return !found && found.error().store.trouble == Trouble::damaged;
  };
  EXPECT_TRUE(found_in(school.path("records"), "rows_by_owner",
                       "CREATE INDEX rows_by_owner ON rows (kind, owner)", "kind > 3"));
  EXPECT_TRUE(found_in(school.places.ring, "keys_by_subject",
                       "CREATE INDEX keys_by_subject ON keys (of)", "number > 1"));
  EXPECT_THAT(flaws(), IsEmpty());
}

// An index made plain for a while lets an old row be put beside the newer one.
TEST_F(Safekeeping, ASecondRowOfOneIdIsFound) {
  SQLite::Database{school.path("records"), SQLite::OPEN_READWRITE}.exec(
      "DROP INDEX rows_by_id; CREATE INDEX rows_by_id ON rows (kind, id);"
      "INSERT INTO rows SELECT * FROM rows WHERE kind = 1 LIMIT 1;"
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE UNIQUE INDEX rows_by_id "
      "ON rows (kind, id)' WHERE name = 'rows_by_id'");
  const auto found = verify(school.places, school.means);
  ASSERT_EQ(why(found), "store");
  EXPECT_EQ(found.error().store.trouble, Trouble::damaged);
}

TEST_F(Safekeeping, AnOlderRingIsFoundByVerifyToo) {
  school.employ("rita", Role::reader);
  Desk sue = school.at("sue");
  (void)allowed(sue.share(ids[0], "rita", school.now + 86400, {"sharing_agreement", ""}));
  fs::copy_file(school.places.ring, school.path("older"));
  (void)allowed(sue.end_involvement(ids[0], "rita", cover));
  fs::copy_file(school.path("older"), school.places.ring, fs::copy_options::overwrite_existing);
  EXPECT_THAT(flaws(), testing::Contains("stale_ring ring"));
}

TEST_F(Safekeeping, ALostErasureListIsFoundAndWrittenAgain) {
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  erase(ids[0]);
  for (const bool is_there : {false, true}) {
    if (is_there)
      std::ofstream{school.places.erased, std::ios::trunc} << "xxxx\n";
    else
      fs::remove(school.places.erased);
    EXPECT_THAT(flaws(), testing::Contains("unlisted erasure_list"));
    (void)school.at("sue");
    EXPECT_THAT(flaws(), testing::Not(testing::Contains("unlisted erasure_list")));
  }
  // The family's key went, too, and its row is left out as well.
  for (const char* more : {"", "-wal", "-shm"}) fs::remove(school.path("records") + more);
  EXPECT_GT(allowed(restore(school.places, school.means, backup, "sue", passphrase)).erased_rows,
            0U);
  EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 2U);
}

TEST_F(Safekeeping, NothingIsReadFromOrWrittenToPipesAndDevices) {
  erase(ids[0]);
  for (const std::string* file : {&school.places.anchor, &school.places.erased}) {
    const std::string kept = *file + ".kept";
    fs::rename(*file, kept);
    for (const auto& make :
         std::vector<std::function<void()>>{[&] { ASSERT_EQ(mkfifo(file->c_str(), 0600), 0); },
                                            [&] { fs::create_symlink("/dev/full", *file); },
                                            [&] { fs::create_directory(*file); }}) {
      make();
      EXPECT_EQ(why(verify(school.places, school.means)), "store");
      const auto opened = Setting::open(school.places, school.means);
      ASSERT_EQ(why(opened), "store");
      EXPECT_THAT(opened.error().store.message, testing::HasSubstr(*file));
      fs::remove(*file);
    }
    fs::rename(kept, *file);
  }
  EXPECT_THAT(flaws(), IsEmpty());
}

TEST_F(Safekeeping, ListsOfALengthThatNobodyWritesAreDamaged) {
  erase(ids[0]);
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  const auto expect_damaged = [](const auto& result) {
    ASSERT_EQ(why(result), "store");
    EXPECT_EQ(result.error().store.trouble, Trouble::damaged);
  };
  for (const std::string& file :
       {school.places.anchor, school.places.erased, backup + ".manifest"}) {
    const std::string whole = bytes_of(file);
    const auto make_large = [&] { fs::resize_file(file, std::uintmax_t{40} << 30U); };
    const auto make_wide = [&] { std::ofstream{file} << std::string(100'000, 'x') << '\n'; };
    for (const auto& make : std::vector<std::function<void()>>{make_large, make_wide}) {
      make();
      if (file == school.places.anchor) (void)school.at("sue");  // Who logs out, too.
      if (file != backup + ".manifest") expect_damaged(verify(school.places, school.means));
      Places anew = school.places;
      anew.records = "sqlite:" + school.path("anew");
      expect_damaged(restore(anew, school.means, backup, "sue", passphrase));
    }
    std::ofstream{file, std::ios::binary} << whole;
  }
  EXPECT_THAT(flaws(), IsEmpty());
}

// Nothing waits for what a pipe may bring.
TEST_F(Safekeeping, PipesBesideTheDatabasesAndInPlaceOfCopiesAreRefused) {
  const std::string pipe = school.path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& file : {school.path("records"), school.places.ring})
    for (const char* beside : {"-journal", "-wal", "-shm"}) {
      fs::rename(pipe, file + beside);
      const auto opened = Setting::open(school.places, school.means);
      EXPECT_EQ(why(verify(school.places, school.means)), "store");
      fs::rename(file + beside, pipe);
      ASSERT_EQ(why(opened), "store") << beside;
      EXPECT_THAT(opened.error().store.message, testing::HasSubstr(file + beside));
    }
  for (const auto& copy : fs::directory_iterator{school.places.ring_backups})
    fs::rename(pipe, copy.path());
  EXPECT_FALSE(allowed(verify(school.places, school.means)).against_copy);
  EXPECT_EQ(why(school.at("sue").back_up_records(school.path("backup"))), "no_ring_backup");
}

// An attacker who writes the whole chain anew is found by what it does not fit to any more.
TEST_F(Safekeeping, AChainThatWasMadeAnewDoesNotFitTheAnchors) {
  auto store = open_store(school.places.records, Opening::existing);
  std::vector<Entry> entries;
  std::vector<Put> rows;
  ASSERT_TRUE((*store)->snapshot(
      [&](RowKind table, const Row& row) {
        rows.push_back({table, row});
        return true;
      },
      [&](const Entry& entry) {
        entries.push_back(entry);
        return true;
      }));
  const Id id = (*store)->id();
  store->reset();
  entries[3].actor = Id::random();
  Head head;
  for (Entry& entry : entries) {
    entry.hash = chained(head, entry);
    head = {entry.number, entry.hash, entry.at};
  }
  fs::remove(school.path("records"));
  const auto forged = open_store(school.places.records, Opening::copy, id);
  ASSERT_TRUE((*forged)->fill(rows, entries) && (*forged)->finish());
  EXPECT_THAT(flaws(), testing::IsSupersetOf({"forked ring", "forked anchor"}));
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "rolled_back");
}

TEST_F(Safekeeping, AClockThatWentBackIsSaid) {
  EXPECT_THAT(allowed(verify(school.places, school.means)).clock_back, IsEmpty());
  school.now -= 100;
  (void)school.at("sue");
  EXPECT_EQ(allowed(verify(school.places, school.means)).clock_back.size(), 1U);
  EXPECT_THAT(flaws(), IsEmpty());
}

}  // namespace
}  // namespace gcp2::test
