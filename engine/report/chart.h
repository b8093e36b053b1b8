// Grades over time as small multiples: a panel a sub-area, true dates, grade 1 at the top.
#pragma once

#include <string>
#include <vector>

#include "gcp2/comparison.h"
#include "gcp2/language.h"
#include "gcp2/picture.h"

namespace gcp2 {

/// An event on the time axis, by its number in the legend.
struct ChartEvent {
  int number = 0;
  Date on;
  std::string text;
};
/// The events of all records that fall between the first and the last point, in order, each once.
std::vector<ChartEvent> chart_events(const Comparison& comparison);

/// One area: its own panel, then one for each of its sub-areas; in large print, where letters have 18
/// points, two panels to a picture.
std::vector<Picture> area_charts(const Comparison& comparison, NodeIndex area,
                                 const std::vector<ChartEvent>& events, const Language& language,
                                 bool large_print);

/// Whether other people graded below the node at `point` than at the point before.
bool other_assessors(const Comparison& comparison, NodeIndex node, std::size_t point);

}  // namespace gcp2
