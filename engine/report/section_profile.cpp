#include "report/explained.h"
#include "report/over_time.h"
#include "report/sections.h"
#include "report/words.h"

namespace gcp2::sections {
namespace {

std::string change_text(const ReportInput& input, const NodeChange& node) {
  const Language& language = input.language;
  if (!node.change) return language.say("change.none");
  const auto grade = [&node](std::size_t point) {
    return std::to_string(node.grades[point]->number());
  };
  std::string text = over_time::difference(*node.change, language);
  if (*node.change != 0)
    text = language.say("change.of", {{"change", text},
                                      {"from", grade(*node.changed_from)},
                                      {"to", grade(*node.changed_to)}});
  return node.grades.back() ? text : language.say("change.latest_missing", {{"change", text}});
}

}  // namespace

Cell grade_cell(const ReportInput& input, const std::optional<Grade>& grade) {
  return {words::grade_or_none(input.language, latest(input).instrument, grade), grade};
}

void profile(View& view, const ReportInput& input) {
  const Language& language = input.language;
  const ScoredRecord& r = latest(input);
  const bool over_time = input.indicated.comparison.points.size() > 1;
  view.blocks.emplace_back(Heading{2, language.say("report.profile")});
  Table table{language.say("report.profile_caption", {{"best", r.instrument.scale.front().quality},
                                                      {"worst", r.instrument.scale.back().quality}}),
              {language.say("column.area"), language.say("column.grade"),
               language.say("column.state")},
              {}};
  if (over_time) table.columns.push_back(language.say("column.change"));
  for (NodeIndex i = 0; i < r.instrument.nodes.size(); ++i) {
    if (r.instrument.node(i).level == Level::item) continue;
    const NodeScore& score = r.card.nodes[i];
    std::vector<Cell> row{{words::node(r.instrument, i)},
                          grade_cell(input, score.grade),
                          {words::state(language, score)}};
    if (over_time) row.push_back({change_text(input, input.indicated.comparison.nodes[i])});
    table.rows.push_back(std::move(row));
  }
  view.blocks.emplace_back(std::move(table));
  if (r.card.missing != 0) view.blocks.emplace_back(Paragraph{language.say("profile.missing_rule")});
}

void explanation(View& view, const ReportInput& input) {
  view.blocks.emplace_back(Heading{2, input.language.say("explain.title")});
  for (ExplainedArea& area : explained(latest(input), input.language)) {
    view.blocks.emplace_back(Heading{3, std::move(area.heading)});
    Items parts;
    for (ExplainedLine& line : area.lines) {
      if (line.depth > 0 && !parts.items.empty())
        parts.items.back() += " " + line.text;
      else
        parts.items.push_back(std::move(line.text));
    }
    if (!parts.items.empty()) view.blocks.emplace_back(std::move(parts));
  }
}

void missing(View& view, const ReportInput& input) {
  const Language& language = input.language;
  const ScoredRecord& r = latest(input);
  Table table{language.say("report.missing_caption"),
              {language.say("column.item"), language.say("column.why"),
               language.say("column.reason")},
              {}};
  for (NodeIndex i = 0; i < r.instrument.nodes.size(); ++i) {
    const NodeScore& score = r.card.nodes[i];
    const auto parent = r.instrument.node(i).parent;
    if (!r.instrument.is_leaf(i) || score.status != Status::ungraded ||
        (parent && r.card.nodes[*parent].by_exception))
      continue;
    std::string reason;
    for (const Observation& o : r.assessment.observations)
      if (o.node == r.instrument.node(i).code) reason = o.reason;
    const std::string why{name_of(r.sheet.marks[i].not_graded)};
    table.rows.push_back({{words::node(r.instrument, i)},
                          {language.say("left_out." + why)},
                          {std::move(reason)}});
  }
  view.blocks.emplace_back(Heading{2, language.say("report.missing")});
  if (table.rows.empty())
    view.blocks.emplace_back(Paragraph{language.say("report.nothing_missing")});
  else
    view.blocks.emplace_back(std::move(table));
}

}  // namespace gcp2::sections
