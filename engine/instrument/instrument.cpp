#include "gcp2/instrument.h"

#include <algorithm>

namespace gcp2 {

std::string_view name_of(Level level) noexcept {
  switch (level) {
    case Level::area: return "area";
    case Level::sub_area: return "sub_area";
    case Level::item: break;
  }
  return "item";
}

std::string_view name_of(Condition condition) noexcept {
  return condition == Condition::behavioural_difficulty ? "behavioural_difficulty"
                                                        : "long_term_health_condition";
}

std::optional<Condition> condition_from(std::string_view name) noexcept {
  for (const Condition c :
       {Condition::long_term_health_condition, Condition::behavioural_difficulty})
    if (name == name_of(c)) return c;
  return std::nullopt;
}

std::string_view name_of(NeglectType type) noexcept {
  switch (type) {
    case NeglectType::medical: return "medical";
    case NeglectType::nutritional: return "nutritional";
    case NeglectType::emotional: return "emotional";
    case NeglectType::educational: return "educational";
    case NeglectType::physical: return "physical";
    case NeglectType::lack_of_supervision: break;
  }
  return "lack_of_supervision";
}

std::string_view name_of(Source source) noexcept {
  switch (source) {
    case Source::seen: return "S";
    case Source::recollected: return "R";
    case Source::own: break;
  }
  return "O";
}

std::optional<NodeIndex> Instrument::find(std::string_view code) const noexcept {
  const auto found = std::ranges::find(nodes, code, &Node::code);
  if (found == nodes.end()) return std::nullopt;
  return static_cast<NodeIndex>(found - nodes.begin());
}

const Rule* Instrument::rule(std::string_view name) const noexcept {
  const auto found = std::ranges::find(rules, name, &Rule::name);
  return found == rules.end() ? nullptr : &*found;
}

const Exception* Instrument::exception_on(NodeIndex node) const noexcept {
  const auto found = std::ranges::find(exceptions, node, &Exception::node);
  return found == exceptions.end() ? nullptr : &*found;
}

const Wording* Instrument::wording(NodeIndex leaf, int age_months) const noexcept {
  const std::vector<Wording>& all = nodes[leaf].wording;
  const auto found = std::ranges::find_if(
      all, [age_months](const Wording& w) { return !w.band || w.band->holds(age_months); });
  if (found != all.end()) return &*found;
  return all.empty() ? nullptr : &all.back();
}

const Instrument* Instruments::find(std::string_view id, std::string_view version,
                                    std::string_view digest) const noexcept {
  const auto found = std::ranges::find_if(list, [&](const Instrument& i) {
    return i.id == id && i.version == version && (digest.empty() || i.digest == digest);
  });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace gcp2
