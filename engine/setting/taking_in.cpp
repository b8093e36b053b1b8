#include "setting/taking_in.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "setting/arrival.h"
#include "setting/drafts.h"
#include "setting/identity.h"
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

Allowed<Done> leads_nowhere_back(Desk::State& desk, const Id& id, const Value& document,
                                 const Id& child, const Coming& coming) {
  const auto earlier = [](const Value& of) { return Id::parse(of.text_at("supersedes")); };
  std::set<Id> seen;
  for (auto at = earlier(document); at && seen.insert(*at).second;) {
    if (*at == id) {
      Refusal circle = refusal(Why::invalid);
      circle.findings.push_back({.code = "supersedes_in_a_circle",
                                 .severity = Severity::invalid,
                                 .pointer = "/supersedes",
                                 .details = {{"other", earlier(document)->text()}}});
      return circle;
    }
    const auto comes = std::ranges::find(coming, *at, &Coming::value_type::first);
    if (comes != coming.end()) {
      at = earlier(*comes->second);
      continue;
    }
    const auto row = desk.store().row(RowKind::record, *at);
    if (!row) return failed(row);
    if (!*row || (*row)->owner != child) break;
    const auto kept = read_signed(desk, **row);
    if (!kept) return kept.error();
    at = earlier(kept->document);
  }
  return Done{};
}

namespace {

/// Whether a draft is as it was when it came from another setting: one that was added here is
/// somebody's own.
Allowed<bool> is_as_accepted(Desk::State& desk, const Draft& draft) {
  if (draft.row.revision != 1) return false;
  bool accepted = false;
  const auto read = desk.store().entries_from(1, [&](const Entry& entry) {
    if (entry.table == RowKind::draft && entry.row == draft.row.id && entry.outcome == "written")
      accepted = entry.action == name_of(Action::accept);
    return true;
  });
  if (!read) return failed(read);
  return accepted;
}

/// Whether nothing that was said here is lost when the signed record takes the draft's place.
Allowed<bool> gives_way(Desk::State& desk, const Draft& draft, const Value& as_signed) {
  Value said = draft.whole();
  said.erase("status");
  // Each setting's own.
  if (Value* about = said.find("child")) about->erase("ref");
  if (taken_back(said, as_signed).empty()) return true;
  return is_as_accepted(desk, draft);
}

/// What a record that comes in finds under its id.
struct Found {
  bool same = false;           ///< to the letter, as where a child's file comes a second time
  std::optional<Draft> draft;  ///< which gives way
  std::optional<Why> clash;    ///< what stays as it is, or cannot be kept
};
Allowed<Found> found_under(Desk::State& desk, const Id& id, const Value& document, bool is_signed,
                           const Id& child) {
  Found out;
  const auto record = desk.store().row(RowKind::record, id);
  if (!record) return failed(record);
  if (*record) {
    if ((*record)->owner != child) return refusal(Why::is_signed);
    const auto kept = read_signed(desk, **record);
    if (!kept) return kept.error();
    out.same = kept->document == document;
    if (!out.same) out.clash = Why::is_signed;
    return out;
  }
  const auto row = desk.store().row(RowKind::draft, id);
  if (!row) return failed(row);
  if (unkeepable(document)) out.clash = Why::invalid;
  if (!*row) return out;
  if ((*row)->owner != child) return refusal(Why::already_there);
  auto draft = read_draft(desk, id);
  if (!draft) return draft.error();
  out.same = draft->whole() == document;
  if (out.same || out.clash) return out;
  const auto yields = is_signed ? gives_way(desk, *draft, document) : Allowed<bool>{false};
  if (!yields) return yields.error();
  if (*yields)
    out.draft = *std::move(draft);
  else
    out.clash = Why::already_there;
  return out;
}

/// What a record of the file says of the child; references are each setting's own, also those of
/// settings before the sender.
ChildFacts said_in(const Assessment& assessment, const ChildFacts& child) {
  ChildFacts said = facts_of(assessment);
  said.ref = child.ref;
  return said;
}

/// A signed record of the file that takes an earlier one's place.
struct Amendment {
  Id id, earlier;
  Assessment assessment;
};
std::vector<Amendment> amendments_in(const Value& records) {
  std::vector<Amendment> out;
  for (const Value& document : records.items()) {
    Findings ignored;
    Assessment assessment = read_assessment(document, ignored);
    const auto id = Id::parse(assessment.id), earlier = Id::parse(document.text_at("supersedes"));
    if (id && earlier && assessment.is_signed)
      out.push_back({*id, *earlier, std::move(assessment)});
  }
  return out;
}

/// Those that one of the file which is the child's supersedes, over others too: what they say
/// wrongly of the child it puts right.
std::set<Id> put_right(const std::vector<Amendment>& amendments, const ChildFacts& child) {
  std::map<Id, Id> earlier;
  std::vector<Id> fitting;
  for (const Amendment& each : amendments) {
    earlier.emplace(each.id, each.earlier);
    if (!differ(child, said_in(each.assessment, child), {})) fitting.push_back(each.id);
  }
  std::set<Id> out;
  for (const Id& each : fitting)
    for (auto at = earlier.find(each); at != earlier.end() && out.insert(at->second).second;)
      at = earlier.find(at->second);
  return out;
}

/// Signed records of the file that would be in force beside a kept one, which replaces already what
/// they replace, by themselves or over others of the file: of two such grades nobody could say
/// which hold, and the one would pass for a change since the other.
Allowed<std::set<Id>> rivals(Desk::State& desk, const std::vector<Amendment>& amendments,
                             const std::set<Id>& replaced) {
  std::multimap<Id, Id> by;
  for (const Amendment& each : amendments) {
    if (replaced.contains(each.id)) continue;
    const auto kept = desk.store().row(RowKind::record, each.id);
    if (!kept) return failed(kept);
    if (!*kept) by.emplace(each.earlier, each.id);
  }
  std::set<Id> out;
  std::vector<Id> open(replaced.begin(), replaced.end());
  while (!open.empty()) {
    const Id earlier = open.back();
    open.pop_back();
    const auto [first, last] = by.equal_range(earlier);
    for (auto each = first; each != last; ++each)
      if (out.insert(each->second).second) open.push_back(each->second);
  }
  return out;
}

/// Why a record of the file is left out, whatever is kept here under its id; nullopt: it is not.
/// What is not for a store of this kind refuses everything. `whose`: as told by the file and the
/// records so far, to which this one's adds; nullptr: it may say wrongly whose it is.
Allowed<std::optional<Why>> amiss(const Record& record, ChildFacts* whose, bool demonstration) {
  if (auto no = unfit(record, demonstration)) {
    if (no->why != Why::invalid && no->why != Why::nameless) return *std::move(no);
    return std::optional{Why::invalid};
  }
  if (whose == nullptr) return std::optional<Why>{};
  const ChildFacts said = said_in(record.assessment, *whose);
  if (differ(*whose, said, {})) return std::optional{Why::other_child};
  learn(*whose, said, Telling::again);
  return std::optional<Why>{};
}

}  // namespace

Allowed<TakenIn> taken_in(Desk::State& desk, const Value& records, const ChildFacts& child,
                          const Id& key, const Secret& secret, const Instruments& instruments) {
  TakenIn out;
  const Id store = desk.store_id();
  const Seconds now = desk.setting->now();
  auto replaced = replaced_records(desk, child.id);
  if (!replaced) return replaced.error();
  const std::vector<Amendment> amendments = amendments_in(records);
  const auto rival = rivals(desk, amendments, *replaced);
  if (!rival) return rival.error();
  std::set<Id> in_file;  // those that a signed record of the file replaces
  Coming coming;
  std::map<Id, const Value*> seen;
  ChildFacts whose = child;
  const std::set<Id> right_by_now = put_right(amendments, child);
  for (const Value& document : records.items()) {
    Record record = judge(document, instruments, Instant::at(now).date, {}, {});
    const bool is_signed = record.assessment.is_signed;
    const auto id = Id::parse(record.assessment.id);
    if (!id) {
      Refusal invalid = refusal(Why::invalid);
      invalid.findings = record.findings;
      return invalid;
    }
    const auto leave_out = [&](Why why) { out.left_out.push_back({*id, is_signed, why}); };
    if (const auto [first, is_first] = seen.try_emplace(*id, &document); !is_first) {
      if (*first->second != document) leave_out(Why::replayed);
      continue;
    }
    // A draft goes on here, about the child as it is called here.
    Value taken = document;
    if (const Value* about = taken.find("child");
        about != nullptr && about->is_object() && !is_signed) {
      call_as_here(taken, child);
      record.assessment.child.ref = child.ref;
    }
    const auto wrong =
        amiss(record, right_by_now.contains(*id) ? nullptr : &whose, desk.setting->demonstration);
    if (!wrong) return wrong.error();
    const auto here = found_under(desk, *id, taken, is_signed, child.id);
    // What is kept to the letter stays.
    if (*wrong && !(here && here->same)) {
      leave_out(**wrong);
      continue;
    }
    if (!here) return here.error();
    if (here->clash) {
      leave_out(*here->clash);
      continue;
    }
    if (rival->contains(*id)) {
      leave_out(Why::is_superseded);
      continue;
    }
    if (is_signed && !here->same) {
      const auto ends = leads_nowhere_back(desk, *id, document, child.id, coming);
      if (!ends && ends.error().why != Why::invalid) return ends.error();
      if (!ends) {
        leave_out(Why::invalid);
        continue;
      }
    }
    if (const auto earlier = Id::parse(document.text_at("supersedes")); earlier && is_signed)
      in_file.insert(*earlier);
    if (here->same) continue;
    if (!is_signed) {
      for (Put& put : new_draft(store, child.id, key, secret, taken, now))
        out.puts.push_back(std::move(put));
      continue;
    }
    coming.emplace_back(*id, &document);
    if (!here->draft) continue;
    // An answer that is saved in this moment is a conflict, not lost.
    out.puts.push_back(touched(store, secret, *here->draft, here->draft->head, now));
    std::ranges::copy(dropped(*here->draft), std::back_inserter(out.drops));
  }
  replaced->insert(in_file.begin(), in_file.end());
  for (const auto& [id, document] : coming) {
    Row row = fresh_row(id, child.id, key, now);
    if (replaced->contains(id)) row.standing = Standing::superseded;
    SignedRow kept;
    kept.document = *document;
    kept.kept_by = desk.account.id;
    kept.brought_in = true;
    out.puts.push_back(
        sealed_put(store, RowKind::record, std::move(row), to_document(kept), secret));
  }
  // Where the file comes again, with what has taken the place of a record that came before.
  for (const Id& each : in_file) {
    auto superseded = supersede(desk, each.text(), child.id, *replaced);
    // It came before in this place.
    if (!superseded && superseded.error().why == Why::is_superseded) continue;
    if (!superseded) return superseded.error();
    if (*superseded) out.puts.push_back(**std::move(superseded));
  }
  return out;
}

}  // namespace gcp2
