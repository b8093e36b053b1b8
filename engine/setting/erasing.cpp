#include "setting/erasing.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "setting/appended.h"
#include "setting/erased_list.h"
#include "setting/partners.h"
#include "setting/untold.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

/// Under which name the ring keeps the family of a child whose own row is gone already.
constexpr std::string_view every_family = "erasing/";
std::string family_name(const Id& child) { return std::string{every_family} + child.text(); }

Stored<std::optional<Id>> family_of(Setting::State& state, const Id& child) {
  const auto row = state.store->row(RowKind::subject, child);
  if (!row) return row.error();
  if (*row) return std::optional{(*row)->owner};
  const auto kept = state.ring.named(family_name(child));
  if (!kept) return kept.error();
  return Id::parse(kept->value_or(""));
}

/// What is there of a child but its own row.
Stored<std::vector<Drop>> remains_of(Setting::State& state, const Id& child) {
  std::vector<Drop> out;
  Store& store = *state.store;
  for (const RowKind table : {RowKind::record, RowKind::draft, RowKind::bundle}) {
    const auto rows = store.rows_of(table, child);
    if (!rows) return rows.error();
    for (const Row& row : *rows) {
      out.push_back({table, row.id});
      if (table != RowKind::draft) continue;
      const auto leaves = store.rows_of(RowKind::leaf, row.id);
      if (!leaves) return leaves.error();
      for (const Row& leaf : *leaves) out.push_back({RowKind::leaf, leaf.id});
    }
  }
  const auto accounts = state.ring.accounts();
  if (!accounts) return accounts.error();
  for (const Account& account : *accounts) {
    const Id id = involvement_id(account.id, child);
    const auto involvement = store.row(RowKind::involvement, id);
    if (!involvement) return involvement.error();
    if (*involvement) out.push_back({RowKind::involvement, id});
  }
  return out;
}

/// Under which name the ring keeps the mark of a request: nobody who only writes to its file asks
/// in another one's name.
std::string asked_name(const Id& child) { return "asked/" + child.text(); }
Allowed<std::string> asked_mark(Desk::State& desk, const Erasure& asked) {
  return mark_of(desk, asked_name(asked.subject),
                 asked.asked_by.text() + " " + std::to_string(asked.at));
}
Allowed<bool> is_asked(Desk::State& desk, const Erasure& asked) {
  const auto own = asked_mark(desk, asked);
  if (!own) return own.error();
  const auto kept = desk.ring().named(asked_name(asked.subject));
  if (!kept) return failed(kept);
  return kept->value_or("") == *own;
}

RingBatch withdrawn(Erasure erasure, Seconds at) {
  RingBatch batch;
  batch.named.emplace_back(asked_name(erasure.subject), "");
  batch.erasures.push_back(ended(std::move(erasure), at));
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
  if (*row) batch.named.emplace_back(family_name(erasure.subject), (*row)->owner.text());
  const auto begun = setting.ring.commit(batch);
  if (begun) return true;
  if (begun.error().trouble != Trouble::conflict) return failed(begun);
  const auto now = erasure_of(setting.ring, erasure.subject);
  if (!now) return failed(now);
  if (!*now || (*now)->step != ErasureStep::begun) return false;
  erasure = **now;
  return true;
}

Entry entry_of(const Setting::State& setting, const Erasure& erasure, std::string outcome) {
  Entry entry;
  entry.at = setting.now();
  entry.actor = erasure.confirmed_by;
  entry.action = name_of(Action::confirm_erasure);
  entry.outcome = std::move(outcome);
  entry.reason = erasure.reason;
  entry.subject = erasure.subject;
  return entry;
}

/// With an entry for each; `conflict`: one is not at its revision.
Stored<Head> drop_rows(Setting::State& setting, const Erasure& erasure, std::vector<Drop> drops,
                       std::vector<Entry> entries = {}) {
  Batch batch;
  for (const Drop& each : drops) {
    Entry entry = entry_of(setting, erasure, "dropped");
    entry.table = each.table;
    entry.row = each.id;
    batch.entries.push_back(std::move(entry));
  }
  for (Entry& entry : entries) batch.entries.push_back(std::move(entry));
  batch.drops = std::move(drops);
  return setting.store->commit(std::move(batch));
}

/// The child's own row goes first, and its family's where it was the last of it: from then on
/// nobody writes anything more about it. Gives those whose keys are to go.
Stored<std::vector<Id>> close(Setting::State& setting, const Erasure& erasure) {
  const Id& child = erasure.subject;
  Store& store = *setting.store;
  const auto family = family_of(setting, child);
  if (!family) return family.error();
  const auto own = store.row(RowKind::subject, child);
  if (!own) return own.error();
  if (*own)
    if (const auto done = drop_rows(setting, erasure, {{RowKind::subject, child}}); !done)
      return done.error();
  if (!*family) return std::vector{child};
  for (;;) {
    const auto row = store.row(RowKind::family, **family);
    if (!row) return row.error();
    if (!*row) return std::vector{child, **family};
    const auto siblings = store.rows_of(RowKind::subject, **family);
    if (!siblings) return siblings.error();
    if (!siblings->empty()) return std::vector{child};
    // Whoever has added another child meanwhile has written the family's row, too.
    const auto done = drop_rows(setting, erasure, {{RowKind::family, **family, (*row)->revision}});
    if (!done && done.error().trouble != Trouble::conflict) return done.error();
  }
}

/// Closes what is about the child, drops the keys, and then all other rows.
Stored<Done> carry_on(Setting::State& setting, Erasure erasure) {
  const auto owners = close(setting, erasure);
  if (!owners) return owners.error();
  RingBatch drop;
  drop.drop_keys_of = *owners;
  for (const std::string& name : {family_name(erasure.subject), asked_name(erasure.subject)})
    drop.named.emplace_back(name, "");
  // Listed before the keys go: a restore of an older ring finds it there.
  for (const Id& of : *owners) {
    if (const auto done =
            append_to_erased_list(setting.places.erased, setting.ring, of, erasure.at);
        !done)
      return done.error();
    drop.named.emplace_back(erased_name(of), std::to_string(erasure.at));
  }
  if (const auto done = setting.ring.commit(drop); !done) return done.error();
  if (const auto done = setting.keep_ring_copy(); !done) return done.error();
  const auto serial = setting.ring.serial();
  if (!serial) return serial.error();
  const auto remains = remains_of(setting, erasure.subject);
  if (!remains) return remains.error();
  // No ring from before it fits from now on.
  Entry of_ring = entry_of(setting, erasure, "done");
  of_ring.table = RowKind::account;
  of_ring.revision = *serial;
  if (const auto done = drop_rows(setting, erasure, *remains, {std::move(of_ring)}); !done)
    return done.error();
  RingBatch complete;
  erasure.step = ErasureStep::complete;
  complete.erasures.push_back(erasure);
  const auto done = setting.ring.commit(complete);
  if (!done) return done.error();
  return Done{};
}

}  // namespace

Stored<std::optional<Erasure>> erasure_of(Ring& ring, const Id& child) {
  const auto all = ring.erasures();
  if (!all) return all.error();
  const auto found = std::ranges::find(*all, child, &Erasure::subject);
  return found == all->end() ? std::nullopt : std::optional{*found};
}

Stored<std::set<Id>> families_being_erased(Ring& ring) {
  const auto all = ring.named_from(every_family);
  if (!all) return all.error();
  std::set<Id> out;
  for (const auto& [name, family] : *all)
    if (const auto id = Id::parse(family)) out.insert(*id);
  return out;
}

Erasure ended(Erasure request, Seconds at) {
  request.step = ErasureStep::withdrawn;
  request.at = at;
  return request;
}

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
    // Of a child that a restore did not bring back.
    if (!facts &&
        (facts.error().why == Why::no_such_child || facts.error().why == Why::missing_keys))
      continue;
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
  const Erasure asked{child, ErasureStep::asked,     state_->account.id,
                      {},    state_->setting->now(), purpose.code};
  auto mark = asked_mark(*state_, asked);
  if (!mark) return act.refuse(mark.error());
  RingBatch batch;
  batch.erasures.push_back(asked);
  batch.named.emplace_back(asked_name(child), *std::move(mark));
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
  const auto is_own = state_->is_of_this_person((*asked)->asked_by);
  if (!is_own) return is_own.error();
  if (*is_own) return act.refuse(Why::second_person);
  const auto is_genuine = is_asked(*state_, **asked);
  if (!is_genuine) return act.refuse(is_genuine.error());
  if (!*is_genuine) return act.refuse(Why::not_asked);
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

Allowed<Done> Setting::State::carry_on_erasing() {
  auto all = ring.erasures();
  if (!all) return failed(all);
  std::erase_if(*all, [](const Erasure& each) { return !is_under_way(each); });
  if (all->empty()) return Done{};
  Agreements agreed;
  const auto read = store->entries_from(1, [&](const Entry& entry) {
    agreed.see(entry);
    return true;
  });
  if (!read) return failed(read);
  for (Erasure& erasure : *all) {
    // `verify` tells of it.
    if (!agreed.hold(erasure)) continue;
    const auto begun = begin_erasing(*this, erasure);
    if (!begun) return begun.error();
    if (!*begun) continue;
    if (const auto done = carry_on(*this, erasure); !done) return failed(done);
  }
  return Done{};
}

}  // namespace gcp2
