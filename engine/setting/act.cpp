#include <algorithm>
#include <tuple>
#include <utility>

#include "setting/inside.h"
#include "setting/untold.h"
#include "setting/vault.h"

namespace gcp2 {

bool names_ring(const Entry& entry) {
  return entry.table == RowKind::account || entry.action == name_of(Action::make_key);
}

std::optional<Refusal> Act::barred_by_role() {
  if (const auto current = desk_.catch_up(); !current) return refuse(current.error());
  if (!may(desk_.account.role, action_)) return refuse(Why::role);
  return std::nullopt;
}

std::optional<Refusal> Act::barred() {
  if (auto no = barred_by_role()) return no;
  if (!purpose_.code.empty() && !is_listed_reason(purpose_.code))
    return refuse(Why::unknown_reason);
  if (always_needs_reason(action_) && purpose_.code.empty()) return refuse(Why::reason_needed);
  if (holds_setting_key(desk_.account.role) && !desk_.setting_key) return refuse(Why::not_granted);
  return std::nullopt;
}

std::optional<Refusal> Act::barred_from(const Id& child) {
  child_ = child;
  const auto involvement = desk_.involvement(desk_.account.id, child);
  if (!involvement) return refuse(involvement.error());
  if (desk_.account.role == Role::reader) {
    if (!*involvement || !(*involvement)->shared) return refuse(Why::not_shared);
    return std::nullopt;
  }
  if (!*involvement && purpose_.code.empty()) return refuse(Why::reason_needed);
  return std::nullopt;
}

Entry Act::entry(std::string outcome) {
  Entry entry;
  entry.at = desk_.setting->now();
  entry.actor = desk_.account.id;
  entry.action = name_of(action_);
  entry.outcome = std::move(outcome);
  // Words in the wrong place are not to stand in clear.
  if (is_listed_reason(purpose_.code)) entry.reason = purpose_.code;
  if (purpose_.code.empty()) entry.reason = own_reason(action_);
  entry.subject = child_;
  if (purpose_.words.empty() || child_.none()) return entry;
  // By the ring: the first record of a child has no row yet.
  const auto of_child = desk_.ring().key_of(child_);
  if (!of_child || !*of_child) return entry;
  const auto key = desk_.key((*of_child)->id);
  if (!key) return entry;
  entry.note_key = (*of_child)->id;
  entry.note = seal(purpose_.words, **key, bound_name(desk_.store_id(), "note"));
  return entry;
}

Refusal Act::refuse(Refusal why) {
  Batch batch;
  Entry& refused = batch.entries.emplace_back(entry("refused." + std::string{name_of(why.why)}));
  if (row_) std::tie(refused.table, refused.row) = *row_;
  if (const auto logged = desk_.store().commit(std::move(batch)); !logged) return failed(logged);
  return why;
}

void Act::looked_at(RowKind table, const Row& row) {
  Row seen = row;
  seen.sealed = digest_of(desk_.store_id(), table, row);
  seen_.emplace_back(table, std::move(seen));
}

Allowed<ChildFacts> Act::facts(const Id& child) {
  Row row;
  auto facts = desk_.facts(child, &row);
  if (facts) looked_at(RowKind::subject, row);
  return facts;
}

void Act::log_list(Batch& batch, Entry model) {
  if (seen_.empty()) return;
  std::ranges::sort(seen_, {}, [](const auto& seen) { return seen.second.id; });
  std::string digests;
  for (const auto& [table, row] : seen_) digests += row.sealed;
  model.outcome = "read";
  model.table = seen_.front().first;
  model.revision = static_cast<std::int64_t>(seen_.size());
  model.digest = plain_hash(digests);
  batch.entries.push_back(std::move(model));
}

/// An entry for each row that was looked at, is in the batch, or was left out.
void Act::log_rows(Batch& batch, const Entry& model) {
  const auto log_row = [&](std::string_view outcome, RowKind table, const Id& id,
                           std::int64_t revision, std::string digest) {
    Entry one = model;
    one.outcome = outcome;
    one.table = table;
    one.row = id;
    one.revision = revision;
    one.digest = std::move(digest);
    if (table == RowKind::subject) one.subject = id;
    batch.entries.push_back(std::move(one));
  };
  if (is_list_)
    log_list(batch, model);
  else
    for (const auto& [table, row] : seen_) log_row("read", table, row.id, row.revision, row.sealed);
  for (const Put& put : batch.puts)
    log_row("written", put.table, put.row.id, put.row.revision,
            digest_of(desk_.store_id(), put.table, put.row));
  for (const Drop& drop : batch.drops) log_row("dropped", drop.table, drop.id, 0, {});
  for (const Omission& each : left_out_)
    log_row("refused." + std::string{name_of(each.why)}, each.table, each.row, 0, {});
}

Allowed<Done> Act::done(Batch batch) {
  const auto done = attempted(std::move(batch));
  if (!done && done.error().why == Why::changed_meanwhile) return refuse(done.error());
  return done;
}

/// What is written about a child whose erasure has begun would be left behind: nobody has its key.
void Act::need_child(Batch& batch) const {
  const auto is_new = [&](const Put& put) {
    return put.table == RowKind::subject && put.row.id == child_ && put.row.revision == 1;
  };
  if (!child_.none() && !batch.puts.empty() && std::ranges::none_of(batch.puts, is_new))
    batch.needs.push_back({RowKind::subject, child_});
}

Allowed<Done> Act::attempted(Batch batch) {
  need_child(batch);
  const Entry model = entry("done");
  log_rows(batch, model);
  if (ring_serial_) {
    Entry& one = batch.entries.emplace_back(model);
    one.table = RowKind::account;
    one.revision = *ring_serial_;
  }
  if (batch.entries.empty()) batch.entries.push_back(model);
  const auto committed = desk_.store().commit(std::move(batch));
  if (!committed && committed.error().trouble == Trouble::conflict)
    return refusal(Why::changed_meanwhile);
  if (!committed) return failed(committed);
  return Done{};
}

Allowed<Done> Act::done(RingBatch change, const Account& account, bool changed, Batch batch) {
  need_child(batch);
  Entry about = entry("done");
  log_rows(batch, about);
  about.table = RowKind::account;
  about.row = account.id;
  if (changed) {
    auto digest = digest_of(desk_.ring(), account, change);
    if (!digest) return failed(digest);
    about.digest = *std::move(digest);
  }
  const auto done = change_ring(*desk_.setting, std::move(change), {about}, std::move(batch));
  if (done || (done.error().why != Why::name_taken && done.error().why != Why::changed_meanwhile))
    return done;
  return refuse(done.error());
}

}  // namespace gcp2
