// The key ring and the log: no change of accounts and keys without an entry, no older ring that
// goes unnoticed, and nothing in the ring that the log does not know.
#include <gmock/gmock.h>

#include <functional>

#include "reluctant.h"
#include "safekeeping.h"

namespace gcp2::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

namespace fs = std::filesystem;

class RingAndLog : public testing::Test {
 protected:
  RingAndLog() {
    school.employ("tess", Role::practitioner);
    tess = allowed(school.at("sue").accounts()).back().id;
  }
  std::vector<std::string> flaws() const {
    std::vector<std::string> codes;
    for (const Flaw& flaw : allowed(verify(school.places, school.means)).flaws)
      codes.push_back(std::string{flaw.code});
    return codes;
  }
  /// The actions about an account, in order.
  std::vector<std::string> told_of(const Id& account) const {
    std::vector<std::string> actions;
    (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
      if (e.table == RowKind::account && e.row == account) actions.push_back(e.action);
      return true;
    }));
    return actions;
  }
  void tamper(const std::string& sql) const {
    SQLite::Database database{school.places.ring, SQLite::OPEN_READWRITE};
    EXPECT_GT(database.exec(sql), 0) << sql;
  }
  /// Whether a ring from before an act is refused when it is put back after it.
  std::string put_back_after(const std::function<void()>& act) {
    const std::string before = bytes_of(school.places.ring);
    act();
    const std::string newest = bytes_of(school.places.ring);
    std::ofstream{school.places.ring, std::ios::binary} << before;
    const std::string said = why(Setting::open(school.places, school.means));
    std::ofstream{school.places.ring, std::ios::binary} << newest;
    EXPECT_EQ(why(Setting::open(school.places, school.means)), "done");
    return said;
  }
  School school;
  Id tess;
};

TEST_F(RingAndLog, EveryActOnAnAccountNamesIt) {
  (void)allowed(school.at("tess").change_passphrase("kettle violin meadow"));
  (void)allowed(school.at("sue").end_account("tess"));
  EXPECT_THAT(told_of(tess),
              ElementsAre("make_account", "grant", "log_in", "change_passphrase", "end_account"));
}

TEST_F(RingAndLog, SharingNamesTheReader) {
  school.employ("pat", Role::reader);
  const Id pat = allowed(school.at("sue").accounts()).back().id;
  const Id kim = allowed(school.at("tess").add(sample(child(1)), shipped_instruments(), none)).id;
  const Purpose sharing{"sharing_agreement", ""};
  (void)allowed(school.at("sue").share(kim, "pat", school.now + 1000, sharing));
  (void)allowed(school.at("sue").end_involvement(kim, "pat", cover));
  EXPECT_THAT(told_of(pat), ElementsAre("make_account", "grant", "share", "end_involvement"));
}

TEST_F(RingAndLog, AnOlderRingIsNoticedAfterEveryActOnAccounts) {
  EXPECT_EQ(put_back_after([&] { school.employ("nell", Role::reader); }), "stale_ring");
  EXPECT_EQ(put_back_after([&] {
              (void)allowed(school.at("tess").change_passphrase("kettle violin meadow"));
            }),
            "stale_ring");
  EXPECT_EQ(put_back_after([&] { (void)allowed(school.at("sue").end_account("tess")); }),
            "stale_ring");
  EXPECT_EQ(put_back_after([&] {
              Setting setting = school.open();
              (void)allowed(setting.recover(school.recovery_key, "sue", "words that are new here"));
            }),
            "stale_ring");
  // What changes neither accounts nor keys makes no ring stale.
  EXPECT_EQ(put_back_after([&] { (void)school.open().log_in("adam", passphrase); }), "done");
}

// Killed, or out of disk, between the ring and the log: whoever opens next tells it.
TEST_F(RingAndLog, WhatTheLogWasNotToldIsToldLater) {
  bool willing = true;
  {
    Setting setting = allowed(Setting::open(school.places, reluctant(school, willing)));
    Desk sue = allowed(setting.log_in("sue", passphrase));
    willing = false;
    EXPECT_EQ(why(sue.end_account("tess")), "store");
  }
  // Yet to be told is no flaw.
  EXPECT_THAT(flaws(), IsEmpty());
  EXPECT_THAT(told_of(tess), ElementsAre("make_account", "grant", "end_account"));
  EXPECT_THAT(flaws(), IsEmpty());
  EXPECT_EQ(why(school.open().log_in("tess", passphrase)), "not_logged_in");
}

// An auditor would swear that it had ended.
TEST_F(RingAndLog, AnActWhoseRowsWereLostIsNotCalledDone) {
  const Id kim = allowed(school.at("tess").add(sample(child(1)), shipped_instruments(), none)).id;
  bool willing = true;
  {
    Setting setting = allowed(Setting::open(school.places, reluctant(school, willing)));
    Desk sue = allowed(setting.log_in("sue", passphrase));
    willing = false;
    EXPECT_EQ(why(sue.end_involvement(kim, "tess", cover)), "store");
  }
  const auto outcomes = [&] {
    std::vector<std::string> found;
    (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
      if (e.action == "end_involvement") found.push_back(e.outcome);
      return true;
    }));
    return found;
  };
  EXPECT_THAT(outcomes(), ElementsAre("cut_off"));
  EXPECT_EQ(why(school.at("tess").history(kim, none)), "done");
  (void)allowed(school.at("sue").end_involvement(kim, "tess", cover));
  EXPECT_THAT(outcomes(), ElementsAre("cut_off", "written", "done"));
  EXPECT_THAT(flaws(), IsEmpty());
}

// Somebody is killed in the moment in which somebody else is about to change the ring.
TEST_F(RingAndLog, WhatTheLogWasNotToldIsNotWrittenOver) {
  std::vector<Id> made;
  const auto cut_off = [&](std::string_view name) {
    bool willing = true;
    Setting setting = allowed(Setting::open(school.places, reluctant(school, willing)));
    Desk adam = allowed(setting.log_in("adam", passphrase));
    willing = false;
    EXPECT_EQ(why(adam.make_account(name, Role::auditor, passphrase)), "store");
    made.push_back(Ring::open(school.places.ring, Opening::reading)->accounts()->back().id);
  };
  std::function<void()> meanwhile;
  Setting setting = allowed(Setting::open(school.places, interrupted(school, meanwhile)));
  Desk adam = allowed(setting.log_in("adam", passphrase));
  cut_off("tim");
  meanwhile = [&] { cut_off("ann"); };
  made.push_back(allowed(adam.make_account("bob", Role::auditor, passphrase)).id);
  ASSERT_EQ(made.size(), 3U);
  for (const Id& account : made) EXPECT_THAT(told_of(account), Contains("make_account"));
  EXPECT_THAT(flaws(), IsEmpty());
}

TEST_F(RingAndLog, ARequestThatTheLogWasNotToldOfIsToldLater) {
  school.employ("rex", Role::records_manager);
  const Id kim = allowed(school.at("tess").add(sample(child(1)), shipped_instruments(), none)).id;
  bool willing = true;
  {
    Setting setting = allowed(Setting::open(school.places, reluctant(school, willing)));
    Desk rex = allowed(setting.log_in("rex", passphrase));
    willing = false;
    EXPECT_EQ(why(rex.ask_erasure(kim, {"retention", ""})), "store");
  }
  std::vector<Id> asked;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
    if (e.action == "ask_erasure" && e.outcome == "done") asked.push_back(e.subject);
    return true;
  }));
  EXPECT_THAT(asked, ElementsAre(kim));
}

TEST_F(RingAndLog, RefusalsOfARecoveryAreLoggedAndTheSettingKeyIsRenewedAfterOne) {
  (void)allowed(school.at("tess").add(sample(child(1)), shipped_instruments(), none));
  Setting setting = school.open();
  EXPECT_EQ(why(setting.recover("not a key", "sue", "words that are new here")), "recovery");
  EXPECT_EQ(why(setting.recover(school.recovery_key, "tess", "words that are new here")), "role");
  const auto wrapped = [&] { return *Ring::open(school.places.ring, Opening::reading)->keys(); };
  const std::string before = wrapped().front().wrapped;
  (void)allowed(setting.recover(school.recovery_key, "sue", "words that are new here"));
  Desk sue = allowed(setting.log_in("sue", "words that are new here"));
  EXPECT_NE(wrapped().front().wrapped, before);
  std::vector<std::string> refused;
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.action == "recover" && e.outcome != "done") refused.push_back(e.outcome);
    return true;
  }));
  EXPECT_THAT(refused, ElementsAre("refused.recovery", "refused.role"));
}

TEST_F(RingAndLog, EveryTamperingWithTheRingIsFound) {
  (void)allowed(school.at("tess").add(sample(child(1)), shipped_instruments(), none));
  const std::string whole = bytes_of(school.places.ring);
  const auto after = [&](const std::string& sql) {
    tamper(sql);
    auto found = flaws();
    std::ofstream{school.places.ring, std::ios::binary} << whole;
    return found;
  };
  for (const char* column : {"name = 'tim'", "role = 2", "active = 0", "made = made - 1",
                             "ended = 1", "open = zeroblob(32)", "wrapped_secret = randomblob(72)",
                             "salt = randomblob(16)", "passes = passes + 1", "bytes = 1"})
    EXPECT_THAT(after("UPDATE accounts SET " + std::string{column} + " WHERE name = 'tess'"),
                ElementsAre("account_changed", "ring_changed"))
        << column;
  EXPECT_THAT(after("DELETE FROM accounts WHERE name = 'tess'"),
              ElementsAre("account_missing", "ring_changed"));
  EXPECT_THAT(after("UPDATE accounts SET id = randomblob(16) WHERE name = 'tess'"),
              testing::UnorderedElementsAre("account_missing", "account_unknown", "ring_changed"));
  for (const char* change :
       {"UPDATE keys SET wrapped = randomblob(72)", "UPDATE keys SET of = randomblob(16)",
        "UPDATE accounts SET setting_key = randomblob(80) WHERE name = 'tess'"})
    EXPECT_THAT(after(change), ElementsAre("ring_changed")) << change;
  EXPECT_THAT(after("DELETE FROM keys"), Contains("key_missing"));
  EXPECT_THAT(flaws(), IsEmpty());
}

// A look-up that leads elsewhere would show one child's file as another's.
TEST_F(RingAndLog, ALookUpThatLeadsToAnotherChildIsRefused) {
  {
    Desk desk = school.at("tess");
    for (int i : {1, 2}) (void)allowed(desk.add(sample(child(i)), shipped_instruments(), none));
  }
  EXPECT_EQ(why(school.at("tess").find({.ref = "C-1001"}, none)), "done");
  tamper("UPDATE look_ups SET subject = (SELECT subject FROM look_ups ORDER BY number DESC)");
  const auto found = school.at("tess").find({.ref = "C-1001"}, none);
  ASSERT_EQ(why(found), "store");
  EXPECT_EQ(found.error().store.trouble, Trouble::damaged);
}

// A server's desks stay open for hours.
TEST_F(RingAndLog, AnOpenDeskFollowsWhatOthersDoToItsAccount) {
  Desk desk = school.at("tess");
  (void)allowed(desk.add(sample(child(1)), shipped_instruments(), none));
  school.employ("theo", Role::practitioner);
  (void)allowed(school.at("sue").end_account("theo"));
  // The setting key is another one since; what it opens, it still opens.
  EXPECT_EQ(why(desk.find({.ref = "C-1001"}, none)), "done");
  EXPECT_EQ(why(desk.add(sample(child(2)), shipped_instruments(), none)), "done");
  (void)allowed(school.at("sue").end_account("tess"));
  EXPECT_EQ(why(desk.find({.ref = "C-1001"}, none)), "not_logged_in");
  EXPECT_EQ(why(desk.read(*Id::parse(uuid(1)), none)), "not_logged_in");
  EXPECT_EQ(why(desk.change_passphrase("kettle violin meadow")), "not_logged_in");
}

TEST_F(RingAndLog, ADeskGetsItsKeysWhenTheyAreGranted) {
  const Account nell =
      allowed(school.at("adam").make_account("nell", Role::practitioner, passphrase));
  Desk desk = school.at("nell");
  EXPECT_EQ(why(desk.children(false, none)), "not_granted");
  (void)allowed(school.at("sue").grant("nell", fingerprint(nell.open)));
  EXPECT_EQ(why(desk.children(false, none)), "done");
}

// What was made from what the ring held before somebody else changed it would lose a key.
TEST_F(RingAndLog, AChangeMadeFromAnOlderRingIsNotTaken) {
  auto ring = Ring::open(school.places.ring, Opening::existing);
  const std::int64_t serial = *ring->serial();
  RingBatch mine, theirs;
  mine.expected_serial = theirs.expected_serial = serial;
  theirs.named.emplace_back("theirs", "x");
  mine.named.emplace_back("mine", "x");
  EXPECT_TRUE(ring->commit(theirs));
  const auto late = ring->commit(mine);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().trouble, Trouble::busy);
  EXPECT_FALSE(*ring->named("mine"));
}

// A passphrase is tried for half a second, in which the account can be ended.
TEST_F(RingAndLog, AFailedLogInDoesNotBringBackAnEndedAccount) {
  (void)allowed(school.at("sue").end_account("tess"));
  auto ring = Ring::open(school.places.ring, Opening::existing);
  const std::int64_t serial = *ring->serial();
  RingBatch failed;
  failed.log_ins.push_back({tess, 3, school.now});
  EXPECT_TRUE(ring->commit(failed));
  EXPECT_FALSE((*ring->account(tess))->active);
  EXPECT_EQ((*ring->account(tess))->failures, 0);
  EXPECT_EQ(*ring->serial(), serial);
}

TEST_F(RingAndLog, OlderCopiesAreDestroyedBehindALinkToo) {
  fs::create_directory(school.path("elsewhere"));
  fs::create_directory_symlink(school.path("elsewhere"), school.path("link"));
  school.places.ring_backups = school.path("link");
  for (int i : {1, 2, 3})
    (void)allowed(school.at("tess").add(sample(child(i)), shipped_instruments(), none));
  EXPECT_EQ(std::distance(fs::directory_iterator{school.path("elsewhere")}, {}), 1);
}

TEST_F(RingAndLog, AGarbledNoteForTheLogIsDamage) {
  auto ring = Ring::open(school.places.ring, Opening::existing);
  RingBatch garbled;
  garbled.untold = R"([{"at":99999999999999999999}])";
  ASSERT_TRUE(ring->commit(garbled));
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "store");
}

TEST_F(RingAndLog, SavingNothingIsLoggedAsAReading) {
  Desk desk = school.at("tess");
  (void)allowed(desk.add(sample(child(1)), shipped_instruments(), none));
  const Value draft = allowed(desk.read(*Id::parse(uuid(1)), none));
  (void)allowed(desk.save_draft(draft, draft, none));
  std::vector<std::string> outcomes;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
    if (e.action == "save_draft") outcomes.push_back(e.outcome);
    return true;
  }));
  EXPECT_THAT(outcomes, ElementsAre("read"));
}

TEST_F(RingAndLog, ANewRecoveryKeyTakesTheOldOnesPlace) {
  const std::string old = school.recovery_key;
  std::string renewed;
  {
    Desk sue = school.at("sue");
    EXPECT_EQ(why(sue.renew_recovery_key([](const std::string&) { return "not it"; })), "recovery");
    (void)allowed(
        sue.renew_recovery_key([&](const std::string& printed) { return renewed = printed; }));
  }
  Setting setting = school.open();
  EXPECT_EQ(why(setting.recover(old, "sue", "words that are new here")), "recovery");
  EXPECT_EQ(why(setting.recover(renewed, "sue", "words that are new here")), "done");
  EXPECT_THAT(flaws(), IsEmpty());
}

TEST(Credentials, WhatPeopleChooseIsNoPassphrase) {
  for (const char* weak :
       {"", "short", "passwordpassword", "aaaabbbbccccdddd", "Password123456", "qwertyuiopasdf",
        "winter2026winter", "letmeinletmein12", "gcp2gcp2gcp2gcp2"})
    EXPECT_FALSE(Setting::strong_enough(weak, "tess")) << weak;
  EXPECT_FALSE(Setting::strong_enough("four quiet words of tess", "tess"));
  EXPECT_FALSE(Setting::strong_enough(std::string(2000, 'x'), "tess"));
  for (const char* strong :
       {"four quiet words of ours", "plum-Tuesday-otter", "pedwar gair tawel iawn"})
    EXPECT_TRUE(Setting::strong_enough(strong, "tess")) << strong;
}

TEST(Credentials, NamesCanBeToldApartAtSight) {
  for (const char* name : {"tess", "T. Example-Jones", "o'neil", "p2@school", "Siân", "Ольга"})
    EXPECT_TRUE(Setting::is_account_name(name)) << name;
  // Blanks at the ends, control characters, a Cyrillic letter among Latin ones, no letter at all.
  for (const char* name :
       {"", " tess", "tess ", "te\tss", "te\x1b[0mss", "t\xd0\xb5ss", "123", "a/b", "te\xff",
        "te\xe2\x80\xae"
        "ss"})
    EXPECT_FALSE(Setting::is_account_name(name)) << name;
  EXPECT_FALSE(Setting::is_account_name(std::string(65, 'a')));
}

TEST_F(RingAndLog, NamesThatReadAlikeAreTaken) {
  Desk adam = school.at("adam");
  EXPECT_EQ(why(adam.make_account("Tess", Role::reader, passphrase)), "name_taken");
  EXPECT_EQ(why(adam.make_account("té-ss", Role::reader, passphrase)), "done");
  EXPECT_EQ(why(adam.make_account("te\tss", Role::reader, passphrase)), "account_name");
}

}  // namespace
}  // namespace gcp2::test
