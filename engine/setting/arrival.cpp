#include "setting/arrival.h"

#include <algorithm>
#include <set>
#include <utility>

#include "setting/erasing.h"
#include "setting/identity.h"
#include "setting/look_ups.h"
#include "setting/ring_copies.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

Allowed<RingKey> new_key(Desk::State& desk, const Id& of) {
  RingKey key{Id::random(), of, {}};
  const Secret secret = Secret::random();
  key.wrapped = wrap(secret, *desk.setting_key, bound_key(desk.store_id(), key));
  return key;
}

/// Live and demonstration numbers, training.
std::optional<Refusal> of_another_kind(const Assessment& a, bool demonstration) {
  if (demonstration) {
    if (!a.child.nhs_number.empty() && !is_test_number(a.child.nhs_number))
      return refusal(Why::live_numbers);
    return std::nullopt;
  }
  if (is_test_number(a.child.nhs_number)) return refusal(Why::test_numbers);
  if (a.training) return refusal(Why::training);
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> unfit(const Record& record, bool demonstration) {
  const Assessment& a = record.assessment;
  Refusal invalid = refusal(Why::invalid);
  invalid.findings = a.is_signed ? unsignable(record.findings) : Findings{};
  // A draft may be wrong in everything but in what it is and whose.
  if (!a.is_signed && (!Id::parse(a.id) || a.child.ref.empty() ||
                       record.document.text_at("format") != assessment_format))
    invalid.findings = record.findings;
  if (!invalid.findings.empty()) return invalid;
  if (!Id::parse(a.id) || a.child.ref.empty()) return refusal(Why::nameless);
  return of_another_kind(a, demonstration);
}

Row fresh_row(const Id& id, const Id& owner, const Id& key, Seconds at) {
  Row row;
  row.id = id;
  row.owner = owner;
  row.key = key;
  row.revision = 1;
  row.at = at;
  return row;
}

Allowed<Done> Arrival::meet(const ChildFacts& as_said) {
  ChildFacts said = as_said;
  // A mistyped year is not to keep out whatever is said until then.
  const Date today = Instant::at(desk_.setting->now()).date;
  if (said.as_of && *said.as_of > today) said.as_of = today;
  facts_ = said;
  const auto serial = desk_.ring().serial();
  if (!serial) return failed(serial);
  serial_ = *serial;
  auto look_up = desk_.named("look_up");
  if (!look_up) return look_up.error();
  auto found = candidates(desk_, said, *look_up);
  if (!found) return found.error();
  // A child whose first record was refused stands in the ring alone, and in nobody's way.
  if (found->size() > 1) {
    auto kept = with_rows(desk_, {found->begin(), found->end()});
    if (!kept) return kept.error();
    if (!kept->empty()) *found = {kept->begin(), kept->end()};
  }
  if (found->size() > 1) return refusal(Why::several_children);
  if (found->size() == 1) {
    facts_.id = *found->begin();
    const auto row = desk_.store().row(RowKind::subject, facts_.id);
    if (!row) return failed(row);
    if (*row) return known_before(**row, said, *look_up);
    // What is being erased does not come back under the same keys.
    const auto erasure = erasure_of(desk_.ring(), facts_.id);
    if (!erasure) return failed(erasure);
    if (*erasure && is_under_way(**erasure)) return refusal(Why::changed_meanwhile);
    if (*erasure && (*erasure)->step == ErasureStep::complete) facts_.id = {};
  }
  return newcomer(*look_up);
}

/// `row` is the child's.
Allowed<Done> Arrival::known_before(const Row& row, const ChildFacts& said, const Secret& look_up) {
  is_new_ = false;
  // What is said would otherwise be tried out on it.
  const auto involvement = desk_.involvement(desk_.account.id, row.id);
  if (!involvement) return involvement.error();
  if (!*involvement && purpose_.code.empty()) return refusal(Why::reason_needed);
  const auto content = desk_.content(RowKind::subject, row);
  if (!content) return content.error();
  ChildFacts facts = facts_from(row, *content);
  if (differ(facts, said, purpose_)) return refusal(Why::other_child);
  key_ = row.key;
  const bool corrects = purpose_.code == "record_mistake";
  const auto as_of = facts.as_of;
  const bool has_changed = learn(facts, said, corrects ? Telling::correction : telling_);
  if (has_changed) {
    RingBatch ring = new_look_ups(facts.id, hashes_of(facts, look_up));
    // An erasure that drops the child's look-ups meanwhile is not to find these come back.
    ring.expected_serial = serial_;
    changed_look_ups_ = std::move(ring);
  }
  if (has_changed || facts.as_of != as_of) {
    const auto secret = desk_.key(row.key);
    if (!secret) return secret.error();
    Row renewed = row;
    ++renewed.revision;
    renewed.at = desk_.setting->now();
    puts_.push_back(sealed_put(desk_.store_id(), RowKind::subject, std::move(renewed),
                               to_document(facts), **secret));
  }
  facts_ = std::move(facts);
  return Done{};
}

Allowed<Done> Arrival::newcomer(const Secret& look_up) {
  if (!is_reference(facts_.ref)) return refusal(Why::odd_reference);
  Ring& ring = desk_.ring();
  // A child of whom the ring knows and the records do not: its first record was cut off.
  if (facts_.id.none()) facts_.id = Id::random();
  Id family_key;
  bool joins = false;  // a family that is here
  const auto make = [&]() -> Allowed<RingBatch> {
    RingBatch batch;
    joins = false;
    const auto key_for = [&](const Id& of) -> Allowed<Id> {
      const auto known = ring.key_of(of);
      if (!known) return failed(known);
      if (*known) return (*known)->id;
      auto made = new_key(desk_, of);
      if (!made) return made.error();
      const Id id = made->id;
      batch.keys.push_back(*std::move(made));
      return id;
    };
    std::vector<Id> known_family;
    std::string family_hash;
    if (!facts_.family_ref.empty()) {
      family_hash = hash_of_family(facts_.family_ref, look_up);
      auto family = ring.find(family_hash);
      if (!family) return failed(family);
      known_family = *std::move(family);
    }
    const auto here = [&](const Id& family) {
      const auto row = desk_.store().row(RowKind::family, family);
      return row && *row;
    };
    const auto joined = std::ranges::find_if(known_family, here);
    joins = joined != known_family.end();
    // One without a row was cut off, or its other child is just being added; unless it is erased.
    const auto erased = families_being_erased(ring);
    if (!erased) return failed(erased);
    const auto known = joins ? joined : std::ranges::find_if(known_family, [&](const Id& family) {
      return !erased->contains(family);
    });
    if (known != known_family.end()) {
      facts_.family = *known;
    } else {
      facts_.family = Id::random();
      if (!family_hash.empty()) batch.look_ups.push_back({family_hash, facts_.family});
    }
    const auto of_child = key_for(facts_.id), of_family = key_for(facts_.family);
    if (!of_child) return of_child.error();
    if (!of_family) return of_family.error();
    key_ = *of_child;
    family_key = *of_family;
    batch.drop_look_ups_of.push_back(facts_.id);
    for (std::string& hash : hashes_of(facts_, look_up))
      batch.look_ups.push_back({std::move(hash), facts_.id});
    return batch;
  };
  // Durable in the ring, and copied, before the first row is sealed with it.
  if (const auto done = under_setting_key(desk_, make); !done) return done;
  const auto serial = ring.serial();
  if (!serial) return failed(serial);
  serial_ = *serial;

  const Id store = desk_.store_id();
  const Seconds now = desk_.setting->now();
  const auto known_family = desk_.store().row(RowKind::family, facts_.family);
  if (!known_family) return failed(known_family);
  if (joins && !*known_family) return refusal(Why::changed_meanwhile);
  const auto of_family = desk_.key(family_key);
  if (!of_family) return of_family.error();
  Value content = Value::object();
  Row family = fresh_row(facts_.family, {}, family_key, now);
  // Written anew, so that an erasure of what was the last child of it sees this one.
  if (*known_family) {
    auto known = desk_.content(RowKind::family, **known_family);
    if (!known) return known.error();
    content = *std::move(known);
    family = **known_family;
    ++family.revision;
    family.at = now;
  } else {
    content.set("ref", Value::text(facts_.family_ref));
  }
  puts_.push_back(sealed_put(store, RowKind::family, std::move(family), content, **of_family));
  const auto secret = desk_.key(key_);
  if (!secret) return secret.error();
  puts_.push_back(sealed_put(store, RowKind::subject,
                             fresh_row(facts_.id, facts_.family, key_, now), to_document(facts_),
                             **secret));
  Involvement involvement;
  involvement.account = desk_.account.id;
  involvement.child = facts_.id;
  puts_.push_back(sealed_put(store, RowKind::involvement,
                             fresh_row(involvement_id(involvement.account, involvement.child),
                                       involvement.account, key_, now),
                             to_document(involvement), **secret));
  return Done{};
}

Batch Arrival::batch() const {
  Batch out;
  out.puts = puts_;
  if (!is_new_) return out;
  Entry entry;
  entry.at = desk_.setting->now();
  entry.actor = desk_.account.id;
  entry.action = name_of(Action::make_key);
  entry.outcome = "done";
  entry.subject = facts_.id;
  entry.revision = serial_;
  out.entries.push_back(std::move(entry));
  return out;
}

Allowed<Done> Arrival::settle(Act& act) const {
  if (!changed_look_ups_) return Done{};
  if (const auto ready = expect_room_for_copy(desk_.ring(), desk_.setting->places); !ready)
    return failed(ready);
  const auto done = desk_.ring().commit(*changed_look_ups_);
  if (!done && done.error().trouble == Trouble::busy) return act.refuse(Why::changed_meanwhile);
  if (!done) return failed(done);
  if (const auto kept = desk_.setting->keep_ring_copy(); !kept) return failed(kept);
  const auto serial = desk_.ring().serial();
  if (!serial) return failed(serial);
  act.changed_ring(*serial);
  return Done{};
}

void Arrival::end_settling() const {
  if (changed_look_ups_) (void)settle_look_ups(desk_, facts_.id);
}

}  // namespace gcp2
