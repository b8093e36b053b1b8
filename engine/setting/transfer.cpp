#include <algorithm>
#include <utility>

#include "gcp2/json.h"
#include "setting/anchor.h"
#include "setting/arrival.h"
#include "setting/drafts.h"
#include "setting/facts.h"
#include "setting/signed_row.h"

namespace gcp2 {
namespace {

constexpr std::string_view bundle_format = "gcp2/bundle-content/1";
constexpr std::string_view receipt_format = "gcp2/transfer-receipt/1";

std::string partner_name(const Id& store) { return "partner/" + store.text(); }
std::string received_name(const Id& bundle) { return "received/" + bundle.text(); }

Allowed<Address> partner_of(Desk::State& desk, const Id& store) {
  const auto kept = desk.ring().named(partner_name(store));
  if (!kept) return failed(kept);
  const auto address = Address::parse(kept->value_or(""));
  if (!address) return refusal(Why::no_partner);
  return *address;
}

Allowed<SigningPair> signing_pair(Desk::State& desk) {
  auto seed = desk.named("signed_by");
  if (!seed) return seed.error();
  return SigningPair::of(*std::move(seed));
}
Allowed<KeyPair> sealing_pair(Desk::State& desk) {
  auto secret = desk.named("seal_to");
  if (!secret) return secret.error();
  return KeyPair::of(*std::move(secret));
}
Allowed<Address> own_address(Desk::State& desk) {
  const auto to = sealing_pair(desk);
  if (!to) return to.error();
  const auto by = signing_pair(desk);
  if (!by) return by.error();
  return Address{desk.store_id(), to->open, by->open};
}

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

Row bundle_row(const Id& bundle, const Id& owner, const Id& key, Standing standing, Seconds at) {
  Row row = fresh_row(bundle, owner, key, at);
  row.standing = standing;
  return row;
}

/// The child's records, oldest first, each with what became of it.
Allowed<Value> records_of(Desk::State& desk, Act& act, const Id& child) {
  std::vector<std::pair<Seconds, Value>> all;
  for (const RowKind table : {RowKind::record, RowKind::draft}) {
    const auto rows = desk.store().rows_of(table, child);
    if (!rows) return failed(rows);
    for (const Row& row : *rows) {
      Value document;
      if (table == RowKind::record) {
        auto record = read_signed(desk, row);
        if (!record) return record.error();
        document = std::move(record->document);
      } else {
        const auto draft = read_draft(desk, row.id);
        if (!draft) return draft.error();
        document = draft->whole();
      }
      act.looked_at(table, row);
      all.emplace_back(row.at, std::move(document));
    }
  }
  std::ranges::sort(all, {}, [](const auto& each) {
    return std::pair{each.first, std::string{each.second.text_at("id")}};
  });
  Value list = Value::list();
  for (auto& [at, document] : all) list.items().push_back(std::move(document));
  return list;
}

/// References of two settings can be the same by chance: it takes more to be one child.
bool is_surely_the_same(const ChildFacts& known, const ChildFacts& said) {
  const auto same = [](const std::string& left, const std::string& right) {
    return !left.empty() && left == right;
  };
  return same(known.nhs_number, said.nhs_number) || same(known.upn, said.upn) ||
         (known.date_of_birth && known.date_of_birth == said.date_of_birth &&
          same(normal_name(known.name), normal_name(said.name)));
}

/// What a bundle's row in quarantine says.
Received received_from(const Row& row, const Value& content) {
  Received out;
  out.bundle = row.id;
  out.from = Id::parse(content.text_at("from")).value_or(Id{});
  if (const Value* child = content.find("child")) out.child = facts_from(row, *child);
  if (const Value* records = content.find("records")) out.records = records->items().size();
  const Value* held = content.find("held");
  out.held = held != nullptr && held->truth();
  out.receipt = content.text_at("receipt");
  return out;
}

}  // namespace

Allowed<Address> Desk::address() {
  Act act{*state_, Action::address};
  if (auto no = act.barred()) return *std::move(no);
  const auto address = own_address(*state_);
  if (!address) return act.refuse(address.error());
  if (const auto logged = act.done(); !logged) return logged.error();
  return address;
}

Allowed<Done> Desk::confirm_partner(const Address& partner, std::string_view compared) {
  Act act{*state_, Action::confirm_partner};
  if (auto no = act.barred()) return *std::move(no);
  // Nothing can be sealed to some keys; nobody has them by chance.
  if (!is_fingerprint(compared, partner.fingerprint()) ||
      seal_to(partner.seal_to, Secret::random()).empty())
    return act.refuse(Why::fingerprint);
  RingBatch batch;
  batch.named.emplace_back(partner_name(partner.store), partner.text());
  if (const auto done = state_->ring().commit(batch); !done) return failed(done);
  if (const auto kept = state_->setting->keep_ring_copy(); !kept) return failed(kept);
  return act.done();
}

Allowed<std::string> Desk::send(const Id& child, const Id& to, const Purpose& purpose) {
  Act act{*state_, Action::send, purpose};
  if (auto no = act.barred()) return *std::move(no);
  if (auto no = act.barred_from(child)) return *std::move(no);
  const auto facts = state_->facts(child);
  if (!facts) return act.refuse(facts.error());
  const auto partner = partner_of(*state_, to);
  if (!partner) return act.refuse(partner.error());
  const auto from = own_address(*state_);
  if (!from) return act.refuse(from.error());
  const auto by = signing_pair(*state_);
  if (!by) return act.refuse(by.error());
  auto records = records_of(*state_, act, child);
  if (!records) return act.refuse(records.error());
  const Seconds now = state_->setting->now();
  Value content = Value::object();
  content.set("format", Value::text(std::string{bundle_format}));
  content.set("sent_at", Value::text(Instant::at(now).text()));
  content.set("child", to_document(*facts));
  content.set("held", Value::boolean(facts->held));
  content.set("records", *std::move(records));
  const BundleHead head{Id::random(), *from, to};
  const std::string bytes = write_bundle(head, *partner, *by, write_json(content, Layout::line));

  Value kept = Value::object();
  kept.set("to", Value::text(to.text()));
  kept.set("sent_at", Value::text(Instant::at(now).text()));
  kept.set("digest", Value::text(hexadecimal(plain_hash(bytes))));
  const auto row = state_->row(RowKind::subject, child, Why::no_such_child);
  if (!row) return act.refuse(row.error());
  const auto secret = state_->key(row->key);
  if (!secret) return act.refuse(secret.error());
  Batch batch;
  batch.puts.push_back(sealed_put(state_->store_id(), RowKind::bundle,
                                  bundle_row(head.bundle, child, row->key, Standing::live, now),
                                  kept, **secret));
  if (const auto done = act.done(std::move(batch)); !done) return done.error();
  return bytes;
}

Allowed<Received> Desk::receive(std::string_view bytes) {
  Act act{*state_, Action::receive};
  if (auto no = act.barred()) return *std::move(no);
  const auto head = bundle_head(bytes);
  if (!head) return act.refuse(Why::not_genuine);
  if (head->to != state_->store_id()) return act.refuse(Why::not_for_us);
  // By the address that was confirmed, not by the one that the bundle says.
  const auto partner = partner_of(*state_, head->from.store);
  if (!partner) return act.refuse(partner.error());
  if (!(*partner == head->from) || !is_bundle_signed_by(bytes, partner->signed_by))
    return act.refuse(Why::not_genuine);
  Ring& ring = state_->ring();
  const auto before = ring.named(received_name(head->bundle));
  if (!before) return failed(before);
  if (*before) return act.refuse(Why::replayed);
  const auto pair = sealing_pair(*state_);
  if (!pair) return act.refuse(pair.error());
  const auto plain = read_bundle(bytes, *pair);
  if (!plain) return act.refuse(Why::not_genuine);
  Findings found;
  Value content = read_json(*plain, found);
  const Value* records = content.find("records");
  if (!found.empty() || content.text_at("format") != bundle_format || records == nullptr ||
      !records->is_list() || content.find("child") == nullptr)
    return act.refuse(Why::not_genuine);

  const Seconds now = state_->setting->now();
  const auto receipt = receipt_for(*state_, head->bundle, plain_hash(bytes), now);
  if (!receipt) return act.refuse(receipt.error());
  content.set("from", Value::text(head->from.store.text()));
  content.set("receipt", Value::text(*receipt));
  RingKey key{Id::random(), head->bundle, {}};
  const Secret secret = Secret::random();
  key.wrapped = wrap(secret, *state_->setting_key, bound_key(state_->store_id(), key));
  RingBatch keys;
  keys.keys.push_back(key);
  if (const auto done = ring.commit(keys); !done) return failed(done);
  if (const auto kept = state_->setting->keep_ring_copy(); !kept) return failed(kept);
  const Row row = bundle_row(head->bundle, {}, key.id, Standing::quarantined, now);
  Batch batch;
  batch.puts.push_back(sealed_put(state_->store_id(), RowKind::bundle, row, content, secret));
  if (const auto done = act.done(std::move(batch)); !done) return done.error();
  // Once it is kept, and in the ring, which no restore of the records takes back.
  RingBatch seen;
  seen.named.emplace_back(received_name(head->bundle), Instant::at(now).text());
  if (const auto done = ring.commit(seen); !done) return failed(done);
  return received_from(row, content);
}

Allowed<std::vector<Received>> Desk::quarantine() {
  Act act{*state_, Action::quarantine};
  if (auto no = act.barred()) return *std::move(no);
  const auto rows = state_->store().rows_of(RowKind::bundle, Id{});
  if (!rows) return failed(rows);
  std::vector<Received> out;
  for (const Row& row : *rows) {
    if (row.standing != Standing::quarantined) continue;
    const auto content = state_->content(RowKind::bundle, row);
    if (!content) return act.refuse(content.error());
    out.push_back(received_from(row, *content));
  }
  if (const auto logged = act.done(); !logged) return logged.error();
  return out;
}

Allowed<ChildFacts> Desk::accept(const Id& bundle, std::string_view ref,
                                 const Instruments& instruments) {
  Act act{*state_, Action::accept};
  if (auto no = act.barred()) return *std::move(no);
  const auto row = state_->row(RowKind::bundle, bundle, Why::no_such_record);
  if (!row) return act.refuse(row.error());
  if (row->standing != Standing::quarantined) return act.refuse(Why::no_such_record);
  const auto content = state_->content(RowKind::bundle, *row);
  if (!content) return act.refuse(content.error());
  const Received received = received_from(*row, *content);
  ChildFacts said = received.child;
  said.id = said.family = {};
  if (!ref.empty()) said.ref = ref;
  // References of families are each setting's own.
  if (!said.family_ref.empty()) said.family_ref += " of " + received.from.text();
  const Purpose purpose{"transfer", ""};
  Arrival arrival{*state_, purpose};
  if (const auto met = arrival.meet(said); !met) return act.refuse(met.error());
  const ChildFacts child = arrival.facts();
  act.about(child.id);
  if (!arrival.is_new()) {
    if (auto no = Act{*state_, Action::accept, purpose}.barred_from(child.id))
      return *std::move(no);
    const auto known = state_->facts(child.id);
    if (!known) return act.refuse(known.error());
    if (!is_surely_the_same(*known, said)) return act.refuse(Why::other_child);
  }
  const auto secret = state_->key(arrival.key());
  if (!secret) return act.refuse(secret.error());
  Batch batch = arrival.batch();
  auto taken =
      taken_in(*state_, *content->find("records"), child, arrival.key(), **secret, instruments);
  if (!taken) return act.refuse(taken.error());
  for (Put& put : *taken) batch.puts.push_back(std::move(put));
  if (received.held && arrival.is_new())
    for (Put& put : batch.puts)
      if (put.table == RowKind::subject) {
        put.row.standing = Standing::held;
        put =
            sealed_put(state_->store_id(), RowKind::subject, put.row, to_document(child), **secret);
      }
  batch.drops.push_back({RowKind::bundle, bundle});
  if (const auto settled = arrival.settle(); !settled) return settled.error();
  if (const auto done = act.done(std::move(batch)); !done) return done.error();
  RingBatch keys;
  keys.drop_keys_of.push_back(bundle);
  if (const auto done = state_->ring().commit(keys); !done) return failed(done);
  if (const auto kept = state_->setting->keep_ring_copy(); !kept) return failed(kept);
  return child;
}

Allowed<Done> Desk::keep_receipt(std::string_view receipt) {
  Act act{*state_, Action::keep_receipt};
  if (auto no = act.barred()) return *std::move(no);
  Findings found;
  Value said = read_json(receipt, found);
  const auto bundle = Id::parse(said.text_at("bundle"));
  const auto by = Id::parse(said.text_at("received_by"));
  if (!found.empty() || said.text_at("format") != receipt_format || !bundle || !by)
    return act.refuse(Why::not_genuine);
  const auto row = state_->row(RowKind::bundle, *bundle, Why::no_such_record);
  if (!row) return act.refuse(row.error());
  act.about(row->owner);
  auto kept = state_->content(RowKind::bundle, *row);
  if (!kept) return act.refuse(kept.error());
  const auto partner = partner_of(*state_, *by);
  if (!partner) return act.refuse(partner.error());
  const std::string signature = from_hexadecimal(said.text_at("signature"));
  Value unsigned_part = said;
  unsigned_part.erase("signature");
  if (kept->text_at("to") != by->text() || kept->text_at("digest") != said.text_at("digest") ||
      !is_signed_by(partner->signed_by, write_json(unsigned_part, Layout::line), signature))
    return act.refuse(Why::not_genuine);
  kept->set("receipt", std::move(said));
  const auto secret = state_->key(row->key);
  if (!secret) return act.refuse(secret.error());
  Row renewed = *row;
  ++renewed.revision;
  renewed.at = state_->setting->now();
  Batch batch;
  batch.puts.push_back(
      sealed_put(state_->store_id(), RowKind::bundle, std::move(renewed), *kept, **secret));
  return act.done(std::move(batch));
}

}  // namespace gcp2
