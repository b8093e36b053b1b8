// Rows as they are sealed: every row is bound to its place, so that none can be moved, replaced by
// an earlier one, or given another standing.
#pragma once

#include <optional>
#include <string>

#include "gcp2/bundle.h"
#include "gcp2/document.h"
#include "gcp2/json.h"
#include "gcp2/setting.h"

namespace gcp2 {

/// What a row's bytes are bound to: store, table, owner, id, revision, standing, key and time.
std::string bound_to(const Id& store, RowKind table, const Row& row);
/// What the log says of a row: a hash over its sealed bytes and all that they are bound to.
std::string digest_of(const Id& store, RowKind table, const Row& row);
/// What the log says of an account: a hash over what it may, since when, its pair, and what its
/// passphrase opens, and its second step as the ring has it. The setting key and failed log-ins
/// change without it.
std::string digest_of(const Id& store, const Account& account, std::string_view second_step = {});
/// Many records, each of which stands two levels deep in it.
inline constexpr JsonLimits limits_of_bundle{
    .bytes = largest_bundle, .values = 10 * most_values, .nesting = deepest_nesting + 2};
/// What is sealed, a bundle in quarantine too, stands beside what is known of it: whatever could be
/// taken in can be read again.
inline constexpr JsonLimits limits_of_row{.bytes = 2 * limits_of_bundle.bytes,
                                          .values = 2 * limits_of_bundle.values,
                                          .nesting = 2 * limits_of_bundle.nesting};
/// Why a document cannot be kept: it is more than a record may hold (`too_large`), so that a
/// child's records fit into a bundle, or would not be read again as it is (`invalid`).
std::optional<Refusal> unkeepable(const Value& document);
/// What a wrapped key is bound to.
std::string bound_key(const Id& store, const RingKey& key);
/// What another wrapped secret is bound to.
std::string bound_name(const Id& store, std::string_view name);

/// Seals a document into the row, whose other members are set.
Put sealed_put(const Id& store, RowKind table, Row row, const Value& content, const Secret& key);
/// nullopt: the row does not open with that key. A key that stands in it twice is as it was kept.
std::optional<Value> unsealed(const Id& store, RowKind table, const Row& row, const Secret& key);

Refusal refusal(Why why);
Refusal refusal(StoreError error);
/// For `if (!x) return failed(x);` across the two kinds of results.
template <class T>
Refusal failed(const Stored<T>& result) {
  return refusal(result.error());
}

}  // namespace gcp2
