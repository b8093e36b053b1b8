#include <algorithm>
#include <set>

#include "comparison/notes.h"

namespace gcp2 {
namespace {

constexpr int cause_for_care = 3;  // "days at 3+", semantics 6

Direction direction_of(int change) noexcept {
  if (change == 0) return Direction::unchanged;
  return change < 0 ? Direction::improved : Direction::worsened;
}

/// Every difference between a grade of one set and a grade of the other.
std::vector<int> differences(GradeSet from, GradeSet to) {
  std::set<int> all;
  for (int a = Grade::best; a <= Grade::worst; ++a)
    for (int b = Grade::best; b <= Grade::worst; ++b)
      if (from.contains(*Grade::from(a)) && to.contains(*Grade::from(b))) all.insert(b - a);
  return {all.begin(), all.end()};
}

void set_change(NodeChange& node) {
  std::vector<std::size_t> graded;
  for (std::size_t p = 0; p < node.grades.size(); ++p)
    if (node.grades[p]) graded.push_back(p);
  if (graded.size() < 2) return;
  const auto grade = [&node](std::size_t p) { return node.grades[p]->number(); };
  node.changed_from = graded[graded.size() - 2];
  node.changed_to = graded.back();
  node.change = grade(*node.changed_to) - grade(*node.changed_from);
  node.since_first = grade(*node.changed_to) - grade(graded.front());
  node.direction = direction_of(*node.change);
  node.direction_first = direction_of(*node.since_first);
  node.change_possible =
      differences(node.possible[*node.changed_from], node.possible[*node.changed_to]);
}

void set_runs(NodeChange& node, const std::vector<ScoredRecord>& points) {
  bool running = false;
  for (std::size_t p = 0; p < points.size(); ++p) {
    if (!node.grades[p]) continue;
    if (node.grades[p]->number() < cause_for_care) {
      running = false;
      continue;
    }
    if (!running) node.runs.push_back({.first = p, .last = p});
    running = true;
    Run& run = node.runs.back();
    run.last = p;
    ++run.assessments;
    const auto& first = points[run.first].assessment.window_to;
    const auto& last = points[p].assessment.window_to;
    run.days = first && last ? days_between(*first, *last) : 0;
  }
  for (const Run& run : node.runs) node.days_at_3_plus += run.days;
}

/// The targets of every point for the node, with the first later grade.
void set_targets(NodeChange& node, const std::vector<ScoredRecord>& points) {
  for (std::size_t p = 0; p < points.size(); ++p) {
    if (!node.at[p]) continue;
    for (const Target& target : points[p].assessment.targets) {
      if (target.node != points[p].instrument.node(*node.at[p]).code) continue;
      TargetOutcome outcome{.set_at = p,
                            .from = target.from,
                            .to = target.to,
                            .review_by = target.review_by,
                            .support = target.support,
                            .reviewed_at = std::nullopt,
                            .grade = std::nullopt,
                            .recorded = target.actual};
      for (std::size_t later = p + 1; later < points.size() && !outcome.grade; ++later)
        if (node.grades[later]) {
          outcome.reviewed_at = later;
          outcome.grade = node.grades[later];
        }
      node.targets.push_back(std::move(outcome));
    }
  }
}

NodeChange change_of(NodeIndex index, const std::vector<Point>& points,
                     const std::vector<ScoredRecord>& records, const RaterNoise* noise) {
  NodeChange node;
  node.node = index;
  for (const Point& point : points) {
    const auto at = point.from ? (*point.from)[index] : std::nullopt;
    node.at.push_back(at);
    node.grades.push_back(at ? grade_at(point.record, *at) : std::nullopt);
    node.possible.push_back(at ? possible_at(point.record, *at) : GradeSet{});
  }
  set_change(node);
  set_runs(node, records);
  set_targets(node, records);
  node.notes = notes_on(node, points, noise);
  return node;
}

Shift shift_between(const Comparison& comparison, std::size_t from, std::size_t to) {
  std::vector<GradePair> pairs;
  const auto is_leaf = [&](const NodeChange& node, std::size_t p) {
    return node.at[p] && comparison.points[p].instrument.is_leaf(*node.at[p]);
  };
  for (const NodeChange& node : comparison.nodes)
    if (node.grades[from] && node.grades[to] && is_leaf(node, from) && is_leaf(node, to))
      pairs.push_back({*node.grades[from], *node.grades[to]});
  Shift shift = shift_of(pairs);
  shift.from = from;
  shift.to = to;
  return shift;
}

}  // namespace

Comparison compare(std::vector<ScoredRecord> points, const RaterNoise* noise,
                   const std::vector<NodeMapping>& mappings) {
  Comparison comparison{.points = std::move(points), .comparable = {}, .nodes = {}, .shift = {}};
  const std::vector<ScoredRecord>& records = comparison.points;
  const Instrument& latest = records.back().instrument;
  std::vector<Point> prepared;
  for (const ScoredRecord& record : records) {
    prepared.push_back(point_of(record, latest, mappings));
    comparison.comparable.push_back(prepared.back().from.has_value());
  }
  for (NodeIndex i = 0; i < latest.nodes.size(); ++i)
    comparison.nodes.push_back(change_of(i, prepared, records, noise));
  for (std::size_t p = 1; p < records.size(); ++p)
    comparison.shift.push_back(shift_between(comparison, p - 1, p));
  if (records.size() > 2)
    comparison.shift.push_back(shift_between(comparison, 0, records.size() - 1));
  return comparison;
}

}  // namespace gcp2
