#include <algorithm>
#include <utility>

#include "setting/appended.h"
#include "setting/erased_list.h"
#include "setting/facts.h"
#include "setting/inside.h"
#include "setting/untold.h"

namespace gcp2 {
namespace {

/// The day a number of years after birth; 29 February becomes 1 March.
std::optional<Date> years_after(const std::optional<Date>& birth, int years) {
  if (!birth) return std::nullopt;
  const auto day = birth->calendar();
  const int year = static_cast<int>(day.year()) + years;
  const auto same =
      Date::from(year, static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return same ? same : Date::from(year, 3, 1);
}

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

/// A hold ends what was asked for or confirmed, unless it has begun.
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
/// say so.
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
  RingBatch batch;
  batch.erasures.push_back(erasure);
  const auto begun = setting.ring.commit(batch);
  if (!begun && begun.error().trouble == Trouble::conflict) return false;
  if (!begun) return failed(begun);
  return true;
}

/// Drops the keys and then the rows; gives how many rows there were.
Stored<std::size_t> carry_on(Setting::State& setting, Erasure erasure) {
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
  if (const auto done = setting.ring.commit(complete); !done) return done.error();
  return remains->drops.size();
}

}  // namespace

Allowed<std::vector<RetentionLine>> Desk::retention(int years) {
  Act act{*state_, Action::retention};
  if (auto no = act.barred()) return *std::move(no);
  std::vector<Row> rows;
  const auto read = state_->store().every_row(RowKind::subject, [&](RowKind, const Row& row) {
    rows.push_back(row);
    return true;
  });
  if (!read) return failed(read);
  std::vector<RetentionLine> lines;
  for (const Row& row : rows) {
    const auto content = state_->content(RowKind::subject, row);
    if (!content) return act.refuse(content.error());
    RetentionLine line{facts_from(row, *content), std::nullopt};
    line.review_on = years_after(line.child.date_of_birth, years);
    lines.push_back(std::move(line));
  }
  // Those without a date of birth first: somebody has to find it out.
  std::ranges::sort(lines, {}, [](const RetentionLine& line) {
    return std::tuple{line.review_on ? line.review_on->text() : std::string{}, line.child.ref};
  });
  if (const auto logged = act.done(); !logged) return logged.error();
  return lines;
}

Allowed<Done> Desk::hold(const Id& child, bool on, const Purpose& purpose) {
  Act act{*state_, Action::hold, purpose};
  if (auto no = act.barred()) return *std::move(no);
  act.about(child);
  const auto facts = state_->facts(child);
  if (!facts) return act.refuse(facts.error());
  // What is held is asked for again, if at all, once the hold is over.
  if (on)
    if (const auto ended = end_erasure(*state_, child, purpose); !ended) return ended.error();
  if (facts->held == on) return act.done();
  auto row = state_->row(RowKind::subject, child, Why::no_such_child);
  if (!row) return act.refuse(row.error());
  const auto secret = state_->key(row->key);
  if (!secret) return act.refuse(secret.error());
  ++row->revision;
  row->at = state_->setting->now();
  row->standing = on ? Standing::held : Standing::live;
  Batch batch;
  batch.puts.push_back(
      sealed_put(state_->store_id(), RowKind::subject, *row, to_document(*facts), **secret));
  if (const auto done = act.done(std::move(batch)); !done || !on) return done;
  // Others may have asked and confirmed meanwhile: they look for a hold once more before they
  // begin.
  return end_erasure(*state_, child, purpose);
}

Allowed<std::vector<ErasureRequest>> Desk::erasure_requests() {
  Act act{*state_, Action::erasures};
  if (auto no = act.barred()) return *std::move(no);
  const auto all = state_->ring().erasures();
  if (!all) return failed(all);
  std::vector<ErasureRequest> out;
  for (const Erasure& each : *all) {
    if (each.step != ErasureStep::asked) continue;
    auto facts = state_->facts(each.subject);
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
  const auto backups = state_->ring().backups();
  if (!backups) return failed(backups);
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
  const auto rows = state_->setting->carry_on_erasing();
  if (!rows) return rows.error();
  const auto after = erasure_of(state_->ring(), child);
  if (!after) return failed(after);
  if (*after && (*after)->step == ErasureStep::withdrawn) return act.refuse(Why::held);
  Certificate certificate{child, erasure.asked_by, erasure.confirmed_by, erasure.at, 0, {}};
  if (const auto found = rows->find(child); found != rows->end()) certificate.rows = found->second;
  if (!backups->empty()) certificate.last_backup_expires = backups->back().at + ring_copies_live;
  return certificate;
}

Allowed<std::map<Id, std::size_t>> Setting::State::carry_on_erasing() {
  std::map<Id, std::size_t> rows;
  const auto all = ring.erasures();
  if (!all) return failed(all);
  for (Erasure erasure : *all) {
    if (erasure.step != ErasureStep::confirmed && erasure.step != ErasureStep::begun) continue;
    const auto begun = begin_erasing(*this, erasure);
    if (!begun) return begun.error();
    if (!*begun) continue;
    const auto done = carry_on(*this, erasure);
    if (!done) return failed(done);
    rows[erasure.subject] = *done;
  }
  return rows;
}

}  // namespace gcp2
