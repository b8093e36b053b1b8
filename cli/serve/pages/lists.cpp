// The lists of a draft, a page each: what is kept, and a form to add, change or take away an entry.
#include <algorithm>
#include <charconv>

#include "../../phrase.h"
#include "../entries.h"
#include "../told.h"
#include "gcp2/json.h"
#include "gcp2/seal.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

using Kind = EntryField::Kind;
constexpr int not_found = 404, conflict = 409;

/// The draft and the list of the path, or what is answered instead.
struct Open {
  std::optional<Answer> instead = {};
  std::optional<Record> record = {};
  const EntryList* list = nullptr;
};

Open opened(const Visit& visit) {
  const EntryList* list = entry_list(visit.parts[1]);
  auto record = judged(visit, visit.id());
  if (!record) return {problem(visit, record.error())};
  if (record->instrument == nullptr || list == nullptr)
    return {problem(visit, not_found, phrase("serve.no_page"))};
  if (record->assessment.is_signed) return {problem(visit, {.why = Why::is_signed})};
  return {{}, *std::move(record), list};
}

std::string address(const Visit& visit, const EntryList& list) {
  return "/records/" + visit.id().text() + "/lists/" + std::string{list.name};
}

/// Stands for the list as it is now, and who leads; empty where there is none. A page has it in
/// every form.
std::string state_of(const Record& record, const EntryList& list) {
  Value entries = Value::list();
  entries.items() = entries_shown(record, list);
  return entries.items().empty() ? "" : sha256(write_json(entries, Layout::line));
}

/// A number that stands for an entry of the list as it is now.
std::optional<std::size_t> place_of(std::string_view text, std::size_t entries) {
  std::size_t place = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), place);
  if (error != std::errc{} || end != text.data() + text.size() || place >= entries)
    return std::nullopt;
  return place;
}

/// The sentence of a key; empty where there is none.
std::string words(const std::string& key) {
  return Language::english().has(key) ? phrase(key) : "";
}

std::vector<std::string> texts_of(const Value* value) {
  std::vector<std::string> out;
  if (value != nullptr && !value->is_list() && value->text() != "false")
    out.push_back(value->text());
  if (value != nullptr)
    for (const Value& each : value->items()) out.push_back(each.text());
  return out;
}

/// The values of a field; what is kept is one of them until somebody takes it away.
std::vector<Choice> values_of(const Record& record, const EntryList& list, const EntryField& field,
                              const std::vector<std::string>& chosen) {
  std::vector<Choice> out;
  if (field.kind == Kind::grade)
    for (int grade = Grade::best; grade <= Grade::worst; ++grade)
      out.push_back({std::to_string(grade), std::to_string(grade), ""});
  if (field.kind != Kind::one && field.kind != Kind::several) return out;
  out = choices_of(record, list, field);
  for (const std::string& each : chosen)
    if (std::ranges::find(out, each, &Choice::value) == out.end())
      out.push_back({each, each, each});
  return out;
}

Shown shown_field(const Record& record, const EntryList& list, const EntryField& field,
                  const Value& entry, const std::vector<Slip>& slips) {
  static constexpr std::string_view kinds[] = {"line", "text", "day",    "grade",
                                               "tick", "one",  "several"};
  const std::string name{field.name}, key = std::string{list.name} + "." + name;
  const std::string hint = words("serve.hint." + key);
  const auto chosen = texts_of(entry.find(field.key));
  const auto slip = std::ranges::find(slips, name, &Slip::field);
  const std::string described =
      (hint.empty() ? "" : name + "-hint ") + (slip == slips.end() ? "" : name + "-error");
  Shown out = shown({{"name", name},
                     {"label", phrase("serve.field." + key)},
                     {"hint", hint},
                     {"slip", slip == slips.end() ? "" : slip->text},
                     {"described", described}});
  out.set("value", chosen.empty() ? "" : chosen.front());
  out.set("ticked", !chosen.empty());
  out.set(std::string{kinds[static_cast<std::size_t>(field.kind)]}, true);
  out.set("group", field.kind == Kind::grade || field.kind == Kind::several);
  Shown choices{Shown::type::list};
  for (const Choice& choice : values_of(record, list, field, chosen)) {
    Shown one = shown(
        {{"value", choice.value}, {"label", choice.label}, {"id", name + "-" + choice.value}});
    one.set("chosen", std::ranges::find(chosen, choice.value) != chosen.end());
    choices << one;
  }
  out.set("choices", choices);
  return out;
}

/// Every entry by the first thing that it says, and what else it says below.
Shown shown_entries(const Record& record, const EntryList& list) {
  Shown out{Shown::type::list};
  std::size_t place = 0;
  for (const Value& entry : entries_shown(record, list)) {
    std::string label;
    Shown lines{Shown::type::list};
    for (const EntryField& field : list.fields) {
      std::string said = said_of(record, list, field, entry);
      if (said.empty()) continue;
      if (label.empty())
        label = std::move(said);
      else
        lines << shown({{"text", said}});
    }
    Shown one = shown({{"place", std::to_string(place++)},
                       {"label", label.empty() ? phrase("serve.nameless") : label}});
    one.set("lines", lines);
    out << one;
  }
  return out;
}

/// `place`: of the entry that is changed; nullopt: one is added to those that are shown.
Answer form_for(const Visit& visit, const Record& record, const EntryList& list,
                std::optional<std::size_t> place, const Value& entry,
                const std::vector<Slip>& slips = {}, int status = 200) {
  const std::string name{list.name};
  Shown fields{Shown::type::list};
  for (const EntryField& field : list.fields)
    fields << shown_field(record, list, field, entry, slips);
  Shown content = shown({{"record", visit.id().text()},
                         {"action", address(visit, list)},
                         {"child", name_of_child(record)},
                         {"window", window_of(record)},
                         {"says", phrase("serve.says." + name)},
                         {"add", phrase("serve.add." + name)},
                         {"base", state_of(record, list)}});
  content.set("entry", place ? Shown{std::to_string(*place)} : Shown{false});
  content.set("fields", fields);
  if (!place) {
    const Shown entries = shown_entries(record, list);
    content.set("entries", entries);
    content.set("any", entries.is_non_empty_list());
  }
  return page(visit, "list", phrase("serve.list." + name), content, slips, status);
}

/// What is wrong with a field as it was typed; empty: nothing.
std::string_view wrong_in(const Record& record, const EntryList& list, const EntryField& field,
                          const Value& before, const std::vector<std::string>& typed) {
  const bool is_given = std::ranges::any_of(typed, [](const std::string& each) {
    return each.find_first_not_of(" \t\n") != std::string::npos;
  });
  if (!is_given) return field.need;
  if (field.kind == Kind::day && !Date::parse(typed.front())) return "serve.no_day";
  const auto known = values_of(record, list, field, texts_of(before.find(field.key)));
  const bool is_known = known.empty() || std::ranges::all_of(typed, [&](const std::string& each) {
                          return std::ranges::find(known, each, &Choice::value) != known.end();
                        });
  if (is_known) return "";
  return field.need.empty() ? std::string_view{"serve.no_choice"} : field.need;
}

std::vector<Slip> slips_in(const Record& record, const EntryList& list,
                           std::optional<std::size_t> place, const Value& before,
                           const Form& form) {
  std::vector<Slip> slips;
  if (is_said_of_another(record, list, place, form.text("node")))
    slips.push_back({"node", phrase("serve.said_already")});
  for (const EntryField& field : list.fields) {
    const auto wrong = wrong_in(record, list, field, before, form.texts(field.name));
    if (!wrong.empty()) slips.push_back({std::string{field.name}, phrase(wrong)});
  }
  return slips;
}

}  // namespace

Answer list_page(Visit& visit) {
  const Open open = opened(visit);
  if (open.instead) return *open.instead;
  return form_for(visit, *open.record, *open.list, {}, first_entry(*open.record, *open.list));
}

Answer entry_page(Visit& visit) {
  const Open open = opened(visit);
  if (open.instead) return *open.instead;
  const auto entries = entries_shown(*open.record, *open.list);
  const auto place = place_of(visit.parts[2], entries.size());
  if (!place) return problem(visit, not_found, phrase("serve.no_page"));
  return form_for(visit, *open.record, *open.list, place, entries[*place]);
}

Answer save_entry(Visit& visit) {
  const Open open = opened(visit);
  if (open.instead) return *open.instead;
  const Record& record = *open.record;
  const EntryList& list = *open.list;
  const auto entries = entries_shown(record, list);
  const auto typed = [&](const Value& before) {
    return entry_said(record, list, before, visit.form);
  };
  if (visit.form.text("base") != state_of(record, list))
    return form_for(visit, record, list, {}, typed(Value::object()),
                    {{std::string{list.fields.front().name}, phrase("serve.changed_list")}},
                    conflict);
  const auto removed = place_of(visit.form.text("remove"), entries.size());
  const auto place = place_of(visit.form.text("entry"), entries.size());
  const bool is_named = !visit.form.text("remove").empty() || !visit.form.text("entry").empty();
  if (is_named && !removed && !place) return problem(visit, not_found, phrase("serve.no_page"));
  if (!removed) {
    const Value before = place ? entries[*place] : Value::object();
    if (const auto slips = slips_in(record, list, place, before, visit.form); !slips.empty())
      return form_for(visit, record, list, place, typed(before), slips);
  }
  const Value changed =
      removed ? without_entry(record, list, *removed) : with_entry(record, list, place, visit.form);
  const auto done = visit.desk().save_draft(record.document, changed, visit.purpose());
  if (!done) return problem(visit, done.error());
  return see(address(visit, list));
}

}  // namespace gcp2::cli::web
