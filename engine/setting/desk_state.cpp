#include <algorithm>
#include <utility>

#include "setting/facts.h"
#include "setting/inside.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

/// Nobody works with more children at a time; locked memory is scarce.
constexpr std::size_t most_keys = 64;

}  // namespace

Allowed<Done> Desk::State::catch_up() {
  auto current = ring().account(account.id);
  if (!current) return failed(current);
  // With another passphrase comes another pair. No account ever has another role.
  if (!*current || !(*current)->active || (*current)->open != pair.open ||
      (*current)->role != account.role) {
    keys.clear();
    setting_key.reset();
    return refusal(Why::not_logged_in);
  }
  const bool is_same_key = (*current)->setting_key == account.setting_key;
  account = **std::move(current);
  if (is_same_key) return Done{};
  setting_key = unseal_from(pair, account.setting_key);
  if (!setting_key) return refusal(Why::unsealable);
  return Done{};
}

Allowed<bool> Desk::State::is_of_this_person(const Id& other) {
  if (other == account.id) return true;
  const auto known = ring().account(other);
  if (!known) return failed(known);
  return *known && (*known)->name == account.name;
}

Allowed<const Secret*> Desk::State::key(const Id& id) {
  if (const auto known = keys.find(id); known != keys.end()) return &known->second;
  std::optional<Secret> secret;
  if (setting_key) {
    const auto found = ring().key(id);
    if (!found) return failed(found);
    if (!*found) return refusal(Why::missing_keys);
    secret = unwrap((*found)->wrapped, *setting_key, bound_key(store_id(), **found));
  } else {
    const auto given = ring().reader_keys(account.id);
    if (!given) return failed(given);
    const auto one = std::ranges::find(*given, id, &ReaderKey::key);
    if (one == given->end()) return refusal(Why::not_granted);
    secret = unseal_from(pair, one->sealed);
  }
  if (!secret) return refusal(Why::unsealable);
  if (keys.size() >= most_keys) keys.clear();
  return &keys.emplace(id, *std::move(secret)).first->second;
}

Allowed<Secret> Desk::State::named(std::string_view name) {
  if (!setting_key) return refusal(Why::not_granted);
  const auto wrapped = ring().named(name);
  if (!wrapped) return failed(wrapped);
  auto secret = unwrap(wrapped->value_or(""), *setting_key,
                       bound_secret(store_id(), name, setting->demonstration));
  if (!secret) return refusal(Why::unsealable);
  return *std::move(secret);
}

Allowed<Row> Desk::State::row(RowKind table, const Id& id, Why absent) {
  auto found = store().row(table, id);
  if (!found) return failed(found);
  if (!*found) return refusal(absent);
  return **std::move(found);
}

Allowed<Value> Desk::State::content(RowKind table, const Row& row) {
  const auto secret = key(row.key);
  if (!secret) return secret.error();
  auto content = unsealed(store_id(), table, row, **secret);
  if (!content) return refusal(Why::unsealable);
  return *std::move(content);
}

Allowed<ChildFacts> Desk::State::facts(const Id& child, Row* row_of_it) {
  const auto found = row(RowKind::subject, child, Why::no_such_child);
  if (!found) return found.error();
  const auto said = content(RowKind::subject, *found);
  if (!said) return said.error();
  if (row_of_it != nullptr) *row_of_it = *found;
  return facts_from(*found, *said);
}

Id involvement_id(const Id& account, const Id& child) {
  const std::string hash =
      plain_hash("involvement" + std::string{account.raw()} + std::string{child.raw()});
  return *Id::from(std::string_view{hash}.substr(0, account.bytes.size()));
}

Value to_document(const Involvement& involvement) {
  Value out = Value::object();
  out.set("child", Value::text(involvement.child.text()));
  out.set("shared", Value::boolean(involvement.shared));
  out.set("until", Value::number(involvement.until));
  return out;
}

Involvement involvement_from(const Row& row, const Value& content) {
  Involvement involvement;
  involvement.account = row.owner;
  involvement.child = Id::parse(content.text_at("child")).value_or(Id{});
  const Value* shared = content.find("shared");
  involvement.shared = shared != nullptr && shared->truth();
  const Value* until = content.find("until");
  involvement.until = until == nullptr ? 1 : std::stoll(until->text());
  return involvement;
}

Allowed<std::optional<Involvement>> Desk::State::involvement(const Id& of, const Id& child,
                                                             Row* row) {
  const auto found = store().row(RowKind::involvement, involvement_id(of, child));
  if (!found) return failed(found);
  if (!*found || (*found)->standing != Standing::live) return std::optional<Involvement>{};
  const auto said = content(RowKind::involvement, **found);
  if (!said) {
    // A reader whose key was taken back has the involvement no longer.
    if (said.error().why == Why::not_granted) return std::optional<Involvement>{};
    return said.error();
  }
  const Involvement involvement = involvement_from(**found, *said);
  if (involvement.account != of || involvement.child != child) return refusal(Why::unsealable);
  // A clock that was put back does not open again what was over at any time that the log has seen.
  if (involvement.until != 0) {
    const auto latest = setting->latest();
    if (!latest) return failed(latest);
    if (involvement.until <= *latest) return std::optional<Involvement>{};
  }
  if (row != nullptr) *row = **found;
  return std::optional<Involvement>{involvement};
}

}  // namespace gcp2
