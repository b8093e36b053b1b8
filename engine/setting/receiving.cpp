#include <algorithm>
#include <utility>

#include "gcp2/json.h"
#include "setting/arrival.h"
#include "setting/erasing.h"
#include "setting/identity.h"
#include "setting/partners.h"
#include "setting/ring_copies.h"
#include "setting/taking_in.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

/// A receipt says which bundle came, and is signed over that line of JSON.
Allowed<std::string> receipt_for(Desk::State& desk, const Id& bundle, const std::string& digest,
                                 Seconds at) {
  const auto by = signing_pair(desk);
  if (!by) return by.error();
  Value said = Value::object();
  said.set("format", Value::text(std::string{receipt_format}));
  said.set("bundle", Value::text(bundle.text()));
  said.set("digest", Value::text(hexadecimal(digest)));
  said.set("received_by", Value::text(desk.store_id().text()));
  said.set("received_at", Value::text(Instant::at(at).text()));
  const std::string line = write_json(said, Layout::line);
  said.set("signature", Value::text(hexadecimal(sign_bytes(*by, line))));
  return write_json(said, Layout::line);
}

/// References of two settings can be the same by chance: it takes more to be one child.
bool is_surely_the_same(const ChildFacts& known, const ChildFacts& said) {
  const auto same = [](const std::string& left, const std::string& right) {
    return !left.empty() && left == right;
  };
  if (have_other_numbers(known, said)) return false;
  return same(known.nhs_number, said.nhs_number) || same(known.upn, said.upn) ||
         (known.date_of_birth && known.date_of_birth == said.date_of_birth &&
          same(normal_name(known.name), normal_name(said.name)));
}

/// A bundle that waits, with what is in it.
struct Waiting {
  Row row;
  Value content;
};
Allowed<Waiting> waiting(Desk::State& desk, const Id& bundle) {
  auto row = desk.row(RowKind::bundle, bundle, Why::no_such_bundle);
  if (!row) return row.error();
  if (row->standing != Standing::quarantined) return refusal(Why::no_such_bundle);
  auto content = desk.content(RowKind::bundle, *row);
  if (!content) return content.error();
  return Waiting{*std::move(row), *std::move(content)};
}

/// What a bundle's row in quarantine says.
Allowed<Received> received_from(Desk::State& desk, const Row& row, const Value& content) {
  Received out;
  out.bundle = row.id;
  out.from = Id::parse(content.text_at("from")).value_or(Id{});
  if (const Value* child = content.find("child")) out.child = facts_from(row, *child);
  if (const Value* records = content.find("records")) out.records = records->items().size();
  const Value* held = content.find("held");
  out.held = held != nullptr && held->truth();
  out.receipt = content.text_at("receipt");
  const auto title = title_of(desk, out.from);
  if (!title) return title.error();
  out.from_title = *title;
  return out;
}

/// That a bundle came, and what was said of it: in the ring, which no restore of the records takes
/// back.
Allowed<Done> remember(Desk::State& desk, const Id& bundle, const std::string& receipt) {
  const auto known = desk.ring().named(received_name(bundle));
  if (!known) return failed(known);
  if (*known) return Done{};
  RingBatch seen;
  seen.named.emplace_back(received_name(bundle), receipt);
  if (const auto done = desk.ring().commit(seen); !done) return failed(done);
  if (const auto kept = desk.setting->keep_ring_copy(); !kept) return failed(kept);
  return Done{};
}

/// A bundle that is about to leave quarantine stands in the ring: its key goes after its row,
/// whoever is cut off.
constexpr std::string_view leaving = "leaving_bundle/";

Allowed<Done> leave(Desk::State& desk, Act& act, const Id& bundle, std::string_view receipt) {
  if (const auto ready = expect_room_for_copy(desk.ring(), desk.setting->places); !ready)
    return failed(ready);
  // Receiving may have been cut off before the ring had it.
  if (const auto seen = remember(desk, bundle, std::string{receipt}); !seen) return seen;
  RingBatch batch;
  batch.named.emplace_back(std::string{leaving} + bundle.text(), bundle.text());
  if (const auto done = desk.ring().commit(batch); !done) return failed(done);
  const auto serial = desk.ring().serial();
  if (!serial) return failed(serial);
  act.changed_ring(*serial);
  return Done{};
}

/// The hold that a child's file came with, where the child has none here yet: into the row that is
/// written anyway, or the one that is there.
Allowed<Done> put_hold(Desk::State& desk, const Arrival& arrival, const Secret& secret,
                       Batch& batch) {
  const auto written = std::ranges::find(batch.puts, RowKind::subject, &Put::table);
  Row row;
  if (written != batch.puts.end()) {
    row = written->row;
    batch.puts.erase(written);
  } else {
    auto there = desk.row(RowKind::subject, arrival.facts().id, Why::no_such_child);
    if (!there) return there.error();
    row = *std::move(there);
    ++row.revision;
    row.at = desk.setting->now();
  }
  row.standing = Standing::held;
  batch.puts.push_back(sealed_put(desk.store_id(), RowKind::subject, std::move(row),
                                  to_document(arrival.facts()), secret));
  return Done{};
}

}  // namespace

Allowed<bool> waits_in_quarantine(Desk::State& desk, const ChildFacts& child) {
  const auto rows = desk.store().rows_of(RowKind::bundle, Id{});
  if (!rows) return failed(rows);
  for (const Row& row : *rows) {
    if (row.standing != Standing::quarantined) continue;
    const auto content = desk.content(RowKind::bundle, row);
    if (!content) {
      // What nobody can open brings nobody back.
      if (content.error().why == Why::missing_keys || content.error().why == Why::unsealable)
        continue;
      return content.error();
    }
    const Value* said = content->find("child");
    if (said != nullptr && is_surely_the_same(child, facts_from(row, *said))) return true;
  }
  return false;
}

Allowed<Done> drop_keys_of_left_bundles(Setting::State& setting) {
  const auto all = setting.ring.named_from(leaving);
  if (!all) return failed(all);
  for (const auto& [name, text] : *all) {
    const auto bundle = Id::parse(text);
    if (!bundle) continue;
    const auto row = setting.store->row(RowKind::bundle, *bundle);
    if (!row) return failed(row);
    if (*row) continue;
    RingBatch batch;
    batch.drop_keys_of.push_back(*bundle);
    batch.named.emplace_back(name, "");
    if (const auto done = setting.ring.commit(batch); !done) return failed(done);
    if (const auto kept = setting.keep_ring_copy(); !kept) return not_copied(kept.error());
  }
  return Done{};
}

Allowed<Received> Desk::receive(std::string_view bytes, const Purpose& purpose) {
  Act act{*state_, Action::receive, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto head = bundle_head(bytes);
  if (!head || bytes.size() > largest_bundle) return act.refuse(Why::no_bundle);
  if (head->to != state_->store_id()) return act.refuse(Why::not_for_us);
  // By the address that was confirmed, not by the one that the bundle says.
  const auto partner = partner_of(*state_, head->from.store);
  if (!partner) return act.refuse(partner.error());
  if (!(*partner == head->from) || !is_bundle_signed_by(bytes, partner->signed_by))
    return act.refuse(Why::not_genuine);
  Ring& ring = state_->ring();
  const auto before = ring.named(received_name(head->bundle));
  if (!before) return failed(before);
  // The row alone: cut off before the ring had it.
  const auto there = state_->store().row(RowKind::bundle, head->bundle);
  if (!there) return failed(there);
  if (*there) act.about_row(RowKind::bundle, head->bundle);
  if (*before || *there) return act.refuse(Why::replayed);
  const auto pair = sealing_pair(*state_);
  if (!pair) return act.refuse(pair.error());
  const auto plain = read_bundle(bytes, *pair);
  if (!plain) return act.refuse(Why::not_genuine);
  auto read = bundle_content(*plain);
  if (!read) return act.refuse(read.error());
  Value content = *std::move(read);
  const Value* records = content.find("records");
  if (content.text_at("format") != bundle_format || records == nullptr || !records->is_list() ||
      content.find("child") == nullptr)
    return act.refuse(Why::no_bundle);

  const Seconds now = state_->setting->now();
  const auto receipt = receipt_for(*state_, head->bundle, plain_hash(bytes), now);
  if (!receipt) return act.refuse(receipt.error());
  content.set("from", Value::text(head->from.store.text()));
  content.set("receipt", Value::text(*receipt));
  RingKey key{Id::random(), head->bundle, {}};
  const Secret secret = Secret::random();
  const auto wrapped = under_setting_key(*state_, [&]() -> Allowed<RingBatch> {
    if (!state_->setting_key) return refusal(Why::not_granted);
    key.wrapped = wrap(secret, *state_->setting_key, bound_key(state_->store_id(), key));
    RingBatch keys;
    keys.keys.push_back(key);
    return keys;
  });
  if (!wrapped) return act.refuse(wrapped.error());
  const auto serial = ring.serial();
  if (!serial) return failed(serial);
  act.changed_ring(*serial);
  const Row row = bundle_row(head->bundle, {}, key.id, Standing::quarantined, now);
  Batch batch;
  batch.puts.push_back(sealed_put(state_->store_id(), RowKind::bundle, row, content, secret));
  if (const auto done = act.done(std::move(batch)); !done) return done.error();
  // Once it is kept.
  if (const auto seen = remember(*state_, head->bundle, *receipt); !seen) return seen.error();
  return received_from(*state_, row, content);
}

Allowed<std::vector<Received>> Desk::quarantine(const Purpose& purpose) {
  Act act{*state_, Action::quarantine, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto rows = state_->store().rows_of(RowKind::bundle, Id{});
  if (!rows) return failed(rows);
  std::vector<Received> out;
  for (const Row& row : *rows) {
    if (row.standing != Standing::quarantined) continue;
    const auto content = state_->content(RowKind::bundle, row);
    if (!content) return act.refuse(content.error());
    auto received = received_from(*state_, row, *content);
    if (!received) return received.error();
    act.looked_at(RowKind::bundle, row);
    out.push_back(*std::move(received));
  }
  if (const auto logged = act.done(); !logged) return logged.error();
  return out;
}

Allowed<Accepted> Desk::accept(const Id& bundle, std::string_view ref,
                               const Instruments& instruments, const Purpose& purpose) {
  Act act{*state_, Action::accept, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto found = waiting(*state_, bundle);
  if (!found) return act.refuse(found.error());
  act.about_row(RowKind::bundle, bundle);
  const auto received = received_from(*state_, found->row, found->content);
  if (!received) return received.error();
  ChildFacts said = received->child;
  said.id = said.family = {};
  if (!ref.empty()) {
    said.ref = ref;
  } else {
    const auto known = known_by_identity(*state_, said);
    if (!known) return act.refuse(known.error());
    if (*known && is_surely_the_same(**known, said)) said.ref = (*known)->ref;
  }
  // References of families are each setting's own.
  if (!said.family_ref.empty()) said.family_ref += " of " + received->from.text();
  // Whatever the reason: what others say of a child corrects no number and no birthday here.
  const Purpose transfer{"transfer", ""};
  Arrival arrival{*state_, transfer, Telling::again};
  if (const auto met = arrival.meet(said); !met) return act.refuse(met.error());
  const ChildFacts child = arrival.facts();
  act.about(child.id);
  if (!arrival.is_new()) {
    if (auto no = Act{*state_, Action::accept, transfer}.barred_from(child.id))
      return *std::move(no);
    const auto known = state_->facts(child.id);
    if (!known) return act.refuse(known.error());
    if (!is_surely_the_same(*known, said)) return act.refuse(Why::other_child);
  }
  const auto secret = state_->key(arrival.key());
  if (!secret) return act.refuse(secret.error());
  Batch batch = arrival.batch();
  auto taken = taken_in(*state_, *found->content.find("records"), child, arrival.key(), **secret,
                        instruments);
  if (!taken) return act.refuse(taken.error());
  for (Put& put : taken->puts) batch.puts.push_back(std::move(put));
  batch.drops = std::move(taken->drops);
  for (const NotAccepted& each : taken->left_out) {
    // As what it met here, or as what it is in the file.
    const bool is_record =
        each.why == Why::is_signed || (each.is_signed && each.why != Why::already_there);
    act.left_out(is_record ? RowKind::record : RowKind::draft, each.id, each.why);
  }
  // As with `hold`: what was asked for ends, also what is asked for meanwhile.
  const auto end_erasing = [&]() -> Allowed<Done> {
    if (!received->held || arrival.is_new()) return Done{};
    const auto ended = end_erasure(*state_, child.id, transfer);
    return ended ? ended : act.refuse(ended.error());
  };
  if (const auto ended = end_erasing(); !ended) return ended.error();
  if (received->held && !child.held)
    if (const auto put = put_hold(*state_, arrival, **secret, batch); !put)
      return act.refuse(put.error());
  batch.drops.push_back({RowKind::bundle, bundle});
  if (const auto settled = arrival.settle(act); !settled) return settled.error();
  if (const auto set = leave(*state_, act, bundle, received->receipt); !set) return set.error();
  const auto done = act.done(std::move(batch));
  arrival.end_settling();
  if (!done) return done.error();
  if (const auto ended = end_erasing(); !ended) return ended.error();
  if (const auto dropped = drop_keys_of_left_bundles(*state_->setting); !dropped)
    return dropped.error();
  return Accepted{child, std::move(taken->left_out)};
}

Allowed<Done> Desk::turn_down(const Id& bundle, const Purpose& purpose) {
  Act act{*state_, Action::turn_down, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto found = waiting(*state_, bundle);
  if (!found) return act.refuse(found.error());
  act.about_row(RowKind::bundle, bundle);
  if (const auto set = leave(*state_, act, bundle, found->content.text_at("receipt")); !set)
    return set;
  Batch batch;
  batch.drops.push_back({RowKind::bundle, bundle});
  if (const auto done = act.done(std::move(batch)); !done) return done.error();
  return drop_keys_of_left_bundles(*state_->setting);
}

Allowed<std::string> Desk::receipt_of(const Id& bundle, const Purpose& purpose) {
  Act act{*state_, Action::show_receipt, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto in_ring = state_->ring().named(received_name(bundle));
  if (!in_ring) return failed(in_ring);
  std::string receipt = in_ring->value_or("");
  if (!receipt.starts_with("{")) {
    const auto found = waiting(*state_, bundle);
    if (!found) return act.refuse(found.error());
    receipt = found->content.text_at("receipt");
  }
  // Accepted or turned down, it has none any more.
  const auto row = state_->store().row(RowKind::bundle, bundle);
  if (!row) return failed(row);
  if (*row) act.looked_at(RowKind::bundle, **row);
  if (const auto logged = act.done(); !logged) return logged.error();
  return receipt;
}

}  // namespace gcp2
