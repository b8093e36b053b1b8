#include <set>
#include <utility>

#include "gcp2/safekeeping.h"
#include "setting/agreements.h"
#include "setting/anchor.h"
#include "setting/backup.h"
#include "setting/copied.h"
#include "setting/erased_list.h"
#include "setting/erasing.h"
#include "setting/inside.h"
#include "setting/partners.h"
#include "setting/ring_copies.h"
#include "setting/sealing.h"
#include "setting/untold.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

struct Restorer {
  Seconds now;
  Id account;
};

/// What of a backup comes back, and what does not.
struct Sifted {
  Store::Visit stays;
  std::vector<Drop> left_out;
  std::set<Id> children;
};

/// Of a child that does not come back. It ends: nobody could see it, and a child that is added anew
/// is not to be erased by it.
bool is_request_for_nobody(const Erasure& erasure, const Sifted& sifted) {
  return erasure.step == ErasureStep::asked && !sifted.children.contains(erasure.subject);
}

/// Fills a copy with what stays of a backup, and with what the log says of the restore: what the
/// ring had seen of the log that is lost, what was left out, and the accounts.
Stored<Head> made_anew(Store& from, Store& to, Ring& ring, const Head& lost, const Sifted& sifted,
                       const Restorer& by) {
  const auto copied = fill_from(from, to, sifted.stays);
  if (!copied) return copied;
  std::vector<Entry> entries;
  const auto log = [&](std::string_view outcome) -> Entry& {
    Entry& one = entries.emplace_back();
    one.at = by.now;
    one.actor = by.account;
    one.action = name_of(Action::restore);
    one.outcome = outcome;
    return one;
  };
  Entry& first = log("done");
  first.revision = lost.count;
  first.digest = lost.hash;
  for (const Drop& drop : sifted.left_out) {
    Entry& one = log("dropped");
    one.table = drop.table;
    one.row = drop.id;
  }
  // Accounts that were made or changed since the backup, and the setting's secrets, are as the ring
  // has them.
  auto accounts = ring.accounts();
  if (!accounts) return accounts.error();
  accounts->emplace_back();
  for (const Account& account : *accounts) {
    auto digest = digest_of(ring, account);
    if (!digest) return digest.error();
    Entry& one = log("account");
    one.table = RowKind::account;
    one.row = account.id;
    one.digest = *std::move(digest);
  }
  // What two people agreed on since is agreed on still.
  const auto erasures = ring.erasures();
  if (!erasures) return erasures.error();
  for (const Erasure& each : *erasures) {
    const auto agreed = [&](Action action, const Id& who) {
      Entry& one = log("done");
      one.actor = who;
      one.action = name_of(action);
      one.reason = each.reason;
      one.subject = each.subject;
    };
    if (is_request_for_nobody(each, sifted))
      agreed(Action::withdraw_erasure, by.account);
    else if (each.step == ErasureStep::asked || is_under_way(each))
      agreed(Action::ask_erasure, each.asked_by);
    if (is_under_way(each)) agreed(Action::confirm_erasure, each.confirmed_by);
  }
  Head head = *copied;
  chain(head, entries);
  if (const auto done = to.fill({}, entries); !done) return done.error();
  return head;
}

/// A restore writes to the ring what it is about to put in place, so that it is known again where
/// it was cut off before the ring had seen it.
constexpr std::string_view about_to_be_restored = "restoring";
std::string note_of(const Head& backup, const Head& made) {
  return hexadecimal(backup.hash) + " " + std::to_string(made.count) + " " + hexadecimal(made.hash);
}

/// The newest end of the log that the ring or an anchor has seen: an older ring can have come back.
Stored<Head> newest_seen(const Places& places, Ring& ring) {
  auto newest = ring.head();
  const auto anchors = read_anchors(places.anchor);
  if (!anchors) return anchors.error();
  std::vector<Anchor> holding;
  for (const Anchor& anchor : anchors->lines) follow(holding, anchor);
  for (const Anchor& anchor : holding)
    if (newest && anchor.head.count > newest->count) newest = anchor.head;
  return newest;
}

/// The end of the log of records that stand in their place, if they are what a restore of this
/// backup made that was cut off then.
Stored<std::optional<Head>> cut_off_restore(const Places& places, const Means& means, Ring& ring,
                                            const Head& backup) {
  const auto note = ring.named(about_to_be_restored);
  if (!note) return note.error();
  if (!*note || (*note)->empty()) return std::optional<Head>{};
  const auto there = means.open_records(places.records, Opening::existing, {});
  if (!there) return std::optional<Head>{};
  const auto head = (*there)->head();
  if (!head) return head.error();
  const bool is_it = (*there)->id() == ring.store() && note_of(backup, *head) == **note;
  return is_it ? std::optional{*head} : std::nullopt;
}

}  // namespace

bool is_restore_cut_off(const Places& places) {
  auto ring = Ring::open(places.ring, Opening::reading);
  if (!ring) return false;
  const auto note = ring->named(about_to_be_restored);
  return note && !note->value_or("").empty();
}

Allowed<Restored> restore(const Places& places, const Means& means, const std::string& backup,
                          std::string_view name, std::string_view passphrase) {
  auto from = open_store("sqlite:" + backup, Opening::reading);
  if (!from) return failed(from);
  auto ring = Ring::open(places.ring, Opening::existing);
  if (!ring) return failed(ring);
  if (ring->store() != (*from)->id()) return refusal(Why::other_store);
  auto unlocked = unlock(*ring, means, name, passphrase, std::nullopt);
  // There is no log yet: whoever opens the records next tells it.
  const auto refuse = [&](Refusal why) -> Refusal {
    Entry entry;
    entry.at = means.clock();
    entry.actor = unlocked.who;
    entry.action = name_of(Action::restore);
    entry.outcome = "refused." + std::string{name_of(why.why)};
    entry.table = RowKind::account;
    entry.row = unlocked.who;
    if (const auto noted = tell_later(*ring, std::move(entry)); !noted) return failed(noted);
    return why;
  };
  if (unlocked.refusal) return refuse(*std::move(unlocked.refusal));
  if (!may(unlocked.account->role, Action::restore)) return refuse(refusal(Why::role));
  const auto genuine = is_genuine(places, means, backup, **from, *ring);
  if (!genuine) return genuine.error();
  if (!*genuine) return refuse(refusal(Why::bad_backup));

  const auto listed = read_erased_list(places.erased, *ring);
  if (!listed) return failed(listed);
  std::set<Id> erased{listed->erased.begin(), listed->erased.end()};
  // The list may be lost with the records.
  const auto in_ring = erased_in_ring(*ring);
  if (!in_ring) return failed(in_ring);
  for (const auto& [of, at] : *in_ring) erased.insert(of);
  const auto keys = ring->keys();
  if (!keys) return failed(keys);
  std::set<Id> at_hand, to_drop;
  for (const RingKey& key : *keys) (erased.contains(key.of) ? to_drop : at_hand).insert(key.id);

  // What is sealed with an erased child's key stays out; any other key has to be there.
  std::set<Id> gone_keys = to_drop;
  bool missing = false;
  const auto was_received = [&](const Id& bundle) {
    const auto said = ring->named(received_name(bundle));
    return said && *said;
  };
  const auto looked = (*from)->snapshot(
      [&](RowKind table, const Row& row) {
        const bool is_erased =
            (table == RowKind::subject || table == RowKind::family) && erased.contains(row.id);
        // A bundle whose quarantine ended since: its key went with it.
        const bool is_over = table == RowKind::bundle && row.standing == Standing::quarantined &&
                             !at_hand.contains(row.key) && was_received(row.id);
        if (is_erased || is_over) gone_keys.insert(row.key);
        return true;
      },
      [](const Entry&) { return false; });
  if (!looked) return failed(looked);
  Sifted sifted;
  sifted.stays = [&](RowKind, const Row& row) { return !gone_keys.contains(row.key); };
  Restored out;
  const auto counted = (*from)->snapshot(
      [&](RowKind table, const Row& row) {
        if (!sifted.stays(table, row)) {
          sifted.left_out.push_back({table, row.id});
          return true;
        }
        missing = !at_hand.contains(row.key);
        ++out.rows;
        if (table == RowKind::subject) sifted.children.insert(row.id);
        return !missing;
      },
      [](const Entry&) { return false; });
  if (!counted) return failed(counted);
  if (missing) return refuse(refusal(Why::missing_keys));

  auto known = newest_seen(places, *ring);
  if (!known) return failed(known);
  out.lost_head = *known;
  out.erased_rows = sifted.left_out.size();
  const auto backed_up = (*from)->head();
  if (!backed_up) return failed(backed_up);
  out.backup_head = *backed_up;
  auto to = means.open_records(places.records, Opening::copy, (*from)->id());
  if (to) {
    const auto made = made_anew(**from, **to, *ring, *known, sifted, {means.clock(), unlocked.who});
    if (!made) return failed(made);
    out.head = *made;
    RingBatch note;
    note.named.emplace_back(about_to_be_restored, note_of(*backed_up, *made));
    if (const auto done = ring->commit(note); !done) return failed(done);
    if (const auto done = (*to)->finish(); !done) return failed(done);
  } else {
    if (to.error().trouble != Trouble::present) return failed(to);
    const auto made = cut_off_restore(places, means, *ring, *backed_up);
    if (!made) return failed(made);
    if (!*made) return failed(to);
    out.head = **made;
  }
  // Twice is once.
  if (!places.anchor.empty())
    for (const auto& [end, is_restored] : {std::pair{*backed_up, true}, std::pair{out.head, false}})
      if (const auto done = append_anchor(places.anchor, end, is_restored); !done)
        return failed(done);
  RingBatch noted;
  noted.head = out.head;
  const auto noted_before = ring->head();
  if (!noted_before) return failed(noted_before);
  noted.head->at = std::max({out.head.at, known->at, noted_before->at});
  noted.named.emplace_back(about_to_be_restored, "");
  for (const Id& of : erased) noted.drop_keys_of.push_back(of);
  const auto erasures = ring->erasures();
  if (!erasures) return failed(erasures);
  for (const Erasure& each : *erasures)
    if (is_request_for_nobody(each, sifted)) noted.erasures.push_back(ended(each, means.clock()));
  if (const auto done = ring->commit(noted); !done) return failed(done);
  // An older copy knows the log that is lost.
  if (const auto kept = keep_ring_copy(*ring, places, means.clock()); !kept)
    return not_copied(kept.error());
  return out;
}

}  // namespace gcp2
