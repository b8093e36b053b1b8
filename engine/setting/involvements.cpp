#include <utility>

#include "setting/facts.h"
#include "setting/inside.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

/// The row that holds a involvement from now on, whether there was one before or not.
Allowed<Put> involvement_put(Desk::State& desk, const Involvement& involvement, Standing standing) {
  const auto child = desk.row(RowKind::subject, involvement.child, Why::no_such_child);
  if (!child) return child.error();
  const auto secret = desk.key(child->key);
  if (!secret) return secret.error();
  const Id id = involvement_id(involvement.account, involvement.child);
  const auto before = desk.store().row(RowKind::involvement, id);
  if (!before) return failed(before);
  Row row;
  if (*before) row = **before;
  row.id = id;
  row.owner = involvement.account;
  row.key = child->key;
  row.revision += 1;
  row.standing = standing;
  row.at = desk.setting->now();
  return sealed_put(desk.store_id(), RowKind::involvement, std::move(row), to_document(involvement),
                    **secret);
}

/// Whether the account has a live involvement to another child of the family.
Allowed<bool> has_another(Desk::State& desk, const Id& account, const Id& family, const Id& but) {
  const auto rows = desk.store().rows_of(RowKind::involvement, account);
  if (!rows) return failed(rows);
  for (const Row& row : *rows) {
    if (row.standing != Standing::live) continue;
    const auto content = desk.content(RowKind::involvement, row);
    if (!content) return content.error();
    const Id child = involvement_from(row, *content).child;
    if (child == but) continue;
    const auto facts = desk.row(RowKind::subject, child, Why::no_such_child);
    if (!facts && facts.error().why == Why::no_such_child) continue;
    if (!facts) return facts.error();
    if (facts->owner == family) return true;
  }
  return false;
}

Allowed<Account> active(Desk::State& desk, std::string_view name) {
  auto found = desk.ring().active_account(name);
  if (!found) return failed(found);
  if (!*found) return refusal(Why::no_such_account);
  return **std::move(found);
}

}  // namespace

Allowed<std::vector<Involvement>> Desk::involvements(const Id& child, const Purpose& purpose) {
  Act act{*state_, Action::involvements, purpose};
  if (auto no = act.barred()) return *std::move(no);
  if (auto no = act.barred_from(child)) return *std::move(no);
  if (const auto facts = state_->facts(child); !facts) return act.refuse(facts.error());
  const auto accounts = state_->ring().accounts();
  if (!accounts) return failed(accounts);
  std::vector<Involvement> out;
  for (const Account& account : *accounts) {
    if (!account.active) continue;
    Row row;
    const auto involvement = state_->involvement(account.id, child, &row);
    if (!involvement) return act.refuse(involvement.error());
    if (!*involvement) continue;
    act.looked_at(RowKind::involvement, row);
    out.push_back(**involvement);
  }
  if (const auto logged = act.done(); !logged) return logged.error();
  return out;
}

Allowed<Done> Desk::assign(const Id& child, std::string_view name, Seconds until,
                           const Purpose& purpose) {
  Act act{*state_, Action::assign, purpose};
  if (auto no = act.barred()) return *std::move(no);
  if (auto no = act.barred_from(child)) return *std::move(no);
  if (const auto facts = state_->facts(child); !facts) return act.refuse(facts.error());
  const auto account = active(*state_, name);
  if (!account) return act.refuse(account.error());
  act.about_row(RowKind::account, account->id);
  if (!holds_setting_key(account->role)) return act.refuse(Why::other_role);
  const auto latest = state_->setting->latest();
  if (!latest) return failed(latest);
  if (until != 0 && until <= *latest) return act.refuse(Why::day_is_over);
  auto put = involvement_put(*state_, {account->id, child, false, until}, Standing::live);
  if (!put) return act.refuse(put.error());
  Batch batch;
  batch.puts.push_back(*std::move(put));
  return act.done({}, *account, false, std::move(batch));
}

Allowed<Done> Desk::share(const Id& child, std::string_view reader, Seconds until,
                          const Purpose& purpose) {
  Act act{*state_, Action::share, purpose};
  if (auto no = act.barred()) return *std::move(no);
  act.about(child);
  // No key goes out for a child whose erasure has dropped it meanwhile.
  const auto serial = state_->ring().serial();
  if (!serial) return failed(serial);
  if (const auto facts = state_->facts(child); !facts) return act.refuse(facts.error());
  const auto account = active(*state_, reader);
  if (!account) return act.refuse(account.error());
  act.about_row(RowKind::account, account->id);
  if (account->role != Role::reader) return act.refuse(Why::other_role);
  const auto compared = state_->ring().named(compared_name(account->id));
  if (!compared) return failed(compared);
  const auto mark = compared_mark(*state_, *account);
  if (!mark) return act.refuse(mark.error());
  if (compared->value_or("") != *mark) return act.refuse(Why::not_compared);
  const auto latest = state_->setting->latest();
  if (!latest) return failed(latest);
  if (until <= *latest) return act.refuse(Why::day_is_over);
  const auto row = state_->row(RowKind::subject, child, Why::no_such_child);
  if (!row) return act.refuse(row.error());
  RingBatch keys;
  keys.expected_serial = *serial;
  const auto family = state_->row(RowKind::family, row->owner, Why::no_such_child);
  if (!family) return act.refuse(family.error());
  for (const Id& id : {row->key, family->key}) {
    const auto secret = state_->key(id);
    if (!secret) return act.refuse(secret.error());
    keys.reader_keys.push_back({account->id, id, seal_to(account->open, **secret), until});
  }
  auto put = involvement_put(*state_, {account->id, child, true, until}, Standing::live);
  if (!put) return act.refuse(put.error());
  Batch batch;
  batch.puts.push_back(*std::move(put));
  return act.done(std::move(keys), *account, false, std::move(batch));
}

Allowed<Done> Desk::end_involvement(const Id& child, std::string_view name,
                                    const Purpose& purpose) {
  Act act{*state_, Action::end_involvement, purpose};
  if (auto no = act.barred()) return *std::move(no);
  if (auto no = act.barred_from(child)) return *std::move(no);
  const auto account = active(*state_, name);
  if (!account) return act.refuse(account.error());
  act.about_row(RowKind::account, account->id);
  const auto there = state_->store().row(RowKind::involvement, involvement_id(account->id, child));
  if (!there) return failed(there);
  if (!*there || (*there)->standing != Standing::live) return act.refuse(Why::not_shared);
  const auto content = state_->content(RowKind::involvement, **there);
  if (!content) return act.refuse(content.error());
  auto put = involvement_put(*state_, involvement_from(**there, *content), Standing::ended);
  if (!put) return act.refuse(put.error());
  // The key first: a involvement without it opens nothing.
  RingBatch keys;
  keys.drop_reader_keys.push_back({account->id, put->row.key, {}, 0});
  const auto row = state_->row(RowKind::subject, child, Why::no_such_child);
  if (!row) return act.refuse(row.error());
  const auto family = state_->row(RowKind::family, row->owner, Why::no_such_child);
  if (!family) return act.refuse(family.error());
  const auto stays = has_another(*state_, account->id, row->owner, child);
  if (!stays) return act.refuse(stays.error());
  if (!*stays) keys.drop_reader_keys.push_back({account->id, family->key, {}, 0});
  Batch batch;
  batch.puts.push_back(*std::move(put));
  return act.done(std::move(keys), *account, false, std::move(batch));
}

}  // namespace gcp2
