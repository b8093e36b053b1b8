#include <algorithm>
#include <utility>

#include "gcp2/json.h"
#include "setting/arrival.h"
#include "setting/facts.h"
#include "setting/kept.h"
#include "setting/partners.h"

namespace gcp2 {
namespace {

/// The child's records, oldest window first.
Allowed<Value> records_of(Desk::State& desk, Act& act, const Id& child) {
  auto all = all_kept(desk, child);
  if (!all) return all.error();
  Value list = Value::list();
  for (Kept& each : *all) {
    act.looked_at(each.table, each.row);
    list.items().push_back(std::move(each.document));
  }
  return list;
}

}  // namespace

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
  ChildFacts sent = *facts;
  // What it was called before is nobody else's.
  sent.former.clear();
  content.set("child", to_document(sent));
  content.set("held", Value::boolean(facts->held));
  content.set("records", *std::move(records));
  // Before the log says that it was sent: what nobody can receive is no bundle.
  const std::string plain = write_json(content, Layout::line);
  if (const auto readable = bundle_content(plain); !readable) return act.refuse(readable.error());
  const BundleHead head{Id::random(), *from, to};
  const std::string bytes = write_bundle(head, *partner, *by, plain);
  if (bytes.size() > largest_bundle) return act.refuse(Why::too_large);

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

Allowed<std::vector<SentBundle>> Desk::sent_bundles() {
  Act act{*state_, Action::sent_bundles};
  if (auto no = act.barred()) return *std::move(no);
  std::vector<Row> rows;
  const auto read = state_->store().every_row(RowKind::bundle, [&](RowKind, const Row& row) {
    if (row.standing == Standing::live) rows.push_back(row);
    return true;
  });
  if (!read) return failed(read);
  std::vector<SentBundle> out;
  for (const Row& row : rows) {
    const auto facts = state_->facts(row.owner);
    // Its erasure is under way.
    if (!facts &&
        (facts.error().why == Why::no_such_child || facts.error().why == Why::missing_keys))
      continue;
    if (!facts) return act.refuse(facts.error());
    const auto content = state_->content(RowKind::bundle, row);
    if (!content) return act.refuse(content.error());
    SentBundle sent;
    sent.bundle = row.id;
    sent.child = *facts;
    sent.to = Id::parse(content->text_at("to")).value_or(Id{});
    const auto title = title_of(*state_, sent.to);
    if (!title) return title.error();
    sent.to_title = *title;
    sent.sent_at = content->text_at("sent_at");
    if (const Value* receipt = content->find("receipt")) {
      sent.received_at = receipt->text_at("received_at");
      sent.receipt = write_json(*receipt, Layout::line);
    }
    act.looked_at(RowKind::bundle, row);
    out.push_back(std::move(sent));
  }
  std::ranges::sort(out, {}, [](const SentBundle& each) {
    return std::pair{std::string_view{each.sent_at}, each.bundle};
  });
  if (const auto logged = act.done(); !logged) return logged.error();
  return out;
}

Allowed<Done> Desk::keep_receipt(std::string_view receipt) {
  Act act{*state_, Action::keep_receipt};
  if (auto no = act.barred()) return *std::move(no);
  Findings found;
  Value said = read_json(receipt, found);
  const auto bundle = Id::parse(said.text_at("bundle"));
  const auto by = Id::parse(said.text_at("received_by"));
  if (!found.empty() || said.text_at("format") != receipt_format || !bundle || !by)
    return act.refuse(Why::no_receipt);
  const auto row = state_->row(RowKind::bundle, *bundle, Why::no_such_bundle);
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
