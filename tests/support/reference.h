// Semantics 3 a second time, slowly: every completion is tried one by one. What the engine computes
// is held against this. Shares only the data types with the engine.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gcp2/scoring.h"

namespace gcp2::test {

struct ReferenceNode {
  std::optional<int> grade, computed;
  std::string reason;  // empty = none
  std::string status = "not_applicable";
  std::set<int> possible, computed_possible;
  std::set<std::string> decided_by;
  std::vector<std::pair<std::string, std::string>> left_out;
  int counted = 0, applicable = 0;
};

struct ReferenceCard {
  std::vector<ReferenceNode> nodes;
  std::vector<int> counts = std::vector<int>(6);  // [0] = missing
  std::vector<std::string> worst;
};

/// The grade and reason of a rule over some grades; nullopt of none.
std::optional<std::pair<int, std::string>> reference_roll_up(const Rule& rule,
                                                             const std::vector<int>& grades);
/// Every grade that the rule gives while each child takes each grade of its set.
std::set<int> reference_possible(const Rule& rule, const std::vector<std::set<int>>& children);

ReferenceCard reference_score(const Instrument& instrument, const Rule& rule, const Sheet& sheet);

/// An instrument in words: "A(A1:3 A2 A3:2) B(B1)" has area A with A1 of three items, the leaf A2
/// and A3 of two items. Items are A1a, A1b ...
Value small_document(std::string_view tree);
Instrument small_instrument(std::string_view tree);
/// The same with exceptions "A1<A2" (A1 takes from A2), for behavioural difficulty.
Instrument small_instrument(std::string_view tree, const std::vector<std::string>& exceptions);

/// All rules: override above 1 to 5, majority, worst, each with both ties.
std::vector<Rule> every_rule();
std::string name_of(const Rule& rule);

}  // namespace gcp2::test
