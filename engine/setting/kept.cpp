#include "setting/kept.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "setting/signed_row.h"

namespace gcp2 {
namespace {

std::string_view window(const Kept& kept, std::string_view end) {
  const Value* window = kept.document.find("window");
  return window == nullptr ? std::string_view{} : window->text_at(end);
}

}  // namespace

Allowed<Kept> kept(Desk::State& desk, const Id& id) {
  const auto found = desk.store().row(RowKind::record, id);
  if (!found) return failed(found);
  if (*found) {
    auto record = read_signed(desk, **found);
    if (!record) return record.error();
    return Kept{RowKind::record, **found, std::move(record->document), std::nullopt};
  }
  if (!desk.sees_drafts()) return refusal(Why::no_such_record);
  auto draft = read_draft(desk, id);
  if (!draft) return draft.error();
  Kept out{RowKind::draft, draft->row, draft->whole(), std::nullopt};
  out.draft = *std::move(draft);
  return out;
}

Allowed<std::vector<Kept>> all_kept(Desk::State& desk, const Id& child) {
  std::vector<Kept> all;
  for (const RowKind table : {RowKind::record, RowKind::draft}) {
    if (table == RowKind::draft && !desk.sees_drafts()) break;
    const auto rows = desk.store().rows_of(table, child);
    if (!rows) return failed(rows);
    for (const Row& row : *rows) {
      auto one = kept(desk, row.id);
      if (!one) return one.error();
      all.push_back(*std::move(one));
    }
  }
  std::ranges::sort(all, {}, [](const Kept& each) {
    return std::tuple{window(each, "to"), window(each, "from"), each.row.at, each.row.id};
  });
  return all;
}

Allowed<Id> owner_of(Desk::State& desk, const Id& id) {
  for (const RowKind table : {RowKind::record, RowKind::draft}) {
    const auto found = desk.store().row(table, id);
    if (!found) return failed(found);
    if (*found) return (*found)->owner;
  }
  return refusal(Why::no_such_record);
}

}  // namespace gcp2
