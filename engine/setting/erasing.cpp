#include "setting/erasing.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "setting/appended.h"
#include "setting/erased_list.h"
#include "setting/partners.h"
#include "setting/untold.h"

namespace gcp2 {
namespace {

/// The rows of a child, and its family's where it is the last of it.
struct Remains {
  std::vector<Drop> drops;
  std::vector<Id> key_owners;  ///< whose keys go
};
Stored<Remains> remains_of(Setting::State& state, const Id& child) {
  Remains out;
  out.key_owners.push_back(child);
  Store& store = *state.store;
  for (const RowKind table : {RowKind::record, RowKind::draft, RowKind::bundle}) {
    const auto rows = store.rows_of(table, child);
    if (!rows) return rows.error();
    for (const Row& row : *rows) {
      out.drops.push_back({table, row.id});
      if (table != RowKind::draft) continue;
      const auto leaves = store.rows_of(RowKind::leaf, row.id);
      if (!leaves) return leaves.error();
      for (const Row& leaf : *leaves) out.drops.push_back({RowKind::leaf, leaf.id});
    }
  }
  const auto accounts = state.ring.accounts();
  if (!accounts) return accounts.error();
  for (const Account& account : *accounts) {
    const Id id = involvement_id(account.id, child);
    const auto involvement = store.row(RowKind::involvement, id);
    if (!involvement) return involvement.error();
    if (*involvement) out.drops.push_back({RowKind::involvement, id});
  }
  const auto row = store.row(RowKind::subject, child);
  if (!row) return row.error();
  if (!*row) return out;
  out.drops.push_back({RowKind::subject, child});
  const auto siblings = store.rows_of(RowKind::subject, (*row)->owner);
  if (!siblings) return siblings.error();
  if (siblings->size() > 1) return out;
  out.drops.push_back({RowKind::family, (*row)->owner});
  out.key_owners.push_back((*row)->owner);
  return out;
}

/// Where the erasure of a child is; nullopt: none was ever asked for.
Stored<std::optional<Erasure>> erasure_of(Ring& ring, const Id& child) {
  const auto all = ring.erasures();
  if (!all) return all.error();
  const auto found = std::ranges::find(*all, child, &Erasure::subject);
  return found == all->end() ? std::nullopt : std::optional{*found};
}

RingBatch withdrawn(Erasure erasure, Seconds at) {
  erasure.step = ErasureStep::withdrawn;
  erasure.at = at;
  RingBatch batch;
  batch.erasures.push_back(std::move(erasure));
  return batch;
}

/// Of a child that was held when its erasure was to begin.
Allowed<Done> leave_held(Setting::State& setting, const Erasure& erasure) {
  Entry entry;
  entry.at = setting.now();
  entry.actor = erasure.confirmed_by;
  entry.action = name_of(Action::withdraw_erasure);
  entry.outcome = "done";
  entry.reason = "legal_hold";
  entry.table = RowKind::account;
  entry.subject = erasure.subject;
  return change_ring(setting, withdrawn(erasure, setting.now()), {std::move(entry)});
}

/// Whether the erasure goes on from here: not where the child is held, or somebody was faster to
/// say so. One that somebody else began in this moment is carried on by both.
Allowed<bool> begin_erasing(Setting::State& setting, Erasure& erasure) {
  if (erasure.step == ErasureStep::begun) return true;
  const auto row = setting.store->row(RowKind::subject, erasure.subject);
  if (!row) return failed(row);
  if (*row && (*row)->standing == Standing::held) {
    const auto left = leave_held(setting, erasure);
    if (!left && left.error().why != Why::changed_meanwhile) return left.error();
    return false;
  }
  erasure.step = ErasureStep::begun;
  erasure.at = setting.now();
  RingBatch batch;
  batch.erasures.push_back(erasure);
  const auto begun = setting.ring.commit(batch);
  if (begun) return true;
  if (begun.error().trouble != Trouble::conflict) return failed(begun);
  const auto now = erasure_of(setting.ring, erasure.subject);
  if (!now) return failed(now);
  if (!*now || (*now)->step != ErasureStep::begun) return false;
  erasure = **now;
  return true;
}

/// Drops the keys and then the rows.
Stored<Done> carry_on(Setting::State& setting, Erasure erasure) {
  const auto remains = remains_of(setting, erasure.subject);
  if (!remains) return remains.error();
  // Listed before the keys go: a restore of an older ring finds it there.
  for (const Id& of : remains->key_owners)
    if (const auto done =
            append_to_erased_list(setting.places.erased, setting.ring, of, erasure.at);
        !done)
      return done.error();
  RingBatch drop;
  drop.drop_keys_of = remains->key_owners;
  if (const auto done = setting.ring.commit(drop); !done) return done.error();
  if (const auto done = setting.keep_ring_copy(); !done) return done.error();
  Batch batch;
  batch.drops = remains->drops;
  for (const Drop& each : batch.drops) {
    Entry entry;
    entry.at = setting.now();
    entry.actor = erasure.confirmed_by;
    entry.action = name_of(Action::confirm_erasure);
    entry.outcome = "dropped";
    entry.reason = erasure.reason;
    entry.subject = erasure.subject;
    entry.table = each.table;
    entry.row = each.id;
    batch.entries.push_back(std::move(entry));
  }
  if (!batch.drops.empty())
    if (const auto done = setting.store->commit(std::move(batch)); !done) return done.error();
  RingBatch complete;
  erasure.step = ErasureStep::complete;
  complete.erasures.push_back(erasure);
  const auto done = setting.ring.commit(complete);
  if (!done) return done.error();
  return Done{};
}

/// Until when copies of the ring with the child's key are to be gone. Copies in the folder of ring
/// copies are destroyed with each newer one: of those only what was made before counts.
Stored<std::optional<Seconds>> last_copy_expires(const Setting::State& setting, Ring& ring,
                                                 const Erasure& erasure) {
  const auto copies = ring.backups();
  if (!copies) return copies.error();
  std::error_code error;
  const auto folder = std::filesystem::weakly_canonical(setting.places.ring_backups, error);
  std::optional<Seconds> last;
  for (const RingBackup& copy : *copies) {
    const bool is_elsewhere = std::filesystem::path{copy.file}.parent_path() != folder;
    if (copy.at < erasure.at || (copy.at == erasure.at && is_elsewhere))
      last = std::max(last.value_or(0), copy.at + ring_copies_live);
  }
  return last;
}

/// How many of a child's rows were removed behind an entry of the log, whoever carried that out.
Stored<std::size_t> rows_removed(Store& store, const Id& child, std::int64_t entry) {
  std::set<std::pair<RowKind, Id>> removed;
  const auto read = store.entries_from(entry + 1, [&](const Entry& each) {
    if (each.subject == child && each.action == name_of(Action::confirm_erasure) &&
        each.outcome == "dropped")
      removed.emplace(each.table, each.row);
    return true;
  });
  if (!read) return read.error();
  return removed.size();
}

/// `entry`: behind which the log says what was removed.
Allowed<Certificate> certificate_of(Desk::State& desk, const Erasure& erasure, std::int64_t entry) {
  const auto rows = rows_removed(desk.store(), erasure.subject, entry);
  if (!rows) return failed(rows);
  const auto expires = last_copy_expires(*desk.setting, desk.ring(), erasure);
  if (!expires) return failed(expires);
  return Certificate{erasure.subject, erasure.asked_by, erasure.confirmed_by, erasure.at,
                     *rows,           *expires};
}

}  // namespace

Allowed<Done> end_erasure(Desk::State& desk, const Id& child, const Purpose& purpose) {
  const auto erasure = erasure_of(desk.ring(), child);
  if (!erasure) return failed(erasure);
  if (!*erasure || (*erasure)->step == ErasureStep::withdrawn) return Done{};
  if ((*erasure)->step == ErasureStep::begun || (*erasure)->step == ErasureStep::complete)
    return refusal(Why::no_such_child);
  Act act{desk, Action::withdraw_erasure, purpose};
  act.about(child);
  return act.done(withdrawn(**erasure, desk.setting->now()), {}, false);
}

Allowed<std::vector<ErasureRequest>> Desk::erasure_requests() {
  Act act{*state_, Action::erasures};
  if (auto no = act.barred()) return *std::move(no);
  const auto all = state_->ring().erasures();
  if (!all) return failed(all);
  std::vector<ErasureRequest> out;
  for (const Erasure& each : *all) {
    if (each.step != ErasureStep::asked) continue;
    auto facts = act.facts(each.subject);
    if (!facts) return act.refuse(facts.error());
    out.push_back({*std::move(facts), each.asked_by, each.at, each.reason});
  }
  if (const auto logged = act.done(); !logged) return logged.error();
  return out;
}

Allowed<Done> Desk::withdraw_erasure(const Id& child, const Purpose& purpose) {
  Act act{*state_, Action::withdraw_erasure, purpose};
  if (auto no = act.barred()) return *std::move(no);
  act.about(child);
  const auto erasure = erasure_of(state_->ring(), child);
  if (!erasure) return failed(erasure);
  if (!*erasure || (*erasure)->step != ErasureStep::asked) return act.refuse(Why::not_asked);
  return act.done(withdrawn(**erasure, state_->setting->now()), {}, false);
}

Allowed<Done> Desk::ask_erasure(const Id& child, const Purpose& purpose) {
  Act act{*state_, Action::ask_erasure, purpose};
  if (auto no = act.barred()) return *std::move(no);
  act.about(child);
  const auto facts = state_->facts(child);
  if (!facts) return act.refuse(facts.error());
  if (facts->held) return act.refuse(Why::held);
  const auto waits = waits_in_quarantine(*state_, *facts);
  if (!waits) return act.refuse(waits.error());
  if (*waits) return act.refuse(Why::bundle_waits);
  RingBatch batch;
  batch.erasures.push_back(
      {child, ErasureStep::asked, state_->account.id, {}, state_->setting->now(), purpose.code});
  return act.done(std::move(batch), {}, false);
}

Allowed<Certificate> Desk::confirm_erasure(const Id& child, const Purpose& purpose) {
  Act act{*state_, Action::confirm_erasure, purpose};
  if (auto no = act.barred()) return *std::move(no);
  act.about(child);
  const auto facts = state_->facts(child);
  if (!facts) return act.refuse(facts.error());
  if (facts->held) return act.refuse(Why::held);
  const auto asked = erasure_of(state_->ring(), child);
  if (!asked) return failed(asked);
  if (!*asked || (*asked)->step != ErasureStep::asked) return act.refuse(Why::not_asked);
  if ((*asked)->asked_by == state_->account.id) return act.refuse(Why::second_person);
  const auto waits = waits_in_quarantine(*state_, *facts);
  if (!waits) return act.refuse(waits.error());
  if (*waits) return act.refuse(Why::bundle_waits);
  const auto log = state_->store().head();
  if (!log) return failed(log);
  // The words of a reason would be sealed under a key that is about to go.
  if (const auto logged = act.done(); !logged) return logged.error();
  Erasure erasure = **asked;
  erasure.step = ErasureStep::confirmed;
  erasure.confirmed_by = state_->account.id;
  erasure.at = state_->setting->now();
  RingBatch batch;
  batch.erasures.push_back(erasure);
  const auto confirmed = state_->ring().commit(batch);
  if (!confirmed && confirmed.error().trouble == Trouble::conflict)
    return act.refuse(Why::changed_meanwhile);
  if (!confirmed) return failed(confirmed);
  state_->keys.clear();
  if (const auto done = state_->setting->carry_on_erasing(); !done) {
    Refusal why = done.error();
    why.why = Why::erasure_goes_on;
    why.places = {child.text()};
    return why;
  }
  const auto after = erasure_of(state_->ring(), child);
  if (!after) return failed(after);
  if (*after && (*after)->step == ErasureStep::withdrawn) return act.refuse(Why::held);
  if (!*after || (*after)->step != ErasureStep::complete) return act.refuse(Why::changed_meanwhile);
  return certificate_of(*state_, **after, log->count);
}

Allowed<Certificate> Desk::certificate(const Id& child) {
  Act act{*state_, Action::erasures};
  if (auto no = act.barred()) return *std::move(no);
  act.about(child);
  const auto erasure = erasure_of(state_->ring(), child);
  if (!erasure) return failed(erasure);
  if (!*erasure || (*erasure)->step != ErasureStep::complete) return act.refuse(Why::not_asked);
  auto certificate = certificate_of(*state_, **erasure, 0);
  if (!certificate) return certificate;
  if (const auto logged = act.done(); !logged) return logged.error();
  return certificate;
}

Allowed<Done> Setting::State::carry_on_erasing() {
  const auto all = ring.erasures();
  if (!all) return failed(all);
  for (Erasure erasure : *all) {
    if (erasure.step != ErasureStep::confirmed && erasure.step != ErasureStep::begun) continue;
    const auto begun = begin_erasing(*this, erasure);
    if (!begun) return begun.error();
    if (!*begun) continue;
    if (const auto done = carry_on(*this, erasure); !done) return failed(done);
  }
  return Done{};
}

}  // namespace gcp2
