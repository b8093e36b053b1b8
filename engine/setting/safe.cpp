#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <utility>

#include "gcp2/safekeeping.h"
#include "setting/anchor.h"
#include "setting/appended.h"
#include "setting/backup.h"
#include "setting/copied.h"
#include "setting/inside.h"

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

constexpr std::string_view copy_name = "ring-";

std::filesystem::path folder_of_copies(const Places& places) {
  std::error_code error;
  return std::filesystem::weakly_canonical(places.ring_backups, error);
}

}  // namespace

std::string ring_copy_file(const Places& places, std::int64_t serial) {
  return (folder_of_copies(places) / (std::string{copy_name} + std::to_string(serial))).string();
}

Stored<Done> destroy_expired_copies(Ring& ring, const Places& places, Seconds now) {
  const auto copies = ring.backups();
  if (!copies) return copies.error();
  const auto folder = folder_of_copies(places);
  for (const RingBackup& copy : *copies) {
    if (now < copy.at + ring_copies_live) continue;
    // Those in the folder, under whatever name it had then, go with each newer one.
    std::error_code error;
    if (std::filesystem::weakly_canonical(copy.file, error).parent_path() == folder) continue;
    // A file of another content is somebody else's by now.
    const auto digest = hash_of_file(copy.file);
    if (!digest || *digest != copy.digest) continue;
    if (const auto gone = destroy_file(copy.file); !gone) return gone;
  }
  return Done{};
}

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

Stored<Done> keep_ring_copy(Ring& ring, const Places& places, Seconds now) {
  if (places.ring_backups.empty()) return Done{};
  const auto serial = ring.serial();
  if (!serial) return serial.error();
  std::error_code error;
  if (std::filesystem::create_directories(places.ring_backups, error))
    std::filesystem::permissions(places.ring_backups, std::filesystem::perms::owner_all, error);
  if (!std::filesystem::is_directory(places.ring_backups, error))
    return StoreError{Trouble::outside, "no folder for ring copies at " + places.ring_backups};
  const std::string file = ring_copy_file(places, *serial);
  auto copied = ring.copy_to(file, now);
  if (!copied && copied.error().trouble == Trouble::present) {
    // Nothing has changed since the last copy; the ring may not have been told of it.
    const auto known = ring.backups();
    if (!known) return known.error();
    if (std::ranges::find(*known, file, &RingBackup::file) != known->end()) return Done{};
    const auto digest = hash_of_file(file);
    if (!digest) return digest.error();
    copied = RingBackup{*serial, now, *digest, file};
  }
  if (!copied) return copied.error();
  RingBatch batch;
  batch.backups.push_back(*std::move(copied));
  if (const auto done = ring.commit(batch); !done) return done;
  // Older copies could bring back a key that was dropped.
  for (const auto& old : std::filesystem::directory_iterator{folder_of_copies(places), error}) {
    const std::string name = old.path().filename().string();
    if (!name.starts_with(copy_name)) continue;
    std::int64_t number = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + copy_name.size(), end, number);
    if (read.ec == std::errc{} && read.ptr == end && number < *serial)
      if (const auto gone = destroy_file(old.path().string()); !gone) return gone;
  }
  // One that cannot be reached now is tried again.
  (void)destroy_expired_copies(ring, places, now);
  return Done{};
}

Stored<Done> Setting::State::keep_ring_copy() { return gcp2::keep_ring_copy(ring, places, now()); }

Allowed<RingBackup> Desk::back_up_ring(const std::string& file) {
  Act act{*state_, Action::back_up_ring};
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

Allowed<Head> Desk::back_up_records(const std::string& file) {
  Act act{*state_, Action::back_up_records};
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
  if (const auto kept = state_->setting->keep_ring_copy(); !kept) return act.refuse(failed(kept));
  return head;
}

}  // namespace gcp2
