#include "gcp2/marking.h"

#include <algorithm>
#include <array>
#include <string>

namespace gcp2 {
namespace {

std::string nearest_id(std::string_view wanted, std::vector<std::string_view> known) {
  return std::string{nearest(wanted, known)};
}

LeafOutcome outcome_of(const std::optional<Grade>& own, const std::optional<Grade>& key) {
  if (!key) return own ? LeafOutcome::without_grounds : LeafOutcome::rightly_open;
  if (!own) return LeafOutcome::not_graded;
  if (*own == *key) return LeafOutcome::same;
  return own->worse_than(*key) ? LeafOutcome::worse : LeafOutcome::better;
}

/// The trainee (rater 0) and the key, over the key's leaves.
Ratings beside_key(const std::vector<LeafMark>& leaves) {
  Ratings ratings{std::vector<std::string>(leaves.size()), {"trainee", "key"}};
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (leaves[i].own.grade) ratings.set(i, 0, leaves[i].own.grade->number());
    if (leaves[i].key->grade) ratings.set(i, 1, leaves[i].key->grade->number());
  }
  return ratings;
}

void set_figures(Marking& marking) {
  for (const Statistic& each :
       agreement(beside_key(marking.leaves), {.weights = {Weights::quadratic}, .samples = 0})) {
    if (each.measure == Measure::percent_exact) marking.exact = each;
    if (each.measure == Measure::percent_within_one) marking.within_one = each;
    if (each.measure == Measure::cohen_kappa) marking.kappa = each;
    if (each.measure == Measure::rp_bias && each.rater == 0U) marking.bias = each;
  }
}

}  // namespace

bool has_error(const Statistic& statistic) noexcept {
  constexpr double rounding = 1e-9;
  return statistic.error && *statistic.error > rounding;
}

std::string_view name_of(LeafOutcome outcome) noexcept {
  constexpr std::array<std::string_view, 6> names{"same",       "worse",        "better",
                                                  "not_graded", "rightly_open", "without_grounds"};
  return names.at(static_cast<std::size_t>(outcome));
}

std::optional<ToldCase> told_case_of(const Assessment& assessment, const Instrument& instrument,
                                     const Sheet& sheet, const std::vector<Case>& cases,
                                     Findings& findings) {
  const auto refuse = [&findings](std::string_view code, std::string_view pointer,
                                  std::string near = {}) -> std::optional<ToldCase> {
    Finding finding{.code = code, .severity = Severity::invalid, .pointer = std::string{pointer}};
    if (!near.empty()) finding.details.emplace_back("nearest", std::move(near));
    add_finding(findings, std::move(finding));
    return std::nullopt;
  };
  if (!assessment.training) return refuse("not_for_training", "");
  const TrainingCase& named = *assessment.training;
  const auto told = std::ranges::find(cases, named.id, &Case::id);
  if (told == cases.end()) {
    std::vector<std::string_view> known;
    for (const Case& each : cases) known.emplace_back(each.id);
    return refuse("unknown_case", "/training/case", nearest_id(named.id, std::move(known)));
  }
  const CaseProfile* profile = told->profile(named.profile);
  if (profile == nullptr) {
    std::vector<std::string_view> known;
    for (const CaseProfile& each : told->profiles) known.emplace_back(each.id);
    return refuse("unknown_profile", "/training/profile",
                  nearest_id(named.profile, std::move(known)));
  }
  if (instrument.digest != told->instrument->digest)
    return refuse("training_other_instrument", "/instrument");
  if (sheet.age_months != profile->age_months || sheet.conditions != profile->conditions)
    return refuse("training_other_child", "/child");
  return ToldCase{&*told, profile};
}

std::size_t Marking::count(LeafOutcome outcome) const noexcept {
  return static_cast<std::size_t>(std::ranges::count(leaves, outcome, &LeafMark::outcome));
}

Marking mark(const ToldCase& of, const Sheet& sheet) {
  Marking marking;
  marking.of = of;
  const Instrument& instrument = *of.told->instrument;
  std::vector<bool> asked(instrument.nodes.size());
  for (const KeyEntry& key : of.profile->key) {
    asked[key.node] = true;
    LeafMark leaf{.key = &key, .own = sheet.marks[key.node]};
    leaf.outcome = outcome_of(leaf.own.grade, key.grade);
    if (leaf.own.grade && key.grade) {
      ++marking.compared;
      leaf.apart = leaf.own.grade->number() - key.grade->number();
    }
    marking.leaves.push_back(leaf);
  }
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
    if (instrument.is_leaf(i) && !asked[i] && sheet.marks[i].grade) marking.beyond.push_back(i);
  set_figures(marking);
  return marking;
}

}  // namespace gcp2
