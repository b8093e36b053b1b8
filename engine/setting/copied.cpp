#include "setting/copied.h"

#include <utility>

namespace gcp2 {
namespace {

constexpr std::size_t piece = 1000;  ///< rows or entries that are taken over at a time

}  // namespace

Stored<Head> fill_from(Store& from, Store& to, const Store::Visit& take) {
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

Allowed<Verification> verify_copy(const std::string& file, Means means) {
  means.open_records = open_store;
  return verify({.records = "sqlite:" + file}, means);
}

}  // namespace gcp2
