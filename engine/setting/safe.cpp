#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "gcp2/json.h"
#include "gcp2/safekeeping.h"
#include "setting/anchor.h"
#include "setting/appended.h"
#include "setting/erased_list.h"
#include "setting/inside.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

constexpr std::size_t piece = 1000;  ///< rows or entries that are taken over at a time

Stored<std::string> hash_of_file(const std::string& file) {
  std::ifstream in{file, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  if (!in) return StoreError{Trouble::outside, "read"};
  return plain_hash(bytes);
}

/// Copies what `from` holds into a fresh store. `take` says which rows.
Stored<Head> copy(Store& from, Store& to, const Store::Visit& take) {
  std::vector<Put> rows;
  std::vector<Entry> entries;
  std::optional<StoreError> trouble;
  Head head;
  const auto flush = [&](std::size_t at_least) {
    if (rows.size() + entries.size() < at_least) return true;
    if (const auto done = to.fill(rows, entries); !done) trouble = done.error();
    rows.clear();
    entries.clear();
    return !trouble;
  };
  const auto read = from.snapshot(
      [&](RowKind table, const Row& row) {
        if (!take(table, row)) return true;
        rows.push_back({table, row});
        return flush(piece);
      },
      [&](const Entry& entry) {
        entries.push_back(entry);
        head = {entry.number, entry.hash, entry.at};
        return flush(piece);
      });
  if (!read) return read.error();
  flush(1);
  if (trouble) return *trouble;
  return head;
}

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

/// A copy is always a SQLite file, wherever the records are.
Allowed<Verification> verify_copy(const std::string& file, Means means) {
  means.open_records = open_store;
  return verify({.records = "sqlite:" + file}, means);
}

Value manifest(const Id& store, const Head& head, std::size_t rows, const std::string& digest) {
  Value out = Value::object();
  out.set("format", Value::text("gcp2/backup/1"));
  out.set("store", Value::text(store.text()));
  out.set("rows", Value::number(static_cast<std::int64_t>(rows)));
  out.set("entries", Value::number(head.count));
  out.set("hash", Value::text(hexadecimal(head.hash)));
  out.set("last_entry_at", Value::text(Instant::at(head.at).text()));
  out.set("digest", Value::text(hexadecimal(digest)));
  return out;
}

}  // namespace

Stored<Done> Setting::State::note_head() {
  const auto head = store->head();
  if (!head) return head.error();
  RingBatch batch;
  batch.head = *head;
  if (const auto done = ring.commit(batch); !done) return done;
  if (places.anchor.empty() || head->count == 0) return Done{};
  const auto anchors = read_anchors(places.anchor);
  if (!anchors) return anchors.error();
  if (!anchors->lines.empty() && anchors->lines.back().head.count == head->count) return Done{};
  return append_anchor(places.anchor, *head);
}

Stored<Done> Setting::State::keep_ring_copy() {
  if (places.ring_backups.empty()) return Done{};
  const auto serial = ring.serial();
  if (!serial) return serial.error();
  std::error_code error;
  std::filesystem::create_directories(places.ring_backups, error);
  const auto folder = std::filesystem::path{places.ring_backups};
  const std::string file = (folder / ("ring-" + std::to_string(*serial))).string();
  const auto before = ring.backups();
  if (!before) return before.error();
  auto copied = ring.copy_to(file, now());
  // Nothing has changed since the last copy.
  if (!copied && copied.error().trouble == Trouble::present) return Done{};
  if (!copied) return copied.error();
  RingBatch batch;
  batch.backups.push_back(*std::move(copied));
  if (const auto done = ring.commit(batch); !done) return done;
  // Older copies could bring back a key that was dropped.
  for (const RingBackup& old : *before)
    if (std::filesystem::path{old.file}.parent_path() == folder && old.file != file)
      if (const auto gone = destroy_file(old.file); !gone) return gone;
  return Done{};
}

Allowed<RingBackup> Desk::back_up_ring(const std::string& file) {
  Act act{*state_, Action::back_up_ring};
  if (auto no = act.barred()) return *std::move(no);
  auto copied = state_->ring().copy_to(file, state_->setting->now());
  if (!copied) return act.refuse(failed(copied));
  RingBatch batch;
  batch.backups.push_back(*copied);
  if (const auto done = state_->ring().commit(batch); !done) return failed(done);
  if (const auto logged = act.done(); !logged) return logged.error();
  return *std::move(copied);
}

Allowed<Head> Desk::back_up_records(const std::string& file) {
  Act act{*state_, Action::back_up_records};
  if (auto no = act.barred()) return *std::move(no);
  const auto keys = state_->ring().keys();
  if (!keys) return failed(keys);
  const auto backups = state_->ring().backups();
  if (!backups) return failed(backups);
  bool covered = false;
  for (auto at = backups->rbegin(); at != backups->rend() && !covered; ++at) {
    const auto one = covers(*at, *keys);
    if (!one) return one.error();
    covered = *one;
  }
  if (!covered) return act.refuse(Why::no_ring_backup);
  Head head;
  std::size_t rows = 0;
  {
    auto to = open_store("sqlite:" + file, Opening::copy, state_->store_id());
    if (!to) return act.refuse(failed(to));
    const auto copied = copy(state_->store(), **to, [&](RowKind, const Row&) {
      ++rows;
      return true;
    });
    if (!copied) return act.refuse(failed(copied));
    head = *copied;
  }
  // Read back as whoever restores it will read it.
  const auto verified = verify_copy(file, state_->setting->means);
  if (!verified) return act.refuse(verified.error());
  if (!verified->flaws.empty() || verified->head != head || verified->rows != rows)
    return act.refuse(refusal({Trouble::damaged, "backup"}));
  const auto digest = hash_of_file(file);
  if (!digest) return act.refuse(failed(digest));
  const std::string text =
      write_json(manifest(state_->store_id(), head, rows, *digest), Layout::line);
  if (const auto done = append_line(file + ".manifest", text); !done) return failed(done);
  if (const auto logged = act.done(); !logged) return logged.error();
  return head;
}

Allowed<Restored> restore(const Places& places, const Means& means, const std::string& backup,
                          std::string_view name, std::string_view passphrase) {
  auto from = open_store("sqlite:" + backup, Opening::reading);
  if (!from) return failed(from);
  auto ring = Ring::open(places.ring, Opening::existing);
  if (!ring) return failed(ring);
  if (ring->store() != (*from)->id()) return refusal(Why::other_store);
  auto unlocked = unlock(*ring, means, name, passphrase);
  if (unlocked.refusal) return *std::move(unlocked.refusal);
  if (!may(unlocked.account->role, Action::restore)) return refusal(Why::role);
  const auto verified = verify_copy(backup, means);
  if (!verified) return verified.error();
  if (!verified->flaws.empty()) return refusal({Trouble::damaged, "backup"});

  const auto listed = read_erased_list(places.erased, *ring);
  if (!listed) return failed(listed);
  const std::set<Id> erased{listed->erased.begin(), listed->erased.end()};
  const auto keys = ring->keys();
  if (!keys) return failed(keys);
  std::set<Id> at_hand, to_drop;
  for (const RingKey& key : *keys) (erased.contains(key.of) ? to_drop : at_hand).insert(key.id);

  // What is sealed with an erased child's key stays out; any other key has to be there.
  std::set<Id> gone_keys = to_drop;
  bool missing = false;
  const auto looked = (*from)->snapshot(
      [&](RowKind table, const Row& row) {
        const bool is_erased =
            (table == RowKind::subject || table == RowKind::family) && erased.contains(row.id);
        if (is_erased) gone_keys.insert(row.key);
        return true;
      },
      [](const Entry&) { return false; });
  if (!looked) return failed(looked);
  const auto stays = [&](RowKind, const Row& row) { return !gone_keys.contains(row.key); };
  std::vector<Drop> left_out;
  Restored out;
  const auto counted = (*from)->snapshot(
      [&](RowKind table, const Row& row) {
        if (!stays(table, row))
          left_out.push_back({table, row.id});
        else if (!at_hand.contains(row.key))
          missing = true;
        else
          ++out.rows;
        return !missing;
      },
      [](const Entry&) { return false; });
  if (!counted) return failed(counted);
  if (missing) return refusal(Why::missing_keys);

  const auto known = ring->head();
  if (!known) return failed(known);
  out.lost_head = *known;
  out.erased_rows = left_out.size();
  auto to = means.open_records(places.records, Opening::fresh, (*from)->id());
  if (!to) return failed(to);
  const auto copied = copy(**from, **to, stays);
  if (!copied) return failed(copied);
  Batch batch;
  const auto entry = [&](std::string_view outcome) {
    Entry one;
    one.at = means.clock();
    one.actor = unlocked.who;
    one.action = name_of(Action::restore);
    one.outcome = outcome;
    return one;
  };
  // What the ring had seen of the log that is lost.
  Entry first = entry("done");
  first.revision = known->count;
  first.digest = known->hash;
  batch.entries.push_back(std::move(first));
  for (const Drop& drop : left_out) {
    Entry one = entry("dropped");
    one.table = drop.table;
    one.row = drop.id;
    batch.entries.push_back(std::move(one));
  }
  // Accounts that were made or changed since the backup are as the ring has them.
  const auto accounts = ring->accounts();
  if (!accounts) return failed(accounts);
  for (const Account& account : *accounts) {
    Entry one = entry("account");
    one.table = RowKind::account;
    one.row = account.id;
    one.digest = digest_of(ring->store(), account);
    batch.entries.push_back(std::move(one));
  }
  const auto head = (*to)->commit(std::move(batch));
  if (!head) return failed(head);
  out.head = *head;
  RingBatch noted;
  noted.head = *head;
  for (const Id& of : erased) noted.drop_keys_of.push_back(of);
  if (const auto done = ring->commit(noted); !done) return failed(done);
  if (places.anchor.empty()) return out;
  for (const auto& [end, restored] : {std::pair{*copied, true}, std::pair{*head, false}})
    if (const auto done = append_anchor(places.anchor, end, restored); !done) return failed(done);
  return out;
}

}  // namespace gcp2
