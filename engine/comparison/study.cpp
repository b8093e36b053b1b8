#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <tuple>

#include "comparison/align.h"
#include "gcp2/comparison.h"
#include "gcp2/strict.h"

namespace gcp2 {
namespace {

/// Grades by case and leaf, each with its rater.
using Ratings = std::map<std::pair<std::string, NodeIndex>,
                         std::map<std::string, std::optional<Grade>, std::less<>>>;

void read_rating(const Spot& spot, const Instrument& instrument, Ratings& ratings) {
  if (!spot.object({"case", "node", "rater"}, {"grade"})) return;
  const std::string subject = spot.text("case");
  const std::string rater = spot.text("rater");
  const std::string code = spot.text("node");
  const auto grade = spot.member("grade").grade();
  if (code.empty()) return;
  const auto node = spot.member("node").node(instrument, code);
  if (!node) return;
  if (!instrument.is_leaf(*node)) return spot.member("node").refuse("not_a_leaf", code);
  if (!ratings[{subject, *node}].emplace(rater, grade).second) spot.refuse("rating_twice", code);
}

/// Every two raters who graded the same leaf of the same case.
void count_pairs(const std::map<std::string, std::optional<Grade>, std::less<>>& raters,
                 RaterNoise::Area& area) {
  std::array<std::size_t, 5> gave{};  // by grade: how many raters gave it
  for (const auto& [rater, grade] : raters)
    if (grade) ++gave.at(static_cast<std::size_t>(grade->number() - Grade::best));
  for (std::size_t a = 0; a < gave.size(); ++a)
    for (std::size_t b = a; b < gave.size(); ++b) {
      const std::size_t pairs =
          a == b ? gave[a] * (gave[a] - std::min<std::size_t>(gave[a], 1)) / 2 : gave[a] * gave[b];
      area.pairs += pairs;
      area.differed[b - a] += pairs;
    }
}

}  // namespace

bool RaterNoise::explains(std::string_view area, int grades) const noexcept {
  const auto found = std::ranges::find(areas, area, &Area::code);
  if (grades < 1 || found == areas.end() || found->pairs == 0) return false;
  std::size_t differed = 0;
  for (auto d = static_cast<std::size_t>(grades); d < found->differed.size(); ++d)
    differed += found->differed[d];
  constexpr std::size_t one_in = 20;  // 5 %, semantics 6
  return differed * one_in >= found->pairs;
}

RaterNoise read_rater_noise(const Value& document, const Instruments& instruments,
                            Findings& findings) {
  RaterNoise noise;
  const Spot spot{document, "", findings};
  if (!spot.object({"format", "instrument", "ratings"}, {"note"})) return noise;
  require_format(spot, "gcp2/study/1");
  const Instrument* instrument = spot.instrument(instruments);
  const std::vector<Spot> list = spot.items("ratings");
  if (instrument == nullptr) return noise;
  noise.digest = instrument->digest;
  Ratings ratings;
  for (const Spot& rating : list) read_rating(rating, *instrument, ratings);
  for (NodeIndex i = 0; i < instrument->nodes.size(); i = instrument->node(i).end)
    noise.areas.push_back({.code = instrument->node(i).code});
  for (const auto& [subject_and_leaf, raters] : ratings) {
    const NodeIndex area = area_of(*instrument, subject_and_leaf.second);
    count_pairs(raters, *std::ranges::find(noise.areas, instrument->node(area).code,
                                           &RaterNoise::Area::code));
  }
  return noise;
}

NodeMapping read_node_mapping(const Value& document, const Instruments& instruments,
                              Findings& findings) {
  NodeMapping mapping;
  const Spot spot{document, "", findings};
  if (!spot.object({"format", "from", "to", "nodes"}, {"note"})) return mapping;
  require_format(spot, "gcp2/mapping/1");
  mapping.from_digest = spot.text("from");
  mapping.to_digest = spot.text("to");
  const auto at_hand = [&](std::string_view key) -> const Instrument* {
    const auto digest = spot.value.text_at(key);
    const auto found = std::ranges::find(instruments.list, digest, &Instrument::digest);
    if (found != instruments.list.end()) return &*found;
    if (!digest.empty()) spot.member(key).refuse("unknown_digest");
    return nullptr;
  };
  const Instrument* from = at_hand("from");
  const Instrument* to = at_hand("to");
  const Spot nodes = spot.member("nodes");
  if (!nodes.value.is_null() && !nodes.value.is_object())
    nodes.refuse("wrong_type", {}, {{"expected", "object"}});
  if (from == nullptr || to == nullptr) return mapping;
  for (const Member& member : nodes.value.members()) {
    const Spot entry = nodes.member(member.key);
    const std::string code = nodes.text(member.key);
    const auto old_node = entry.node(*from, member.key);
    if (code.empty()) {
      if (entry.value.is_null()) entry.refuse("wrong_type", {}, {{"expected", "text"}});
      continue;
    }
    const auto new_node = entry.node(*to, code);
    if (!old_node || !new_node) continue;
    if (std::ranges::find(mapping.nodes, code, &std::pair<std::string, std::string>::second) !=
        mapping.nodes.end())
      entry.refuse("mapped_twice", code);
    else if (from->is_leaf(*old_node) != to->is_leaf(*new_node))
      entry.refuse("mapped_leaf_to_parent", code);
    else
      mapping.nodes.emplace_back(member.key, code);
  }
  return mapping;
}

}  // namespace gcp2
