#include <utility>

#include "setting/arrival.h"
#include "setting/facts.h"
#include "setting/kept.h"
#include "setting/signed_row.h"
#include "setting/taking_in.h"

namespace gcp2 {
namespace {

RecordLine line_of(const Row& row, const Value& document) {
  RecordLine line;
  line.id = row.id;
  line.is_superseded = row.standing == Standing::superseded;
  line.supersedes = document.text_at("supersedes");
  if (const Value* window = document.find("window")) {
    line.window_from = window->text_at("from");
    line.window_to = window->text_at("to");
  }
  line.at = row.at;
  return line;
}

Id id_of(const Value& document) { return Id::parse(document.text_at("id")).value_or(Id{}); }

bool same_member(const Value& left, const Value& right, std::string_view key) {
  const Value* l = left.find(key);
  const Value* r = right.find(key);
  return l == nullptr || r == nullptr ? l == r : *l == *r;
}

/// What a draft was to supersede can have been superseded by another meanwhile: then it may be for
/// what is in force now, and for nothing else.
Allowed<Done> may_supersede(Desk::State& desk, const Id& draft, const Value& document,
                            const Id& child) {
  const auto earlier = Id::parse(document.text_at("supersedes"));
  if (!earlier) return refusal(Why::not_a_draft);
  const auto row = desk.store().row(RowKind::record, *earlier);
  if (!row) return failed(row);
  if (!*row || (*row)->owner != child || (*row)->standing == Standing::superseded)
    return refusal(Why::not_a_draft);
  return leads_nowhere_back(desk, draft, document, child);
}

}  // namespace

Allowed<std::vector<RecordLine>> Desk::history(const Id& child, const Purpose& purpose) {
  Act act{*state_, Action::history, purpose};
  if (auto no = act.barred()) return *std::move(no);
  if (auto no = act.barred_from(child)) return *std::move(no);
  if (const auto facts = state_->facts(child); !facts) return act.refuse(facts.error());
  std::vector<RecordLine> lines;
  for (const RowKind table : {RowKind::record, RowKind::draft}) {
    if (table == RowKind::draft && !state_->sees_drafts()) break;
    const auto rows = state_->store().rows_of(table, child);
    if (!rows) return failed(rows);
    for (const Row& row : *rows) {
      act.looked_at(table, row);
      if (table == RowKind::draft) {
        const auto head = state_->content(table, row);
        if (!head) return act.refuse(head.error());
        lines.push_back(line_of(row, *head));
        continue;
      }
      const auto record = read_signed(*state_, row);
      if (!record) return act.refuse(record.error());
      RecordLine& line = lines.emplace_back(line_of(row, record->document));
      line.is_signed = true;
      line.kept_by = record->kept_by;
      line.brought_in = record->brought_in;
      line.signed_off_by = record->signed_off_by;
      line.signed_off_at = record->signed_off_at;
    }
  }
  put_in_order(lines, [](const RecordLine& line) {
    return Place{line.window_to, line.window_from,
                 line.id,        Id::parse(line.supersedes).value_or(Id{}),
                 line.is_signed, line.at};
  });
  if (const auto logged = act.done(); !logged) return logged.error();
  return lines;
}

Allowed<Value> Desk::read(const Id& record, const Purpose& purpose) {
  auto found = read_with_child(record, purpose);
  if (!found) return found.error();
  return std::move(found->document);
}

Allowed<ChildsRecord> Desk::read_with_child(const Id& record, const Purpose& purpose) {
  Act act{*state_, Action::read, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto child = owner_of(*state_, record);
  if (!child) return act.refuse(child.error());
  if (auto no = act.barred_from(*child)) return *std::move(no);
  auto facts = state_->facts(*child);
  if (!facts) return act.refuse(facts.error());
  auto found = kept(*state_, record);
  if (!found) return act.refuse(found.error());
  act.looked_at(found->table, found->row);
  if (const auto logged = act.done(); !logged) return logged.error();
  return ChildsRecord{*std::move(facts), std::move(found->document)};
}

Allowed<Value> Desk::save_draft(const Value& base, const Value& changed, const Purpose& purpose) {
  Act act{*state_, Action::save_draft, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const Id id = id_of(changed);
  const auto child = owner_of(*state_, id);
  if (!child) return act.refuse(child.error());
  if (auto no = act.barred_from(*child)) return *std::move(no);
  if (auto no = unkeepable(changed)) return act.refuse(*std::move(no));
  Findings ignored;
  const ChildFacts said = facts_of(read_assessment(changed, ignored));
  const auto facts = state_->facts(*child);
  if (!facts) return act.refuse(facts.error());
  if (said.ref != facts->ref || id_of(base) != id) return act.refuse(Why::other_child);
  if (!same_member(base, changed, "dismissed") && !may(state_->account.role, Action::dismiss))
    return Act{*state_, Action::dismiss, purpose}.refuse(Why::role);
  // As often as others save the same draft in the same moment.
  for (int tries = 0;; ++tries) {
    const auto found = kept(*state_, id);
    if (!found) return act.refuse(found.error());
    if (!found->draft) return act.refuse(Why::is_signed);
    // Format and signature are not for a draft to change.
    for (const std::string_view key : {"format", "status", "signed"})
      if (!same_member(found->document, changed, key)) return act.refuse(Why::not_a_draft);
    if (!same_member(found->document, changed, "supersedes"))
      if (const auto may = may_supersede(*state_, id, changed, *child); !may)
        return act.refuse(may.error());
    const auto secret = state_->key(found->row.key);
    if (!secret) return act.refuse(secret.error());
    Merge merge =
        merged(state_->store_id(), **secret, *found->draft, base, changed, state_->setting->now());
    if (!merge.clashes.empty()) {
      Refusal why = refusal(Why::changed_meanwhile);
      why.places = std::move(merge.clashes);
      return act.refuse(std::move(why));
    }
    if (merge.batch.puts.empty() && merge.batch.drops.empty()) {
      act.looked_at(found->table, found->row);
      if (const auto logged = act.done(); !logged) return logged.error();
      return found->document;
    }
    const auto done = act.attempted(std::move(merge.batch));
    constexpr int most_tries = 20;
    if (!done && (done.error().why != Why::changed_meanwhile || tries == most_tries))
      return act.refuse(done.error());
    if (!done) continue;
    const auto draft = read_draft(*state_, id);
    if (!draft) return draft.error();
    return draft->whole();
  }
}

Allowed<Value> Desk::sign(const Id& draft, std::string_view by, const Instruments& instruments,
                          const Purpose& purpose, const Value* as_read) {
  Act act{*state_, Action::sign, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto child = owner_of(*state_, draft);
  if (!child) return act.refuse(child.error());
  if (auto no = act.barred_from(*child)) return *std::move(no);
  const auto found = kept(*state_, draft);
  if (!found) return act.refuse(found.error());
  if (!found->draft) return act.refuse(Why::is_signed);
  if (as_read != nullptr && found->document != *as_read) return act.refuse(Why::changed_meanwhile);
  const Seconds now = state_->setting->now();
  const Record as_draft = judge(found->document, instruments, Instant::at(now).date, {}, {});
  Refusal invalid = refusal(Why::invalid);
  if (as_draft.instrument == nullptr) {
    invalid.findings = as_draft.findings;
    return act.refuse(std::move(invalid));
  }
  const Record as_signed = judge(signed_document(as_draft, by, Instant::at(now)), instruments,
                                 Instant::at(now).date, {}, {});
  invalid.findings = unsignable(as_signed.findings);
  if (!invalid.findings.empty()) return act.refuse(std::move(invalid));
  // Two people can have added to it at once.
  if (auto no = unkeepable(as_signed.document)) return act.refuse(*std::move(no));
  // What the record says of the child may have grown since the draft was begun.
  Arrival arrival{*state_, purpose, Telling::again};
  if (const auto met = arrival.meet(facts_of(as_signed.assessment)); !met)
    return act.refuse(met.error());
  if (arrival.is_new() || arrival.facts().id != *child) return act.refuse(Why::other_child);
  const auto secret = state_->key(found->row.key);
  if (!secret) return act.refuse(secret.error());
  if (const auto ends = leads_nowhere_back(*state_, draft, as_signed.document, *child); !ends)
    return act.refuse(ends.error());
  const auto replaced = replaced_records(*state_, *child);
  if (!replaced) return act.refuse(replaced.error());
  Batch batch = arrival.batch();
  Row row = found->row;
  if (replaced->contains(draft)) row.standing = Standing::superseded;
  row.revision = 1;
  row.at = now;
  SignedRow record;
  record.document = as_signed.document;
  record.kept_by = state_->account.id;
  batch.puts.push_back(
      sealed_put(state_->store_id(), RowKind::record, row, to_document(record), **secret));
  auto superseded = supersede(*state_, as_signed.assessment.supersedes, *child, *replaced);
  if (!superseded) return act.refuse(superseded.error());
  if (*superseded) batch.puts.push_back(**std::move(superseded));
  // An answer that is saved in this moment is a conflict, not lost.
  batch.puts.push_back(
      touched(state_->store_id(), **secret, *found->draft, found->draft->head, now));
  batch.drops = dropped(*found->draft);
  if (const auto settled = arrival.settle(act); !settled) return settled.error();
  const auto done = act.done(std::move(batch));
  arrival.end_settling();
  if (!done) return done.error();
  return as_signed.document;
}

Allowed<Done> Desk::sign_off(const Id& record, const Purpose& purpose) {
  Act act{*state_, Action::sign_off, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto child = owner_of(*state_, record);
  if (!child) return act.refuse(child.error());
  if (auto no = act.barred_from(*child)) return *std::move(no);
  const auto found = state_->store().row(RowKind::record, record);
  if (!found) return failed(found);
  if (!*found) return act.refuse(Why::not_signed);
  Row row = **found;
  if (row.standing == Standing::superseded) return act.refuse(Why::is_superseded);
  auto content = read_signed(*state_, row);
  if (!content) return act.refuse(content.error());
  const auto is_own = state_->is_of_this_person(content->kept_by);
  if (!is_own) return is_own.error();
  if (*is_own) return act.refuse(Why::second_person);
  if (!content->signed_off_by.none()) return act.done();
  content->signed_off_by = state_->account.id;
  content->signed_off_at = state_->setting->now();
  const auto secret = state_->key(row.key);
  if (!secret) return act.refuse(secret.error());
  ++row.revision;
  row.at = content->signed_off_at;
  Batch batch;
  batch.puts.push_back(
      sealed_put(state_->store_id(), RowKind::record, row, to_document(*content), **secret));
  return act.done(std::move(batch));
}

Allowed<Value> Desk::amend(const Id& record, const Instruments& instruments,
                           const Purpose& purpose) {
  Act act{*state_, Action::amend, purpose};
  if (auto no = act.barred()) return *std::move(no);
  const auto child = owner_of(*state_, record);
  if (!child) return act.refuse(child.error());
  if (auto no = act.barred_from(*child)) return *std::move(no);
  const auto found = kept(*state_, record);
  if (!found) return act.refuse(found.error());
  if (found->draft) return act.refuse(Why::not_signed);
  if (found->row.standing == Standing::superseded) return act.refuse(Why::is_superseded);
  const Seconds now = state_->setting->now();
  const Record judged = judge(found->document, instruments, Instant::at(now).date, {}, {});
  if (judged.instrument == nullptr) {
    Refusal invalid = refusal(Why::invalid);
    invalid.findings = judged.findings;
    return act.refuse(std::move(invalid));
  }
  const auto begun = state_->store().rows_of(RowKind::draft, *child);
  if (!begun) return failed(begun);
  for (const Row& row : *begun) {
    const auto draft = read_draft(*state_, row.id);
    if (!draft) return act.refuse(draft.error());
    if (Id::parse(draft->head.text_at("supersedes")) != record) continue;
    act.looked_at(RowKind::draft, row);
    if (const auto logged = act.done(); !logged) return logged.error();
    return draft->whole();
  }
  Value document = successor_of(judged, Id::random().text());
  const auto facts = state_->facts(*child);
  if (!facts) return act.refuse(facts.error());
  call_as_here(document, *facts);
  drop_repeats(document);
  if (auto no = unkeepable(document)) return act.refuse(*std::move(no));
  const auto secret = state_->key(found->row.key);
  if (!secret) return act.refuse(secret.error());
  Batch batch;
  batch.puts = new_draft(state_->store_id(), *child, found->row.key, **secret, document, now);
  if (const auto done = act.done(std::move(batch)); !done) return done.error();
  return document;
}

}  // namespace gcp2
