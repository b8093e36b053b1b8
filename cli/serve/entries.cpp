#include "entries.h"

#include <algorithm>

#include "answers.h"
#include "members.h"

namespace gcp2::cli::web {
namespace {

using enum EntryField::Kind;
constexpr std::string_view lead = "lead_professional";

bool has_lead(const EntryList& list) { return list.member == "assessors"; }

void say(Value& entry, const EntryField& field, const Form& form) {
  const std::string_view typed = form.text(field.name);
  if (field.kind == several) {
    Value all = Value::list();
    for (std::string& each : form.texts(field.name))
      all.items().push_back(Value::text(std::move(each)));
    if (!all.items().empty())
      entry.set(field.key, std::move(all));
    else
      entry.erase(field.key);
  } else if (typed.empty()) {
    entry.erase(field.key);
  } else if (field.kind == grade) {
    if (typed.size() == 1 && Grade::from(typed[0] - '0'))
      entry.set(field.key, Value::number(std::int64_t{typed[0] - '0'}));
  } else {
    entry.set(field.key,
              field.kind == tick ? Value::boolean(true) : Value::text(std::string{typed}));
  }
}

/// The document with these entries in place of those that it has.
Value with_entries(const Value& document, const EntryList& list, Value entries) {
  Value out = document;
  Value& object = list.object.empty() ? out : object_in(out, list.object);
  if (entries.items().empty())
    object.erase(list.member);
  else
    object.set(list.member, std::move(entries));
  if (!list.object.empty() && object.members().empty()) out.erase(list.object);
  return out;
}

}  // namespace

const Value* entries_of(const Value& document, const EntryList& list) {
  const Value* object = list.object.empty() ? &document : document.find(list.object);
  const Value* entries = object == nullptr ? nullptr : object->find(list.member);
  return entries != nullptr && entries->is_list() ? entries : nullptr;
}

std::vector<Value> entries_shown(const Record& record, const EntryList& list) {
  const Value* kept = entries_of(record.document, list);
  std::vector<Value> out = kept == nullptr ? std::vector<Value>{} : kept->items();
  for (Value& each : out)
    if (has_lead(list) && each.text_at("ref") == record.assessment.lead_professional)
      each.set(leads_field, Value::boolean(true));
  return out;
}

Value first_entry(const Record& record, const EntryList& list) {
  Value entry = Value::object();
  if (list.member != "members" || !record.assessment.family.members.empty()) return entry;
  const Child& child = record.assessment.child;
  entry.set("name", Value::text(child.name));
  if (child.date_of_birth) entry.set("born", Value::text(child.date_of_birth->text()));
  for (const std::string_view key : {"is_child", "in_household"})
    entry.set(key, Value::boolean(true));
  return entry;
}

bool is_said_of_another(const Record& record, const EntryList& list,
                        std::optional<std::size_t> place, std::string_view node) {
  const Value* kept = entries_of(record.document, list);
  if (kept == nullptr || list.fields.front().key != "node" || list.member == "targets")
    return false;
  for (std::size_t i = 0; i < kept->items().size(); ++i)
    if (place != i && kept->items()[i].text_at("node") == node) return true;
  return false;
}

Value entry_said(const Record& record, const EntryList& list, Value entry, const Form& form) {
  const bool moves = entry.text_at("node") != form.text("node");
  if (list.member == "targets" && moves)
    for (const std::string_view key : {"from", "actual"}) entry.erase(key);
  for (const EntryField& field : list.fields) {
    say(entry, field, form);
    // A target starts from the grade that there is when it is set.
    const auto node = record.instrument->find(entry.text_at("node"));
    if (list.member == "targets" && field.key == "node" && entry.find("from") == nullptr && node)
      if (const auto& now = record.sheet.marks[*node].grade)
        entry.set("from", Value::number(std::int64_t{now->number()}));
  }
  return entry;
}

Value with_entry(const Record& record, const EntryList& list, std::optional<std::size_t> place,
                 const Form& form) {
  const Value* kept = entries_of(record.document, list);
  Value entries = kept == nullptr ? Value::list() : *kept, entry = Value::object();
  if (place) {
    entry = entries.items().at(*place);
    entries.items().erase(entries.items().begin() + static_cast<std::ptrdiff_t>(*place));
  } else if (!list.letter.empty()) {
    entry.set("ref", Value::text(unused_ref(record.document, list.letter)));
  }
  entry = entry_said(record, list, std::move(entry), form);
  const bool is_lead = entry.find(leads_field) != nullptr;
  const std::string ref{entry.text_at("ref")};
  entry.erase(leads_field);
  const std::size_t to = std::min(place.value_or(entries.items().size()), entries.items().size());
  entries.items().insert(entries.items().begin() + static_cast<std::ptrdiff_t>(to),
                         std::move(entry));
  Value out = with_entries(record.document, list, std::move(entries));
  if (has_lead(list) && is_lead) out.set(lead, Value::text(ref));
  if (has_lead(list) && !is_lead && out.text_at(lead) == ref) out.erase(lead);
  return out;
}

Value without_entry(const Record& record, const EntryList& list, std::size_t place) {
  Value entries = *entries_of(record.document, list);
  entries.items().erase(entries.items().begin() + static_cast<std::ptrdiff_t>(place));
  return with_entries(record.document, list, std::move(entries));
}

}  // namespace gcp2::cli::web
