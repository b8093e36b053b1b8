#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "gcp2/report.h"
#include "report/over_time.h"

namespace gcp2::over_time {
namespace {

constexpr int cause_for_care = 3;

const Instrument& latest_of(const Comparison& comparison) {
  return comparison.points.back().instrument;
}

bool has_note(const NodeChange& node, ChangeNote note) {
  return std::ranges::find(node.notes, note) != node.notes.end();
}

/// "B2 In carer's absence (3 to 4)" for all nodes that are so; items apart from what is above them.
/// What the latest record does not grade is said on its own.
template <class Is>
std::vector<std::string> named_changes(const Comparison& comparison, const Language& language,
                                       bool items, Is is) {
  std::vector<std::string> names;
  const Instrument& latest = latest_of(comparison);
  for (const NodeChange& node : comparison.nodes) {
    if ((latest.node(node.node).level == Level::item) != items || !node.change ||
        has_note(node, ChangeNote::latest_missing) || !is(node))
      continue;
    const int from = node.grades[*node.changed_from]->number();
    const int to = node.grades[*node.changed_to]->number();
    std::string said = from == to ? std::to_string(to) : fmt::format("{} to {}", from, to);
    if (has_note(node, ChangeNote::within_rater_variation))
      said += ", " + language.say("comparison.within_rater_variation");
    names.push_back(fmt::format("{} ({})", words::node(latest, node.node), said));
  }
  return names;
}

/// Areas and sub-areas that went so since the first record, where others lie between.
std::vector<std::string> named_since_first(const Comparison& comparison, Direction direction) {
  std::vector<std::string> names;
  const Instrument& latest = latest_of(comparison);
  for (const NodeChange& node : comparison.nodes) {
    if (latest.node(node.node).level == Level::item || node.direction_first != direction ||
        has_note(node, ChangeNote::latest_missing))
      continue;
    const int to = node.grades[*node.changed_to]->number();
    names.push_back(
        fmt::format("{} ({} to {})", words::node(latest, node.node), to - *node.since_first, to));
  }
  return names;
}

/// "A5 Health (was 3)" for what was graded before and is not now, though it applies or does not.
std::vector<std::string> named_missing(const Comparison& comparison, const Language& language,
                                       bool applies) {
  std::vector<std::string> names;
  for (const NodeChange& node : comparison.nodes) {
    if (!has_note(node, ChangeNote::latest_missing) || node.possible.back().empty() == applies)
      continue;
    const auto last = std::ranges::find_if(node.grades.rbegin(), node.grades.rend(),
                                           [](const auto& grade) { return grade.has_value(); });
    names.push_back(
        language.say("comparison.was", {{"node", words::node(latest_of(comparison), node.node)},
                                        {"grade", std::to_string((*last)->number())}}));
  }
  return names;
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
    if (has_note(node, there[i])) letters += static_cast<char>('a' + static_cast<char>(i));
  return letters;
}

std::vector<std::string> changes_lines(const Comparison& comparison, const Language& language) {
  std::vector<std::string> lines;
  const auto add = [&](const char* key, const std::vector<std::string>& names) {
    if (!names.empty())
      lines.push_back(language.say(key, {{"nodes", fmt::format("{}", fmt::join(names, ", "))}}));
  };
  const auto named = [&](bool items, auto is) {
    return named_changes(comparison, language, items, is);
  };
  const auto went = [](Direction direction) {
    return [direction](const NodeChange& node) { return *node.direction == direction; };
  };
  const auto stayed_poor = [](const NodeChange& node) {
    return *node.change == 0 && node.grades[*node.changed_to]->number() >= cause_for_care;
  };
  add("comparison.worsened_nodes", named(false, went(Direction::worsened)));
  add("comparison.worsened_items", named(true, went(Direction::worsened)));
  add("comparison.missing_nodes", named_missing(comparison, language, true));
  add("comparison.stayed_nodes", named(false, stayed_poor));
  add("comparison.stayed_items", named(true, stayed_poor));
  add("comparison.improved_nodes", named(false, went(Direction::improved)));
  add("comparison.improved_items", named(true, went(Direction::improved)));
  if (comparison.points.size() > 2) {
    add("comparison.worsened_since_first", named_since_first(comparison, Direction::worsened));
    add("comparison.improved_since_first", named_since_first(comparison, Direction::improved));
  }
  add("comparison.no_longer_apply", named_missing(comparison, language, false));
  const auto unchanged = named(true, went(Direction::unchanged)).size() +
                         named(false, went(Direction::unchanged)).size();
  lines.push_back(
      language.say("comparison.unchanged_count", {{"count", std::to_string(unchanged)}}));
  return lines;
}

std::vector<std::string> notes_lines(const Comparison& comparison, const Language& language) {
  const auto there = notes_there(comparison);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < there.size(); ++i)
    lines.push_back(
        fmt::format("{}: {}", static_cast<char>('a' + static_cast<char>(i)),
                    language.say("comparison.note." + std::string{name_of(there[i])})));
  for (const NodeChange& node : comparison.nodes) {
    if (latest_of(comparison).node(node.node).level == Level::item) continue;
    if (!has_note(node, ChangeNote::provisional) || node.change_possible.size() < 2) continue;
    std::vector<std::string> could_be;
    for (const int change : node.change_possible) could_be.push_back(difference(change, language));
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

}  // namespace gcp2::over_time
