// Erasing: asked for, confirmed, held, carried on and certified.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "gcp2/json.h"
#include "safekeeping.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

const Instruments& instruments() { return shipped_instruments(); }

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

TEST_F(Safekeeping, WhoseAccountWasMadeAnewIsNoSecondPerson) {
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  (void)allowed(school.at("adam").end_account("rex"));
  school.employ("rex", Role::records_manager);
  EXPECT_EQ(why(school.at("rex").confirm_erasure(ids[0], retention)), "second_person");
  EXPECT_EQ(why(school.at("sue").confirm_erasure(ids[0], retention)), "done");
}

/// The ring and the log as if a second person had confirmed what was asked for, and were cut off
/// there.
void confirm_in_ring(const School& school, const Id& child, ErasureStep step) {
  auto ring = Ring::open(school.places.ring, Opening::existing);
  const auto erasures = ring->erasures();
  const auto asked = std::ranges::find(*erasures, child, &Erasure::subject);
  ASSERT_NE(asked, erasures->end());
  Erasure erasure = *asked;
  erasure.confirmed_by = (*ring->active_account("sue"))->id;
  Batch said;
  for (const auto& [who, what] : {std::pair{erasure.asked_by, "ask_erasure"},
                                  std::pair{erasure.confirmed_by, "confirm_erasure"}}) {
    Entry& entry = said.entries.emplace_back();
    entry.at = school.now;
    entry.actor = who;
    entry.action = what;
    entry.outcome = "done";
    entry.subject = child;
  }
  ASSERT_TRUE((*open_store(school.places.records, Opening::existing))->commit(std::move(said)));
  for (const ErasureStep each : {ErasureStep::confirmed, step}) {
    erasure.step = each;
    RingBatch batch;
    batch.erasures.push_back(erasure);
    ASSERT_TRUE(ring->commit(batch));
  }
}

TEST_F(Safekeeping, AHoldEndsAConfirmedErasureThatHasNotBegun) {
  const auto step_of = [&] {
    return Ring::open(school.places.ring, Opening::reading)->erasures()->back().step;
  };
  Desk rex = school.at("rex");
  (void)allowed(rex.ask_erasure(ids[0], retention));
  confirm_in_ring(school, ids[0], ErasureStep::confirmed);
  EXPECT_EQ(why(rex.hold(ids[0], true, {"legal_hold", ""})), "done");
  EXPECT_EQ(step_of(), ErasureStep::withdrawn);
  EXPECT_EQ(why(school.at("sue").history(ids[0], cover)), "done");
  // Once it has begun there is no way back.
  (void)allowed(rex.ask_erasure(ids[2], retention));
  confirm_in_ring(school, ids[2], ErasureStep::begun);
  EXPECT_EQ(why(rex.hold(ids[2], true, {"legal_hold", ""})), "no_such_child");
  bool is_logged = false;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
    is_logged |= e.action == "hold" && e.outcome == "refused.no_such_child";
    return true;
  }));
  EXPECT_TRUE(is_logged);
  EXPECT_EQ(why(school.at("sue").history(ids[2], cover)), "no_such_child");
  EXPECT_THAT(flaws(), IsEmpty());
}

TEST_F(Safekeeping, AChildThatIsHeldIsNotErasedByWhoeverOpensNext) {
  Desk rex = school.at("rex");
  (void)allowed(rex.ask_erasure(ids[0], retention));
  // Asked for again and confirmed by others in the moment of the hold.
  (void)allowed(rex.hold(ids[0], true, {"legal_hold", ""}));
  auto ring = Ring::open(school.places.ring, Opening::existing);
  Erasure again = ring->erasures()->back();
  again.step = ErasureStep::asked;
  RingBatch batch;
  batch.erasures.push_back(again);
  ASSERT_TRUE(ring->commit(batch));
  confirm_in_ring(school, ids[0], ErasureStep::confirmed);
  Desk sue = school.at("sue");
  EXPECT_EQ(why(sue.read(*Id::parse(uuid(1)), cover)), "done");
  EXPECT_EQ(ring->erasures()->back().step, ErasureStep::withdrawn);
  std::vector<std::string> reasons;
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.action == "withdraw_erasure") reasons.push_back(e.reason);
    return true;
  }));
  EXPECT_THAT(reasons, ElementsAre("legal_hold", "legal_hold"));
  EXPECT_THAT(flaws(), IsEmpty());
}

// The keys have gone and the rows are there, as no newer copy of the ring could be made.
TEST_F(Safekeeping, AnErasureThatWasCutOffIsNoFlaw) {
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  fs::rename(school.places.ring_backups, school.path("unplugged"));
  fs::create_symlink(school.path("away"), school.places.ring_backups);
  EXPECT_EQ(why(school.at("sue").confirm_erasure(ids[0], retention)), "erasure_goes_on");
  const Verification found = allowed(verify(school.places, school.means));
  EXPECT_THAT(found.erasing, ElementsAre(ids[0]));
  EXPECT_THAT(found.flaws, IsEmpty());
  // Another child's key is missed.
  const std::string whole = bytes_of(school.places.ring);
  SQLite::Database{school.places.ring, SQLite::OPEN_READWRITE}.exec(
      "DELETE FROM keys WHERE of = x'" + hexadecimal(ids[1].raw()) + "'");
  EXPECT_THAT(flaws(), ElementsAre("key_missing ring"));
  std::ofstream{school.places.ring, std::ios::binary} << whole;
  fs::remove(school.places.ring_backups);
  fs::rename(school.path("unplugged"), school.places.ring_backups);
  (void)school.open();
  const Verification after = allowed(verify(school.places, school.means));
  EXPECT_THAT(after.erasing, IsEmpty());
  EXPECT_THAT(after.flaws, IsEmpty());
  EXPECT_EQ(why(school.at("sue").certificate(ids[0])), "done");
}

// Whoever comes first, nobody is told that a child is held who is then erased.
TEST_F(Safekeeping, AHoldInTheMomentOfAConfirmationIsKeptOrRefused) {
  for (int round = 0; round < 12; ++round) {
    Sample wanted = child(10 + round);
    wanted.is_signed = true;
    const Id id = allowed(school.at("tess").add(sample(wanted), instruments(), none)).id;
    Desk rex = school.at("rex");
    Desk sue = school.at("sue");
    (void)allowed(rex.ask_erasure(id, retention));
    std::string confirmed, held;
    {
      const std::jthread other{[&] { confirmed = why(sue.confirm_erasure(id, retention)); }};
      std::this_thread::sleep_for(std::chrono::microseconds{700 * round});
      held = why(rex.hold(id, true, {"legal_hold", ""}));
    }
    const std::string there = why(school.at("sue").read(*Id::parse(uuid(10 + round)), cover));
    EXPECT_EQ(there == "done", held == "done") << round << " " << confirmed << " " << held;
    EXPECT_EQ(there == "done", confirmed != "done") << round << " " << confirmed << " " << held;
  }
  EXPECT_THAT(flaws(), IsEmpty());
}

// Whoever opens the store while a child is being erased carries on with it, too.
TEST_F(Safekeeping, ACertificateCountsWhatOthersRemoved) {
  for (int round = 0; round < 8; ++round) {
    const Id id = allowed(school.at("tess").add(sample(child(30 + round)), instruments(), none)).id;
    Desk rex = school.at("rex"), sue = school.at("sue");
    (void)allowed(rex.ask_erasure(id, retention));
    const std::jthread others{[&](const std::stop_token& over) {
      while (!over.stop_requested())
        EXPECT_EQ(why(Setting::open(school.places, school.means)), "done");
    }};
    EXPECT_GT(allowed(sue.confirm_erasure(id, retention)).rows, 10U);
  }
  EXPECT_THAT(flaws(), IsEmpty());
}

// Whoever writes about a child while it is being erased is refused, or what they wrote is erased.
TEST_F(Safekeeping, NothingIsLeftOfWhatOthersWriteMeanwhile) {
  constexpr int rounds = 12, answers = 40;
  int saved = 0;
  for (int round = 0; round < rounds; ++round) {
    Sample wanted = child(60 + round);
    const Id id = allowed(school.at("tess").add(sample(wanted), instruments(), none)).id;
    Desk rex = school.at("rex"), sue = school.at("sue"), tess = school.at("tess");
    const Value draft = allowed(tess.read(*Id::parse(wanted.id), none));
    (void)allowed(rex.ask_erasure(id, retention));
    std::string confirmed;
    {
      const std::jthread other{[&] { confirmed = why(sue.confirm_erasure(id, retention)); }};
      Value base = draft;
      for (int answer = 0; answer < answers; ++answer) {
        Value changed = base;
        changed.set("context", Value::text("answer " + std::to_string(answer)));
        if (tess.save_draft(base, changed, none)) ++saved;
        base = changed;
        Sample another = wanted;
        another.id = uuid(1000 + round * 100 + answer);
        if (tess.add(sample(another), instruments(), none)) ++saved;
      }
    }
    EXPECT_EQ(confirmed, "done") << round;
    EXPECT_THAT(flaws(), IsEmpty()) << round;
    EXPECT_EQ(why(school.at("sue").history(id, cover)), "no_such_child");
  }
  EXPECT_LT(saved, rounds * answers * 2) << "all of it came before the erasures";
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  fs::remove(school.path("records"));
  EXPECT_EQ(why(restore(school.places, school.means, backup, "sue", passphrase)), "done");
}

// A brother or sister that comes in the same moment keeps what is the family's.
TEST_F(Safekeeping, ASiblingThatComesMeanwhileKeepsTheFamily) {
  for (int round = 0; round < 12; ++round) {
    const Sample wanted = child(80 + round);
    const Id id = allowed(school.at("tess").add(sample(wanted), instruments(), none)).id;
    Desk rex = school.at("rex"), sue = school.at("sue"), tess = school.at("tess");
    (void)allowed(rex.ask_erasure(id, retention));
    Sample sibling = child(100 + round);
    sibling.family = wanted.family;
    std::string added;
    {
      const std::jthread other{[&] { (void)allowed(sue.confirm_erasure(id, retention)); }};
      std::this_thread::sleep_for(std::chrono::microseconds{1000 * round});
      added = why(tess.add(sample(sibling), instruments(), none));
    }
    EXPECT_THAT(flaws(), IsEmpty()) << round << " " << added;
    if (added != "done") {
      EXPECT_EQ(why(tess.add(sample(sibling), instruments(), none)), "done");
    }
    Desk rita = school.at("tess");
    EXPECT_EQ(why(rita.read(*Id::parse(sibling.id), none)), "done") << round;
    EXPECT_EQ(why(rita.export_child(allowed(rita.find({.ref = sibling.ref}, none)).id,
                                    {"subject_access", ""})),
              "done");
  }
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
  // Asking changes the ring, and so copies it.
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  school.now += 86400;
  (void)allowed(school.at("sue").back_up_ring(school.path("elsewhere")));
  const Seconds copied = school.now;
  school.now += 5 * 86400;
  const Certificate certificate = allowed(school.at("sue").confirm_erasure(ids[0], retention));
  ASSERT_TRUE(certificate.last_backup_expires);
  EXPECT_EQ(*certificate.last_backup_expires, copied + Seconds{30} * 86400);
  const auto copies = allowed(school.at("sue").ring_copies());
  EXPECT_EQ(std::ranges::count(copies, school.path("elsewhere"), &RingBackup::file), 1);
}

TEST_F(Safekeeping, ACertificateIsGivenOnceMoreWhoeverCarriedTheErasureOut) {
  EXPECT_EQ(why(school.at("rex").certificate(ids[0])), "not_asked");
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  (void)allowed(school.at("sue").back_up_ring(school.path("elsewhere")));
  school.now += 86400;
  confirm_in_ring(school, ids[0], ErasureStep::confirmed);
  school.now += 86400;
  const Certificate once = allowed(school.at("rex").certificate(ids[0]));
  EXPECT_EQ(once.at, school.now) << "by whoever opened the store then";
  EXPECT_GE(once.rows, 3U);
  EXPECT_EQ(once.last_backup_expires, school.now - Seconds{2} * 86400 + Seconds{30} * 86400);
  const Certificate other = erase(ids[2]);
  const Certificate again = allowed(school.at("rex").certificate(ids[2]));
  EXPECT_EQ(std::tie(again.child, again.asked_by, again.confirmed_by, again.at, again.rows),
            std::tie(other.child, other.asked_by, other.confirmed_by, other.at, other.rows));
  EXPECT_EQ(again.last_backup_expires, other.last_backup_expires);
  EXPECT_EQ(why(school.at("tess").certificate(ids[2])), "role");
}

TEST_F(Safekeeping, ACertificateDoesNotCountWhatARestoredLogDoesNotHave) {
  const std::string older = school.path("older"), newer = school.path("newer");
  (void)allowed(school.at("sue").back_up_records(older));
  const Certificate first = erase(ids[0]);
  (void)allowed(school.at("sue").back_up_records(newer));
  for (const std::string& backup : {newer, older}) {
    fs::remove(school.path("records"));
    (void)allowed(restore(school.places, school.means, backup, "sue", passphrase));
    const Certificate again = allowed(school.at("rex").certificate(ids[0]));
    EXPECT_EQ(again.rows, backup == newer ? first.rows : std::nullopt);
    EXPECT_EQ(std::tie(again.asked_by, again.confirmed_by, again.at),
              std::tie(first.asked_by, first.confirmed_by, first.at));
  }
}

// As on a full disk: it is confirmed, and nobody is told that it is not.
TEST_F(Safekeeping, AnErasureThatCannotBeFinishedNowGoesOnLater) {
  (void)allowed(school.at("rex").ask_erasure(ids[0], retention));
  Desk sue = school.at("sue");
  const std::string kept = school.path("kept");
  const bool is_there = fs::exists(school.places.erased);
  if (is_there) fs::rename(school.places.erased, kept);
  fs::create_directory(school.places.erased);
  const auto cut_off = sue.confirm_erasure(ids[0], retention);
  ASSERT_EQ(why(cut_off), "erasure_goes_on");
  EXPECT_THAT(cut_off.error().places, ElementsAre(ids[0].text()));
  fs::remove(school.places.erased);
  if (is_there) fs::rename(kept, school.places.erased);
  EXPECT_GE(allowed(school.at("rex").certificate(ids[0])).rows, 3U);
}

// An erasure that was cut off after each of its steps is carried through by whoever opens next.
TEST_F(Safekeeping, ErasureIsCarriedOn) {
  for (const ErasureStep step : {ErasureStep::confirmed, ErasureStep::begun}) {
    const Id id = ids[step == ErasureStep::confirmed ? 0 : 1];
    (void)allowed(school.at("rex").ask_erasure(id, retention));
    confirm_in_ring(school, id, step);
    if (step == ErasureStep::begun) {
      RingBatch batch;
      batch.drop_keys_of.push_back(id);
      ASSERT_TRUE(Ring::open(school.places.ring, Opening::existing)->commit(batch));
    }
    Desk sue = school.at("sue");
    EXPECT_EQ(why(sue.history(id, cover)), "no_such_child");
    EXPECT_THAT(flaws(), IsEmpty());
    EXPECT_THAT(bytes_of(school.places.erased), HasSubstr(id.text()));
  }
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

}  // namespace
}  // namespace gcp2::test
