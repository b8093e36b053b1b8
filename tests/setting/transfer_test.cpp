// A child moves from a school in Sandwell to one in Dudley, and the file goes after the child.
#include "transfer.h"

#include <gmock/gmock.h>

#include <set>

#include "gcp2/json.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

Ring allowed_ring(const School& school) {
  auto ring = Ring::open(school.places.ring, Opening::reading);
  if (!ring) throw std::runtime_error{ring.error().message};
  return *std::move(ring);
}

TEST_F(Transfer, TheFileArrivesWholeAndTheReceiptComesBack) {
  meet();
  const std::string bundle = sent();
  EXPECT_EQ(bundle.find("Sample Child"), std::string::npos);
  const Received received = allowed(dudley.at("rex").receive(bundle));
  EXPECT_EQ(received.child.ref, "C-1001");
  EXPECT_EQ(received.records, 2U);
  // Nobody sees it as the school's own until it is accepted.
  EXPECT_THAT(allowed(dudley.at("sue").children(true, cover)), IsEmpty());
  EXPECT_EQ(allowed(dudley.at("sue").quarantine()).size(), 1U);
  EXPECT_EQ(why(dudley.at("rex").accept(received.bundle, "", instruments())), "role");
  const ChildFacts child =
      allowed(dudley.at("sue").accept(received.bundle, "", instruments())).child;
  EXPECT_THAT(allowed(dudley.at("sue").quarantine()), IsEmpty());
  Desk there = dudley.at("sue");
  EXPECT_EQ(allowed(there.history(child.id, none)).size(), 2U);
  for (int number : {1, 2})
    EXPECT_EQ(write_json(allowed(there.read(*Id::parse(uuid(number)), none))),
              write_json(allowed(sandwell.at("sue").read(*Id::parse(uuid(number)), none))));
  EXPECT_EQ(why(sandwell.at("rex").keep_receipt(received.receipt)), "done");
  for (const School* school : {&sandwell, &dudley})
    EXPECT_THAT(allowed(verify(school->places, school->means)).flaws, IsEmpty());
  EXPECT_EQ(why(there.accept(received.bundle, "", instruments())), "no_such_bundle");
  EXPECT_EQ(why(there.accept(Id::random(), "", instruments())), "no_such_bundle");
}

TEST_F(Transfer, ARecordUnderAnotherReferenceCanBeAmended) {
  meet();
  Desk sue = dudley.at("sue");
  Sample local = child(1);  // somebody else's reference here
  local.id = uuid(7);
  local.name = "Another Sample";
  local.born = "2016-01-02";
  (void)allowed(sue.add(sample(local), instruments(), none));
  const Received received = allowed(dudley.at("rex").receive(sent()));
  const ChildFacts child = allowed(sue.accept(received.bundle, "C-2001", instruments())).child;
  const Value draft = allowed(sue.amend(*Id::parse(uuid(1)), instruments(), none));
  EXPECT_EQ(draft.find("child")->text_at("ref"), "C-2001");
  EXPECT_EQ(why(sue.save_draft(draft, draft, none)), "done");
  EXPECT_EQ(why(sue.sign(*Id::parse(draft.text_at("id")), "P2", instruments(), none)), "done");
  EXPECT_EQ(allowed(sue.history(child.id, none)).size(), 3U);
  // What was signed elsewhere is kept to the letter.
  const ChildsRecord kept = allowed(sue.read_with_child(*Id::parse(uuid(1)), none));
  EXPECT_EQ(kept.document.find("child")->text_at("ref"), "C-1001");
  EXPECT_EQ(kept.child.id, child.id);
  EXPECT_EQ(kept.child.ref, "C-2001");
}

TEST_F(Transfer, WhatIsOfADemonstrationDoesNotEnterALiveStore) {
  School live{false};
  live.employ("rex", Role::records_manager);
  const Address there = allowed(live.at("rex").address());
  const Address here = allowed(sandwell.at("rex").address());
  (void)allowed(sandwell.at("rex").confirm_partner(there, there.fingerprint()));
  (void)allowed(live.at("rex").confirm_partner(here, here.fingerprint()));
  to = there.store;
  const Received received = allowed(live.at("rex").receive(sent()));
  EXPECT_EQ(why(live.at("sue").accept(received.bundle, "", instruments())), "test_numbers");
  EXPECT_THAT(allowed(live.at("sue").children(true, cover)), IsEmpty());
}

TEST_F(Transfer, NothingIsSentToOrTakenFromAStranger) {
  EXPECT_EQ(why(sandwell.at("rex").send(id, Id::random(), moved)), "no_partner");
  const Address there = allowed(dudley.at("rex").address());
  Address forged = there;
  forged.seal_to = KeyPair::random().open;
  EXPECT_EQ(why(sandwell.at("rex").confirm_partner(forged, there.fingerprint())), "fingerprint");
  (void)allowed(sandwell.at("rex").confirm_partner(there, there.fingerprint()));
  to = there.store;
  const std::string bundle = sent();
  EXPECT_EQ(why(dudley.at("rex").receive(bundle)), "no_partner");
  EXPECT_EQ(why(sandwell.at("sue").send(id, to, moved)), "role");
  EXPECT_EQ(why(sandwell.at("rex").send(id, to, none)), "reason_needed");
}

TEST_F(Transfer, ABundleForAnotherOrWithAChangedByteIsRefused) {
  meet();
  const std::string bundle = sent();
  School third;
  third.employ("rex", Role::records_manager);
  EXPECT_EQ(why(third.at("rex").receive(bundle)), "not_for_us");
  Desk rex = dudley.at("rex");
  for (std::size_t at = 0; at < bundle.size(); at += 97) {
    std::string changed = bundle;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    EXPECT_FALSE(rex.receive(changed)) << at;
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{20}})
    EXPECT_EQ(why(rex.receive(bundle.substr(0, size))), "no_bundle");
  EXPECT_EQ(why(rex.receive("a letter")), "no_bundle");
  EXPECT_EQ(why(rex.receive(bundle + std::string(largest_bundle, 'x'))), "no_bundle");
  EXPECT_EQ(why(rex.receive(bundle.substr(0, bundle.size() - 1))), "not_genuine");
  EXPECT_EQ(why(rex.receive(bundle + "x")), "not_genuine");
  EXPECT_EQ(why(rex.receive(bundle)), "done");
}

TEST_F(Transfer, AHoldGoesWithTheChild) {
  meet();
  (void)allowed(sandwell.at("rex").hold(id, true, {"legal_hold", ""}));
  const Id bundle = allowed(dudley.at("rex").receive(sent())).bundle;
  const ChildFacts child = allowed(dudley.at("sue").accept(bundle, "", instruments())).child;
  EXPECT_EQ(why(dudley.at("rex").ask_erasure(child.id, {"retention", ""})), "held");
}

TEST_F(Transfer, OnlyTheRecipientsReceiptForThisBundleCounts) {
  meet();
  const std::string bundle = sent();
  const std::string other = sent();
  const std::string receipt = allowed(dudley.at("rex").receive(bundle)).receipt;
  std::string changed = receipt;
  changed.replace(changed.find("received_at") + 15, 1, "3");
  Desk rex = sandwell.at("rex");
  EXPECT_EQ(why(rex.keep_receipt(changed)), "not_genuine");
  EXPECT_EQ(why(rex.keep_receipt("{}")), "no_receipt");
  EXPECT_EQ(why(rex.keep_receipt(receipt)), "done");
  EXPECT_EQ(why(dudley.at("rex").keep_receipt(receipt)), "no_partner");
}

TEST_F(Transfer, TheSenderSeesWhatWasSentAndWhatCameBack) {
  meet();
  EXPECT_THAT(allowed(sandwell.at("rex").sent_bundles()), IsEmpty());
  const std::string bundle = sent();
  sandwell.now += 60;
  (void)sent();
  const std::string receipt = allowed(dudley.at("rex").receive(bundle)).receipt;
  (void)allowed(sandwell.at("rex").keep_receipt(receipt));
  const auto all = allowed(sandwell.at("rex").sent_bundles());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].child.ref, "C-1001");
  EXPECT_EQ(all[0].to, to);
  EXPECT_EQ(all[0].to_title, "A School in Dudley");
  EXPECT_EQ(all[0].sent_at, "2026-02-20T10:00:00Z");
  EXPECT_EQ(all[0].receipt, receipt);
  EXPECT_EQ(all[0].received_at, "2026-02-20T10:00:00Z");
  EXPECT_EQ(all[1].receipt, "");
  EXPECT_EQ(all[1].received_at, "");
  // What was received is nothing that was sent.
  EXPECT_THAT(allowed(dudley.at("rex").sent_bundles()), IsEmpty());
}

TEST_F(Transfer, AReceiptIsShownOnceMoreBeforeAndAfterTheBundleIsAccepted) {
  meet();
  const Received received = allowed(dudley.at("rex").receive(sent()));
  EXPECT_EQ(allowed(dudley.at("rex").receipt_of(received.bundle)), received.receipt);
  (void)allowed(dudley.at("sue").accept(received.bundle, "", instruments()));
  EXPECT_EQ(allowed(dudley.at("rex").receipt_of(received.bundle)), received.receipt);
  EXPECT_EQ(why(dudley.at("rex").receipt_of(Id::random())), "no_such_bundle");
}

TEST_F(Transfer, TheLogNamesTheBundleAndTheReason) {
  meet();
  const std::string bytes = sent();
  const Id bundle = allowed(dudley.at("rex").receive(bytes, {"family_asked", ""})).bundle;
  EXPECT_EQ(why(dudley.at("rex").receive(bytes)), "replayed");
  (void)allowed(dudley.at("rex").receipt_of(bundle, {"quality_audit", ""}));
  Desk sue = dudley.at("sue");
  (void)allowed(sue.quarantine({"supervision", ""}));
  EXPECT_EQ(why(sue.accept(bundle, std::string(200, 'x'), instruments())), "odd_reference");
  EXPECT_EQ(why(sue.accept(bundle, "", instruments(), {"nonsense", ""})), "unknown_reason");
  const ChildFacts child =
      allowed(sue.accept(bundle, "", instruments(), {"family_asked", "they moved house"})).child;
  std::vector<std::string> told;
  std::set<std::string> notes;
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.table == RowKind::bundle && e.row == bundle)
      told.push_back(e.action + " " + e.outcome + " " + e.reason);
    if (e.action == "accept" && e.subject == child.id) notes.insert(sue.note_of(e).value_or(""));
    return true;
  }));
  EXPECT_THAT(told,
              ElementsAre("receive written family_asked", "receive refused.replayed transfer",
                          "show_receipt read quality_audit", "quarantine read supervision",
                          "accept refused.odd_reference transfer", "accept dropped family_asked"));
  EXPECT_THAT(notes, ElementsAre("they moved house"));
  EXPECT_THAT(allowed(verify(dudley.places, dudley.means)).flaws, IsEmpty());
}

TEST_F(Transfer, WhatIsTurnedDownIsGoneAndIsNotTakenAgain) {
  meet();
  const std::string bundle = sent();
  const Received received = allowed(dudley.at("rex").receive(bundle));
  EXPECT_EQ(why(dudley.at("rex").turn_down(received.bundle, none)), "role");
  EXPECT_EQ(why(dudley.at("sue").turn_down(Id::random(), none)), "no_such_bundle");
  EXPECT_EQ(why(dudley.at("sue").turn_down(received.bundle, {"record_mistake", ""})), "done");
  EXPECT_THAT(allowed(dudley.at("sue").quarantine()), IsEmpty());
  EXPECT_EQ(why(dudley.at("sue").accept(received.bundle, "", instruments())), "no_such_bundle");
  EXPECT_EQ(why(dudley.at("sue").turn_down(received.bundle, none)), "no_such_bundle");
  EXPECT_EQ(why(dudley.at("rex").receive(bundle)), "replayed");
  EXPECT_FALSE(*allowed_ring(dudley).key_of(received.bundle));
  bool logged = false;
  (void)allowed(dudley.at("sue").log_entries(1, [&](const Entry& e) {
    if (e.action == "turn_down" && e.outcome == "dropped")
      logged = e.row == received.bundle && e.reason == "record_mistake";
    return true;
  }));
  EXPECT_TRUE(logged);
  EXPECT_THAT(allowed(verify(dudley.places, dudley.means)).flaws, IsEmpty());
}

TEST_F(Transfer, TheOwnSettingIsNoPartner) {
  const Address own = allowed(sandwell.at("rex").address());
  EXPECT_EQ(why(sandwell.at("rex").confirm_partner(own, own.fingerprint())), "own_setting");
  EXPECT_EQ(why(sandwell.at("rex").send(id, own.store, moved)), "no_partner");
}

// Whoever can write to the ring would have the file sealed to themselves.
TEST_F(Transfer, APartnerThatWasExchangedInTheRingIsSentNothing) {
  meet();
  const Address real = allowed(dudley.at("rex").address());
  Address other = real;
  other.seal_to = KeyPair::random().open;
  const std::string name = "partner/" + to.text();
  for (const auto& [which, text] :
       {std::pair{name, other.text()}, std::pair{"partner_title/" + to.text(), std::string{"X"}}}) {
    auto ring = Ring::open(sandwell.places.ring, Opening::existing);
    const std::string before = **ring->named(which);
    ASSERT_TRUE(ring->commit({.named = {{which, text}}}));
    const auto refused = sandwell.at("rex").send(id, to, moved);
    ASSERT_EQ(why(refused), "store");
    EXPECT_EQ(refused.error().store.trouble, Trouble::damaged);
    EXPECT_EQ(why(sandwell.at("rex").partners()), "store");
    ASSERT_TRUE(ring->commit({.named = {{which, before}}}));
    EXPECT_EQ(why(sandwell.at("rex").send(id, to, moved)), "done");
  }
}

TEST_F(Transfer, APartnerKeepsItsTitleUntilItIsGivenAnother) {
  meet();
  const Address here = allowed(sandwell.at("rex").address());
  const auto title = [&] { return allowed(dudley.at("rex").quarantine()).front().from_title; };
  (void)allowed(dudley.at("rex").receive(sent()));
  EXPECT_EQ(title(), "");
  (void)allowed(dudley.at("rex").confirm_partner(here, here.fingerprint(), "A School in Sandwell"));
  EXPECT_EQ(title(), "A School in Sandwell");
  (void)allowed(dudley.at("rex").confirm_partner(here, here.fingerprint()));
  EXPECT_EQ(title(), "A School in Sandwell");
}

TEST_F(Transfer, PartnersAreListedByWhatTheyAreCalled) {
  EXPECT_THAT(allowed(sandwell.at("rex").partners()), IsEmpty());
  meet();
  School third;
  const Address other = allowed(third.at("sue").address());
  (void)allowed(sandwell.at("sue").confirm_partner(other, other.fingerprint(), "A Nursery"));
  const auto all = allowed(sandwell.at("sue").partners());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].title, "A Nursery");
  EXPECT_EQ(all[0].address, other);
  EXPECT_EQ(all[1].title, "A School in Dudley");
  EXPECT_EQ(all[1].address.store, to);
  EXPECT_EQ(allowed(dudley.at("rex").partners()).front().title, "");
  EXPECT_EQ(why(sandwell.at("adam").partners()), "role");
}

TEST_F(Transfer, WhatDoesNotFitIntoABundleIsNotSent) {
  meet();
  const auto add_a_fifth = [&](int number) {
    Sample one = child(3);
    one.id = uuid(number);
    Value large = sample(one);
    large.find("observations")
        ->items()
        .front()
        .set("comment", Value::text(std::string(largest_bundle / 5, 'x')));
    return allowed(sandwell.at("sue").add(large, instruments(), none)).id;
  };
  for (int number : {3, 4, 5}) (void)add_a_fifth(number);
  const Id third = add_a_fifth(6);
  EXPECT_EQ(why(sandwell.at("rex").send(third, to, moved)), "done");
  (void)add_a_fifth(7);
  EXPECT_EQ(why(sandwell.at("rex").send(third, to, moved)), "too_large");
}

TEST_F(Transfer, AnAddressThatWasMistypedIsNone) {
  const Address address = allowed(sandwell.at("rex").address());
  const std::string text = address.text();
  ASSERT_EQ(Address::parse(text), address);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'a' ? 'b' : 'a';
    EXPECT_FALSE(Address::parse(changed)) << i;
  }
  EXPECT_FALSE(Address::parse(text.substr(1)));
  EXPECT_FALSE(Address::parse(""));
}

}  // namespace
}  // namespace gcp2::test
