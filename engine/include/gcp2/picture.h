// A picture as shapes, drawn the same in SVG and in PDF, and never without words that say the same.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace gcp2 {

/// What a shape is for; a renderer chooses its colour, and contrast holds on white paper. No colour
/// carries a meaning alone.
enum class Ink { text, quiet, line, accent, paper, shade };

/// Lengths are in points (1/72 inch), y grows downwards. Texts stand on their baseline.
struct PictureLine {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  double width = 1;
  Ink ink = Ink::line;
  bool dashed = false;
};
struct PictureRect {
  double x = 0, y = 0, width = 0, height = 0;
  Ink stroke = Ink::line;
  Ink fill = Ink::paper;
  double stroke_width = 1;
  bool dashed = false;
  double radius = 0;  ///< of rounded corners
};
struct PictureCircle {
  double x = 0, y = 0, radius = 0;
  Ink stroke = Ink::line;
  Ink fill = Ink::paper;
  double stroke_width = 1;
};
struct PictureText {
  enum class Anchor { start, middle, end };
  double x = 0, y = 0, size = 10;
  std::string text;
  Anchor anchor = Anchor::start;
  Ink ink = Ink::text;
  bool bold = false;
};
using PictureShape = std::variant<PictureLine, PictureRect, PictureCircle, PictureText>;

struct Picture {
  double width = 0, height = 0;
  std::string title;
  std::string description;  ///< the text alternative: says what the picture shows
  std::vector<PictureShape> shapes;  ///< in drawing order
};

inline constexpr double large_print_letters = 18;  ///< points
/// How much larger than it is a picture must be drawn for its smallest letters to be that large; at
/// least 1.
double large_print_scale(const Picture& picture);

/// The picture as an SVG document of its own (`standalone`), or to stand inside HTML, where `id`
/// keeps its title and description apart from those of other pictures; drawn `scale` times as large.
std::string svg(const Picture& picture, bool standalone, std::string_view id = "picture",
                double scale = 1);

}  // namespace gcp2
