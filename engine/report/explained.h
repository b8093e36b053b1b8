// How each grade came about, in sentences; for terminals and for reports.
#pragma once

#include <string>
#include <vector>

#include "gcp2/language.h"
#include "gcp2/scoring.h"

namespace gcp2 {

/// A sentence; `depth` 0 is about the area, 1 about a part of what stands before it.
struct ExplainedLine {
  int depth = 0;
  std::string text;
};
struct ExplainedArea {
  NodeIndex area = 0;
  std::string heading;
  std::vector<ExplainedLine> lines;
};

/// A part for each area, in tree order.
std::vector<ExplainedArea> explained(const ScoredRecord& record, const Language& language);

}  // namespace gcp2
