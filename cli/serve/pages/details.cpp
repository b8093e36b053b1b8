// Starting a record, and what it says of the child, the window, consent and views.
#include <algorithm>
#include <array>
#include <iterator>

#include "../../phrase.h"
#include "../answers.h"
#include "../members.h"
#include "../siblings.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

/// Where a field of the form stands in the document: a member of an object, or of the document.
struct Detail {
  std::string_view field, object, key;
};
constexpr Detail details[] = {
    {"ref", "child", "ref"},
    {"family", "child", "family"},
    {"name", "child", "name"},
    {"born", "child", "date_of_birth"},
    {"expected", "child", "expected_date"},
    {"upn", "child", "upn"},
    {"nhs", "child", "nhs_number"},
    {"from", "window", "from"},
    {"to", "window", "to"},
    {"consent", "consent", "state"},
    {"consent_on", "consent", "on"},
    {"consent_reason", "consent", "reason"},
    {"view_child", "views", "child"},
    {"view_carers", "views", "carers"},
    {"view_practitioner", "views", "practitioner"},
    {"review_on", "", "review_on"},
};
constexpr std::string_view conditions[] = {"long_term_health_condition", "behavioural_difficulty"};

Value ticked(const Form& form) {
  Value out = Value::list();
  for (const std::string& each : form.texts("condition"))
    if (std::ranges::find(conditions, each) != std::end(conditions))
      out.items().push_back(Value::text(each));
  return out;
}

/// What a field held when the form was shown.
std::string shown_before(const Detail& detail) { return "was_" + std::string{detail.field}; }

bool is_left_alone(const Detail& detail, const Form& form) {
  const std::string before = shown_before(detail);
  return form.has(before) && form.text(before) == form.text(detail.field);
}

/// The document with what the form says. What it does not ask for stays, and what was not changed
/// in it: somebody else can have changed that meanwhile.
Value with_details(Value document, const Form& form) {
  for (const Detail& detail : details) {
    if (!form.has(detail.field) || is_left_alone(detail, form)) continue;
    const std::string_view text = form.text(detail.field);
    const bool is_inside = !detail.object.empty();
    if (is_inside && text.empty() && document.find(detail.object) == nullptr) continue;
    Value& object = is_inside ? object_in(document, detail.object) : document;
    if (text.empty())
      object.erase(detail.key);
    else
      object.set(detail.key, Value::text(std::string{text}));
    if (object.members().empty()) document.erase(detail.object);
  }
  if (Value* child = document.find("child"); child != nullptr && form.has("conditions")) {
    Value has = ticked(form);
    if (child->find("conditions") != nullptr || !has.items().empty())
      child->set("conditions", std::move(has));
  }
  return document;
}

std::vector<Slip> slips_in(const Value& document) {
  std::vector<Slip> slips;
  const auto need = [&](std::string_view field, std::string_view object, std::string_view key,
                        std::string_view what) {
    if (said_in(document, object, key).empty()) slips.push_back({std::string{field}, phrase(what)});
  };
  need("ref", "child", "ref", "serve.need_ref");
  if (said_in(document, "child", "expected_date").empty())
    need("born", "child", "date_of_birth", "serve.need_born");
  need("from", "window", "from", "serve.need_from");
  need("to", "window", "to", "serve.need_to");
  return slips;
}

/// Fields that somebody else has changed otherwise since the form was shown.
std::vector<Slip> clashes(const Value& kept, const Form& form) {
  std::vector<Slip> slips;
  for (const Detail& detail : details) {
    const std::string before = shown_before(detail), now = said_in(kept, detail.object, detail.key);
    if (form.has(before) && !is_left_alone(detail, form) && now != form.text(before) &&
        now != form.text(detail.field))
      slips.push_back({std::string{detail.field},
                       phrase("serve.changed_detail", {{"now", now.empty() ? "-" : now}})});
  }
  return slips;
}

/// What the fields held: as the form says, unless that is no more so.
Shown shown_details_before(const Value& kept, const Form& form) {
  const bool is_sent = clashes(kept, form).empty() && form.has(shown_before(details[0]));
  Shown list{Shown::type::list};
  for (const Detail& detail : details)
    list << shown({{"field", shown_before(detail)},
                   {"value", is_sent ? std::string{form.text(shown_before(detail))}
                                     : said_in(kept, detail.object, detail.key)}});
  return list;
}

/// `record`: of the draft; empty for a new one.
Answer form_for(const Visit& visit, const Value& document, const std::string& record,
                const std::vector<Slip>& slips, const Value* kept = nullptr) {
  static constexpr std::array consents{"given", "refused", "absent", "withdrawn", "not_sought"};
  Shown content;
  for (const Detail& detail : details)
    content.set(std::string{detail.field}, said_in(document, detail.object, detail.key));
  content.set("record", record.empty() ? Shown{false} : Shown{record});
  content.set("action", std::string{path_of(visit.request)});
  content.set("begins", std::string{document.text_at("id")});
  const Value* instrument = document.find("instrument");
  Shown instruments{Shown::type::list};
  for (const Instrument& each : visit.site.instruments.list) {
    Shown one = shown({{"id", each.id}, {"title", each.title}});
    one.set("chosen", instrument != nullptr && instrument->text_at("id") == each.id);
    instruments << one;
  }
  content.set("instruments", instruments);
  Shown states{Shown::type::list};
  for (const std::string_view state : consents) {
    Shown one = shown(
        {{"value", std::string{state}}, {"label", phrase("serve.consent." + std::string{state})}});
    one.set("chosen", said_in(document, "consent", "state") == state);
    states << one;
  }
  content.set("consents", states);
  if (kept != nullptr) content.set("before", shown_details_before(*kept, visit.form));
  const Value* child = document.find("child");
  const Value* ticked_before = child == nullptr ? nullptr : child->find("conditions");
  const auto has = [&](std::string_view value) {
    return ticked_before != nullptr &&
           std::ranges::any_of(ticked_before->items(),
                               [&](const Value& each) { return each.text() == value; });
  };
  Shown health{Shown::type::list};
  for (const std::string_view each : conditions) {
    const std::string value{each};
    Shown one = shown({{"value", value}, {"label", phrase("serve.condition." + value)}});
    one.set("chosen", has(value));
    health << one;
  }
  content.set("conditions", health);
  if (record.empty()) {
    const Id whose = visit.parts.empty() ? Id{} : visit.id();
    const auto siblings = siblings_of(visit, whose, said_in(document, "child", "family"));
    if (!siblings) return problem(visit, siblings.error());
    show_sibling_fields(content, visit.form, *siblings, slips);
  }
  return page(visit, "details", phrase(record.empty() ? "serve.start" : "serve.details"), content,
              slips, 200);
}

/// What the form of this route is begun with.
Allowed<Value> begun(const Visit& visit) {
  const std::string_view instrument = visit.form.text("instrument");
  if (visit.parts.empty()) return empty_document(visit, instrument);
  const auto child = in_caseload(visit, visit.id());
  if (!child) return child.error();
  auto document = begun_for(visit, *child);
  if (document && !instrument.empty())
    document->set("instrument", *empty_document(visit, instrument).find("instrument"));
  return document;
}

std::vector<Slip> slips_of(const Refusal& refusal) {
  std::vector<Slip> slips;
  for (const Finding& finding : refusal.findings) slips.push_back({"", message(finding)});
  if (slips.empty()) slips.push_back({"ref", sentence(refusal)});
  return slips;
}

}  // namespace

Answer start_page(Visit& visit) {
  const auto document = begun(visit);
  if (!document) return problem(visit, document.error());
  return form_for(visit, *document, "", {});
}

Answer start(Visit& visit) {
  auto before = begun(visit);
  if (!before) return problem(visit, before.error());
  // Nothing of one child's goes into the record of another.
  if (said_in(*before, "child", "ref") != visit.form.text("ref"))
    before = empty_document(visit, visit.form.text("instrument"));
  Value document = with_details(*std::move(before), visit.form);
  // The form says which record it begins: pressed twice, it begins one.
  const auto begins = Id::parse(visit.form.text("begins"));
  if (begins) document.set("id", Value::text(begins->text()));
  document.set("lead_professional",
               Value::text(assessor_ref(document, visit.desk().account().name)));
  const std::string family = said_in(document, "child", "family");
  std::vector<Slip> slips = slips_in(document);
  std::ranges::move(slips_in_siblings(visit.form, family), std::back_inserter(slips));
  if (!slips.empty()) return form_for(visit, document, "", slips);
  const auto child = visit.desk().add(document, visit.site.instruments, {});
  if (!child && begins && child.error().why == Why::already_there)
    return see("/records/" + begins->text());
  if (!child) return form_for(visit, document, "", slips_of(child.error()));
  const Id record = *Id::parse(document.text_at("id"));
  visit.is_record_of(record, child->id);
  const std::string way = "/records/" + record.text();
  if (!names_siblings(visit.form)) return see(way);
  const auto siblings = siblings_beside(visit, child->id, document);
  if (!siblings) return problem(visit, siblings.error());
  slips = start_beside(visit, document, *siblings);
  return slips.empty() ? see(way) : siblings_of_record(visit, record, slips);
}

Answer details_page(Visit& visit) {
  const auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  if (record->assessment.is_signed) return problem(visit, {.why = Why::is_signed});
  return form_for(visit, record->document, visit.id().text(), {}, &record->document);
}

Answer save_details(Visit& visit) {
  const auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  const Value& kept = record->document;
  const Value changed = with_details(kept, visit.form);
  std::vector<Slip> slips = slips_in(changed);
  std::ranges::move(clashes(kept, visit.form), std::back_inserter(slips));
  if (!slips.empty()) return form_for(visit, changed, visit.id().text(), slips, &kept);
  const auto done = visit.desk().save_draft(kept, changed, visit.purpose());
  if (!done) return form_for(visit, changed, visit.id().text(), slips_of(done.error()), &kept);
  return see("/records/" + visit.id().text());
}

}  // namespace gcp2::cli::web
