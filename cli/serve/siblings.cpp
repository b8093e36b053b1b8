#include "siblings.h"

#include <algorithm>

#include "../phrase.h"
#include "children.h"
#include "members.h"

namespace gcp2::cli::web {
namespace {

constexpr std::string_view further[] = {"sibling_ref", "sibling_name", "sibling_born"};

bool is_further(const Form& form) {
  return std::ranges::any_of(further,
                             [&](std::string_view field) { return !form.text(field).empty(); });
}

std::string field_of(const ChildFacts& child) { return "sibling-" + child.id.text(); }

void say(Value& object, std::string_view key, const std::string& text) {
  if (!text.empty()) object.set(key, Value::text(text));
}

Value with_child(Value document, const ChildFacts& facts) {
  Value child = Value::object();
  say(child, "ref", facts.ref);
  say(child, "family", facts.family_ref);
  say(child, "name", facts.name);
  say(child, "date_of_birth", facts.date_of_birth ? facts.date_of_birth->text() : "");
  say(child, "nhs_number", facts.nhs_number);
  say(child, "upn", facts.upn);
  document.set("child", std::move(child));
  return document;
}

/// Of the same looks at the family. Grades, evidence and views are each child's own.
Value with_shared(Value document, const Value& beside) {
  for (const std::string_view key :
       {"instrument", "window", "consent", "assessors", "lead_professional", "agencies"})
    if (const Value* shared = beside.find(key)) document.set(key, *shared);
  object_in(document, "child").set("family", Value::text(said_in(beside, "child", "family")));
  return document;
}

/// Why it was refused; nullopt where it is started.
std::optional<Slip> start_one(const Visit& visit, const Allowed<Value>& begun, const Value& beside,
                              const std::string& field, const std::string& name) {
  const auto refused = [&](const std::string& why) {
    return Slip{field, phrase("serve.sibling_refused", {{"child", name}, {"why", why}})};
  };
  if (!begun) return refused(sentence(begun.error()));
  const auto done = visit.desk().add(with_shared(*begun, beside), visit.site.instruments, {});
  if (done) return std::nullopt;
  const Findings& findings = done.error().findings;
  return refused(findings.empty() ? sentence(done.error()) : message(findings.front()));
}

}  // namespace

std::string said_in(const Value& document, std::string_view object, std::string_view key) {
  const Value* said = object.empty() ? &document : document.find(object);
  return std::string{said == nullptr ? std::string_view{} : said->text_at(key)};
}

Value empty_document(const Visit& visit, std::string_view instrument_id) {
  const Instrument* instrument = &visit.site.instruments.list.front();
  for (const Instrument& each : visit.site.instruments.list)
    if (each.id == instrument_id) instrument = &each;
  Value which = Value::object();
  which.set("id", Value::text(instrument->id));
  which.set("version", Value::text(instrument->version));
  Value document = Value::object();
  document.set("format", Value::text(std::string{assessment_format}));
  document.set("id", Value::text(Id::random().text()));
  document.set("instrument", std::move(which));
  document.set("status", Value::text("draft"));
  return document;
}

Allowed<ChildFacts> in_caseload(const Visit& visit, const Id& child) {
  const auto caseload = visit.desk().children(false, {});
  if (!caseload) return caseload.error();
  const auto found = std::ranges::find(*caseload, child, &ChildFacts::id);
  if (found != caseload->end()) return *found;
  ChildFacts facts;
  facts.id = child;
  return facts;
}

Allowed<std::vector<ChildFacts>> siblings_of(const Visit& visit, const Id& child,
                                             std::string_view family_ref) {
  auto caseload = visit.desk().children(false, {});
  if (!caseload) return caseload.error();
  const auto own = std::ranges::find(*caseload, child, &ChildFacts::id);
  const ChildFacts known = own == caseload->end() ? ChildFacts{} : *own;
  const auto is_of_family = [&](const ChildFacts& each) {
    const std::string& ref = each.family_ref;
    if (!ref.empty() && ref == family_ref) return true;
    // Who has left a family keeps the key of then: what is said of it now goes before.
    if (!ref.empty() && !known.family_ref.empty()) return ref == known.family_ref;
    return !known.family.none() && each.family == known.family;
  };
  std::erase_if(*caseload,
                [&](const ChildFacts& each) { return each.id == child || !is_of_family(each); });
  return caseload;
}

Allowed<std::vector<Sibling>> siblings_beside(const Visit& visit, const Id& child,
                                              const Value& document) {
  const auto children = siblings_of(visit, child, said_in(document, "child", "family"));
  if (!children) return children.error();
  std::vector<Sibling> out;
  for (const ChildFacts& each : *children) {
    const auto lines = visit.desk().history(each.id, {});
    if (!lines) return lines.error();
    std::optional<RecordLine> found;
    for (const RecordLine& line : *lines) {
      const bool is_of_these_days = line.window_from == said_in(document, "window", "from") &&
                                    line.window_to == said_in(document, "window", "to");
      // The draft of an amendment, rather than what it is to replace.
      if (is_of_these_days && !line.is_superseded && (!found || !line.is_signed)) found = line;
    }
    out.push_back({each, std::move(found)});
  }
  return out;
}

Allowed<Value> begun_for(const Visit& visit, const ChildFacts& child) {
  const auto last = last_in_force(visit, child.id, {});
  if (!last) return last.error();
  if (!*last) return with_child(empty_document(visit, ""), child);
  const auto earlier = visit.desk().read_with_child(**last, visit.purpose());
  if (!earlier) return earlier.error();
  return begun_from(empty_document(visit, said_in(earlier->document, "instrument", "id")),
                    earlier->document, earlier->child);
}

Value begun_from(Value document, const Value& earlier, const ChildFacts& known) {
  const Value* child = earlier.find("child");
  if (child == nullptr || !child->is_object())
    document = with_child(std::move(document), known);
  else
    document.set("child", *child);
  call_as_here(document, known);
  // The earlier record may be of before a move.
  if (!known.family_ref.empty())
    object_in(document, "child").set("family", Value::text(known.family_ref));
  for (const std::string_view key : {"carers", "agencies", "family"})
    if (const Value* value = earlier.find(key)) document.set(key, *value);
  return document;
}

void show_sibling_fields(Shown& content, const Form& typed, const std::vector<ChildFacts>& choices,
                         const std::vector<Slip>& slips) {
  const auto slip_of = [&](const std::string& field) {
    const auto found = std::ranges::find(slips, field, &Slip::field);
    return found == slips.end() ? std::string{} : found->text;
  };
  Shown list{Shown::type::list};
  for (const ChildFacts& child : choices) {
    const std::string field = field_of(child);
    Shown one = shown({{"id", child.id.text()},
                       {"field", field},
                       {"name", name_of_child(child)},
                       {"slip", slip_of(field)}});
    one.set("chosen", typed.ticks("sibling", child.id.text()));
    list << one;
  }
  content.set("siblings", list);
  content.set("any_siblings", !choices.empty());
  for (const std::string_view field : further) {
    const std::string_view text = typed.text(field);
    content.set(std::string{field}, text.empty() ? Shown{false} : Shown{std::string{text}});
  }
  content.set("further", is_further(typed) || !slip_of("sibling_ref").empty());
  content.set("sibling_fields", inner("sibling_fields"));
}

bool names_siblings(const Form& form) { return form.has("sibling") || is_further(form); }

std::vector<Slip> slips_in_siblings(const Form& form, std::string_view family_ref) {
  std::vector<Slip> slips;
  if (!names_siblings(form)) return slips;
  if (family_ref.empty()) slips.push_back({"family", phrase("serve.need_family")});
  if (!is_further(form)) return slips;
  if (form.text("sibling_ref").empty())
    slips.push_back({"sibling_ref", phrase("serve.need_sibling_ref")});
  if (!Date::parse(form.text("sibling_born")))
    slips.push_back({"sibling_born", phrase("serve.need_sibling_born")});
  return slips;
}

std::vector<Slip> start_beside(const Visit& visit, const Value& document,
                               const std::vector<Sibling>& siblings) {
  const Form& form = visit.form;
  std::vector<Slip> slips;
  const auto keep = [&](std::optional<Slip> slip) {
    if (slip) slips.push_back(*std::move(slip));
  };
  for (const auto& [child, line] : siblings)
    if (form.ticks("sibling", child.id.text()) && !line)
      keep(start_one(visit, begun_for(visit, child), document, field_of(child),
                     name_of_child(child)));
  if (!is_further(form)) return slips;
  ChildFacts child;
  child.ref = form.text("sibling_ref");
  child.name = form.text("sibling_name");
  child.date_of_birth = Date::parse(form.text("sibling_born"));
  const auto known = std::ranges::find_if(
      siblings, [&](const Sibling& each) { return each.child.ref == child.ref; });
  if (child.ref == said_in(document, "child", "ref"))
    keep(Slip{"sibling_ref", phrase("serve.sibling_is_this_child")});
  else if (known != siblings.end() && known->line)
    keep(Slip{"sibling_ref", phrase("serve.sibling_has_record")});
  else
    keep(start_one(visit, with_child(empty_document(visit, ""), child), document, "sibling_ref",
                   name_of_child(child)));
  return slips;
}

}  // namespace gcp2::cli::web
