// Scorecards that are asked by code, for the tests of scoring.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gcp2/scoring.h"
#include "support/records.h"
#include "support/reference.h"

namespace gcp2::test {

inline constexpr int six_years = 72;

inline const Rule& rule_named(std::string_view name) { return *gcp_instrument().rule(name); }
inline const Rule& usual() { return default_rule(gcp_instrument()); }
inline const Conditions difficult = having({Condition::behavioural_difficulty});

/// A scorecard with the instrument that it needs to be asked by code.
struct Scored {
  const Instrument& instrument;
  Scorecard card;

  [[nodiscard]] const NodeScore& at(std::string_view code) const {
    return card.nodes.at(instrument.find(code).value());
  }
  [[nodiscard]] int grade(std::string_view code) const {
    return at(code).grade ? at(code).grade->number() : 0;
  }
  [[nodiscard]] std::string reason(std::string_view code) const {
    return at(code).reason ? std::string{name_of(*at(code).reason)} : "";
  }
  [[nodiscard]] std::string status(std::string_view code) const {
    return std::string{name_of(at(code).status)};
  }
  [[nodiscard]] std::vector<int> possible(std::string_view code) const {
    return numbers(at(code).possible);
  }
  [[nodiscard]] std::vector<std::string> decided_by(std::string_view code) const {
    std::vector<std::string> codes;
    for (const NodeIndex i : card.decided_by(at(code))) codes.push_back(instrument.node(i).code);
    return codes;
  }
  [[nodiscard]] std::vector<std::string> left_out(std::string_view code) const {
    std::vector<std::string> all;
    for (const LeftOut& l : card.left_out(at(code)))
      all.push_back(instrument.node(l.node).code + " " + std::string{name_of(l.why)});
    return all;
  }
  [[nodiscard]] std::vector<std::string> tipping(std::string_view area) const {
    std::vector<std::string> all;
    for (const Tipping& t : card.tipping)
      if (instrument.node(t.area).code == area)
        all.push_back(instrument.node(t.leaf).code + " " + std::to_string(t.from.number()) + ">" +
                      std::to_string(t.to.number()) + " " + std::to_string(t.area_from.number()) +
                      ">" + std::to_string(t.area_to.number()) + (t.paradox() ? " paradox" : ""));
    return all;
  }
};

inline Scored scored(const Sheet& sheet, const Rule& rule = usual(),
              const Instrument& instrument = gcp_instrument()) {
  return {instrument, score(instrument, rule, sheet)};
}

}  // namespace gcp2::test
