#include <algorithm>
#include <set>
#include <utility>

#include "gcp2/safekeeping.h"
#include "setting/anchor.h"
#include "setting/appended.h"
#include "setting/backup.h"
#include "setting/copied.h"
#include "setting/inside.h"
#include "setting/ring_copies.h"

namespace gcp2 {
namespace {

/// Whether a copy of the ring is there, is what was written, and has every key.
Allowed<bool> covers(const RingBackup& backup, const std::vector<RingKey>& keys) {
  const auto digest = hash_of_file(backup.file);
  if (!digest || *digest != backup.digest) return false;
  auto copied = Ring::open(backup.file, Opening::reading);
  if (!copied) return false;
  const auto there = copied->keys();
  if (!there) return false;
  std::set<Id> ids;
  for (const RingKey& key : *there) ids.insert(key.id);
  return std::ranges::all_of(keys, [&](const RingKey& key) { return ids.contains(key.id); });
}

}  // namespace

Stored<Seconds> Setting::State::latest() {
  const auto head = store->head();
  if (!head) return head.error();
  // Read first: whoever puts other records back meanwhile raises it.
  const auto serial = ring.serial();
  if (!serial) return serial.error();
  const auto noted = ring.head();
  if (!noted) return noted.error();
  const Seconds clock = now();
  seen = std::max({seen, clock, head->at, noted->at});
  if (clock >= seen || noted->at == seen) return seen;
  RingBatch batch;
  batch.expected_serial = *serial;
  batch.head = *noted;
  batch.head->at = seen;
  if (const auto done = ring.commit(batch); !done) return done.error();
  return seen;
}

Stored<Done> Setting::State::note_head() {
  const auto head = store->head();
  if (!head) return head.error();
  const auto known = ring.head();
  if (!known) return known.error();
  // The ring of records that were put back while these were open is theirs no longer.
  bool is_ours = known->count == 0;
  const auto read = store->entries_from(known->count, [&](const Entry& entry) {
    is_ours = is_ours || (entry.number == known->count && entry.hash == known->hash);
    return false;
  });
  if (!read) return read.error();
  if (!is_ours) return StoreError{Trouble::conflict, "the ring knows another log"};
  RingBatch batch;
  batch.head = *head;
  // See `latest`.
  batch.head->at = std::max(head->at, known->at);
  if (const auto done = ring.commit(batch); !done) return done;
  if (places.anchor.empty() || head->count == 0) return Done{};
  const auto anchors = read_anchors(places.anchor);
  if (!anchors) return anchors.error();
  if (!anchors->lines.empty() && anchors->lines.back().head.count == head->count) return Done{};
  return append_anchor(places.anchor, *head);
}

Stored<Done> Setting::State::keep_ring_copy() { return gcp2::keep_ring_copy(ring, places, now()); }

Allowed<RingBackup> Desk::back_up_ring(const std::string& file, const Purpose& purpose) {
  Act act{*state_, Action::back_up_ring, purpose};
  if (auto no = act.barred()) return *std::move(no);
  // No copy is anywhere that the log does not know of.
  if (const auto logged = act.done(); !logged) return logged.error();
  auto copied = state_->ring().copy_to(file, state_->setting->now());
  if (!copied) return act.refuse(failed(copied));
  RingBatch batch;
  batch.backups.push_back(*copied);
  if (const auto done = state_->ring().commit(batch); !done) return failed(done);
  if (const auto gone =
          destroy_expired_copies(state_->ring(), state_->setting->places, state_->setting->now());
      !gone)
    return failed(gone);
  return *std::move(copied);
}

Allowed<std::vector<RingBackup>> Desk::ring_copies() {
  Act act{*state_, Action::ring_copies};
  if (auto no = act.barred()) return *std::move(no);
  auto copies = state_->ring().backups();
  if (!copies) return failed(copies);
  if (const auto logged = act.done(); !logged) return logged.error();
  return *std::move(copies);
}

Allowed<Head> Desk::back_up_records(const std::string& file, const Purpose& purpose) {
  Act act{*state_, Action::back_up_records, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto keys = state_->ring().keys();
  if (!keys) return failed(keys);
  // A backup whose keys are spoilt comes back as nothing.
  std::set<Id> at_hand;
  for (const RingKey& key : *keys) {
    at_hand.insert(key.id);
    if (state_->setting_key &&
        !unwrap(key.wrapped, *state_->setting_key, bound_key(state_->store_id(), key)))
      return act.refuse(Why::unsealable);
  }
  const auto backups = state_->ring().backups();
  if (!backups) return failed(backups);
  bool covered = false;
  for (auto at = backups->rbegin(); at != backups->rend() && !covered; ++at) {
    const auto one = covers(*at, *keys);
    if (!one) return one.error();
    covered = *one;
  }
  if (!covered) return act.refuse(Why::no_ring_backup);
  if (const auto none = expect_no_manifest(file); !none) return act.refuse(failed(none));
  if (const auto logged = act.done(); !logged) return logged.error();
  Head head;
  std::size_t rows = 0;
  {
    auto to = open_store("sqlite:" + file, Opening::copy, state_->store_id());
    if (!to) return act.refuse(failed(to));
    bool missing = false;
    const auto copied = fill_from(state_->store(), **to, [&](RowKind, const Row& row) {
      ++rows;
      missing = missing || !at_hand.contains(row.key);
      return true;
    });
    if (!copied) return act.refuse(failed(copied));
    if (missing) return act.refuse(Why::missing_keys);
    if (const auto done = (*to)->finish(); !done) return act.refuse(failed(done));
    head = *copied;
  }
  // Read back as whoever restores it will read it.
  const auto verified = verify_copy(file, state_->setting->means);
  if (!verified) return act.refuse(verified.error());
  if (!verified->flaws.empty() || verified->head != head || verified->rows != rows)
    return act.refuse(refusal({Trouble::damaged, "backup"}));
  if (const auto done = sign_for(file, state_->ring(), head, rows); !done)
    return act.refuse(failed(done));
  // That the backup was made stands in the ring.
  if (const auto kept = state_->setting->keep_ring_copy(); !kept) return not_copied(kept.error());
  return head;
}

}  // namespace gcp2
