#include <algorithm>
#include <iterator>

#include "report/chart.h"
#include "report/over_time.h"
#include "report/sections.h"
#include "report/words.h"

namespace gcp2::sections {
namespace {

/// A row a record, so that many records stay readable on a page.
Table numbers(const ReportInput& input, NodeIndex area) {
  const Comparison& c = input.indicated.comparison;
  const Language& language = input.language;
  const Instrument& instrument = latest(input).instrument;
  std::vector<NodeIndex> nodes;
  for (NodeIndex i = area; i < instrument.node(area).end; ++i)
    if (instrument.node(i).level != Level::item) nodes.push_back(i);
  Table table{language.say("chart.table", {{"area", words::node(instrument, area)}}),
              {language.say("column.on")},
              {}};
  for (const NodeIndex node : nodes) table.columns.push_back(words::node(instrument, node));
  for (std::size_t point = 0; point < c.points.size(); ++point) {
    std::vector<Cell> row{{words::date(language, c.points[point].assessment.window_to)}};
    for (const NodeIndex node : nodes)
      row.push_back(grade_cell(input, c.nodes[node].grades[point]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// What the pictures mark by number.
void happened(View& view, const std::vector<ChartEvent>& events, const Language& language) {
  if (events.empty()) return;
  Items list;
  for (const ChartEvent& event : events)
    list.items.push_back(language.say("chart.event", {{"number", std::to_string(event.number)},
                                                      {"on", words::date(language, event.on)},
                                                      {"text", event.text}}));
  view.blocks.emplace_back(Heading{3, language.say("report.events")});
  view.blocks.emplace_back(std::move(list));
}

std::vector<Figure> charts_of(const ReportInput& input, NodeIndex area,
                              const std::vector<ChartEvent>& events) {
  std::vector<Figure> out;
  for (Picture& picture : area_charts(input.indicated.comparison, area, events, input.language,
                                      input.large_print)) {
    std::string sentence = picture.description;
    out.push_back({std::move(picture), std::move(sentence)});
  }
  return out;
}

}  // namespace

void changes(View& view, const ReportInput& input) {
  if (input.indicated.comparison.points.size() < 2) return;
  const auto part = [&](int level, std::string_view heading, std::vector<std::string> lines) {
    if (lines.empty()) return;
    view.blocks.emplace_back(Heading{level, input.language.say(heading)});
    view.blocks.emplace_back(Items{std::move(lines)});
  };
  const Comparison& c = input.indicated.comparison;
  part(2, "comparison.what_changed", over_time::changes_lines(c, input.language));
  part(3, "comparison.all_items", over_time::shift_lines(c, input.language));
  part(3, "comparison.how_sure", over_time::notes_lines(c, input.language));
  part(3, "comparison.runs", over_time::runs_lines(c, input.language));
}

void over_time(View& view, const ReportInput& input) {
  const Comparison& c = input.indicated.comparison;
  if (c.points.size() < 2) return;
  const Language& language = input.language;
  view.blocks.emplace_back(Heading{2, language.say("report.over_time")});
  const std::vector<ChartEvent> events = chart_events(c);
  happened(view, events, language);
  const Instrument& instrument = latest(input).instrument;
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end) {
    view.blocks.emplace_back(Heading{3, words::node(instrument, area)});
    for (Figure& figure : charts_of(input, area, events))
      view.blocks.emplace_back(std::move(figure));
    view.blocks.emplace_back(numbers(input, area));
  }
}

}  // namespace gcp2::sections

namespace gcp2 {

std::vector<Figure> charts_over_time(const ReportInput& input) {
  const Comparison& c = input.indicated.comparison;
  std::vector<Figure> out;
  if (c.points.size() < 2) return out;
  const std::vector<ChartEvent> events = chart_events(c);
  const Instrument& instrument = c.points.back().instrument;
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end)
    std::ranges::move(sections::charts_of(input, area, events), std::back_inserter(out));
  return out;
}

}  // namespace gcp2
