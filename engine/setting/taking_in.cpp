#include "setting/taking_in.h"

#include <utility>

#include "setting/arrival.h"
#include "setting/drafts.h"
#include "setting/signed_row.h"

namespace gcp2 {

Allowed<std::set<Id>> replaced_records(Desk::State& desk, const Id& child) {
  const auto rows = desk.store().rows_of(RowKind::record, child);
  if (!rows) return failed(rows);
  std::set<Id> out;
  for (const Row& row : *rows) {
    const auto record = read_signed(desk, row);
    if (!record) return record.error();
    if (const auto earlier = Id::parse(record->document.text_at("supersedes")))
      out.insert(*earlier);
  }
  return out;
}

Allowed<std::optional<Put>> supersede(Desk::State& desk, std::string_view record, const Id& child,
                                      const std::set<Id>& replaced) {
  const auto id = Id::parse(record);
  if (!id) return std::optional<Put>{};
  const auto found = desk.store().row(RowKind::record, *id);
  if (!found) return failed(found);
  if (!*found) {  // it may come later
    if (replaced.contains(*id)) return refusal(Why::is_superseded);
    return std::optional<Put>{};
  }
  Row row = **found;
  if (row.owner != child) return refusal(Why::other_child);
  if (row.standing == Standing::superseded) return refusal(Why::is_superseded);
  const auto content = desk.content(RowKind::record, row);
  if (!content) return content.error();
  const auto secret = desk.key(row.key);
  if (!secret) return secret.error();
  ++row.revision;
  row.at = desk.setting->now();
  row.standing = Standing::superseded;
  return std::optional{sealed_put(desk.store_id(), RowKind::record, row, *content, **secret)};
}

namespace {

/// Whether a record is here to the letter, as it is where a child's file comes a second time.
/// Refused where another one has its id.
Allowed<bool> kept_already(Desk::State& desk, const Id& id, const Value& document,
                           const Id& child) {
  const auto record = desk.store().row(RowKind::record, id);
  if (!record) return failed(record);
  if (*record) {
    if ((*record)->owner != child) return refusal(Why::is_signed);
    const auto kept = read_signed(desk, **record);
    if (!kept) return kept.error();
    if (kept->document == document) return true;
    return refusal(Why::is_signed);
  }
  const auto row = desk.store().row(RowKind::draft, id);
  if (!row) return failed(row);
  if (!*row) return false;
  if ((*row)->owner != child) return refusal(Why::already_there);
  const auto draft = read_draft(desk, id);
  if (!draft) return draft.error();
  if (draft->whole() == document) return true;
  return refusal(Why::already_there);
}

}  // namespace

Allowed<std::vector<Put>> taken_in(Desk::State& desk, const Value& records, const ChildFacts& child,
                                   const Id& key, const Secret& secret,
                                   const Instruments& instruments) {
  std::vector<Put> puts;
  const Seconds now = desk.setting->now();
  auto replaced = replaced_records(desk, child.id);
  if (!replaced) return replaced.error();
  std::set<Id> in_file;
  for (const Value& document : records.items())
    if (const auto id = Id::parse(document.text_at("supersedes"));
        id && document.text_at("status") == "signed")
      in_file.insert(*id);
  replaced->insert(in_file.begin(), in_file.end());
  for (const Value& document : records.items()) {
    const Record record = judge(document, instruments, Instant::at(now).date, {}, {});
    const auto id = Id::parse(record.assessment.id);
    if (!id) {
      Refusal invalid = refusal(Why::invalid);
      invalid.findings = record.findings;
      return invalid;
    }
    if (auto no = of_another_kind(record.assessment, desk.setting->demonstration))
      return *std::move(no);
    // A draft goes on here, about the child as it is called here.
    Value taken = document;
    if (Value* about = taken.find("child"); about != nullptr && !record.assessment.is_signed)
      about->set("ref", Value::text(child.ref));
    const auto there = kept_already(desk, *id, taken, child.id);
    if (!there) return there.error();
    if (*there) continue;
    if (record.assessment.is_signed) {
      Row row = fresh_row(*id, child.id, key, now);
      if (replaced->contains(*id)) row.standing = Standing::superseded;
      SignedRow kept;
      kept.document = document;
      kept.kept_by = desk.account.id;
      kept.brought_in = true;
      puts.push_back(
          sealed_put(desk.store_id(), RowKind::record, std::move(row), to_document(kept), secret));
      continue;
    }
    for (Put& put : new_draft(desk.store_id(), child.id, key, secret, taken, now))
      puts.push_back(std::move(put));
  }
  // Where the file comes again, with what has taken the place of a record that came before.
  for (const Id& each : in_file) {
    auto superseded = supersede(desk, each.text(), child.id, *replaced);
    // It came before in this place, or was amended here as well: the file is kept to the letter.
    if (!superseded && superseded.error().why == Why::is_superseded) continue;
    if (!superseded) return superseded.error();
    if (*superseded) puts.push_back(**std::move(superseded));
  }
  return puts;
}

}  // namespace gcp2
