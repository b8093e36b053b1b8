// Where everything of a genogram stands.
#pragma once

#include <cstddef>
#include <vector>

#include "drawing/kin.h"
#include "drawing/lettering.h"

namespace gcp2::drawing {

struct Place {
  Point middle;             ///< of the symbol
  std::vector<Line> label;  ///< below it
  double half_width = 0;    ///< of symbol and label together
  std::size_t row = 0;
};

struct Row {
  std::vector<std::size_t> people;  ///< left to right
  double top = 0, label_top = 0, bottom = 0;
};

/// How a union is drawn. Lengths are in points.
struct Bond {
  bool beside = false;  ///< the partners are neighbours: a stroke between their symbols
  /// Otherwise, or for one alone: where the stroke leaves each partner's label, and its height.
  std::vector<double> stubs;
  double bar_y = 0;
  Point drop;          ///< where the children's line begins
  double sibship_y = 0;  ///< height of the line that the children hang from
};

struct Plan {
  std::vector<Place> places;  ///< by person
  std::vector<Row> rows;
  std::vector<Bond> bonds;  ///< by union
  double width = 0, height = 0;
};

/// `labels` by person.
Plan plan_of(const Kin& kin, std::vector<std::vector<Line>> labels);

}  // namespace gcp2::drawing
