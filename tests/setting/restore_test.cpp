// A restore that is cut off, at its last steps: it is begun again, and nothing has to be taken
// away.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <functional>

#include "gcp2/json.h"
#include "handed_on.h"
#include "school.h"

namespace gcp2::test {
namespace {

namespace fs = std::filesystem;

const Instruments& instruments() { return shipped_instruments(); }

/// Of a copy, where something comes between: nothing after `finish` is done any more, or not even
/// that.
class CutOffCopy final : public HandedOn {
 public:
  CutOffCopy(std::unique_ptr<Store> copy, bool is_finished)
      : HandedOn{std::move(copy)}, is_finished_{is_finished} {}
  Stored<Done> finish() override {
    if (is_finished_)
      if (auto done = HandedOn::finish(); !done) return done;
    return StoreError{Trouble::outside, "cut off"};
  }

 private:
  bool is_finished_;
};

class CutOffRestore : public testing::Test {
 protected:
  CutOffRestore() {
    (void)allowed(school.at("sue").add(sample(child(1)), instruments(), none));
    (void)allowed(school.at("sue").back_up_records(backup));
    (void)allowed(school.at("sue").add(sample(child(2)), instruments(), none));
    lost = allowed(verify(school.places, school.means)).head;
    school.places.records = "sqlite:" + school.path("anew");
  }
  Allowed<Restored> restored(const std::string& from) {
    return restore(school.places, school.means, from, "sue", passphrase);
  }
  void cut_off(bool is_finished) {
    Means means = school.means;
    means.open_records = [&](std::string_view name, Opening opening,
                             const Id& id) -> Stored<std::unique_ptr<Store>> {
      auto copy = open_store(name, opening, id);
      if (!copy || opening != Opening::copy) return copy;
      return std::unique_ptr<Store>{std::make_unique<CutOffCopy>(*std::move(copy), is_finished)};
    };
    EXPECT_EQ(why(restore(school.places, means, backup, "sue", passphrase)), "store");
    EXPECT_EQ(fs::exists(school.path("anew")), is_finished);
  }
  void expect_present(const Allowed<Restored>& result) {
    ASSERT_EQ(why(result), "store");
    EXPECT_EQ(result.error().store.trouble, Trouble::present);
  }

  School school;
  std::string backup = school.path("backup");
  Head lost;
};

TEST_F(CutOffRestore, BeforeItsEndHasNeverBeen) {
  cut_off(false);
  const Restored whole = allowed(restored(backup));
  EXPECT_EQ(whole.lost_head, lost);
  EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 1U);
}

TEST_F(CutOffRestore, BeforeTheRingHasSeenItIsCarriedOut) {
  cut_off(true);
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "rolled_back");
  const Head made = allowed(verify({.records = school.places.records}, school.means)).head;
  const Restored whole = allowed(restored(backup));
  EXPECT_EQ(whole.head, made);
  EXPECT_EQ(whole.lost_head, lost);
  EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 1U);
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, testing::IsEmpty());
  expect_present(restored(backup));
}

TEST_F(CutOffRestore, IsCarriedOutByTheProgramToo) {
  EXPECT_FALSE(is_restore_cut_off(school.places));
  cut_off(true);
  EXPECT_TRUE(is_restore_cut_off(school.places));
  std::ofstream{school.path("words")} << passphrase << '\n';
  const auto program = [&] {
    const std::string command = std::string{GCP2_PROGRAM} + " store restore " + backup +
                                " --as sue --passphrase-fd 3 --store " + school.path("anew") +
                                " --ring " + school.places.ring + " --anchor " +
                                school.places.anchor + " 3<" + school.path("words") + " >" +
                                school.path("said") + " 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
  EXPECT_EQ(program(), 0);
  EXPECT_FALSE(is_restore_cut_off(school.places));
  EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 1U);
  EXPECT_EQ(program(), 3) << "there are records now";
}

TEST_F(CutOffRestore, IsNotCarriedOutWithOtherRecordsThanItMade) {
  cut_off(true);
  const Id id = (*open_store(school.places.records, Opening::reading))->id();
  {
    Batch batch;
    batch.entries.emplace_back();
    ASSERT_TRUE((*open_store(school.places.records, Opening::existing))->commit(std::move(batch)));
  }
  expect_present(restored(backup));
  for (const char* more : {"", "-wal", "-shm"}) fs::remove(school.path("anew") + more);
  ASSERT_TRUE(open_store(school.places.records, Opening::fresh, id));
  expect_present(restored(backup));
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "rolled_back");
}

TEST_F(CutOffRestore, IsNotCarriedOutWithAnotherBackup) {
  const Places restored_to = school.places;
  school.places.records = "sqlite:" + school.path("records");
  (void)allowed(school.at("sue").back_up_records(school.path("later")));
  school.places = restored_to;
  cut_off(true);
  expect_present(restored(school.path("later")));
  EXPECT_EQ(why(restored(backup)), "done");
}

/// What somebody who writes to a backup would make of it.
class ForgedBackup : public testing::Test {
 protected:
  ForgedBackup() {
    (void)allowed(school.at("sue").add(sample(child(1)), instruments(), none));
    EXPECT_EQ(why(school.open().log_in("adam", "a wrong one")), "not_logged_in");
    (void)allowed(school.at("sue").back_up_records(backup));
    school.places.records = "sqlite:" + school.path("anew");
  }
  /// Writes the backup anew with another log, whole in itself.
  void forge(const std::function<void(std::vector<Entry>&)>& change) const {
    std::vector<Entry> entries;
    std::vector<Put> rows;
    auto store = open_store("sqlite:" + backup, Opening::reading);
    const Id id = (*store)->id();
    ASSERT_TRUE((*store)->snapshot(
        [&](RowKind table, const Row& row) {
          rows.push_back({table, row});
          return true;
        },
        [&](const Entry& entry) {
          entries.push_back(entry);
          return true;
        }));
    store->reset();
    change(entries);
    Head head;
    for (Entry& entry : entries) {
      entry.number = head.count + 1;
      entry.hash = chained(head, entry);
      head = {entry.number, entry.hash, entry.at};
    }
    fs::remove(backup);
    const auto forged = open_store("sqlite:" + backup, Opening::copy, id);
    ASSERT_TRUE((*forged)->fill(rows, entries) && (*forged)->finish());
  }
  std::string outcome() const {
    const auto done = restore(school.places, school.means, backup, "sue", passphrase);
    if (done) return "done";
    EXPECT_EQ(why(done), "bad_backup");
    EXPECT_FALSE(fs::exists(school.path("anew")));
    return "refused";
  }
  School school;
  std::string backup = school.path("backup");
};

TEST_F(ForgedBackup, WithoutItsLastEntriesIsNotTheOneOfItsManifest) {
  forge([](std::vector<Entry>& entries) { entries.resize(entries.size() - 2); });
  EXPECT_EQ(outcome(), "refused");
}

TEST_F(ForgedBackup, WithoutItsManifestTooDoesNotFitWhatOthersHaveSeen) {
  const auto without_failures = [](std::vector<Entry>& entries) {
    EXPECT_GT(
        std::erase_if(entries,
                      [](const Entry& e) { return e.outcome != "done" && e.action == "log_in"; }),
        0U);
  };
  forge(without_failures);
  EXPECT_EQ(outcome(), "refused");
  fs::remove(backup + ".manifest");
  EXPECT_EQ(outcome(), "refused");
}

TEST_F(ForgedBackup, WithoutManifestAndAnchorsDoesNotFitTheRing) {
  forge([](std::vector<Entry>& entries) { entries[3].actor = Id::random(); });
  fs::remove(backup + ".manifest");
  fs::remove(school.places.anchor);
  EXPECT_EQ(outcome(), "refused");
}

TEST_F(ForgedBackup, WithoutItsLastEntriesAndManifestHasAnEndThatTheRingDoesNotKnow) {
  forge([](std::vector<Entry>& entries) { entries.resize(entries.size() - 1); });
  fs::remove(backup + ".manifest");
  fs::remove(school.places.anchor);
  EXPECT_EQ(outcome(), "refused");
}

// A ring from before the backup knows nothing of it: that is no reason to refuse it.
TEST_F(ForgedBackup, AGenuineOneComesBackWithAnOlderRingAndWithoutManifest) {
  School other;
  (void)allowed(other.at("sue").add(sample(child(1)), instruments(), none));
  fs::copy_file(other.places.ring, other.path("older"));
  (void)allowed(other.at("sue").back_up_records(other.path("backup")));
  fs::copy_file(other.path("older"), other.places.ring, fs::copy_options::overwrite_existing);
  fs::remove(other.path("backup.manifest"));
  other.places.records = "sqlite:" + other.path("anew");
  EXPECT_EQ(why(restore(other.places, other.means, other.path("backup"), "sue", passphrase)),
            "done");
}

TEST_F(ForgedBackup, AnotherManifestIsNoneEither) {
  std::ofstream{backup + ".manifest", std::ios::app} << "{}\n";
  EXPECT_EQ(outcome(), "refused");
}

// Somebody put back the wrong one first.
// A server goes on with what it has open: what it does there is lost, and nothing else.
TEST(Restored, WhoeverStillHasTheLostRecordsOpenSpoilsNothing) {
  School school;
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  {
    Desk still_there = school.at("sue");
    school.places.records = "sqlite:" + school.path("put-back");
    (void)allowed(restore(school.places, school.means, backup, "sue", passphrase));
    for (int i = 0; i < 12; ++i) (void)allowed(still_there.children(true, cover));
  }
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "done");
  EXPECT_TRUE(allowed(verify(school.places, school.means)).flaws.empty());
}

TEST(Restored, AnOlderBackupAndThenTheNewestComeBack) {
  School school;
  (void)allowed(school.at("sue").add(sample(child(1)), instruments(), none));
  const std::string older = school.path("older"), newer = school.path("newer");
  (void)allowed(school.at("sue").back_up_records(older));
  (void)allowed(school.at("sue").add(sample(child(2)), instruments(), none));
  (void)allowed(school.at("sue").back_up_records(newer));
  const auto restored = [&](const std::string& backup, int children) {
    for (const char* more : {"", "-wal", "-shm"}) fs::remove(school.path("records") + more);
    EXPECT_EQ(why(restore(school.places, school.means, backup, "sue", passphrase)), "done");
    EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(),
              static_cast<std::size_t>(children));
  };
  restored(older, 1);
  restored(older, 1);
  restored(newer, 2);
  restored(older, 1);
}

}  // namespace
}  // namespace gcp2::test
