#include "setting/kept.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

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
  put_in_order(all, [](const Kept& each) {
    return Place{window(each, "to"),
                 window(each, "from"),
                 each.row.id,
                 Id::parse(each.document.text_at("supersedes")).value_or(Id{}),
                 each.table == RowKind::record,
                 each.row.at};
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

std::vector<std::size_t> oldest_first(const std::vector<Place>& places) {
  std::vector<std::size_t> sorted(places.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::ranges::sort(sorted, {}, [&](std::size_t i) {
    const Place& place = places[i];
    return std::tuple{place.window_to, place.window_from, !place.is_signed, place.at, place.id};
  });
  std::map<Id, std::size_t> by_id;
  for (std::size_t i = 0; i < places.size(); ++i) by_id.emplace(places[i].id, i);
  std::vector<bool> is_placed(places.size());
  std::vector<std::size_t> out;
  for (std::size_t i : sorted) {
    // It and what it replaces of the same days, the newest first; a circle ends where it began.
    const std::size_t begin = out.size();
    const auto of_these_days = std::tie(places[i].window_to, places[i].window_from);
    while (!is_placed[i] && std::tie(places[i].window_to, places[i].window_from) == of_these_days) {
      is_placed[i] = true;
      out.push_back(i);
      const auto earlier = by_id.find(places[i].supersedes);
      if (earlier == by_id.end()) break;
      i = earlier->second;
    }
    std::reverse(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
  }
  return out;
}

}  // namespace gcp2
