#include <algorithm>
#include <utility>

#include "setting/arrival.h"
#include "setting/drafts.h"
#include "setting/identity.h"
#include "setting/look_ups.h"
#include "setting/signed_row.h"
#include "setting/taking_in.h"

namespace gcp2 {

Allowed<std::vector<ChildFacts>> Desk::children(bool all, const Purpose& purpose) {
  Act act{*state_, all ? Action::list_all : Action::list, purpose};
  if (auto no = act.barred()) return *std::move(no);
  act.is_list();
  std::vector<Id> wanted;
  if (all) {
    const auto read = state_->store().every_row(RowKind::subject, [&](RowKind, const Row& row) {
      wanted.push_back(row.id);
      return true;
    });
    if (!read) return failed(read);
  } else {
    const auto involvements = state_->store().rows_of(RowKind::involvement, state_->account.id);
    if (!involvements) return failed(involvements);
    for (const Row& row : *involvements) {
      const auto content = state_->content(RowKind::involvement, row);
      if (!content) {
        if (content.error().why == Why::not_granted || content.error().why == Why::missing_keys)
          continue;  // taken back, or erased
        return act.refuse(content.error());
      }
      const Id child = involvement_from(row, *content).child;
      const auto live = state_->involvement(state_->account.id, child);
      if (!live) return act.refuse(live.error());
      if (*live) wanted.push_back(child);
    }
  }
  std::vector<ChildFacts> out;
  for (const Id& child : wanted) {
    auto facts = act.facts(child);
    // Its erasure is under way.
    if (!facts &&
        (facts.error().why == Why::no_such_child || facts.error().why == Why::missing_keys))
      continue;
    if (!facts) return act.refuse(facts.error());
    out.push_back(*std::move(facts));
  }
  std::ranges::sort(out, {}, &ChildFacts::ref);
  if (const auto logged = act.done(); !logged) return logged.error();
  return out;
}

Allowed<ChildFacts> Desk::find(const Identifiers& wanted, const Purpose& purpose) {
  Act act{*state_, Action::find, purpose};
  if (auto no = act.barred()) return *std::move(no);
  auto look_up = state_->named("look_up");
  if (!look_up) return act.refuse(look_up.error());
  const auto hashes = hashes_of(wanted, *look_up);
  std::optional<Id> child;
  for (const std::string& hash : hashes) {
    const auto hits = state_->ring().find(hash);
    if (!hits) return failed(hits);
    const auto here = with_rows(*state_, *hits);
    if (!here) return act.refuse(here.error());
    if (here->empty()) return act.refuse(Why::no_such_child);
    if (here->size() > 1 || (child && *child != here->front()))
      return act.refuse(Why::several_children);
    child = here->front();
  }
  if (!child) return act.refuse(Why::no_such_child);
  if (auto no = act.barred_from(*child)) return *std::move(no);
  auto facts = act.facts(*child);
  if (!facts) return act.refuse(facts.error());
  // What stands in the ring can have been changed; the sealed row cannot.
  const auto own = hashes_of(*facts, *look_up);
  const auto is_own = [&](const std::string& hash) {
    return std::ranges::find(own, hash) != own.end();
  };
  const bool is_it = std::ranges::all_of(hashes, is_own);
  const auto settling = are_settling(state_->ring(), *child);
  if (!settling) return failed(settling);
  if (!is_it && *settling) return act.refuse(Why::no_such_child);
  if (!is_it)
    return act.refuse(refusal({Trouble::damaged, "key ring: a look-up of somebody else"}));
  if (const auto logged = act.done(); !logged) return logged.error();
  return facts;
}

Allowed<ChildFacts> Desk::find(const Id& child, const Purpose& purpose) {
  Act act{*state_, Action::find, purpose};
  if (auto no = act.barred()) return *std::move(no);
  if (auto no = act.barred_from(child)) return *std::move(no);
  auto facts = act.facts(child);
  if (!facts) return act.refuse(facts.error());
  if (const auto logged = act.done(); !logged) return logged.error();
  return facts;
}

Allowed<ChildFacts> Desk::add(const Value& document, const Instruments& instruments,
                              const Purpose& purpose) {
  Act act{*state_, Action::add, purpose};
  if (auto no = act.barred()) return *std::move(no);
  if (auto no = unkeepable(document)) return act.refuse(*std::move(no));
  const Seconds now = state_->setting->now();
  const Record record = judge(document, instruments, Instant::at(now).date, {}, {});
  if (auto no = unfit(record, state_->setting->demonstration)) return act.refuse(*std::move(no));
  const Assessment& a = record.assessment;
  const Id id = *Id::parse(a.id);
  for (const RowKind table : {RowKind::record, RowKind::draft}) {
    const auto there = state_->store().row(table, id);
    if (!there) return failed(there);
    if (*there) return act.refuse(table == RowKind::record ? Why::is_signed : Why::already_there);
  }
  if (!a.dismissed.empty() && !may(state_->account.role, Action::dismiss))
    return Act{*state_, Action::dismiss, purpose}.refuse(Why::role);
  Arrival arrival{*state_, purpose, Telling::now};
  const auto met = arrival.meet(facts_of(a));
  act.about(arrival.facts().id);
  if (!met) return act.refuse(met.error());
  const ChildFacts& child = arrival.facts();
  if (!arrival.is_new())
    if (auto no = act.barred_from(child.id)) return *std::move(no);
  const auto secret = state_->key(arrival.key());
  if (!secret) return act.refuse(secret.error());
  const Id store = state_->store_id();
  const ChildFacts facts = child;
  const Id key = arrival.key();
  if (const auto ends = leads_nowhere_back(*state_, id, document, facts.id); !ends)
    return act.refuse(ends.error());
  Batch batch = arrival.batch();
  if (a.is_signed) {
    SignedRow kept;
    kept.document = document;
    kept.kept_by = state_->account.id;
    kept.brought_in = true;
    const auto replaced = replaced_records(*state_, facts.id);
    if (!replaced) return act.refuse(replaced.error());
    Row row = fresh_row(id, facts.id, key, now);
    if (replaced->contains(id)) row.standing = Standing::superseded;
    batch.puts.push_back(
        sealed_put(store, RowKind::record, std::move(row), to_document(kept), **secret));
    auto superseded = supersede(*state_, a.supersedes, facts.id, *replaced);
    if (!superseded) return act.refuse(superseded.error());
    if (*superseded) batch.puts.push_back(**std::move(superseded));
  } else {
    for (Put& put : new_draft(store, facts.id, key, **secret, document, now))
      batch.puts.push_back(std::move(put));
  }
  if (const auto settled = arrival.settle(act); !settled) return settled.error();
  const auto done = act.done(std::move(batch));
  arrival.end_settling();
  if (!done) return done.error();
  return facts;
}

}  // namespace gcp2
