// Check your answers, with everything that is wrong or indicated leading to its field; sign, amend.
#include <algorithm>

#include "../../phrase.h"
#include "../answers.h"
#include "../lists.h"
#include "../told.h"
#include "gcp2/json.h"
#include "gcp2/keys.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

/// The page and field of a node, or of a place in the document.
std::string way_to(const Visit& visit, const Record& record, const std::string& node,
                   std::string_view pointer) {
  const std::string start = "/records/" + visit.id().text();
  if (const std::string way = way_into_lists(pointer); !way.empty()) return start + way;
  const Instrument& instrument = *record.instrument;
  if (const auto found = instrument.find(node)) {
    for (const NodeIndex each : pages_of(instrument))
      if (each <= *found && *found < instrument.node(each).end)
        return start + "/answers/" + instrument.node(each).code +
               (instrument.is_leaf(*found) ? "#" + node : "");
    return start;
  }
  static constexpr std::pair<std::string_view, std::string_view> fields[] = {
      {"/child/ref", "ref"},
      {"/child/name", "name"},
      {"/child/date_of_birth", "born"},
      {"/child/expected_date", "expected"},
      {"/child/conditions", "conditions"},
      {"/child/upn", "upn"},
      {"/child/nhs_number", "nhs"},
      {"/child", "born"},
      {"/window/from", "from"},
      {"/window", "to"},
      {"/consent/on", "consent_on"},
      {"/consent", "consent"},
      {"/views/carers", "view_carers"},
      {"/views/practitioner", "view_practitioner"},
      {"/views", "view_child"},
      {"/review_on", "review_on"},
  };
  const auto field = std::ranges::find_if(
      fields, [&](const auto& each) { return pointer.starts_with(each.first); });
  return start + "/details" + (field == std::end(fields) ? "" : "#" + std::string{field->second});
}

Shown shown_findings(const Visit& visit, const Record& record) {
  Shown list{Shown::type::list};
  for (const Severity severity : {Severity::invalid, Severity::error, Severity::query})
    for (const Finding& finding : record.findings) {
      if (finding.severity != severity) continue;
      Shown one = shown({{"text", message(finding)},
                         {"to", way_to(visit, record, finding.node, finding.pointer)}});
      one.set("stops", severity != Severity::query);
      list << one;
    }
  return list;
}

Shown shown_indications(const Visit& visit, const Told& told) {
  Shown list{Shown::type::list};
  for (const Indication& each : told.indicated) {
    if (each.rule->level == IndicationLevel::strength) continue;
    Shown one = shown({{"text", each.rule->says},
                       {"level", phrase("serve.level." + std::string{name_of(each.rule->level)})},
                       {"class", std::string{name_of(each.rule->level)}},
                       {"id", each.rule->id},
                       {"dismissed", dismissal_of(each, told)},
                       {"to", way_to(visit, told.records.back(),
                                     each.nodes.empty() ? "" : each.nodes.front(), "")}});
    list << one;
  }
  return list;
}

Shown shown_answers(const Visit& visit, const Record& record) {
  const Instrument& instrument = *record.instrument;
  Shown list{Shown::type::list};
  for (const NodeIndex node : pages_of(instrument)) {
    const auto leaves = leaves_of(record, node);
    if (leaves.empty()) continue;
    Shown rows{Shown::type::list};
    for (const NodeIndex leaf : leaves) {
      const Mark& mark = record.sheet.marks[leaf];
      const Node& what = instrument.node(leaf);
      rows << shown(
          {{"label", what.label},
           {"answer", mark.grade
                          ? phrase("serve.grade", {{"grade", std::to_string(mark.grade->number())}})
                          : phrase("serve.not_graded." + std::string{name_of(mark.not_graded)})},
           {"to", way_to(visit, record, what.code, "")}});
    }
    Shown one = shown({{"label", instrument.node(node).label}});
    one.set("rows", rows);
    list << one;
  }
  return list;
}

/// A record may be signed with questions left open; nobody is to do so without knowing.
void show_unanswered(Shown& content, const Visit& visit, const Record& record) {
  const Instrument& instrument = *record.instrument;
  std::size_t count = 0;
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end)
    for (const NodeIndex leaf : leaves_of(record, area)) {
      const Mark& mark = record.sheet.marks[leaf];
      if (mark.grade || mark.not_graded != NotGraded::not_yet) continue;
      if (++count == 1)
        content.set("first_unanswered", way_to(visit, record, instrument.node(leaf).code, ""));
    }
  if (count > 0)
    content.set("unanswered", phrase("serve.unanswered", {{"count", std::to_string(count)}}));
}

/// Such a record may be signed, as long as whoever signs it knows.
bool says_nothing(const Record& record) {
  return std::ranges::none_of(record.sheet.marks,
                              [](const Mark& mark) { return mark.grade.has_value(); });
}

/// Of what the page shows: nothing else is signed from it.
std::string digest_of(const Value& document) {
  return hexadecimal(plain_hash(write_json(document, Layout::line)));
}

Answer checked(const Visit& visit, const std::vector<Slip>& slips) {
  const Id record = visit.id();
  const auto judged_now = judged(visit, record);
  if (!judged_now) return problem(visit, judged_now.error());
  constexpr int not_found = 404;
  if (judged_now->instrument == nullptr) return problem(visit, not_found, phrase("serve.no_page"));
  if (judged_now->assessment.is_signed) return see("/records/" + record.text() + "/report");
  const auto series = told(visit, visit.visitor.person->child_of.at(record), record);
  if (!series) return problem(visit, series.error());
  Shown content = shown({{"record", record.text()},
                         {"child", name_of_child(*judged_now)},
                         {"window", window_of(*judged_now)}});
  const Shown findings = shown_findings(visit, *judged_now);
  content.set("findings", findings);
  content.set("any_findings", findings.is_non_empty_list());
  content.set("checked", digest_of(judged_now->document));
  content.set("signable", unsignable(judged_now->findings).empty());
  content.set("nothing", says_nothing(*judged_now));
  show_unanswered(content, visit, *judged_now);
  content.set("pages", shown_answers(visit, *judged_now));
  if ((*series)->comparison) {
    const Shown indicated = shown_indications(visit, **series);
    content.set("dismisses", visit.has_role(only(Role::supervisor)));
    content.set("indications", indicated);
    content.set("any_indications", indicated.is_non_empty_list());
  }
  show_urgent(content, visit, **series);
  return page(visit, "check", phrase("serve.check"), content, slips);
}

}  // namespace

Answer check_page(Visit& visit) { return checked(visit, {}); }

Answer sign(Visit& visit) {
  auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  std::vector<Slip> slips;
  if (visit.form.text("sure") != "yes") slips.push_back({"sure", phrase("serve.not_sure")});
  if (says_nothing(*record) && visit.form.text("nothing") != "yes")
    slips.push_back({"nothing", phrase("serve.nothing_graded")});
  const Slip is_changed{"", phrase("serve.changed_since_checked")};
  if (visit.form.text("checked") != digest_of(record->document)) slips = {is_changed};
  if (!slips.empty()) return checked(visit, slips);
  // Whoever signs stands among the assessors, also where they answered nothing themselves.
  Value changed = record->document;
  const std::string by = assessor_ref(changed, visit.desk().account().name);
  const auto named = visit.desk().save_draft(record->document, changed, visit.purpose());
  if (!named && named.error().why != Why::changed_meanwhile) return problem(visit, named.error());
  if (!named || *named != changed) return checked(visit, {is_changed});
  const auto done =
      visit.desk().sign(visit.id(), by, visit.site.instruments, visit.purpose(), &*named);
  if (done) return see("/records/" + visit.id().text() + "/report");
  if (done.error().why == Why::changed_meanwhile) return checked(visit, {is_changed});
  if (done.error().why != Why::invalid) return problem(visit, done.error());
  for (const Finding& finding : done.error().findings) slips.push_back({"", message(finding)});
  return checked(visit, slips);
}

Answer amend(Visit& visit) {
  const auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  const auto draft = visit.desk().amend(visit.id(), visit.site.instruments, visit.purpose());
  if (!draft) return problem(visit, draft.error());
  const Id id = *Id::parse(draft->text_at("id"));
  visit.is_record_of(id, visit.visitor.person->child_of.at(visit.id()));
  return see("/records/" + id.text());
}

}  // namespace gcp2::cli::web
