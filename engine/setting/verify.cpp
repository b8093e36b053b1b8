#include <charconv>
#include <map>
#include <utility>

#include "gcp2/safekeeping.h"
#include "setting/anchor.h"
#include "setting/inside.h"

namespace gcp2 {
namespace {

using Place = std::pair<RowKind, Id>;
struct Written {
  std::int64_t revision = 0;
  std::string digest;
  friend bool operator==(const Written&, const Written&) = default;
};

/// The entry that an earlier look at the log saw as its end.
struct Seen {
  Head head;
  std::string_view where;
  std::int64_t line = 0;
};

}  // namespace

Allowed<Verification> verify(const Places& places, const Means& means) {
  auto opened = means.open_records(places.records, Opening::reading, {});
  if (!opened) return failed(opened);
  Store& store = **opened;
  Verification out;
  std::multimap<std::int64_t, Seen> seen;
  if (const auto anchors = read_anchors(places.anchor); !anchors) {
    return failed(anchors);
  } else {
    out.anchors = anchors->size();
    for (std::size_t i = 0; i < anchors->size(); ++i)
      seen.emplace((*anchors)[i].count,
                   Seen{(*anchors)[i], "anchor", static_cast<std::int64_t>(i + 1)});
  }
  if (auto ring = Ring::open(places.ring, Opening::reading); !ring) {
    if (ring.error().trouble != Trouble::absent) return failed(ring);
  } else {
    if (ring->store() != store.id()) return refusal(Why::other_store);
    const auto head = ring->head();
    if (!head) return failed(head);
    out.against_ring = true;
    seen.emplace(head->count, Seen{*head, "ring", 0});
  }

  std::map<Place, Written> rows, expected;
  const auto read = store.snapshot(
      [&](RowKind table, const Row& row) {
        rows[{table, row.id}] = {row.revision, digest_of(store.id(), table, row)};
        return true;
      },
      [&](const Entry& entry) {
        if (entry.number != out.head.count + 1 || chained(out.head, entry) != entry.hash)
          out.flaws.push_back({"entry_changed", "records", entry.number, {}, {}});
        if (out.head.count != 0 && entry.at < out.head.at) out.clock_back.push_back(entry.number);
        out.head = {entry.number, entry.hash, entry.at};
        for (auto [at, end] = seen.equal_range(entry.number); at != end; ++at)
          if (at->second.head.hash != entry.hash)
            out.flaws.push_back({"forked", at->second.where, entry.number, {}, {}});
        if (entry.outcome == "written")
          expected[{entry.table, entry.row}] = {entry.revision, entry.digest};
        if (entry.outcome == "dropped") expected.erase({entry.table, entry.row});
        return true;
      });
  if (!read) return failed(read);
  for (auto at = seen.upper_bound(out.head.count); at != seen.end(); ++at)
    out.flaws.push_back({"rolled_back", at->second.where, at->second.head.count, {}, {}});
  out.rows = rows.size();
  for (const auto& [place, written] : expected) {
    const auto found = rows.find(place);
    if (found == rows.end())
      out.flaws.push_back({"row_missing", "records", 0, place.first, place.second});
    else if (found->second != written)
      out.flaws.push_back({"row_changed", "records", 0, place.first, place.second});
  }
  for (const auto& [place, written] : rows)
    if (!expected.contains(place))
      out.flaws.push_back({"row_unknown", "records", 0, place.first, place.second});
  return out;
}

}  // namespace gcp2
