#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "report/over_time.h"

namespace gcp2::over_time {
namespace {

const Instrument& latest_of(const Comparison& comparison) {
  return comparison.points.back().instrument;
}

std::string percent(double share) { return fmt::format("{:.0f}", 100 * share); }

/// Two decimals, and no minus where nothing is left of it.
std::string decimals(double number) {
  std::string text = fmt::format("{:.2f}", number);
  return text == "-0.00" ? "0.00" : text;
}

/// Which way they moved is said only where the interval leaves no other.
std::string moved(const Shift& shift, const Language& language) {
  constexpr double normal_95 = 1.96;
  const double rp = shift.rp->estimate;
  const std::string estimate = decimals(rp);
  if (rp == 0) return language.say("comparison.shift_none");
  const std::string direction = language.say(
      rp < 0 ? "comparison.shift_better" : "comparison.shift_worse", {{"rp", estimate}});
  if (!shift.rp->error) return direction + " " + language.say("comparison.shift_no_interval");
  const double low = rp - normal_95 * *shift.rp->error;
  const double high = rp + normal_95 * *shift.rp->error;
  if (low <= 0 && high >= 0)
    return language.say("comparison.shift_unclear",
                        {{"rp", estimate}, {"low", decimals(low)}, {"high", decimals(high)}});
  return direction + " " +
         language.say("comparison.shift_interval",
                      {{"low", decimals(low)}, {"high", decimals(high)}});
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
    const char* key = !reached   ? "comparison.target_graded"
                      : *reached ? "comparison.target_reached"
                                 : "comparison.target_not_reached";
    said += " " + language.say(key, {{"grade", number(target.grade)},
                                     {"on", day_of(comparison.points[*target.reviewed_at])}});
    if (uncertain(node, target)) said += " " + language.say("comparison.target_uncertain");
    if (const auto lost = lost_at(node, target))
      said += " " + language.say("comparison.target_lost",
                                 {{"grade", number(node.grades[*lost])},
                                  {"on", day_of(comparison.points[*lost])}});
  }
  if (target.recorded)
    said += " " + language.say("comparison.target_recorded", {{"grade", number(target.recorded)}});
  return said;
}

}  // namespace

bool uncertain(const NodeChange& node, const TargetOutcome& target) {
  if (target.reached() != true) return false;
  const GradeSet possible = node.possible[*target.reviewed_at];
  for (int number = target.to->number() + 1; number <= Grade::worst; ++number)
    if (possible.contains(*Grade::from(number))) return true;
  return false;
}

std::optional<std::size_t> lost_at(const NodeChange& node, const TargetOutcome& target) {
  if (target.reached() != true) return std::nullopt;
  for (std::size_t point = node.grades.size() - 1; point > *target.reviewed_at; --point)
    if (node.grades[point])
      return node.grades[point]->worse_than(*target.to) ? std::optional{point} : std::nullopt;
  return std::nullopt;
}

std::vector<std::string> targets_lines(const Comparison& comparison, const Language& language) {
  std::vector<std::string> lines;
  for (const NodeChange& node : comparison.nodes)
    for (const TargetOutcome& target : node.targets)
      lines.push_back(target_words(comparison, node, target, language));
  return lines;
}

std::vector<std::string> runs_lines(const Comparison& comparison, const Language& language) {
  // Nodes with the same run stand together.
  std::vector<std::pair<Run, std::vector<std::string>>> groups;
  for (const NodeChange& node : comparison.nodes)
    for (const Run& run : node.runs) {
      if (run.assessments < 2) continue;
      const auto same = std::ranges::find_if(groups, [&run](const auto& group) {
        return group.first.first == run.first && group.first.last == run.last &&
               group.first.assessments == run.assessments;
      });
      auto& group =
          same != groups.end() ? *same : groups.emplace_back(run, std::vector<std::string>{});
      group.second.push_back(words::node(latest_of(comparison), node.node));
    }
  std::vector<std::string> lines;
  for (const auto& [run, nodes] : groups)
    lines.push_back(
        language.say("comparison.run", {{"nodes", fmt::format("{}", fmt::join(nodes, ", "))},
                                        {"count", std::to_string(run.assessments)},
                                        {"from", day_of(comparison.points[run.first])},
                                        {"to", day_of(comparison.points[run.last])},
                                        {"days", std::to_string(run.days)}}));
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
    lines.push_back(
        language.say("comparison.shift", {{"from", from},
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
