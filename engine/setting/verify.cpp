#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "gcp2/safekeeping.h"
#include "setting/agreements.h"
#include "setting/anchor.h"
#include "setting/erased_list.h"
#include "setting/inside.h"
#include "setting/ring_copies.h"
#include "setting/told.h"
#include "setting/untold.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

using RowName = std::pair<RowKind, Id>;
/// A row, as short as a store of millions wants it.
struct Seen {
  RowName place;
  std::int64_t revision = 0;
  std::array<char, plain_hash_size> digest = {};
  /// By the newest entry about it.
  enum class Is : std::uint8_t { unknown, as_written, changed } is = Is::unknown;
};

/// Rows, and what the log says of each.
class Rows {
 public:
  void see(RowKind table, const Row& row, const std::string& digest) {
    Seen& seen = rows_.emplace_back(Seen{{table, row.id}, row.revision});
    std::ranges::copy_n(digest.begin(), std::ssize(seen.digest), seen.digest.begin());
  }
  /// All of them were seen.
  void sort() { std::ranges::sort(rows_, {}, &Seen::place); }

  void written(const Entry& entry) {
    const RowName place{entry.table, entry.row};
    const auto found = std::ranges::equal_range(rows_, place, {}, &Seen::place);
    if (found.empty()) missing_.insert(place);
    for (Seen& seen : found)
      seen.is = seen.revision == entry.revision && std::ranges::equal(seen.digest, entry.digest)
                    ? Seen::Is::as_written
                    : Seen::Is::changed;
  }
  void dropped(const Entry& entry) {
    const RowName place{entry.table, entry.row};
    missing_.erase(place);
    for (Seen& seen : std::ranges::equal_range(rows_, place, {}, &Seen::place))
      seen.is = Seen::Is::unknown;
  }

  void compare(Verification& out) const {
    const auto flaw = [&](const char* code, const RowName& place) {
      out.flaws.push_back({code, "records", 0, place.first, place.second});
    };
    out.rows = rows_.size();
    for (const RowName& place : missing_) flaw("row_missing", place);
    for (const Seen& seen : rows_)
      if (seen.is != Seen::Is::as_written)
        flaw(seen.is == Seen::Is::changed ? "row_changed" : "row_unknown", seen.place);
    // Twice under one name.
    for (auto at = rows_.begin();
         (at = std::ranges::adjacent_find(at, rows_.end(), {}, &Seen::place)) != rows_.end(); ++at)
      flaw("row_unknown", at->place);
  }

 private:
  std::vector<Seen> rows_;
  std::set<RowName> missing_;  ///< by the newest entries about them they are there
};

/// What the log and the rows say, to be held against the ring and the anchors.
struct Picture {
  std::map<std::int64_t, std::string> hashes;  ///< of the entries that somebody has seen
  std::set<std::int64_t> restores;             ///< entries by which a backup was put back
  Rows rows;
  Told told;
  std::map<Id, RowName> keys;    ///< one row of each
  std::map<Id, RowKind> erased;  ///< children and families whose rows an erasure dropped
  std::map<RowName, Id> going;   ///< rows of children whose erasure the ring has under way
  Agreements agreements;
  std::int64_t ring_serial = 0;   ///< the newest that an entry names
  std::int64_t names_serial = 0;  ///< that entry
};

Stored<Picture> read_all(Store& store, const std::set<std::int64_t>& seen,
                         const std::set<Id>& going, Verification& out) {
  Picture picture;
  const auto read = store.snapshot(
      [&](RowKind table, const Row& row) {
        picture.rows.see(table, row, digest_of(store.id(), table, row));
        picture.keys.emplace(row.key, RowName{table, row.id});
        return true;
      },
      [&](const Entry& entry) {
        if (out.head.count == 0) picture.rows.sort();
        if (entry.number != out.head.count + 1 || chained(out.head, entry) != entry.hash)
          out.flaws.push_back({"entry_changed", "records", entry.number, {}, {}});
        if (out.head.count != 0 && entry.at < out.head.at) out.clock_back.push_back(entry.number);
        out.head = {entry.number, entry.hash, entry.at};
        if (seen.contains(entry.number)) picture.hashes[entry.number] = entry.hash;
        if (entry.action == name_of(Action::restore) && entry.outcome == "done")
          picture.restores.insert(entry.number);
        picture.told.see(entry);
        if (names_ring(entry) && entry.revision > picture.ring_serial) {
          picture.ring_serial = entry.revision;
          picture.names_serial = entry.number;
        }
        picture.agreements.see(entry);
        if (entry.outcome == "written") {
          picture.rows.written(entry);
          if (going.contains(entry.subject))
            picture.going[{entry.table, entry.row}] = entry.subject;
        }
        if (entry.outcome == "dropped") {
          picture.rows.dropped(entry);
          const bool has_key = entry.table == RowKind::subject || entry.table == RowKind::family;
          if (has_key && entry.action == name_of(Action::confirm_erasure))
            picture.erased.emplace(entry.row, entry.table);
        }
        return true;
      });
  if (!read) return read.error();
  return picture;
}

/// Whether an end of the log that somebody saw is there.
void compare_head(const Picture& picture, const Head& seen, std::string_view where,
                  Verification& out) {
  if (seen.count == 0) return;
  const auto found = picture.hashes.find(seen.count);
  if (seen.count > out.head.count)
    out.flaws.push_back({"rolled_back", where, seen.count, {}, {}});
  else if (found == picture.hashes.end() || found->second != seen.hash)
    out.flaws.push_back({"forked", where, seen.count, {}, {}});
}

void compare_anchors(const Picture& picture, const Anchors& anchors, Verification& out) {
  out.anchors_found = anchors.found;
  out.anchors = anchors.lines.size();
  out.unreadable_anchors = anchors.unreadable;
  std::vector<Anchor> standing;
  for (const Anchor& anchor : anchors.lines) follow(standing, anchor);
  out.replaced_anchors = anchors.lines.size() - standing.size();
  for (const Anchor& anchor : standing)
    if (anchor.restored && !picture.restores.contains(anchor.head.count + 1))
      out.flaws.push_back({"forked", "anchor", anchor.head.count + 1, {}, {}});
    else
      compare_head(picture, anchor.head, "anchor", out);
}

Stored<Done> compare_accounts(Ring& ring, const Picture& picture, Verification& out) {
  Told told = picture.told;
  const auto untold = untold_entries(ring);
  if (!untold) return untold.error();
  for (const Entry& entry : *untold) told.see(entry);
  for (const auto& [account, number] : told.others())
    out.flaws.push_back({"account_was_other", "ring", number, RowKind::account, account});
  const auto secrets = digest_of(ring, {});
  if (!secrets) return secrets.error();
  if (const auto known = told.now().find({});
      known != told.now().end() && known->second != *secrets)
    out.flaws.push_back({"secrets_changed", "ring", 0, {}, {}});
  const auto accounts = ring.accounts();
  if (!accounts) return accounts.error();
  std::set<Id> there{Id{}};
  for (const Account& account : *accounts) {
    there.insert(account.id);
    const auto digest = digest_of(ring, account);
    if (!digest) return digest.error();
    const auto known = told.now().find(account.id);
    if (known == told.now().end())
      out.flaws.push_back({"account_unknown", "ring", 0, RowKind::account, account.id});
    else if (known->second != *digest)
      out.flaws.push_back({"account_changed", "ring", 0, RowKind::account, account.id});
  }
  for (const auto& [id, digest] : told.now())
    if (!there.contains(id))
      out.flaws.push_back({"account_missing", "ring", 0, RowKind::account, id});
  return Done{};
}

/// Children whose erasure is under way.
Stored<std::set<Id>> under_way_in(Ring& ring) {
  const auto erasures = ring.erasures();
  if (!erasures) return erasures.error();
  std::set<Id> out;
  for (const Erasure& each : *erasures)
    if (is_under_way(each)) out.insert(each.subject);
  return out;
}

Stored<Done> compare_erasures(Ring& ring, const Picture& picture, Verification& out) {
  const auto erasures = ring.erasures();
  if (!erasures) return erasures.error();
  std::set<Id> kept;
  for (const Erasure& each : *erasures) {
    kept.insert(each.subject);
    if (!is_under_way(each)) continue;
    if (picture.agreements.hold(each))
      out.erasing.push_back(each.subject);
    else
      out.flaws.push_back({"erasure_unknown", "ring", 0, RowKind::subject, each.subject});
  }
  for (const Id& child : picture.agreements.asked())
    if (!kept.contains(child))
      out.flaws.push_back({"erasure_missing", "ring", 0, RowKind::subject, child});
  return Done{};
}

Stored<Done> compare_keys(Ring& ring, const Picture& picture, Verification& out) {
  const auto keys = ring.keys();
  if (!keys) return keys.error();
  std::set<Id> at_hand;
  for (const RingKey& key : *keys) at_hand.insert(key.id);
  // The keys go before the rows, and the erasure can have been cut off between them.
  const auto is_going = [&](const RowName& place) {
    const auto child = picture.going.find(place);
    return child != picture.going.end() && std::ranges::count(out.erasing, child->second) != 0;
  };
  for (const auto& [key, place] : picture.keys)
    if (!at_hand.contains(key) && !is_going(place))
      out.flaws.push_back({"key_missing", "ring", 0, place.first, place.second});
  const auto under_way = under_way_in(ring);
  if (!under_way) return under_way.error();
  // Between the child's own row and the keys, too.
  for (const RingKey& key : *keys)
    if (const auto gone = picture.erased.find(key.of);
        gone != picture.erased.end() && under_way->empty())
      out.flaws.push_back({"key_erased", "ring", 0, gone->second, key.of});
  return Done{};
}

Stored<Done> compare_ring(Ring& ring, const Picture& picture, Verification& out) {
  if (const auto done = compare_accounts(ring, picture, out); !done) return done;
  const auto serial = ring.serial();
  if (!serial) return serial.error();
  if (*serial < picture.ring_serial)
    out.flaws.push_back({"stale_ring", "ring", picture.names_serial, {}, {}});
  if (const auto done = compare_erasures(ring, picture, out); !done) return done;
  return compare_keys(ring, picture, out);
}

/// With the copy that was made of the ring as it is, where that is at hand.
Stored<Done> compare_copy(Ring& ring, const Places& places, Verification& out) {
  if (places.ring_backups.empty()) return Done{};
  // Others may be at work.
  for (int tries = 0; tries < 5; ++tries) {
    const auto serial = ring.serial();
    if (!serial) return serial.error();
    auto copy = Ring::open(ring_copy_file(places, *serial), Opening::reading);
    if (!copy) return Done{};
    const auto own = content_of(ring);
    if (!own) return own.error();
    const auto copied = content_of(*copy);
    const auto after = ring.serial();
    if (!after) return after.error();
    // It may have been destroyed while it was read.
    if (*after != *serial) continue;
    if (!copied) return Done{};
    out.against_copy = true;
    if (*own != *copied) out.flaws.push_back({"ring_changed", "ring", 0, {}, {}});
    return Done{};
  }
  return Done{};
}

Allowed<Verification> verify_once(const Places& places, const Means& means) {
  auto opened = means.open_records(places.records, Opening::reading, {});
  if (!opened) return failed(opened);
  Store& store = **opened;
  Verification out;
  std::set<std::int64_t> seen;
  const auto anchors = read_anchors(places.anchor);
  if (!anchors) return failed(anchors);
  for (const Anchor& anchor : anchors->lines) seen.insert(anchor.head.count);
  auto ring = Ring::open(places.ring, Opening::reading);
  if (!ring && ring.error().trouble != Trouble::absent)
    return refusal({ring.error().trouble, "key ring: " + ring.error().message});
  Head head;
  std::set<Id> going;
  if (ring) {
    if (ring->store() != store.id()) return refusal(Why::other_store);
    const auto known = ring->head();
    if (!known) return failed(known);
    head = *known;
    seen.insert(head.count);
    auto under_way = under_way_in(*ring);
    if (!under_way) return failed(under_way);
    going = *std::move(under_way);
  }
  const auto picture = read_all(store, seen, going, out);
  if (!picture) return failed(picture);
  picture->rows.compare(out);
  compare_anchors(*picture, *anchors, out);
  if (!ring) return out;
  out.against_ring = true;
  compare_head(*picture, head, "ring", out);
  if (const auto done = compare_ring(*ring, *picture, out); !done) return failed(done);
  if (const auto done = compare_copy(*ring, places, out); !done) return failed(done);
  const auto erased = read_erased_list(places.erased, *ring);
  if (!erased) return failed(erased);
  for (const std::int64_t line : erased->planted)
    out.flaws.push_back({"planted", "erasure_list", line, {}, {}});
  const auto unlisted = unlisted_erasures(places.erased, *ring);
  if (!unlisted) return failed(unlisted);
  for (const auto& [of, at] : *unlisted)
    out.flaws.push_back({"unlisted", "erasure_list", 0, RowKind::subject, of});
  return out;
}

/// What another change of the ring, or telling the log of one, changes; nullopt: there is no ring
/// that can be read.
std::optional<std::pair<std::int64_t, std::string>> state_of(const Places& places) {
  auto ring = Ring::open(places.ring, Opening::reading);
  if (!ring) return std::nullopt;
  const auto serial = ring->serial();
  const auto untold = ring->untold();
  if (!serial || !untold) return std::nullopt;
  return std::pair{*serial, *untold};
}

}  // namespace

Allowed<Verification> verify(const Places& places, const Means& means) {
  // Records and ring cannot be looked at in one moment, and others may be at work.
  constexpr int most_tries = 5;
  for (int tries = 1;; ++tries) {
    const auto before = state_of(places);
    auto found = verify_once(places, means);
    const auto is_of_ring = [](const Flaw& flaw) { return flaw.where == "ring"; };
    if (!found || tries == most_tries || std::ranges::none_of(found->flaws, is_of_ring) ||
        state_of(places) == before)
      return found;
  }
}

}  // namespace gcp2
