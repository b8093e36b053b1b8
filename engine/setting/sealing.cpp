#include "setting/sealing.h"

#include <utility>

namespace gcp2 {
namespace {

void append(std::string& out, std::string_view part) {
  out += static_cast<char>(part.size() >> 8 & 0xFFU);
  out += static_cast<char>(part.size() & 0xFFU);
  out += part;
}

std::string number(auto value) { return std::to_string(static_cast<std::int64_t>(value)); }

}  // namespace

std::string bound_to(const Id& store, RowKind table, const Row& row) {
  std::string out = "gcp2/row/1";
  append(out, store.raw());
  append(out, number(table));
  append(out, row.owner.raw());
  append(out, row.id.raw());
  append(out, number(row.revision));
  append(out, number(row.standing));
  append(out, row.key.raw());
  append(out, number(row.at));
  return out;
}

std::string digest_of(const Id& store, RowKind table, const Row& row) {
  return plain_hash(bound_to(store, table, row) + row.sealed);
}

std::string digest_of(const Id& store, const Account& account, std::string_view second_step) {
  std::string out = "gcp2/account/1";
  append(out, store.raw());
  append(out, account.id.raw());
  append(out, account.name);
  append(out, number(account.role));
  append(out, number(account.active));
  append(out, number(account.made));
  append(out, number(account.ended));
  append(out, {reinterpret_cast<const char*>(account.open.data()), account.open.size()});
  append(out, account.wrapped_secret);
  append(out, account.salt);
  append(out, number(account.hardness.passes));
  append(out, number(account.hardness.bytes));
  // Of an account without one the log said the same before there were any.
  if (!second_step.empty()) append(out, second_step);
  return plain_hash(out);
}

std::string bound_key(const Id& store, const RingKey& key) {
  std::string out = "gcp2/key/1";
  append(out, store.raw());
  append(out, key.id.raw());
  append(out, key.of.raw());
  return out;
}

std::string bound_name(const Id& store, std::string_view name) {
  std::string out = "gcp2/name/1";
  append(out, store.raw());
  append(out, name);
  return out;
}

std::optional<Refusal> unkeepable(const Value& document) {
  constexpr std::size_t largest_record = std::size_t{4} << 20U;
  std::string plain = write_json(document, Layout::line);
  if (plain.size() > largest_record) return refusal(Why::too_large);
  Refusal invalid = refusal(Why::invalid);
  const bool is_same = read_json(plain, invalid.findings) == document;
  wipe(plain);
  if (is_same && invalid.findings.empty()) return std::nullopt;
  // A place in what was written here is nowhere in anybody's file.
  for (Finding& finding : invalid.findings) finding.position = {};
  return invalid;
}

Put sealed_put(const Id& store, RowKind table, Row row, const Value& content, const Secret& key) {
  std::string plain = write_json(content, Layout::line);
  row.sealed = seal(plain, key, bound_to(store, table, row));
  wipe(plain);
  return {table, std::move(row)};
}

std::optional<Value> unsealed(const Id& store, RowKind table, const Row& row, const Secret& key) {
  auto plain = unseal(row.sealed, key, bound_to(store, table, row));
  if (!plain) return std::nullopt;
  Findings found;
  Value content = read_json(*plain, found, limits_of_row);
  wipe(*plain);
  if (!content.is_object()) return std::nullopt;
  return content;
}

Refusal refusal(Why why) { return {.why = why}; }
Refusal refusal(StoreError error) { return {.why = Why::store, .store = std::move(error)}; }

}  // namespace gcp2
