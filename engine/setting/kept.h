// Signed records and drafts alike, whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "setting/drafts.h"

namespace gcp2 {

/// A signed record or a draft, with the row that stands for it in the log.
struct Kept {
  RowKind table = RowKind::record;
  Row row;
  Value document;
  std::optional<Draft> draft;
};

/// `no_such_record` where there is none, or none for a reader.
Allowed<Kept> kept(Desk::State& desk, const Id& id);
/// Everything of a child that the account may see, oldest window first, superseded records too.
Allowed<std::vector<Kept>> all_kept(Desk::State& desk, const Id& child);
/// Whose record it is, before any key is tried.
Allowed<Id> owner_of(Desk::State& desk, const Id& id);

/// What a record's place among those of its child goes by.
struct Place {
  std::string_view window_to, window_from;
  Id id, supersedes;
  bool is_signed = false;
  Seconds at = 0;
};
/// Oldest window first. In one window drafts are last, and what is replaced stands before what
/// takes its place, whatever their ids and times: the row of what is replaced is written later.
std::vector<std::size_t> oldest_first(const std::vector<Place>& places);
template <class Each, class PlaceOf>
void put_in_order(std::vector<Each>& all, PlaceOf place_of) {
  std::vector<Place> places;
  for (const Each& each : all) places.push_back(place_of(each));
  std::vector<Each> ordered;
  for (const std::size_t i : oldest_first(places)) ordered.push_back(std::move(all[i]));
  all = std::move(ordered);
}

}  // namespace gcp2
