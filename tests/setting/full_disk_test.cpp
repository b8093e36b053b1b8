// A setting whose disk is full: whoever may, logs in and reads, and the log has it.
#include <gtest/gtest.h>

#include <cstdlib>

#include "gcp2/postgres.h"
#include "school.h"
#include "store/database.h"
#include "store/folder.h"
#include "store/small_disk.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

const Id record = *Id::parse(uuid(1));

/// A day's reading; somebody mistypes.
void read_all_day(School& school, const Id& child) {
  for (int day = 0; day < 30; ++day) {
    {
      Setting setting = school.open();
      const auto wrong = setting.log_in("tess", "not my passphrase at all");
      expect_there(!wrong, "a wrong passphrase opens nothing");
    }
    school.now += 60;
    Desk tess = school.at("tess");
    expect_there(allowed(tess.children(false, none)).size() == 1, "the caseload");
    expect_there(allowed(tess.find(child, none)).id == child, "the child");
    expect_there(allowed(tess.history(child, none)).size() == 1, "the history");
    expect_there(allowed(tess.read(record, none)).text_at("id") == uuid(1), "the record");
    expect_there(allowed(tess.show({record}, Showing::print, none)).documents.size() == 1,
                 "printed");
    expect_there(why(school.at("theo").read(record, none)) == "reason_needed", "refused");
  }
}

/// Fills the disk, reads, makes room.
void use(School& school, const std::string& disk) {
  for (const std::string_view name : {"tess", "theo"}) school.employ(name, Role::practitioner);
  const Id id = allowed(school.at("tess").add(sample(child(1)), shipped_instruments(), none)).id;
  fill_up(disk);
  Sample large = child(2);
  Value document = sample(large);
  document.set("summary", Value::text(std::string(2'000'000, 'x')));
  const auto refused = school.at("tess").add(document, shipped_instruments(), none);
  expect_there(!refused && refused.error().store.trouble == Trouble::no_room, "nothing is added");
  read_all_day(school, id);
  std::filesystem::remove(disk + "/full");
  const Verification verified = allowed(verify(school.places, school.means));
  expect_there(verified.flaws.empty(), "it is whole");
  std::size_t read = 0;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
    read += entry.action == "read" && entry.outcome == "read";
    return true;
  }));
  expect_there(read == 30, "every reading is logged");
  expect_there(bool{school.at("tess").add(sample(child(3)), shipped_instruments(), none)},
               "there is room again");
}

TEST(FullDisk, OfASettingInFilesStillLetsItRead) {
  const Folder folder;
  on_small_disk(folder.path(), 24, [&] {
    setenv("TMPDIR", folder.path().c_str(), 1);
    School school;
    use(school, folder.path());
  });
}

TEST(FullDisk, OfASettingsServerStillLetsItRead) {
  const Folder folder;
  on_small_disk(folder.path(), 24, [&] {
    const Cluster cluster;
    const Database database{cluster.address(), folder.path()};
    School school{true, database.name(), open_postgres};
    use(school, folder.path());
  });
}

/// The folder of ring copies is on a disk that gets full: what needs a copy is refused beforehand.
void use_without_room_for_copies(const std::string& disk) {
  School school;
  for (const std::string_view name : {"tess", "theo"}) school.employ(name, Role::practitioner);
  school.employ("rhea", Role::reader);
  const Id id = allowed(school.at("tess").add(sample(child(1)), shipped_instruments(), none)).id;
  school.places.ring_backups = disk + "/copies";
  (void)allowed(school.at("adam").make_account("una", Role::auditor, passphrase));
  const auto serial = [&] { return *Ring::open(school.places.ring, Opening::reading)->serial(); };
  const std::int64_t before = serial();
  fill_up(disk);
  const auto expect_no_room = [](const auto& refused, const char* what) {
    expect_there(!refused && refused.error().store.trouble == Trouble::no_room, what);
  };
  const std::string_view words = "words that are new here";
  expect_no_room(school.at("tess").change_passphrase(words), "a passphrase");
  expect_no_room(school.at("adam").make_account("uli", Role::auditor, passphrase), "an account");
  expect_no_room(school.at("sue").end_account("theo"), "the end of one");
  expect_no_room(school.open().recover(school.recovery_key, "sue", words), "a recovery");
  expect_no_room(school.at("sue").share(id, "rhea", school.now + 86400, cover), "a share");
  expect_no_room(school.at("tess").add(sample(child(2)), shipped_instruments(), none), "a child");
  expect_there(serial() == before, "the ring is as it was");
  read_all_day(school, id);
  std::filesystem::remove(disk + "/full");
  (void)allowed(school.at("tess").change_passphrase(words));
  const Verification verified = allowed(verify(school.places, school.means));
  expect_there(verified.flaws.empty() && verified.against_copy, "it is whole, and copied");
}

TEST(FullDisk, OfTheRingsCopiesLetsNothingBeHalfDone) {
  const Folder folder;
  on_small_disk(folder.path(), 2, [&] { use_without_room_for_copies(folder.path()); });
}

}  // namespace
}  // namespace gcp2::test
