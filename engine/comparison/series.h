// What a series of one child and the siblings of a family share.
#pragma once

#include <string_view>
#include <vector>

#include "comparison/identity.h"
#include "gcp2/comparison.h"

namespace gcp2 {

/// Records of one child in order, without those whose successor is there.
std::vector<ScoredRecord> in_order(const std::vector<ScoredRecord>& records, Findings& findings);

void refuse_twice(const std::vector<ScoredRecord>& records, Findings& findings);

/// Why two records are not known to be of one child.
constexpr std::string_view code_of(Identity identity) noexcept {
  if (identity == Identity::other) return "another_child";
  return identity == Identity::contradictory ? "child_contradicted" : "child_unknown";
}

}  // namespace gcp2
