// Erasure, backups and restores, and what verification finds.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "gcp2/json.h"
#include "school.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

namespace fs = std::filesystem;

const Instruments& instruments() { return shipped_instruments(); }
const Purpose retention{"retention", ""};

std::string bytes_of(const std::string& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

class Safekeeping : public testing::Test {
 protected:
  Safekeeping() {
    school.employ("tess", Role::practitioner);
    school.employ("rex", Role::records_manager);
    Desk tess = school.at("tess");
    for (int i = 1; i <= 3; ++i) {
      Sample wanted = child(i);
      wanted.is_signed = i != 2;
      ids.push_back(allowed(tess.add(sample(wanted), instruments(), none)).id);
    }
  }
  Certificate erase(const Id& id) {
    (void)allowed(school.at("rex").ask_erasure(id, retention));
    return allowed(school.at("sue").confirm_erasure(id, retention));
  }
  std::vector<std::string> flaws() const {
    std::vector<std::string> codes;
    for (const Flaw& flaw : allowed(verify(school.places, school.means)).flaws)
      codes.push_back(std::string{flaw.code} + " " + std::string{flaw.where});
    return codes;
  }
  void tamper(const std::string& sql) const {
    SQLite::Database database{school.path("records"), SQLite::OPEN_READWRITE};
    EXPECT_GT(database.exec(sql), 0) << sql;
  }
  School school;
  std::vector<Id> ids;
};

TEST_F(Safekeeping, ErasureNeedsASecondPersonAndNoHold) {
  Desk rex = school.at("rex");
  Desk sue = school.at("sue");
  EXPECT_EQ(why(sue.confirm_erasure(ids[0], retention)), "not_asked");
  EXPECT_EQ(why(rex.hold(ids[0], true, {"legal_hold", ""})), "done");
  EXPECT_EQ(why(rex.ask_erasure(ids[0], retention)), "held");
  EXPECT_EQ(why(rex.hold(ids[0], false, {"hold_over", ""})), "done");
  EXPECT_EQ(why(rex.ask_erasure(ids[0], retention)), "done");
  EXPECT_EQ(why(rex.confirm_erasure(ids[0], retention)), "second_person");
  (void)allowed(rex.hold(ids[0], true, {"legal_hold", ""}));
  EXPECT_EQ(why(sue.confirm_erasure(ids[0], retention)), "held");
  (void)allowed(rex.hold(ids[0], false, {"hold_over", ""}));
  (void)allowed(rex.ask_erasure(ids[0], retention));
  EXPECT_EQ(why(sue.confirm_erasure(ids[0], retention)), "done");
  EXPECT_EQ(why(sue.history(ids[0], cover)), "no_such_child");
  EXPECT_EQ(why(sue.find({.ref = "C-1001"}, cover)), "no_such_child");
  EXPECT_EQ(why(sue.read(*Id::parse(uuid(1)), cover)), "no_such_record");
  EXPECT_EQ(why(sue.history(ids[1], cover)), "done");
  EXPECT_THAT(flaws(), IsEmpty());
}

TEST_F(Safekeeping, AnErasedDraftLeavesNoLeafBehind) {
  EXPECT_GT(erase(ids[1]).rows, 10U);
  SQLite::Database database{school.path("records"), SQLite::OPEN_READONLY};
  const auto left = allowed(verify(school.places, school.means)).rows;
  erase(ids[0]);
  erase(ids[2]);
  EXPECT_EQ(allowed(verify(school.places, school.means)).rows, 0U) << "of " << left;
}

TEST_F(Safekeeping, TheKeyOfAFamilyStaysUntilItsLastChildIsErased) {
  Sample sibling = child(4);
  sibling.family = child(1).family;
  const Id other = allowed(school.at("tess").add(sample(sibling), instruments(), none)).id;
  const auto keys = [&] {
    return Ring::open(school.places.ring, Opening::reading)->keys()->size();
  };
  EXPECT_EQ(keys(), 7U);  // four children, three families
  erase(ids[0]);
  EXPECT_EQ(keys(), 6U);
  erase(other);
  EXPECT_EQ(keys(), 4U);
}

TEST_F(Safekeeping, TheCertificateNamesTheDayOfTheLastRingCopy) {
  (void)allowed(school.at("sue").back_up_ring(school.path("elsewhere")));
  const Seconds copied = school.now;
  school.now += 5 * 86400;
  const Certificate certificate = erase(ids[0]);
  ASSERT_TRUE(certificate.last_backup_expires);
  EXPECT_EQ(*certificate.last_backup_expires, copied + Seconds{30} * 86400);
}

// An erasure that was cut off after each of its steps is carried through by whoever opens next.
TEST_F(Safekeeping, ErasureIsCarriedOn) {
  for (const ErasureStep step : {ErasureStep::confirmed, ErasureStep::dropped}) {
    const Id id = ids[step == ErasureStep::confirmed ? 0 : 1];
    (void)allowed(school.at("rex").ask_erasure(id, retention));
    {
      auto ring = Ring::open(school.places.ring, Opening::existing);
      RingBatch batch;
      Erasure erasure = ring->erasures()->back();
      ASSERT_EQ(erasure.subject, id);
      erasure.step = step;
      batch.erasures.push_back(erasure);
      if (step == ErasureStep::dropped) batch.drop_keys_of.push_back(id);
      ASSERT_TRUE(ring->commit(batch));
    }
    Desk sue = school.at("sue");
    EXPECT_EQ(why(sue.history(id, cover)), "no_such_child");
    EXPECT_THAT(flaws(), IsEmpty());
    EXPECT_THAT(bytes_of(school.places.erased), HasSubstr(id.text()));
  }
}

TEST_F(Safekeeping, ABackupComesBackAndOpensNothingByItself) {
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  const Value document = allowed(school.at("tess").read(*Id::parse(uuid(1)), none));
  EXPECT_THAT(bytes_of(backup + ".manifest"), HasSubstr("gcp2/backup/1"));
  EXPECT_EQ(why(school.at("sue").back_up_records(backup)), "store");  // is there already
  fs::remove(school.path("records"));
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "store");
  const auto tried = [&](std::string_view name, std::string_view words) {
    return why(restore(school.places, school.means, backup, name, words));
  };
  EXPECT_EQ(tried("sue", "not the passphrase"), "not_logged_in");
  EXPECT_EQ(tried("tess", passphrase), "role");
  EXPECT_EQ(tried("sue", passphrase), "done");
  EXPECT_EQ(tried("sue", passphrase), "store");  // there are records already
  EXPECT_EQ(write_json(allowed(school.at("tess").read(*Id::parse(uuid(1)), none))),
            write_json(document));
  std::vector<std::string> seen;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
    if (e.action == "restore" && e.table != RowKind::account) seen.push_back(e.outcome);
    return true;
  }));
  EXPECT_THAT(seen, ElementsAre("done"));
  // The anchors of what was lost are still there; that it was put back stands behind them.
  EXPECT_THAT(flaws(), IsEmpty());
  EXPECT_GT(allowed(verify(school.places, school.means)).replaced_anchors, 0U);
}

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

TEST_F(Safekeeping, AHoldEndsAnEarlierRequest) {
  Desk rex = school.at("rex");
  Desk sue = school.at("sue");
  (void)allowed(rex.ask_erasure(ids[0], retention));
  const auto requests = allowed(sue.erasure_requests());
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].child.id, ids[0]);
  EXPECT_EQ(requests[0].asked_by, rex.account().id);
  EXPECT_EQ(requests[0].reason, "retention");
  (void)allowed(rex.hold(ids[0], true, {"legal_hold", ""}));
  EXPECT_THAT(allowed(sue.erasure_requests()), IsEmpty());
  (void)allowed(rex.hold(ids[0], false, {"hold_over", ""}));
  EXPECT_EQ(why(sue.confirm_erasure(ids[0], retention)), "not_asked");
}

TEST_F(Safekeeping, ARequestCanBeWithdrawn) {
  Desk sue = school.at("sue");
  EXPECT_EQ(why(sue.withdraw_erasure(ids[0], retention)), "not_asked");
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  EXPECT_EQ(why(sue.withdraw_erasure(ids[0], none)), "reason_needed");
  EXPECT_EQ(why(sue.withdraw_erasure(ids[0], retention)), "done");
  EXPECT_EQ(why(sue.confirm_erasure(ids[0], retention)), "not_asked");
  // It can be asked for again.
  EXPECT_GT(erase(ids[0]).rows, 0U);
}

TEST_F(Safekeeping, APlantedLineErasesNobody) {
  const std::string id = ids[0].text();
  std::ofstream{school.places.erased, std::ios::app} << id << " 1771581600 " << std::string(64, 'a')
                                                     << "\n"
                                                     << id << "\n"
                                                     << id << " 17";
  EXPECT_EQ(why(school.at("tess").history(ids[0], none)), "done");
  EXPECT_THAT(flaws(), ElementsAre("planted erasure_list"));
  // What is cut off does not swallow what comes behind it.
  erase(ids[2]);
  EXPECT_THAT(bytes_of(school.places.erased), HasSubstr("\n" + ids[2].text()));
}

TEST_F(Safekeeping, AnErasedChildIsErasedInEveryOlderBackupToo) {
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  const std::string old_ring = school.path("old-ring");
  (void)allowed(school.at("sue").back_up_ring(old_ring));
  erase(ids[0]);
  fs::remove(school.path("records"));
  // Even beside a ring that still has the key.
  fs::remove(school.places.ring);
  fs::copy_file(old_ring, school.places.ring);
  const Restored restored =
      allowed(restore(school.places, school.means, backup, "sue", passphrase));
  EXPECT_GT(restored.erased_rows, 0U);
  Desk sue = school.at("sue");
  EXPECT_EQ(why(sue.history(ids[0], cover)), "no_such_child");
  EXPECT_EQ(why(sue.history(ids[1], cover)), "done");
  EXPECT_FALSE(*Ring::open(school.places.ring, Opening::reading)->key_of(ids[0]));
}

TEST_F(Safekeeping, ARestoreWithoutTheKeysIsRefused) {
  const std::string old_ring = school.path("old-ring");
  (void)allowed(school.at("sue").back_up_ring(old_ring));
  (void)allowed(school.at("tess").add(sample(child(9)), instruments(), none));
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  fs::remove(school.path("records"));
  fs::remove(school.places.ring);
  fs::copy_file(old_ring, school.places.ring);
  EXPECT_EQ(why(restore(school.places, school.means, backup, "sue", passphrase)), "missing_keys");
  EXPECT_FALSE(fs::exists(school.path("records")));
}

TEST_F(Safekeeping, ARecordsBackupWaitsForTheRings) {
  for (const auto& copy : fs::directory_iterator{school.places.ring_backups}) fs::remove(copy);
  Desk sue = school.at("sue");
  EXPECT_EQ(why(sue.back_up_records(school.path("backup"))), "no_ring_backup");
  EXPECT_FALSE(fs::exists(school.path("backup")));
  const std::string copy = school.path("copy");
  (void)allowed(sue.back_up_ring(copy));
  std::string bytes = bytes_of(copy);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::ofstream{copy, std::ios::binary} << bytes;
  EXPECT_EQ(why(sue.back_up_records(school.path("backup"))), "no_ring_backup");
  (void)allowed(sue.back_up_ring(school.path("another")));
  EXPECT_EQ(why(sue.back_up_records(school.path("backup"))), "done");
}

TEST_F(Safekeeping, AStaleRingIsNoticedBeforeAnythingIsLost) {
  const std::string old_ring = school.path("old-ring");
  (void)allowed(school.at("sue").back_up_ring(old_ring));
  (void)allowed(school.at("tess").add(sample(child(9)), instruments(), none));
  const std::string newest = bytes_of(school.places.ring);
  fs::remove(school.places.ring);
  fs::copy_file(old_ring, school.places.ring);
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "stale_ring");
  std::ofstream{school.places.ring, std::ios::binary} << newest;
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "done");
}

TEST_F(Safekeeping, OnlyTheNewestOwnRingCopyStays) {
  const auto copies = [&] {
    return std::distance(fs::directory_iterator{school.places.ring_backups}, {});
  };
  EXPECT_EQ(copies(), 1);
  (void)allowed(school.at("tess").add(sample(child(9)), instruments(), none));
  EXPECT_EQ(copies(), 1);
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

TEST_F(Safekeeping, TheRingOfAnotherSettingIsRefused) {
  const School other;
  Places mixed = school.places;
  mixed.ring = other.places.ring;
  EXPECT_EQ(why(Setting::open(mixed, school.means)), "other_store");
  EXPECT_EQ(why(verify(mixed, school.means)), "other_store");
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

TEST_F(Safekeeping, EveryNameIsSealedInEveryFile) {
  (void)allowed(school.at("tess").read(*Id::parse(uuid(1)), {"review_meeting", "Whispered words"}));
  (void)allowed(school.at("sue").back_up_records(school.path("backup")));
  const std::string all = school.all_bytes();
  for (const char* said : {"Sample Child", "C-1001", "F-1001", "2017-06-21", "Parent Example",
                           "Grandparent", "A. Teacher", "class teacher", "primary school",
                           "early help", "Whispered", "gcp2/assessment", "observations", "consent"})
    EXPECT_THAT(all.find(said), std::string::npos) << said;
  EXPECT_NE(all.find("tess"), std::string::npos);  // the names of staff are in the ring
}

}  // namespace
}  // namespace gcp2::test
