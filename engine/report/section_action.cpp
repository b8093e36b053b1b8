#include "report/sections.h"
#include "report/words.h"

namespace gcp2 {

std::vector<std::string> urgent_lines(const std::vector<Indication>& indications,
                                      const Locality& locality, const Language& language) {
  std::vector<std::string> lines;
  for (const Indication& indication : indications) {
    if (indication.rule->level != IndicationLevel::urgent) continue;
    lines.push_back(language.say("urgent.call_999"));
    for (const Contact& contact : locality.contacts)
      lines.push_back(sections::contact_line(contact, language));
    break;
  }
  return lines;
}

}  // namespace gcp2

namespace gcp2::sections {

std::string contact_line(const Contact& contact, const Language& language) {
  std::string line =
      contact.hours.empty()
          ? language.say("report.contact_plain",
                         {{"name", contact.name}, {"telephone", contact.telephone}})
          : language.say("report.contact", {{"name", contact.name},
                                            {"telephone", contact.telephone},
                                            {"hours", contact.hours}});
  if (!contact.email.empty())
    line = language.say("report.contact_mail", {{"contact", line}, {"email", contact.email}});
  return line;
}

void urgent(View& view, const ReportInput& input) {
  std::vector<std::string> lines =
      urgent_lines(input.indications, input.locality, input.language);
  if (lines.empty()) return;
  for (const Indication& indication : input.indications)
    if (indication.rule->level == IndicationLevel::urgent) lines.push_back(indication.rule->says);
  view.blocks.emplace_back(Notice{Notice::Kind::urgent, input.language.say("report.urgent_title"),
                                  std::move(lines)});
}

namespace {

std::string indication_line(const ReportInput& input, const Indication& indication) {
  const Language& language = input.language;
  const ScoredRecord& r = latest(input);
  std::string line = indication.rule->says;
  if (!indication.nodes.empty()) {
    std::vector<std::string> nodes;
    for (const std::string& code : indication.nodes) {
      const auto node = r.instrument.find(code);
      nodes.push_back(node ? words::node(r.instrument, *node) : code);
    }
    line += " " + language.say("report.indication_nodes",
                                        {{"nodes", words::list(language, nodes)}});
  }
  line += " " + language.say("report.indication_basis",
                                      {{"basis", indication.rule->basis}});
  if (indication.dismissed != nullptr)
    line += " " + language.say("report.dismissed",
                                        {{"by", assessor_name(input, r, indication.dismissed->by)},
                                         {"reason", indication.dismissed->reason}});
  return line;
}

}  // namespace

void indications(View& view, const ReportInput& input) {
  const Language& language = input.language;
  view.blocks.emplace_back(Heading{2, language.say("report.indications")});
  view.blocks.emplace_back(Paragraph{language.say(
      "report.indications_local",
      {{"rules", input.rules.id + " " + input.rules.version}, {"locality", input.locality.name}})});
  if (input.indications.empty())
    view.blocks.emplace_back(Paragraph{language.say("report.no_indications")});
  for (const IndicationLevel level : {IndicationLevel::urgent, IndicationLevel::concern,
                                      IndicationLevel::watch, IndicationLevel::strength}) {
    Items items;
    for (const Indication& indication : input.indications)
      if (indication.rule->level == level) items.items.push_back(indication_line(input, indication));
    if (items.items.empty()) continue;
    view.blocks.emplace_back(Heading{3, language.say("level." + std::string{name_of(level)})});
    view.blocks.emplace_back(std::move(items));
    const auto& actions = input.locality.actions[static_cast<std::size_t>(level)];
    if (!actions.empty())
      view.blocks.emplace_back(Paragraph{language.say(
          "report.what_to_do", {{"actions", words::joined(actions, " ")}})});
  }
  view.blocks.emplace_back(Heading{3, language.say("report.contacts")});
  Items contacts{{language.say("urgent.call_999")}};
  for (const Contact& contact : input.locality.contacts)
    contacts.items.push_back(contact_line(contact, language));
  view.blocks.emplace_back(std::move(contacts));
}

void targets(View& view, const ReportInput& input) {
  const Language& language = input.language;
  const Comparison& c = input.comparison;
  Table table{language.say("report.targets_caption"),
              {language.say("column.target"), language.say("column.from"),
               language.say("column.to"), language.say("column.by"),
               language.say("column.support"), language.say("column.outcome")},
              {}};
  for (const NodeChange& node : c.nodes)
    for (const TargetOutcome& target : node.targets) {
      std::string outcome = language.say("outcome.open");
      if (const auto reached = target.reached())
        outcome = language.say(
            *reached ? "outcome.reached" : "outcome.not_reached",
            {{"grade", words::grade(language, latest(input).instrument, *target.grade)},
             {"on", words::date(language, c.points[*target.reviewed_at].assessment.window_to)}});
      table.rows.push_back({{words::node(latest(input).instrument, node.node)},
                            grade_cell(input, target.from),
                            grade_cell(input, target.to),
                            {words::date(language, target.review_by)},
                            {target.support},
                            {std::move(outcome)}});
    }
  if (table.rows.empty()) return;
  view.blocks.emplace_back(Heading{2, language.say("report.targets")});
  view.blocks.emplace_back(std::move(table));
}

}  // namespace gcp2::sections
