#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "gcp2/report.h"
#include "report/over_time.h"

namespace gcp2::over_time {
namespace {

constexpr int cause_for_care = 3;

const Instrument& latest_of(const Comparison& comparison) {
  return comparison.points.back().instrument;
}

/// "B2 In carer's absence (3 to 4)" for all nodes that are so; items apart from what is above them.
template <class Is>
std::vector<std::string> named_changes(const Comparison& comparison, bool items, Is is) {
  std::vector<std::string> names;
  const Instrument& latest = latest_of(comparison);
  for (const NodeChange& node : comparison.nodes) {
    if ((latest.node(node.node).level == Level::item) != items || !node.change || !is(node)) continue;
    const int from = node.grades[*node.changed_from]->number();
    const int to = node.grades[*node.changed_to]->number();
    names.push_back(words::node(latest, node.node) +
                    (from == to ? fmt::format(" ({})", to) : fmt::format(" ({} to {})", from, to)));
  }
  return names;
}

std::string percent(double share) { return fmt::format("{:.0f}", 100 * share); }

std::string moved(const Shift& shift, const Language& language) {
  constexpr double normal_95 = 1.96;
  const double rp = shift.rp->estimate;
  const std::string estimate = fmt::format("{:.2f}", rp);
  const char* direction = rp < 0 ? "comparison.shift_better" : "comparison.shift_worse";
  if (rp == 0) return language.say("comparison.shift_none");
  if (!shift.rp->error) return language.say(direction, {{"rp", estimate}});
  const double low = rp - normal_95 * *shift.rp->error;
  const double high = rp + normal_95 * *shift.rp->error;
  std::string said = language.say(direction, {{"rp", estimate}}) + " " +
                     language.say("comparison.shift_interval", {{"low", fmt::format("{:.2f}", low)},
                                                                {"high", fmt::format("{:.2f}", high)}});
  if (low <= 0 && high >= 0) said += " " + language.say("comparison.shift_uncertain");
  return said;
}

std::string target_words(const Comparison& comparison, const NodeChange& node,
                         const TargetOutcome& target, const Language& language) {
  const auto number = [](const std::optional<Grade>& grade) {
    return grade ? std::to_string(grade->number()) : "?";
  };
  std::string said = language.say(
      "comparison.target",
      {{"node", words::node(latest_of(comparison), node.node)},
       {"from", number(target.from)},
       {"to", number(target.to)},
       {"by", target.review_by ? target.review_by->text() : language.say("comparison.no_date")}});
  if (!target.support.empty())
    said += " " + language.say("comparison.target_support", {{"support", target.support}});
  if (!target.grade) {
    said += " " + language.say("comparison.target_not_reviewed");
  } else {
    const auto reached = target.reached();
    const char* key = !reached    ? "comparison.target_graded"
                      : *reached ? "comparison.target_reached"
                                 : "comparison.target_not_reached";
    said += " " + language.say(key, {{"grade", number(target.grade)},
                                     {"on", day_of(comparison.points[*target.reviewed_at])}});
  }
  if (target.recorded)
    said += " " + language.say("comparison.target_recorded", {{"grade", number(target.recorded)}});
  return said;
}

}  // namespace

std::string difference(int change, const Language& language) {
  if (change == 0) return language.say("comparison.unchanged");
  return language.say(change < 0 ? "comparison.better" : "comparison.worse",
                      {{"count", std::to_string(std::abs(change))}});
}

std::vector<ChangeNote> notes_there(const Comparison& comparison) {
  std::vector<ChangeNote> there;
  for (const NodeChange& node : comparison.nodes)
    for (const ChangeNote note : node.notes)
      if (std::ranges::find(there, note) == there.end()) there.push_back(note);
  std::ranges::sort(there);
  return there;
}

std::string letters(const NodeChange& node, const std::vector<ChangeNote>& there) {
  std::string letters;
  for (std::size_t i = 0; i < there.size(); ++i)
    if (std::ranges::find(node.notes, there[i]) != node.notes.end())
      letters += static_cast<char>('a' + static_cast<char>(i));
  return letters;
}

std::vector<std::string> changes_lines(const Comparison& comparison, const Language& language) {
  std::vector<std::string> lines;
  const auto add = [&](const char* key, bool items, auto is) {
    const auto names = named_changes(comparison, items, is);
    if (!names.empty())
      lines.push_back(language.say(key, {{"nodes", fmt::format("{}", fmt::join(names, ", "))}}));
  };
  const auto went = [](Direction direction) {
    return [direction](const NodeChange& node) { return *node.direction == direction; };
  };
  const auto stayed_poor = [](const NodeChange& node) {
    return *node.change == 0 && node.grades[*node.changed_to]->number() >= cause_for_care;
  };
  add("comparison.worsened_nodes", false, went(Direction::worsened));
  add("comparison.worsened_items", true, went(Direction::worsened));
  add("comparison.improved_nodes", false, went(Direction::improved));
  add("comparison.improved_items", true, went(Direction::improved));
  add("comparison.stayed_nodes", false, stayed_poor);
  add("comparison.stayed_items", true, stayed_poor);
  const auto unchanged = named_changes(comparison, true, went(Direction::unchanged)).size() +
                         named_changes(comparison, false, went(Direction::unchanged)).size();
  lines.push_back(language.say("comparison.unchanged_count", {{"count", std::to_string(unchanged)}}));
  return lines;
}

std::vector<std::string> notes_lines(const Comparison& comparison, const Language& language) {
  const auto there = notes_there(comparison);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < there.size(); ++i)
    lines.push_back(fmt::format("{}: {}", static_cast<char>('a' + static_cast<char>(i)),
                                language.say("comparison.note." + std::string{name_of(there[i])})));
  for (const NodeChange& node : comparison.nodes) {
    if (latest_of(comparison).node(node.node).level == Level::item) continue;
    if (std::ranges::find(node.notes, ChangeNote::provisional) == node.notes.end()) continue;
    std::vector<std::string> could_be;
    for (const int change : node.change_possible)
      could_be.push_back(difference(change, language));
    lines.push_back(language.say("comparison.could_be",
                                 {{"node", words::node(latest_of(comparison), node.node)},
                                  {"changes", words::list(language, could_be, "word.or")}}));
  }
  for (std::size_t p = 0; p < comparison.points.size(); ++p) {
    if (comparison.comparable[p]) continue;
    const Instrument& instrument = comparison.points[p].instrument;
    lines.push_back(language.say("comparison.not_compared",
                                 {{"number", std::to_string(p + 1)},
                                  {"on", day_of(comparison.points[p])},
                                  {"instrument", instrument.id + " " + instrument.version},
                                  {"digest", instrument.digest.substr(0, 12)}}));
  }
  return lines;
}

std::vector<std::string> targets_lines(const Comparison& comparison, const Language& language) {
  std::vector<std::string> lines;
  for (const NodeChange& node : comparison.nodes)
    for (const TargetOutcome& target : node.targets)
      lines.push_back(target_words(comparison, node, target, language));
  return lines;
}

std::vector<std::string> runs_lines(const Comparison& comparison, const Language& language) {
  std::vector<std::string> lines;
  for (const NodeChange& node : comparison.nodes)
    for (const Run& run : node.runs) {
      if (run.assessments < 2) continue;
      lines.push_back(
          language.say("comparison.run",
                       {{"node", words::node(latest_of(comparison), node.node)},
                        {"count", std::to_string(run.assessments)},
                        {"from", day_of(comparison.points[run.first])},
                        {"to", day_of(comparison.points[run.last])},
                        {"days", std::to_string(run.days)}}));
    }
  return lines;
}

std::vector<std::string> shift_lines(const Comparison& comparison, const Language& language) {
  std::vector<std::string> lines;
  for (const Shift& shift : comparison.shift) {
    const std::string from = day_of(comparison.points[shift.from]);
    const std::string to = day_of(comparison.points[shift.to]);
    if (shift.pairs == 0) {
      lines.push_back(language.say("comparison.shift_no_items", {{"from", from}, {"to", to}}));
      continue;
    }
    const std::size_t same = shift.pairs - shift.improved - shift.worsened;
    lines.push_back(language.say("comparison.shift", {{"from", from},
                                                      {"to", to},
                                                      {"pairs", std::to_string(shift.pairs)},
                                                      {"same", std::to_string(same)},
                                                      {"percent", percent(shift.unchanged)},
                                                      {"improved", std::to_string(shift.improved)},
                                                      {"worsened", std::to_string(shift.worsened)}}) +
                    " " + moved(shift, language));
  }
  return lines;
}

}  // namespace gcp2::over_time
