#include "comparison/notes.h"

#include <algorithm>
#include <cstdlib>

#include "comparison/identity.h"

namespace gcp2 {
namespace {

Person assessor_of(const Assessment& a, std::string_view ref) {
  const auto found = std::ranges::find(a.assessors, ref, &Assessor::ref);
  return {found == a.assessors.end() ? std::string_view{} : std::string_view{found->name}, ref};
}

std::vector<Person> assessors_of(const Point& point, NodeIndex node) {
  std::vector<std::string_view> refs;
  for (const NodeIndex leaf : leaves_of(point.record, node))
    if (point.record.card.nodes[leaf].grade &&
        std::ranges::find(refs, point.graded_by[leaf]) == refs.end())
      refs.push_back(point.graded_by[leaf]);
  std::vector<Person> people;
  for (const std::string_view ref : refs)
    people.push_back(assessor_of(point.record.assessment, ref));
  return people;
}

/// All carers where none is marked as a main one.
std::vector<Person> main_carers_of(const Assessment& a) {
  std::vector<Person> people;
  const bool marked = std::ranges::any_of(a.carers, &Carer::main);
  for (const Carer& carer : a.carers)
    if (carer.main || !marked) people.push_back({carer.name, carer.ref});
  return people;
}

bool same_rule(const Rule& a, const Rule& b) {
  return a.name == b.name && a.method == b.method && a.override_above == b.override_above &&
         a.tie == b.tie;
}

std::optional<AgeBand> wording_band(const Point& point, NodeIndex leaf) {
  const Wording* wording = point.record.instrument.wording(leaf, point.record.sheet.age_months);
  return wording != nullptr ? wording->band : std::nullopt;
}

/// The leaves that count below a node, as the latest instrument's, each with its wording's ages. A
/// leaf that the latest has not is none.
auto basis_of(const Point& point, NodeIndex node) {
  std::vector<std::pair<std::optional<NodeIndex>, std::optional<AgeBand>>> basis;
  for (const NodeIndex leaf : leaves_of(point.record, node))
    basis.emplace_back(point.to[leaf], wording_band(point, leaf));
  std::ranges::sort(basis, {}, [](const auto& entry) { return entry.first; });
  return basis;
}

bool any_point_left_out(const NodeChange& node) {
  return std::ranges::any_of(node.at, [](const auto& at) { return !at.has_value(); });
}

}  // namespace

Point point_of(const ScoredRecord& record, const Instrument& latest,
               const std::vector<NodeMapping>& mappings) {
  Point point{record, align(record.instrument, latest, mappings)};
  point.to.resize(record.instrument.nodes.size());
  if (point.from)
    for (NodeIndex i = 0; i < latest.nodes.size(); ++i)
      if (const auto own = (*point.from)[i]) point.to[*own] = i;
  // Who is not named as having graded is the lead professional, as in a CSV.
  point.graded_by.assign(record.instrument.nodes.size(), record.assessment.lead_professional);
  for (const Observation& observation : record.assessment.observations)
    if (const auto leaf = record.instrument.find(observation.node); leaf && !observation.by.empty())
      point.graded_by[*leaf] = observation.by;
  return point;
}

std::vector<ChangeNote> notes_on(const NodeChange& node, const std::vector<Point>& points,
                                 const RaterNoise* noise) {
  std::vector<ChangeNote> notes;
  const Instrument& latest = points.back().record.instrument;
  bool other_assessor = false;
  if (node.change) {
    const Point& from = points[*node.changed_from];
    const Point& to = points[*node.changed_to];
    const NodeIndex from_node = *node.at[*node.changed_from];
    const NodeIndex to_node = *node.at[*node.changed_to];
    const NodeScore& before = from.record.card.nodes[from_node];
    const NodeScore& after = to.record.card.nodes[to_node];
    const auto note = [&notes](bool holds, ChangeNote which) {
      if (holds) notes.push_back(which);
    };
    other_assessor = !same_people(assessors_of(from, from_node), assessors_of(to, to_node));
    note(other_assessor, ChangeNote::assessor_changed);
    note(!same_people(main_carers_of(from.record.assessment), main_carers_of(to.record.assessment)),
         ChangeNote::carer_changed);
    note(!latest.is_leaf(node.node) && !same_rule(from.record.rule, to.record.rule),
         ChangeNote::rule_changed);
    note(basis_of(from, from_node) != basis_of(to, to_node), ChangeNote::age_band_changed);
    note(before.status == Status::provisional || after.status == Status::provisional,
         ChangeNote::provisional);
    note(before.judged || after.judged, ChangeNote::judged);
  }
  const bool graded = std::ranges::any_of(node.grades, [](const auto& g) { return g.has_value(); });
  if (graded && !node.grades.back()) notes.push_back(ChangeNote::latest_missing);
  if (any_point_left_out(node)) notes.push_back(ChangeNote::not_comparable);
  if (other_assessor && noise != nullptr && noise->digest == latest.digest &&
      noise->explains(latest.node(area_of(latest, node.node)).code, std::abs(*node.change)))
    notes.push_back(ChangeNote::within_rater_variation);
  return notes;
}

}  // namespace gcp2
