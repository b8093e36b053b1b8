// Erasure, backups and restores.
#include "safekeeping.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "gcp2/json.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

const Instruments& instruments() { return shipped_instruments(); }

// What could be sealed and never opened again is refused before it is kept.
TEST_F(Safekeeping, MoreThanARecordMayHoldIsRefused) {
  Desk tess = school.at("tess");
  const Value base = allowed(tess.read(*Id::parse(uuid(2)), none));
  Value large = base;
  large.set("context", Value::text(std::string(std::size_t{5} << 20U, 'x')));
  EXPECT_EQ(why(tess.save_draft(base, large, none)), "too_large");
  Value other = sample(child(9));
  other.set("context", Value::text(std::string(std::size_t{5} << 20U, 'x')));
  EXPECT_EQ(why(tess.add(other, instruments(), none)), "too_large");
  EXPECT_EQ(why(tess.read(*Id::parse(uuid(2)), none)), "done");
}

TEST_F(Safekeeping, CopiesOfTheRingThatAreOverAreDestroyedWithTheNext) {
  Desk sue = school.at("sue");
  (void)allowed(sue.back_up_ring(school.path("first")));
  (void)allowed(sue.back_up_ring(school.path("replaced")));
  std::ofstream{school.path("replaced"), std::ios::trunc} << "somebody else's";
  school.now += Seconds{30} * 86400 - 1;
  (void)allowed(sue.back_up_ring(school.path("second")));
  EXPECT_TRUE(fs::exists(school.path("first")));
  ++school.now;
  (void)allowed(sue.back_up_ring(school.path("third")));
  EXPECT_FALSE(fs::exists(school.path("first")));
  EXPECT_EQ(bytes_of(school.path("replaced")), "somebody else's");
  EXPECT_TRUE(fs::exists(school.path("second")));
  EXPECT_TRUE(fs::exists(school.path("third")));
}

TEST_F(Safekeeping, WhatWasAskedForOrConfirmedIsSoAfterARestoreToo) {
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  fs::remove(school.path("records"));
  (void)allowed(restore(school.places, school.means, backup, "sue", passphrase));
  EXPECT_EQ(allowed(school.at("rex").erasure_requests()).size(), 1U);
  EXPECT_TRUE(allowed(verify(school.places, school.means)).flaws.empty());
  EXPECT_GT(allowed(school.at("sue").confirm_erasure(ids[0], retention)).rows, 0U);
  EXPECT_EQ(why(school.at("sue").history(ids[0], cover)), "no_such_child");
}

TEST_F(Safekeeping, ARequestForAChildThatARestoreDoesNotBringBackEndsWithIt) {
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  const Id later = allowed(school.at("tess").add(sample(child(8)), instruments(), none)).id;
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  (void)allowed(school.at("rex").ask_erasure(later, retention));
  fs::remove(school.path("records"));
  (void)allowed(restore(school.places, school.means, backup, "sue", passphrase));
  const auto requests = allowed(school.at("rex").erasure_requests());
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].child.id, ids[0]);
  EXPECT_TRUE(allowed(verify(school.places, school.means)).flaws.empty());
  // Added anew, the child is not to be erased by it.
  EXPECT_EQ(allowed(school.at("tess").add(sample(child(8)), instruments(), none)).id, later);
  EXPECT_EQ(why(school.at("sue").confirm_erasure(later, retention)), "not_asked");
  EXPECT_EQ(allowed(school.at("rex").erasure_requests()).size(), 1U);
}

TEST_F(Safekeeping, ARequestForAChildThatIsNotThereKeepsNobodyFromTheOthers) {
  Desk rex = school.at("rex");
  (void)allowed(rex.ask_erasure(ids[0], retention));
  RingBatch batch;
  batch.erasures.push_back(
      {Id::random(), ErasureStep::asked, rex.account().id, {}, school.now, "retention"});
  ASSERT_TRUE(Ring::open(school.places.ring, Opening::existing)->commit(batch));
  EXPECT_EQ(allowed(rex.erasure_requests()).size(), 1U);
}

// Time has been ahead by mistake: nothing is shared that would be over at once.
TEST_F(Safekeeping, NothingIsAssignedUntilADayThatIsOver) {
  const Seconds today = school.now;
  school.now += Seconds{3650} * 86400;
  (void)school.at("sue");
  school.now = today;
  Desk sue = school.at("sue");
  EXPECT_EQ(why(sue.assign(ids[0], "rex", today + 86400, cover)), "day_is_over");
  EXPECT_EQ(why(sue.assign(ids[0], "rex", today + Seconds{4000} * 86400, cover)), "done");
  EXPECT_EQ(allowed(school.at("rex").children(false, none)).size(), 1U);
}

// The folder was moved, and its old name leads there.
TEST_F(Safekeeping, TheOnlyCopyOfTheRingAsItIsStays) {
  fs::rename(school.places.ring_backups, school.path("moved"));
  fs::create_directory_symlink(school.path("moved"), school.places.ring_backups);
  school.now += 31 * 86400;
  (void)school.at("sue");
  EXPECT_EQ(std::distance(fs::directory_iterator{school.path("moved")}, {}), 1);
  EXPECT_EQ(why(school.at("sue").back_up_records(school.path("backup"))), "done");
  EXPECT_TRUE(allowed(verify(school.places, school.means)).against_copy);
}

// Nobody has to make another one for it.
TEST_F(Safekeeping, CopiesOfTheRingThatAreOverAreDestroyedByThemselves) {
  (void)allowed(school.at("sue").back_up_ring(school.path("first")));
  school.now += 15 * 86400;
  (void)allowed(school.at("sue").back_up_ring(school.path("second")));
  school.now += 15 * 86400;
  (void)allowed(school.at("tess").add(sample(child(9)), instruments(), none));
  EXPECT_FALSE(fs::exists(school.path("first"))) << "with a new key";
  EXPECT_TRUE(fs::exists(school.path("second")));
  school.now += 15 * 86400;
  (void)school.at("sue");
  EXPECT_FALSE(fs::exists(school.path("second"))) << "when somebody logs in who may make copies";
}

// As when a disk was unplugged: reading goes on, and what would be without a copy is refused.
TEST_F(Safekeeping, WithoutTheFolderOfRingCopiesReadingGoesOn) {
  fs::rename(school.places.ring_backups, school.path("unplugged"));
  fs::create_symlink(school.path("away"), school.places.ring_backups);
  const auto refused = school.at("tess").add(sample(child(9)), instruments(), none);
  ASSERT_EQ(why(refused), "store");
  EXPECT_THAT(refused.error().store.message, testing::HasSubstr(school.places.ring_backups));
  const auto made = school.at("adam").make_account("theo", Role::practitioner, passphrase);
  ASSERT_EQ(why(made), "store");
  EXPECT_EQ(why(school.at("tess").read(*Id::parse(uuid(1)), none)), "done");
  fs::remove(school.places.ring_backups);
  fs::rename(school.path("unplugged"), school.places.ring_backups);
  EXPECT_EQ(why(school.at("tess").add(sample(child(9)), instruments(), none)), "done");
}

// Whoever is told no is not to find out that it was done.
TEST_F(Safekeeping, WithoutTheFolderOfRingCopiesNothingOfTheRingIsChanged) {
  const auto content = [&] {
    auto ring = Ring::open(school.places.ring, Opening::reading);
    return std::pair{*ring->serial(), ring->keys()->size()};
  };
  const auto before = content();
  fs::rename(school.places.ring_backups, school.path("unplugged"));
  fs::create_symlink(school.path("away"), school.places.ring_backups);
  EXPECT_EQ(why(school.at("tess").change_passphrase("kettle violin meadow")), "store");
  EXPECT_EQ(why(school.at("sue").end_account("tess")), "store");
  EXPECT_EQ(why(school.at("adam").make_account("theo", Role::practitioner, passphrase)), "store");
  EXPECT_EQ(why(school.at("tess").add(sample(child(9)), instruments(), none)), "store");
  EXPECT_EQ(content(), before);
  EXPECT_EQ(why(school.at("tess").read(*Id::parse(uuid(1)), none)), "done");
  fs::remove(school.places.ring_backups);
  fs::rename(school.path("unplugged"), school.places.ring_backups);
  EXPECT_EQ(why(school.at("adam").make_account("theo", Role::practitioner, passphrase)), "done");
  EXPECT_THAT(flaws(), IsEmpty());
}

// The disk with the copies goes as soon as the ring is another one.
TEST_F(Safekeeping, WhatIsDoneButNotCopiedIsSaidToBeDone) {
  const auto serial = [&] { return *Ring::open(school.places.ring, Opening::reading)->serial(); };
  const auto without_copy = [&](const std::function<std::string(Desk&)>& act) {
    Means means = school.means;
    const std::int64_t before = serial();
    means.clock = [&] {
      if (serial() != before && fs::is_directory(school.places.ring_backups)) {
        fs::rename(school.places.ring_backups, school.path("unplugged"));
        std::ofstream{school.places.ring_backups} << "no folder";
      }
      return school.now;
    };
    std::string said;
    {
      Setting setting = allowed(Setting::open(school.places, means));
      Desk sue = allowed(setting.log_in("sue", passphrase));
      said = act(sue);
    }
    fs::remove(school.places.ring_backups);
    fs::rename(school.path("unplugged"), school.places.ring_backups);
    return said;
  };
  EXPECT_EQ(without_copy([](Desk& sue) { return why(sue.end_account("rex")); }), "not_copied");
  EXPECT_EQ(why(school.open().log_in("rex", passphrase)), "not_logged_in");
  school.employ("rhea", Role::reader);
  EXPECT_EQ(without_copy([&](Desk& sue) {
              return why(sue.share(ids[0], "rhea", school.now + 86400, cover));
            }),
            "not_copied");
  EXPECT_EQ(why(school.at("rhea").read(*Id::parse(uuid(1)), none)), "done") << "with its row";
  EXPECT_EQ(why(school.at("adam").make_account("theo", Role::practitioner, passphrase)), "done");
  EXPECT_TRUE(allowed(verify(school.places, school.means)).against_copy);
  EXPECT_THAT(flaws(), IsEmpty());
}

// A copy of the ring with a line behind it is none, and a backup beside it fits no manifest.
TEST_F(Safekeeping, WhatStandsWhereAManifestBelongsStays) {
  const std::string backup = school.path("backup"), manifest = backup + ".manifest";
  Desk sue = school.at("sue");
  (void)allowed(sue.back_up_ring(manifest));
  const std::string copy = bytes_of(manifest);
  const auto refused = sue.back_up_records(backup);
  ASSERT_EQ(why(refused), "store");
  EXPECT_EQ(refused.error().store.trouble, Trouble::present);
  EXPECT_EQ(bytes_of(manifest), copy);
  EXPECT_FALSE(fs::exists(backup));
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
  // Refusals, too, though there was no log when they came.
  std::vector<std::string> refused;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
    if (e.action == "restore" && e.outcome.starts_with("refused")) refused.push_back(e.outcome);
    return true;
  }));
  EXPECT_THAT(refused, ElementsAre("refused.not_logged_in", "refused.role"));
  // The anchors of what was lost are still there; that it was put back stands behind them.
  EXPECT_THAT(flaws(), IsEmpty());
  EXPECT_GT(allowed(verify(school.places, school.means)).replaced_anchors, 0U);
}

class BackupFromBefore : public Safekeeping {
 protected:
  void expect_all_but_the_first_from(const std::string& backup) const {
    const Restored restored =
        allowed(restore(school.places, school.means, backup, "sue", passphrase));
    EXPECT_GT(restored.erased_rows, 0U);
    Desk sue = school.at("sue");
    EXPECT_EQ(why(sue.history(ids[0], cover)), "no_such_child");
    EXPECT_EQ(why(sue.history(ids[1], cover)), "done");
  }
};

TEST_F(BackupFromBefore, AnErasedChildIsErasedInItToo) {
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  const std::string old_ring = school.path("old-ring");
  (void)allowed(school.at("sue").back_up_ring(old_ring));
  erase(ids[0]);
  fs::remove(school.path("records"));
  // Even beside a ring that still has the key.
  fs::remove(school.places.ring);
  fs::copy_file(old_ring, school.places.ring);
  expect_all_but_the_first_from(backup);
  EXPECT_FALSE(*Ring::open(school.places.ring, Opening::reading)->key_of(ids[0]));
}

// The list went with the disk; the newest ring has come from a stick.
TEST_F(BackupFromBefore, ComesBackWithoutTheListOfWhatWasErased) {
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  erase(ids[0]);
  (void)allowed(school.at("sue").back_up_ring(school.path("stick")));
  for (const std::string& lost :
       {school.path("records"), school.places.ring, school.places.erased, school.places.anchor})
    fs::remove(lost);
  fs::copy_file(school.path("stick"), school.places.ring);
  expect_all_but_the_first_from(backup);
  EXPECT_TRUE(fs::exists(school.places.erased)) << "written again";
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

TEST_F(Safekeeping, ABackupIsLoggedWithItsReason) {
  Desk sue = school.at("sue");
  const Purpose audit{"quality_audit", ""}, nonsense{"nonsense", ""};
  (void)allowed(sue.back_up_ring(school.path("ring-copy"), audit));
  (void)allowed(sue.back_up_records(school.path("backup"), audit));
  EXPECT_EQ(why(sue.back_up_ring(school.path("other"), nonsense)), "unknown_reason");
  EXPECT_EQ(why(sue.back_up_records(school.path("other"), nonsense)), "unknown_reason");
  EXPECT_FALSE(fs::exists(school.path("other")));
  std::vector<std::string> told;
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.action.starts_with("back_up") && e.outcome == "done")
      told.push_back(e.action + " " + e.reason);
    return true;
  }));
  EXPECT_THAT(told, ElementsAre("back_up_ring quality_audit", "back_up_records quality_audit"));
}

TEST_F(Safekeeping, WhyADeskIsUsedStandsBesideWhatHasNoReasonOfItsOwn) {
  Desk adam = school.at("adam");
  adam.because({"quality_audit", ""});
  (void)allowed(adam.make_account("nora", Role::auditor, passphrase));
  (void)allowed(adam.back_up_ring(school.path("ring-copy"), {"court_order", ""}));
  adam.because({"nonsense", ""});
  EXPECT_EQ(why(adam.make_account("otto", Role::auditor, passphrase)), "unknown_reason");
  std::vector<std::string> told;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
    if (e.actor == adam.account().id && e.outcome == "done" && !e.reason.empty())
      told.push_back(e.action + " " + e.reason);
    return true;
  }));
  EXPECT_THAT(told, ElementsAre("make_account quality_audit", "back_up_ring court_order"));
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

TEST_F(Safekeeping, TheRingOfAnotherSettingIsRefused) {
  const School other;
  Places mixed = school.places;
  mixed.ring = other.places.ring;
  EXPECT_EQ(why(Setting::open(mixed, school.means)), "other_store");
  EXPECT_EQ(why(verify(mixed, school.means)), "other_store");
}

}  // namespace
}  // namespace gcp2::test
