// Whoever can write to the key ring, or whose disk spoils it, gets no key by it and erases nobody.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "safekeeping.h"

namespace gcp2::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

namespace fs = std::filesystem;

class AttackedRing : public Safekeeping {
 protected:
  void change_ring(const std::string& sql) const {
    SQLite::Database database{school.places.ring, SQLite::OPEN_READWRITE};
    EXPECT_GT(database.exec(sql), 0) << sql;
  }
  /// A pair of the attacker's, as SQL has it.
  static std::string own_pair() {
    const KeyPair pair = KeyPair::random();
    return "x'" + hexadecimal(std::string{pair.open.begin(), pair.open.end()}) + "'";
  }
  std::string setting_key_of(std::string_view name) const {
    return (*Ring::open(school.places.ring, Opening::reading)->active_account(name))->setting_key;
  }
};

TEST_F(AttackedRing, AnotherRecoveryKeyIsNotGivenTheNextSettingKey) {
  school.employ("theo", Role::practitioner);
  change_ring("UPDATE named SET wrapped = " + own_pair() + " WHERE name = 'recovery'");
  EXPECT_THAT(flaws(), UnorderedElementsAre("ring_changed ring", "secrets_changed ring"));
  const std::string before = setting_key_of("tess");
  const auto ended = school.at("sue").end_account("theo");
  ASSERT_EQ(why(ended), "store");
  EXPECT_EQ(ended.error().store.trouble, Trouble::damaged);
  (void)school.at("tess");
  EXPECT_EQ(setting_key_of("tess"), before) << "nobody has a new key that others could open";
  std::size_t logged = 0;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
    logged += entry.action == "renew_setting_key" && entry.outcome == "refused.store";
    return true;
  }));
  EXPECT_GT(logged, 0U);
  // A new recovery key is printed, and what is due is done.
  (void)allowed(school.at("sue").renew_recovery_key([](const std::string& key) { return key; }));
  (void)school.at("tess");
  EXPECT_NE(setting_key_of("tess"), before);
}

TEST_F(AttackedRing, AnotherPairOfAnAccountIsNotGivenTheNextSettingKey) {
  school.employ("theo", Role::practitioner);
  change_ring("UPDATE accounts SET open = " + own_pair() + " WHERE name = 'rex'");
  const std::string before = setting_key_of("tess");
  (void)allowed(school.at("sue").end_account("theo"));
  EXPECT_NE(setting_key_of("tess"), before);
  EXPECT_EQ(setting_key_of("rex"), "") << "until somebody compares and grants it anew";
}

// What the log was not told yet is told by whoever comes next: that makes no pair a good one.
TEST_F(AttackedRing, AnotherPairWithAFittingNoteForTheLogIsNotGivenTheNextSettingKey) {
  school.employ("theo", Role::practitioner);
  auto ring = Ring::open(school.places.ring, Opening::existing);
  Account rex = **ring->active_account("rex");
  rex.open = KeyPair::random().open;
  ASSERT_TRUE(ring->commit({.accounts = {rex}, .named = {{"rotation_due", "yes"}}}));
  (void)school.at("sue");
  EXPECT_EQ(setting_key_of("rex"), "");
  EXPECT_EQ(*ring->named("rotation_due"), "");
}

TEST_F(AttackedRing, ASpoiltKeyIsFoundBeforeABackupRestsOnIt) {
  change_ring("UPDATE keys SET wrapped = randomblob(length(wrapped)) WHERE number = 1");
  EXPECT_THAT(flaws(), ElementsAre("ring_changed ring"));
  EXPECT_EQ(why(school.at("sue").back_up_records(school.path("backup"))), "unsealable");
  EXPECT_FALSE(fs::exists(school.path("backup")));
}

TEST_F(AttackedRing, ARowWithoutItsKeyIsInNoBackup) {
  change_ring("DELETE FROM keys WHERE number = 1");
  EXPECT_THAT(flaws(), Contains("key_missing ring"));
  EXPECT_EQ(why(school.at("sue").back_up_records(school.path("backup"))), "missing_keys");
  EXPECT_FALSE(fs::exists(school.path("backup")));
}

// Of two people nobody is to be blamed for what they never did.
TEST_F(AttackedRing, AnErasureThatTheLogDoesNotKnowErasesNobody) {
  const auto account = [&](const char* name) {
    return "(SELECT id FROM accounts WHERE name = '" + std::string{name} + "')";
  };
  (void)allowed(school.at("rex").hold(ids[0], true, {"legal_hold", ""}));
  for (const char* step : {"2", "3"}) {
    change_ring(
        "INSERT OR REPLACE INTO erasures (number, subject, step, asked_by, confirmed_by, at,"
        " reason) SELECT 1, of, " +
        std::string{step} + ", " + account("rex") + ", " + account("sue") +
        ", 1771581600, 'retention' FROM keys WHERE number = 1");
    change_ring("UPDATE erasures SET subject = x'" + hexadecimal(ids[0].raw()) + "'");
    (void)school.open();
    EXPECT_EQ(why(school.at("sue").history(ids[0], cover)), "done") << step;
    EXPECT_THAT(flaws(), ElementsAre("erasure_unknown ring"));
  }
}

// One asks; the other one's name is put there by hand.
TEST_F(AttackedRing, AnErasureThatOnePersonAskedForIsNotConfirmedInTheRing) {
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  change_ring(
      "UPDATE erasures SET step = 3, confirmed_by ="
      " (SELECT id FROM accounts WHERE name = 'sue')");
  (void)school.open();
  EXPECT_EQ(why(school.at("sue").history(ids[0], cover)), "done");
  EXPECT_THAT(flaws(), ElementsAre("erasure_unknown ring"));
}

// Nor is the log told so: it knew of the second person before the ring did, and not by it.
TEST_F(AttackedRing, AnErasureWithNotesForTheLogErasesNobody) {
  {
    auto ring = Ring::open(school.places.ring, Opening::existing);
    const Id rex = (*ring->active_account("rex"))->id, sue = (*ring->active_account("sue"))->id;
    const Seconds at = school.now;
    std::string notes;
    for (const auto& [who, what] : {std::pair{rex, "ask_erasure"}, {sue, "confirm_erasure"}})
      notes += std::string{notes.empty() ? "" : ","} + R"({"at":)" + std::to_string(at) +
               R"(,"actor":")" + who.text() + R"(","action":")" + what +
               R"(","outcome":"done","reason":"retention","subject":")" + ids[0].text() +
               R"(","account":"","digest":""})";
    RingBatch batch;
    batch.erasures = {{ids[0], ErasureStep::asked, rex, {}, at, "retention"}};
    ASSERT_TRUE(ring->commit(batch));
    batch.erasures = {{ids[0], ErasureStep::confirmed, rex, sue, at, "retention"}};
    batch.untold = "[" + notes + "]";
    ASSERT_TRUE(ring->commit(batch));
  }
  const auto opened = Setting::open(school.places, school.means);
  ASSERT_EQ(why(opened), "store");
  EXPECT_EQ(opened.error().store.trouble, Trouble::damaged);
  // Whoever takes the notes out again goes on.
  change_ring("DELETE FROM erasures");
  ASSERT_TRUE(Ring::open(school.places.ring, Opening::existing)->commit({.untold = ""}));
  EXPECT_EQ(why(school.at("sue").history(ids[0], cover)), "done");
}

TEST_F(AttackedRing, ARequestInAnotherOnesNameIsNotConfirmed) {
  {
    auto ring = Ring::open(school.places.ring, Opening::existing);
    const Id rex = (*ring->active_account("rex"))->id;
    ASSERT_TRUE(ring->commit(
        {.erasures = {{ids[0], ErasureStep::asked, rex, {}, school.now, "retention"}}}));
  }
  EXPECT_EQ(why(school.at("sue").confirm_erasure(ids[0], retention)), "not_asked");
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  EXPECT_EQ(why(school.at("sue").confirm_erasure(ids[0], retention)), "done");
}

TEST_F(AttackedRing, ARoleThatWasChangedUsedAndPutBackIsFound) {
  Desk before = school.at("tess");
  const auto become = [&](Role role) {
    change_ring("UPDATE accounts SET role = " + std::to_string(static_cast<int>(role)) +
                " WHERE name = 'tess'");
  };
  become(Role::supervisor);
  EXPECT_EQ(why(before.history(ids[0], none)), "not_logged_in")
      << "nobody has another role at once";
  (void)school.at("tess");
  EXPECT_THAT(flaws(), Contains("account_changed ring"));
  become(Role::practitioner);
  EXPECT_THAT(flaws(), ElementsAre("account_was_other ring"));
}

// By another setting key whoever put it there could read all that comes after.
TEST_F(AttackedRing, TheSettingsOwnSecretsAreHeldToTheLog) {
  for (const char* name : {"kind", "look_up", "seal_to", "signed_by", "recovery", "recovery_mark",
                           "recovery_key", "erased_list"}) {
    const std::string whole = bytes_of(school.places.ring);
    change_ring("UPDATE named SET wrapped = randomblob(length(wrapped)) WHERE name = '" +
                std::string{name} + "'");
    EXPECT_THAT(flaws(), Contains("secrets_changed ring")) << name;
    std::ofstream{school.places.ring, std::ios::binary} << whole;
  }
  // Legitimate changes are told.
  school.employ("theo", Role::practitioner);
  (void)allowed(school.at("sue").end_account("theo"));
  EXPECT_THAT(flaws(), IsEmpty());
  (void)allowed(school.at("sue").renew_recovery_key([](const std::string& key) { return key; }));
  EXPECT_THAT(flaws(), IsEmpty());
}

// Records and ring are not read in one moment.
TEST_F(AttackedRing, WhatOthersChangeMeanwhileIsNoFlaw) {
  std::atomic<bool> is_over = false;
  const std::jthread others{[&] {
    for (int i = 0; i < 12; ++i) school.employ("other" + std::to_string(i), Role::practitioner);
    is_over = true;
  }};
  while (!is_over) EXPECT_THAT(flaws(), IsEmpty());
}

TEST_F(AttackedRing, LookUpsThatWereTakenOutOrExchangedAreFound) {
  for (const char* sql : {"UPDATE look_ups SET subject = randomblob(16) WHERE number = 1",
                          "DELETE FROM look_ups WHERE number = 2", "DELETE FROM look_ups"}) {
    change_ring(sql);
    EXPECT_THAT(flaws(), ElementsAre("ring_changed ring")) << sql;
  }
}

TEST_F(AttackedRing, ARequestForErasureThatWasTakenOutIsFoundUntilItIsMadeAgain) {
  Desk rex = school.at("rex");
  (void)allowed(rex.ask_erasure(ids[1], retention));
  (void)allowed(rex.withdraw_erasure(ids[1], retention));
  (void)allowed(rex.ask_erasure(ids[0], retention));
  EXPECT_THAT(flaws(), IsEmpty());
  change_ring("DELETE FROM erasures");
  EXPECT_THAT(flaws(), ElementsAre("erasure_missing ring"));
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  EXPECT_THAT(flaws(), IsEmpty());
  (void)allowed(school.at("sue").confirm_erasure(ids[0], retention));
  EXPECT_THAT(flaws(), IsEmpty());
}

TEST_F(AttackedRing, ARingFromBeforeAnErasureIsStale) {
  fs::copy_file(school.places.ring, school.path("old-ring"));
  erase(ids[0]);
  fs::copy_file(school.path("old-ring"), school.places.ring, fs::copy_options::overwrite_existing);
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "stale_ring");
  EXPECT_THAT(flaws(), Contains("stale_ring ring"));
  EXPECT_THAT(flaws(), Contains("key_erased ring"));
  fs::remove(school.places.erased);
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "stale_ring");
  EXPECT_THAT(flaws(), Contains("key_erased ring")) << "by the log alone";
}

TEST_F(AttackedRing, ALookUpThatCameLaterIsInTheNewestCopy) {
  const auto serial = [&] { return *Ring::open(school.places.ring, Opening::reading)->serial(); };
  const auto before = serial();
  Sample later = child(1);
  later.id = uuid(50);
  later.nhs = "9990421013";
  (void)allowed(school.at("tess").add(sample(later), shipped_instruments(), none));
  EXPECT_GT(serial(), before);
  const auto copy = Ring::open(school.places.ring_backups + "/ring-" + std::to_string(serial()),
                               Opening::existing);
  ASSERT_TRUE(copy);
  fs::copy_file(copy->file(), school.places.ring, fs::copy_options::overwrite_existing);
  EXPECT_EQ(allowed(school.at("tess").find({.nhs_number = "9990421013"}, none)).id, ids[0]);
  EXPECT_THAT(flaws(), IsEmpty());
}

// Older copies are overwritten with each newer one, and those elsewhere when their time is over.
TEST_F(AttackedRing, NoFileButACopyOfTheRingIsDestroyedAsOne) {
  const std::string mine = school.path("mine");
  std::ofstream{mine} << "mine";
  fs::create_symlink(mine, school.places.ring_backups + "/ring-1");
  std::ofstream{school.places.ring_backups + "/ring-2"} << "mine";
  fs::create_hard_link(school.path("records"), school.places.ring_backups + "/ring-3");
  for (const char* file : {"mine", "copies/ring-2"})
    change_ring("INSERT INTO backups (serial, at, digest, file) VALUES (1, 5, x'" +
                hexadecimal(plain_hash("mine")) + "', '" + school.path(file) + "')");
  (void)allowed(school.at("tess").add(sample(child(9)), shipped_instruments(), none));
  (void)school.at("sue");
  EXPECT_EQ(bytes_of(mine), "mine");
  EXPECT_EQ(bytes_of(school.places.ring_backups + "/ring-2"), "mine");
  EXPECT_THAT(flaws(), IsEmpty());
}

// Where the next copies belong there is something else: a text, an older copy, a link, a pipe, the
// ring itself.
TEST_F(AttackedRing, WhatIsNoCopyOfTheRingAsItIsIsNotTakenForOne) {
  const std::string copies = school.places.ring_backups + "/ring-";
  const auto serial = *Ring::open(school.places.ring, Opening::reading)->serial();
  const auto at = [&](std::int64_t later) { return copies + std::to_string(serial + later); };
  const std::string mine = school.path("mine");
  std::ofstream{mine} << "mine";
  for (int round = 0; round < 5; ++round) {
    const auto now = *Ring::open(school.places.ring, Opening::reading)->serial() - serial;
    for (std::int64_t later = now + 1; later < now + 9; ++later)
      if (round == 0)
        std::ofstream{at(later)} << "x";
      else if (round == 1)
        fs::copy_file(at(now), at(later), fs::copy_options::overwrite_existing);
      else if (fs::remove(at(later)); round == 2)
        fs::create_symlink(mine, at(later));
      else if (round == 3)
        ASSERT_EQ(mkfifo(at(later).c_str(), 0600), 0);
      else
        fs::create_hard_link(school.places.ring, at(later));
    (void)allowed(school.at("tess").add(sample(child(20 + round)), shipped_instruments(), none));
    const Verification found = allowed(verify(school.places, school.means));
    EXPECT_TRUE(found.against_copy) << round;
    const auto copied_at = *Ring::open(school.places.ring, Opening::reading)->serial();
    EXPECT_FALSE(fs::equivalent(copies + std::to_string(copied_at), school.places.ring)) << round;
    EXPECT_THAT(found.flaws, IsEmpty()) << round;
    EXPECT_EQ(why(school.at("sue").back_up_records(school.path("backup" + std::to_string(round)))),
              "done");
  }
  EXPECT_EQ(bytes_of(mine), "mine");
}

// What was overwritten in part is known by its beginning still.
TEST_F(AttackedRing, ACopyWhoseDestructionWasCutOffIsDestroyedWithTheNext) {
  const fs::path copy = fs::directory_iterator { school.places.ring_backups } -> path();
  const std::string bytes = bytes_of(copy);
  std::ofstream{copy, std::ios::binary} << bytes.substr(0, 16384)
                                        << std::string(bytes.size() - 16384, '\0');
  (void)allowed(school.at("tess").add(sample(child(9)), shipped_instruments(), none));
  EXPECT_FALSE(fs::exists(copy));
}

}  // namespace
}  // namespace gcp2::test
