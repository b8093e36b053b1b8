#include <algorithm>

#include "gcp2/report.h"
#include "report/indicated.h"
#include "report/words.h"

namespace gcp2 {
namespace {

Value text_value(std::string_view text) { return Value::text(std::string{text}); }
Value number_value(int number) { return Value::number(std::int64_t{number}); }

Value texts(const std::vector<std::string>& all) {
  Value list = Value::list();
  for (const std::string& each : all) list.items().push_back(Value::text(each));
  return list;
}

Value step_value(const IndicationStep& step, const Comparison& comparison) {
  const Assessment& at = comparison.points[step.point].assessment;
  Value value = Value::object();
  if (!step.node.empty()) value.set("node", text_value(step.node));
  value.set("of", text_value(name_of(step.of)));
  value.set("assessment", at.id.empty() ? Value{} : text_value(at.id));
  value.set("on", at.window_to ? text_value(at.window_to->text()) : Value{});
  using Of = IndicationStep::Of;
  if (step.of == Of::grade || step.of == Of::computed || step.of == Of::recorded) {
    value.set("grade", step.grade ? number_value(step.grade->number()) : Value{});
    if (step.status) value.set("status", text_value(name_of(*step.status)));
  }
  if (step.of == Of::target) {
    value.set("to", number_value(step.grade->number()));
    value.set("review_by", text_value(step.due->text()));
  }
  if (step.of == Of::missing || step.of == Of::age) value.set("count", number_value(step.count));
  if (step.of == Of::missing) value.set("total", number_value(step.total));
  if (!step.word.empty())
    value.set(step.of == Of::profile ? "profile" : "consent", text_value(step.word));
  return value;
}

Value contact_value(const Contact& contact) {
  Value value = Value::object();
  value.set("name", text_value(contact.name));
  if (!contact.telephone.empty()) value.set("telephone", text_value(contact.telephone));
  if (!contact.email.empty()) value.set("email", text_value(contact.email));
  if (!contact.hours.empty()) value.set("hours", text_value(contact.hours));
  return value;
}

const std::vector<std::string>& actions_at(const Locality& locality, IndicationLevel level) {
  return locality.actions[static_cast<std::size_t>(level)];
}

Value indication_value(const SaidIndication& said, const IndicationReport& report) {
  const Indication& of = *said.of;
  Value value = Value::object();
  value.set("id", text_value(of.rule->id));
  value.set("level", text_value(name_of(of.rule->level)));
  Value& types = value.set("types", Value::list());
  for (const NeglectType type : of.types) types.items().push_back(text_value(name_of(type)));
  value.set("says", text_value(of.rule->says));
  value.set("basis", text_value(of.rule->basis));
  value.set("nodes", texts(of.nodes));
  value.set("why", texts(said.why));
  Value& steps = value.set("steps", Value::list());
  for (const IndicationStep& step : of.steps)
    steps.items().push_back(step_value(step, report.comparison));
  value.set("do", texts(actions_at(report.locality, of.rule->level)));
  if (of.dismissed != nullptr) {
    Value& dismissed = value.set("dismissed", Value::object());
    dismissed.set("by", of.dismissed->by.empty() ? Value{} : text_value(of.dismissed->by));
    dismissed.set("reason", text_value(of.dismissed->reason));
  }
  return value;
}

/// The text, put together line by line.
struct Page {
  const Language& language;
  std::size_t width;
  std::string out = {};

  void fact(std::string_view key, std::string_view text) {
    const std::string name = "  " + language.say(key);
    out += wrapped(text, width, name + std::string(name.size() < 12 ? 12 - name.size() : 1, ' '),
                   12);
  }
  void detail(std::string_view key, std::string_view text) {
    const std::string name = "    " + language.say(key);
    out += wrapped(text, width, name + std::string(name.size() < 14 ? 14 - name.size() : 1, ' '),
                   14);
  }
  void entry(std::string_view text) { out += wrapped(text, width, "  - ", 4); }

  void indication(const SaidIndication& said) {
    out += '\n' + wrapped(said.sentence, width, "  ", 4);
    if (!said.dismissed.empty()) out += wrapped(said.dismissed, width, "    ", 4);
    bool first = true;
    for (const std::string& line : said.why) {
      if (first)
        detail("indications.why", line);
      else
        out += wrapped(line, width, std::string(14, ' '), 14);
      first = false;
    }
    if (!said.types.empty()) detail("indications.types", said.types);
    detail("indications.basis", said.of->rule->basis);
  }
};

}  // namespace

std::string urgent_line(const IndicationReport& report, const Language& language) {
  const bool urgent = std::ranges::any_of(report.indications, [](const Indication& each) {
    return each.rule->level == IndicationLevel::urgent;
  });
  if (!urgent) return {};
  std::string contacts;
  for (const Contact& contact : report.locality.contacts)
    if (!contact.telephone.empty())
      contacts += (contacts.empty() ? "" : "; ") + contact_line(contact, language);
  return language.say("indications.first",
                      {{"call_999", language.say("urgent.call_999")}, {"contacts", contacts}});
}

Value indications_document(const IndicationReport& report, const Language& language) {
  const Assessment& latest = report.comparison.points.back().assessment;
  Value document = Value::object();
  document.set("format", text_value("gcp2/indications/1"));
  if (const std::string first = urgent_line(report, language); !first.empty())
    document.set("first", text_value(first));
  document.set("label", text_value(language.say("indications.label")));
  document.set("assessment", latest.id.empty() ? Value{} : text_value(latest.id));
  document.set("as_of", text_value(report.as_of.text()));
  Value& rules = document.set("rules", Value::object());
  rules.set("id", text_value(report.rules.id));
  rules.set("version", text_value(report.rules.version));
  if (!report.rules.extends.empty()) rules.set("extends", text_value(report.rules.extends));
  Value& indications = document.set("indications", Value::list());
  for (const SaidIndication& said : said_indications(report, language))
    indications.items().push_back(indication_value(said, report));
  Value& locality = document.set("locality", Value::object());
  locality.set("id", text_value(report.locality.id));
  locality.set("name", text_value(report.locality.name));
  Value& contacts = locality.set("contacts", Value::list());
  for (const Contact& contact : report.locality.contacts)
    contacts.items().push_back(contact_value(contact));
  Value notes = findings_document(report.notes);
  document.set("notes", std::move(*notes.find("findings")));
  return document;
}

std::string indications_text(const IndicationReport& report, const Language& language,
                             std::size_t width) {
  const std::vector<ScoredRecord>& points = report.comparison.points;
  const std::string& ref = points.back().assessment.child.ref;
  Page page{language, width};
  if (const std::string first = urgent_line(report, language); !first.empty())
    page.out += first + "\n\n";
  page.out += language.say("indications.title",
                           {{"child", ref.empty() ? language.say("record.no_reference") : ref}}) +
              '\n';
  std::vector<std::string> days;
  for (const ScoredRecord& point : points)
    days.push_back(point.assessment.window_to ? point.assessment.window_to->text() : "?");
  page.fact("indications.records", words::list(language, days));
  page.fact("indications.rules", report.rules.id + " " + report.rules.version);
  page.fact("indications.locality", report.locality.name);
  page.out += wrapped(language.say("indications.label"), width, "  ", 2);
  if (report.indications.empty())
    page.out += '\n' + wrapped(language.say("indications.nothing"), width);

  const std::vector<SaidIndication> all = said_indications(report, language);
  for (std::size_t i = 0; i < all.size();) {
    const IndicationLevel level = all[i].of->rule->level;
    page.out +=
        '\n' + language.say("indications.heading." + std::string{name_of(level)}) + '\n';
    for (; i < all.size() && all[i].of->rule->level == level; ++i) page.indication(all[i]);
    page.out += '\n' + wrapped(language.say("indications.do", {{"level", level_word(level, language)},
                                                               {"locality", report.locality.name}}),
                               width, "  ", 2);
    for (const std::string& action : actions_at(report.locality, level)) page.entry(action);
  }

  page.out += '\n' + language.say("indications.contacts") + '\n';
  page.entry(language.say("urgent.call_999"));
  for (const Contact& contact : report.locality.contacts)
    page.entry(contact_line(contact, language));
  page.out += '\n';
  for (const std::string& line : words::closing(language, points.back().instrument))
    page.out += wrapped(line, width);
  return page.out;
}

}  // namespace gcp2
