// A child's file that meets what is there already: it came before, waits, or the child is known
// here.
#include <gmock/gmock.h>

#include <functional>
#include <map>

#include "gcp2/json.h"
#include "transfer.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

TEST_F(Transfer, AChildsFileCanComeASecondTimeWithWhatIsNew) {
  meet();
  const Received first = allowed(dudley.at("rex").receive(sent()));
  Desk sue = dudley.at("sue");
  const Id there = allowed(sue.accept(first.bundle, "", instruments())).child.id;
  Sample third = child(1);
  third.id = uuid(3);
  third.nhs = "9990421013";
  (void)allowed(sandwell.at("sue").add(sample(third), instruments(), none));
  const Received second = allowed(dudley.at("rex").receive(sent()));
  EXPECT_EQ(second.records, 3U);
  EXPECT_EQ(allowed(sue.accept(second.bundle, "", instruments())).child.id, there);
  EXPECT_EQ(allowed(sue.history(there, none)).size(), 3U);
}

TEST_F(Transfer, WhatWasAmendedMeanwhileTakesTheEarlierOnesPlace) {
  meet();
  Desk sue = dudley.at("sue");
  const Id there =
      allowed(sue.accept(allowed(dudley.at("rex").receive(sent())).bundle, "", instruments()))
          .child.id;
  Desk sender = sandwell.at("sue");
  const Value draft = allowed(sender.amend(*Id::parse(uuid(1)), instruments(), none));
  (void)allowed(sender.sign(*Id::parse(draft.text_at("id")), "P2", instruments(), none));
  (void)allowed(sue.accept(allowed(dudley.at("rex").receive(sent())).bundle, "", instruments()));
  EXPECT_EQ(
      signed_at_dudley(there),
      (std::map<std::string, bool>{{uuid(1), true}, {std::string{draft.text_at("id")}, false}}));
  EXPECT_EQ(why(sue.amend(*Id::parse(uuid(1)), instruments(), none)), "is_superseded");
  EXPECT_THAT(allowed(verify(dudley.places, dudley.means)).flaws, IsEmpty());
}

TEST_F(Transfer, WhatIsAmendedHereAlreadyComesAsSuperseded) {
  meet();
  Sample later = child(1);
  later.id = uuid(6);
  later.nhs = "9990421013";
  later.is_signed = true;
  Value amendment = sample(later);
  amendment.set("supersedes", Value::text(uuid(1)));
  Desk sue = dudley.at("sue");
  const Id there = allowed(sue.add(amendment, instruments(), none)).id;
  (void)allowed(sue.accept(allowed(dudley.at("rex").receive(sent())).bundle, "", instruments()));
  EXPECT_EQ(signed_at_dudley(there),
            (std::map<std::string, bool>{{uuid(1), true}, {uuid(6), false}}));
}

// Both in force, the one would be shown as a change since the other.
TEST_F(Transfer, WhatWasAmendedInBothPlacesStaysAsItWasAmendedHere) {
  meet();
  Desk sue = dudley.at("sue");
  const Id there =
      allowed(sue.accept(allowed(dudley.at("rex").receive(sent())).bundle, "", instruments()))
          .child.id;
  const auto amend = [](Desk& desk, const std::string& earlier) {
    const Value draft = allowed(desk.amend(*Id::parse(earlier), instruments(), none));
    const std::string id{draft.text_at("id")};
    (void)allowed(desk.sign(*Id::parse(id), "P2", instruments(), none));
    return id;
  };
  const std::string here = amend(sue, uuid(1));
  Desk sender = sandwell.at("sue");
  const std::string theirs = amend(sender, uuid(1)), after = amend(sender, theirs);
  const Accepted accepted =
      allowed(sue.accept(allowed(dudley.at("rex").receive(sent())).bundle, "", instruments()));
  std::map<std::string, Why> left_out;
  for (const NotAccepted& each : accepted.left_out) left_out[each.id.text()] = each.why;
  EXPECT_EQ(left_out, (std::map<std::string, Why>{{theirs, Why::is_superseded},
                                                  {after, Why::is_superseded}}));
  EXPECT_EQ(signed_at_dudley(there), (std::map<std::string, bool>{{uuid(1), true}, {here, false}}));
  EXPECT_THAT(allowed(verify(dudley.places, dudley.means)).flaws, IsEmpty());
}

// An older ring would take a bundle twice, or have no key for it.
TEST_F(Transfer, ARingFromBeforeABundleCameOrWentIsNoticed) {
  meet();
  const auto with_ring_from_before = [&](const std::function<void()>& act) {
    const std::string kept = dudley.path("older");
    std::filesystem::copy_file(dudley.places.ring, kept,
                               std::filesystem::copy_options::overwrite_existing);
    {
      // Nobody logs out behind it: what the ring has seen by then would stand in it.
      act();
    }
    std::filesystem::copy_file(dudley.places.ring, dudley.path("newer"),
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(kept, dudley.places.ring,
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(why(Setting::open(dudley.places, dudley.means)), "stale_ring");
    std::filesystem::copy_file(dudley.path("newer"), dudley.places.ring,
                               std::filesystem::copy_options::overwrite_existing);
  };
  Id first, second;
  with_ring_from_before([&] { first = allowed(dudley.at("rex").receive(sent())).bundle; });
  with_ring_from_before([&] { (void)allowed(dudley.at("sue").accept(first, "", instruments())); });
  second = allowed(dudley.at("rex").receive(sent())).bundle;
  with_ring_from_before([&] { (void)allowed(dudley.at("sue").accept(second, "", instruments())); });
  const Id third = allowed(dudley.at("rex").receive(sent())).bundle;
  with_ring_from_before([&] { (void)allowed(dudley.at("sue").turn_down(third, moved)); });
  EXPECT_THAT(allowed(verify(dudley.places, dudley.means)).flaws, IsEmpty());
}

TEST_F(Transfer, AChildOfWhomABundleWaitsIsNotErased) {
  meet();
  const Purpose retention{"retention", ""};
  Desk sue = dudley.at("sue"), rex = dudley.at("rex");
  const Id there =
      allowed(sue.accept(allowed(rex.receive(sent())).bundle, "", instruments())).child.id;
  const Id bundle = allowed(rex.receive(sent())).bundle;
  EXPECT_EQ(why(rex.ask_erasure(there, retention)), "bundle_waits");
  (void)allowed(sue.turn_down(bundle, moved));
  (void)allowed(rex.ask_erasure(there, retention));
  const Id later = allowed(rex.receive(sent())).bundle;
  EXPECT_EQ(why(sue.confirm_erasure(there, retention)), "bundle_waits");
  (void)allowed(sue.turn_down(later, moved));
  EXPECT_EQ(why(sue.confirm_erasure(there, retention)), "done");
}

// The bundle's key goes with its quarantine; an older backup still has its row.
TEST_F(Transfer, ABackupFromTheTimeOfAQuarantineComesBack) {
  meet();
  const Received received = allowed(dudley.at("rex").receive(sent()));
  const std::string backup = dudley.path("backup");
  (void)allowed(dudley.at("sue").back_up_records(backup));
  (void)allowed(dudley.at("sue").turn_down(received.bundle, {"record_mistake", ""}));
  std::filesystem::remove(dudley.path("records"));
  const Restored restored =
      allowed(restore(dudley.places, dudley.means, backup, "sue", passphrase));
  EXPECT_EQ(restored.erased_rows, 1U);
  EXPECT_THAT(allowed(dudley.at("sue").quarantine()), IsEmpty());
  EXPECT_THAT(allowed(verify(dudley.places, dudley.means)).flaws, IsEmpty());
}

TEST_F(Transfer, TheSameBundleIsNotTakenTwiceEvenByRestoredRecords) {
  meet();
  const std::string bundle = sent();
  const std::string backup = dudley.path("backup");
  (void)allowed(dudley.at("sue").back_up_records(backup));
  (void)allowed(dudley.at("rex").receive(bundle));
  EXPECT_EQ(why(dudley.at("rex").receive(bundle)), "replayed");
  std::filesystem::remove(dudley.path("records"));
  (void)allowed(restore(dudley.places, dudley.means, backup, "sue", passphrase));
  EXPECT_EQ(why(dudley.at("rex").receive(bundle)), "replayed");
}

TEST_F(Transfer, AHoldComesWithAFileThatComesAgain) {
  meet();
  Desk sue = dudley.at("sue"), rex = dudley.at("rex");
  const Id there =
      allowed(sue.accept(allowed(rex.receive(sent())).bundle, "", instruments())).child.id;
  (void)allowed(rex.ask_erasure(there, {"retention", ""}));
  (void)allowed(sandwell.at("rex").hold(id, true, {"legal_hold", ""}));
  // Once with nothing else that is new, once with a number that was not known.
  (void)allowed(sue.accept(allowed(rex.receive(sent())).bundle, "", instruments()));
  EXPECT_TRUE(allowed(sue.find(there, none)).held);
  EXPECT_THAT(allowed(rex.erasure_requests()), IsEmpty());
  EXPECT_EQ(why(rex.ask_erasure(there, {"retention", ""})), "held");
  (void)allowed(rex.hold(there, false, {"hold_over", ""}));
  Sample known = child(1);
  known.id = uuid(5);
  known.nhs = "9990421013";
  known.upn = "A950000178301";
  (void)allowed(sandwell.at("sue").add(sample(known), instruments(), none));
  (void)allowed(sue.accept(allowed(rex.receive(sent())).bundle, "", instruments()));
  const ChildFacts facts = allowed(sue.find(there, none));
  EXPECT_TRUE(facts.held);
  EXPECT_EQ(facts.upn, known.upn);
  EXPECT_THAT(allowed(verify(dudley.places, dudley.means)).flaws, IsEmpty());
}

// Each setting has references of its own: a child who is surely known keeps the one from here.
TEST_F(Transfer, AKnownChildKeepsItsReference) {
  meet();
  Sample known = child(1);
  known.id = uuid(9);
  known.ref = "LOCAL-7";
  known.nhs = "9990421013";
  const Id here = allowed(dudley.at("sue").add(sample(known), instruments(), none)).id;
  const Id bundle = allowed(dudley.at("rex").receive(sent())).bundle;
  const ChildFacts child = allowed(dudley.at("sue").accept(bundle, "", instruments())).child;
  EXPECT_EQ(child.id, here);
  EXPECT_EQ(child.ref, "LOCAL-7");
  EXPECT_EQ(allowed(dudley.at("sue").history(here, none)).size(), 3U);
}

TEST_F(Transfer, AReferenceThatIsAnotherChildsHereIsGivenAnew) {
  meet();
  Sample other = child(1);  // C-1001 is somebody else in Dudley
  other.id = uuid(50);
  other.name = "Somebody Else";
  other.born = "2015-01-02";
  (void)allowed(dudley.at("sue").add(sample(other), instruments(), none));
  const Id bundle = allowed(dudley.at("rex").receive(sent())).bundle;
  EXPECT_EQ(why(dudley.at("sue").accept(bundle, "", instruments())), "other_child");
  const ChildFacts child = allowed(dudley.at("sue").accept(bundle, "C-2001", instruments())).child;
  EXPECT_EQ(child.ref, "C-2001");
  EXPECT_EQ(allowed(dudley.at("sue").children(true, cover)).size(), 2U);
}

}  // namespace
}  // namespace gcp2::test
