// The two rings of an ecomap: those who live with the child, and everybody and everything else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drawing/kin.h"
#include "drawing/lettering.h"

namespace gcp2::drawing {

/// Someone or something that an ecomap shows: a person's symbol with lines below it, or a box.
struct Spot {
  std::optional<std::size_t> person = {};  ///< none = an agency
  std::vector<Line> lines = {};
  double width = 0, height = 0;
  Point middle = {};  ///< of symbol and lines together
  bool lead = false;

  /// Where ties aim at: the middle of the symbol, or of the box.
  [[nodiscard]] Point heart() const;
};

/// A tie between two spots; `household` in place of the first one means all of it.
struct Strand {
  static constexpr std::size_t household = static_cast<std::size_t>(-1);
  std::size_t from = 0, to = 0;
  std::string kind;
};

/// Spots are counted through `inside` and then `outside`.
struct Around {
  std::vector<Spot> inside;  ///< the child first
  std::vector<Spot> outside;
  Point household = {};    ///< half its width and height; its middle is the origin
  Point low = {}, high = {};  ///< the corners of everything

  [[nodiscard]] const Spot& spot(std::size_t index) const {
    return index < inside.size() ? inside[index] : outside[index - inside.size()];
  }
  /// The visible ends of a strand, clear of what it joins; none where the two all but touch.
  [[nodiscard]] std::optional<std::pair<Point, Point>> ends(const Strand& strand) const;
};

/// Places everything, so that as few ties as can be run across somebody else.
void place(Around& around, const std::vector<Strand>& strands);

}  // namespace gcp2::drawing
