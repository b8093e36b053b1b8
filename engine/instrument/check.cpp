#include <algorithm>
#include <map>

#include "instrument/reading.h"

namespace gcp2::reading {
namespace {

void refuse(Findings& findings, std::string_view code, std::string pointer, std::string_view node) {
  add_finding(findings, {.code = code,
                         .severity = Severity::invalid,
                         .pointer = std::move(pointer),
                         .node = shown(node)});
}

std::optional<std::array<std::string, 5>> descriptors(const Cursor& cursor,
                                                      const std::string& code) {
  if (!cursor.object({"1", "2", "3", "4", "5"})) return std::nullopt;
  std::array<std::string, 5> texts;
  for (std::size_t i = 0; i < texts.size(); ++i)
    texts[i] = cursor.text(std::to_string(i + 1), false);
  if (std::ranges::any_of(texts, &std::string::empty)) cursor.refuse("descriptor_missing", code);
  return texts;
}

/// Bands that follow each other must meet: neither a hole nor an overlap.
template <class Band>
std::string_view gap_or_overlap(std::vector<Band> bands) {
  std::ranges::sort(bands, {}, [](const Band& b) { return std::pair{b.from, b.to}; });
  for (std::size_t i = 1; i < bands.size(); ++i) {
    if (bands[i].from < bands[i - 1].to) return "bands_overlap";
    if (bands[i].from > bands[i - 1].to) return "bands_leave_hole";
  }
  return {};
}

}  // namespace

const std::vector<std::string_view>& known_rules() {
  static const std::vector<std::string_view> names{"majority-override", "majority", "worst"};
  return names;
}

std::vector<Wording> wording(const Cursor& cursor, const Node& leaf, bool band_refused) {
  constexpr AgeBand childhood{0, 18 * 12};
  std::vector<Wording> all;
  const auto plain = cursor.member("descriptors", false);
  const std::vector<Cursor> by_age = cursor.items("descriptors_by_age", false);
  if (plain.has_value() == !by_age.empty()) {
    cursor.refuse("descriptors_missing", leaf.code);
    return all;
  }
  if (plain) {
    if (auto texts = descriptors(*plain, leaf.code))
      all.push_back({std::nullopt, std::move(*texts)});
    return all;
  }
  std::vector<AgeBand> bands;
  bool whole = true;
  for (const Cursor& entry : by_age) {
    const bool is_object = entry.object({"age_band", "descriptors"});
    const WrittenBand written = is_object ? age_band(entry) : WrittenBand{};
    if (is_object && !written.band && !written.refused)
      entry.refuse("missing_key", leaf.code, {{"key", "age_band"}});
    whole = whole && written.band.has_value();
    if (!written.band) continue;
    bands.push_back(*written.band);
    const auto texts = entry.member("descriptors", true);
    if (!texts) continue;
    if (auto read = descriptors(*texts, leaf.code)) all.push_back({written.band, std::move(*read)});
  }
  if (!whole) return all;
  const AgeBand needed = leaf.band.value_or(childhood);
  const auto holds = [&bands](int months) {
    return std::ranges::any_of(bands, [months](const AgeBand& b) { return b.holds(months); });
  };
  const std::string_view problem = gap_or_overlap(bands);
  if (!problem.empty()) cursor.refuse(problem, leaf.code);
  if (problem != "bands_leave_hole" && !band_refused &&
      (!holds(needed.from) || !holds(needed.to - 1)))
    cursor.refuse("bands_leave_hole", leaf.code);
  return all;
}

void check_codes(const Instrument& instrument, const Places& places, Findings& findings) {
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < instrument.nodes.size(); ++i)
    if (!seen.emplace(instrument.nodes[i].code, i).second && !instrument.nodes[i].code.empty())
      refuse(findings, "code_twice", places.pointers[i] + "/code", instrument.nodes[i].code);
}

void check_bands(const Instrument& instrument, const Places& places, Findings& findings) {
  for (NodeIndex parent = 0; parent < instrument.nodes.size(); ++parent) {
    const NodeIndex end = instrument.nodes[parent].end;
    std::vector<AgeBand> bands;
    bool whole = true;
    for (NodeIndex child = static_cast<NodeIndex>(parent + 1); child < end;
         child = instrument.nodes[child].end) {
      whole = whole && !places.bands_refused[child];
      const auto& band = instrument.nodes[child].band;
      // Siblings of one age share a band; only distinct bands must meet.
      if (band && std::ranges::find(bands, *band) == bands.end()) bands.push_back(*band);
    }
    if (const auto problem = gap_or_overlap(bands); whole && !problem.empty())
      refuse(findings, problem, places.pointers[parent], instrument.nodes[parent].code);
  }
}

void check_exceptions(const Instrument& instrument, Findings& findings) {
  for (std::size_t i = 0; i < instrument.exceptions.size(); ++i) {
    const Exception& exception = instrument.exceptions[i];
    const std::string pointer = "/exceptions/" + std::to_string(i);
    const Node& node = instrument.nodes[exception.node];
    const Node& from = instrument.nodes[exception.takes_from];
    if (instrument.exception_on(exception.node) != &exception)
      refuse(findings, "exception_twice", pointer, node.code);
    if (node.level != Level::sub_area || from.level != Level::sub_area ||
        node.parent != from.parent)
      refuse(findings, "exception_not_between_siblings", pointer, node.code);
    if (instrument.is_leaf(exception.node))
      refuse(findings, "exception_on_leaf", pointer, node.code);
    // Following takes_from must come to an end before every exception has been passed.
    NodeIndex step = exception.takes_from;
    for (std::size_t hops = 0; const Exception* next = instrument.exception_on(step); ++hops) {
      step = next->takes_from;
      if (hops <= instrument.exceptions.size()) continue;
      refuse(findings, "exception_cycle", pointer, node.code);
      break;
    }
  }
}

}  // namespace gcp2::reading
