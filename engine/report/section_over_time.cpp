#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/chart.h"
#include "report/sections.h"
#include "report/words.h"

namespace gcp2::sections {
namespace {

/// The areas and sub-areas for which the test holds, by name.
std::vector<std::string> names_where(const ReportInput& input, auto test) {
  const Instrument& instrument = latest(input).instrument;
  std::vector<std::string> names;
  for (const NodeChange& node : input.comparison.nodes)
    if (instrument.node(node.node).level != Level::item && test(node))
      names.push_back(words::node(instrument, node.node));
  return names;
}

void shift(Items& items, const ReportInput& input) {
  const Comparison& c = input.comparison;
  const Language& language = input.language;
  for (const Shift& s : c.shift) {
    if (!s.rp || !s.rp->error) continue;  // too few pairs to say how sure it is
    constexpr double two_sided_95 = 1.96;
    const double low = s.rp->estimate - two_sided_95 * *s.rp->error;
    const double high = s.rp->estimate + two_sided_95 * *s.rp->error;
    const bool clear = low > 0 || high < 0;
    const std::string direction =
        clear ? language.say(s.rp->estimate < 0 ? "shift.better" : "shift.worse") : std::string{};
    const auto day = [&](std::size_t point) {
      return words::date(language, c.points[point].assessment.window_to);
    };
    items.items.push_back(language.say(
        clear ? "report.shift" : "report.shift_open",
        {{"pairs", std::to_string(s.pairs)},
         {"from", day(s.from)},
         {"to", day(s.to)},
         {"unchanged", std::to_string(std::lround(100 * s.unchanged))},
         {"direction", direction},
         {"rp", fmt::format("{:.2f}", s.rp->estimate)},
         {"low", fmt::format("{:.2f}", low)},
         {"high", fmt::format("{:.2f}", high)}}));
  }
}

/// A row a record, so that many records stay readable on a page.
Table numbers(const ReportInput& input, NodeIndex area) {
  const Comparison& c = input.comparison;
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

}  // namespace

void changes(View& view, const ReportInput& input) {
  if (input.comparison.points.size() < 2) return;
  const Language& language = input.language;
  view.blocks.emplace_back(Heading{2, language.say("report.changes")});
  Items items;
  const auto add = [&](std::string_view key, auto test) {
    const auto names = names_where(input, test);
    if (!names.empty())
      items.items.push_back(language.say(key, {{"names", words::list(language, names)}}));
  };
  const auto went = [](Direction direction) {
    return [direction](const NodeChange& n) {
      return n.grades.back() && n.direction == direction;
    };
  };
  add("report.worsened", went(Direction::worsened));
  add("report.improved", went(Direction::improved));
  add("report.unchanged", went(Direction::unchanged));
  add("report.no_grade_now", [](const NodeChange& n) {
    return !n.grades.back() && !n.possible.back().empty();
  });
  shift(items, input);
  view.blocks.emplace_back(std::move(items));

  Items care;
  for (const ChangeNote note :
       {ChangeNote::assessor_changed, ChangeNote::within_rater_variation, ChangeNote::carer_changed,
        ChangeNote::rule_changed, ChangeNote::age_band_changed, ChangeNote::provisional,
        ChangeNote::judged, ChangeNote::not_comparable}) {
    const auto names = names_where(input, [note](const NodeChange& n) {
      return std::ranges::find(n.notes, note) != n.notes.end();
    });
    if (!names.empty())
      care.items.push_back(language.say("note." + std::string{name_of(note)},
                                        {{"names", words::list(language, names)}}));
  }
  if (!care.items.empty()) {
    view.blocks.emplace_back(Heading{3, language.say("report.worth_knowing")});
    view.blocks.emplace_back(std::move(care));
  }
  Items runs;
  const Instrument& instrument = latest(input).instrument;
  for (const NodeChange& node : input.comparison.nodes) {
    if (instrument.node(node.node).level == Level::item || node.runs.empty()) continue;
    const Run& run = node.runs.back();
    if (run.assessments > 1 && run.last + 1 == input.comparison.points.size())
      runs.items.push_back(
          language.say("report.run", {{"node", words::node(instrument, node.node)},
                                      {"assessments", std::to_string(run.assessments)},
                                      {"days", std::to_string(run.days)}}));
  }
  if (runs.items.empty()) return;
  view.blocks.emplace_back(Heading{3, language.say("report.long_time")});
  view.blocks.emplace_back(std::move(runs));
}

void over_time(View& view, const ReportInput& input) {
  const Comparison& c = input.comparison;
  if (c.points.size() < 2) return;
  const Language& language = input.language;
  view.blocks.emplace_back(Heading{2, language.say("report.over_time")});
  const std::vector<ChartEvent> events = chart_events(c);
  const Instrument& instrument = latest(input).instrument;
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end) {
    view.blocks.emplace_back(Heading{3, words::node(instrument, area)});
    Picture picture = area_chart(c, area, events, language);
    std::string sentence = picture.description;
    view.blocks.emplace_back(Figure{std::move(picture), std::move(sentence)});
    view.blocks.emplace_back(numbers(input, area));
  }
  if (events.empty()) return;
  Items list;
  for (const ChartEvent& event : events)
    list.items.push_back(language.say("chart.event", {{"number", std::to_string(event.number)},
                                                      {"on", words::date(language, event.on)},
                                                      {"text", event.text}}));
  view.blocks.emplace_back(std::move(list));
}

}  // namespace gcp2::sections
