// Texts in a picture. Nobody measures fonts here: widths are estimates on the safe side.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gcp2/picture.h"

namespace gcp2::drawing {

struct Point {
  double x = 0, y = 0;
};

/// About how wide a text is in a common sans-serif font, in points.
double width_of(std::string_view text, double size, bool bold = false);

/// Breaks a text at spaces, and a word that is too long anywhere; what is beyond `most` lines is cut
/// off with an ellipsis (the picture's description has all of it).
std::vector<std::string> broken(std::string_view text, double size, double width, std::size_t most);

struct Line {
  std::string text = {};
  bool bold = false;
  Ink ink = Ink::text;
};
/// Lines in the middle of `top.x`, the first one below `top.y`.
void add_lines(Picture& picture, Point top, const std::vector<Line>& lines, double size);
double height_of(const std::vector<Line>& lines, double size);
double width_of(const std::vector<Line>& lines, double size);

}  // namespace gcp2::drawing
