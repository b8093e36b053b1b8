// Graphviz's layered layout: boxes in rows, as near to what they are linked with as can be.
#pragma once

#include <cstddef>
#include <vector>

namespace gcp2::drawing {

struct Box {
  double width = 1;  ///< points
  int row = 0;       ///< 0 is the topmost; every box stands in its own
};
/// Draws two boxes together; the nearer the rows, the better.
struct Link {
  std::size_t from = 0, to = 0;
  int weight = 1;
};
/// Boxes of one row in this order from left to right.
using Chain = std::vector<std::size_t>;

/// The middle of each box, in points from the left edge; boxes of one row are `gap` apart at least. Where
/// links pass more rows than those of any family, chained boxes stand in their order and no more.
std::vector<double> ranked(const std::vector<Box>& boxes, const std::vector<Link>& links,
                           const std::vector<Chain>& chains, double gap);

}  // namespace gcp2::drawing
