#include <algorithm>

#include "report/indicated.h"
#include "report/over_time.h"
#include "report/sections.h"
#include "report/words.h"

namespace gcp2::sections {
namespace {

std::string indication_text(const SaidIndication& said, const Language& language) {
  std::string text = said.of->rule->says;
  if (!said.why.empty())
    text += " " + language.say("report.indication_why", {{"why", words::joined(said.why, "; ")}});
  if (!said.types.empty())
    text += " " + language.say("report.indication_types", {{"types", said.types}});
  text += " " + language.say("report.indication_basis", {{"basis", said.of->rule->basis}});
  return said.dismissed.empty() ? text : text + " " + said.dismissed;
}

std::string outcome(const ReportInput& input, const NodeChange& node, const TargetOutcome& target) {
  const Language& language = input.language;
  const auto grade_on = [&](std::size_t point) -> std::pair<std::string, std::string> {
    return {words::grade(language, latest(input).instrument, *node.grades[point]),
            words::date(language, input.indicated.comparison.points[point].assessment.window_to)};
  };
  const auto reached = target.reached();
  if (!reached) return language.say("outcome.open");
  const auto [grade, on] = grade_on(*target.reviewed_at);
  std::string said = language.say(*reached ? "outcome.reached" : "outcome.not_reached",
                                  {{"grade", grade}, {"on", on}});
  if (over_time::uncertain(node, target))
    said = language.say("outcome.uncertain", {{"outcome", said}});
  if (const auto lost = over_time::lost_at(node, target)) {
    const auto [worse, since] = grade_on(*lost);
    said = language.say("outcome.lost", {{"outcome", said}, {"grade", worse}, {"on", since}});
  }
  return said;
}

}  // namespace

void urgent(View& view, const ReportInput& input) {
  const std::string first = urgent_line(input.indicated, input.language);
  if (first.empty()) return;
  Notice notice{Notice::Kind::urgent, input.language.say("report.urgent_title"), {first}};
  for (const Indication& indication : input.indicated.indications)
    if (indication.rule->level == IndicationLevel::urgent)
      notice.lines.push_back(indication.rule->says);
  view.blocks.emplace_back(std::move(notice));
}

void indications(View& view, const ReportInput& input) {
  const Language& language = input.language;
  const IndicationReport& report = input.indicated;
  view.blocks.emplace_back(Heading{2, language.say("report.indications")});
  view.blocks.emplace_back(Paragraph{language.say("indications.label")});
  view.blocks.emplace_back(Paragraph{
      language.say("report.indications_from", {{"rules", report.rules.id + " " + report.rules.version},
                                               {"locality", report.locality.name}})});
  if (report.indications.empty())
    view.blocks.emplace_back(Paragraph{language.say("indications.nothing")});
  const std::vector<SaidIndication> all = said_indications(report, language);
  for (std::size_t i = 0; i < all.size();) {
    const IndicationLevel level = all[i].of->rule->level;
    const std::string word = level_word(level, language);
    view.blocks.emplace_back(Heading{3, word});
    Items items;
    for (; i < all.size() && all[i].of->rule->level == level; ++i)
      items.items.push_back(indication_text(all[i], language));
    view.blocks.emplace_back(std::move(items));
    const auto& actions = report.locality.actions[static_cast<std::size_t>(level)];
    if (actions.empty()) continue;
    view.blocks.emplace_back(Paragraph{language.say(
        "indications.do", {{"level", word}, {"locality", report.locality.name}})});
    view.blocks.emplace_back(Items{actions});
  }
  view.blocks.emplace_back(Heading{3, language.say("indications.contacts")});
  contacts(view, input);
}

void contacts(View& view, const ReportInput& input) {
  Items lines{{input.language.say("urgent.call_999")}};
  for (const Contact& contact : input.indicated.locality.contacts)
    lines.items.push_back(contact_line(contact, input.language));
  view.blocks.emplace_back(std::move(lines));
}

void targets(View& view, const ReportInput& input) {
  Table table = targets_table(input);
  if (table.rows.empty()) return;
  view.blocks.emplace_back(Heading{2, input.language.say("report.targets")});
  view.blocks.emplace_back(std::move(table));
}

}  // namespace gcp2::sections

namespace gcp2 {

Table targets_table(const ReportInput& input) {
  const Language& language = input.language;
  const Comparison& c = input.indicated.comparison;
  Table table{language.say("report.targets_caption"),
              {language.say("column.target"), language.say("column.from"),
               language.say("column.to"), language.say("column.by"),
               language.say("column.support"), language.say("column.outcome")},
              {}};
  for (const NodeChange& node : c.nodes)
    for (const TargetOutcome& target : node.targets)
      table.rows.push_back({{words::node(c.points.back().instrument, node.node)},
                            sections::grade_cell(input, target.from),
                            sections::grade_cell(input, target.to),
                            {words::date(language, target.review_by)},
                            {target.support},
                            {sections::outcome(input, node, target)}});
  return table;
}

}  // namespace gcp2
