// Texts laid out in lines by pango.
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "print/paper.h"

namespace gcp2::print {

struct Style {
  double size = 10;
  bool bold = false;
  Colour ink = black;
};

/// A text broken into lines; lengths are in points, from the top left of its column.
class Text {
 public:
  struct Line {
    PangoLayoutLine* line = nullptr;
    double x = 0, top = 0, bottom = 0, baseline = 0;
  };

  [[nodiscard]] bool empty() const noexcept { return empty_; }
  [[nodiscard]] const std::vector<Line>& lines() const noexcept { return lines_; }
  [[nodiscard]] double height() const noexcept { return lines_.back().bottom; }
  [[nodiscard]] double width() const noexcept { return width_; }  ///< of the widest line
  /// Draws lines [first, last) so that the first one's top is at y.
  void draw(cairo_t* cr, double x, double y, std::size_t first, std::size_t last) const;
  /// Draws all of it with the first line's baseline at y.
  void draw_on_baseline(cairo_t* cr, double x, double y) const;

 private:
  friend class Typesetter;
  std::shared_ptr<PangoLayout> layout_;
  std::vector<Line> lines_;
  double width_ = 0;
  Colour ink_;
  bool empty_ = true;
  std::deque<std::string> missing_;  ///< characters that no font has; the layout points at them
};
using TextPtr = std::shared_ptr<const Text>;

/// The fonts of one document.
class Typesetter {
 public:
  explicit Typesetter(const std::string& language);  ///< std::runtime_error: no font

  /// Broken to the width, in the middle of a word where it must be; 0 = only where the text breaks.
  [[nodiscard]] TextPtr set(std::string_view text, const Style& style, double width = 0) const;
  /// At most so many lines, the last one ending in "..." where more would follow.
  [[nodiscard]] TextPtr set_short(std::string_view text, const Style& style, double width,
                                  int lines) const;
  /// Width of the longest word.
  [[nodiscard]] double longest_word(std::string_view text, const Style& style) const;
  [[nodiscard]] bool fits(std::string_view text, const Style& style, double width, int lines) const;

 private:
  [[nodiscard]] std::shared_ptr<Text> begin(std::string_view text, const Style& style,
                                            double width) const;
  static void set_attributes(Text& text);
  static void measure(Text& text);

  std::shared_ptr<PangoContext> context_;
};

/// Valid UTF-8 without control characters; line breaks stay, a tab is a space.
std::string printable(std::string_view text);

}  // namespace gcp2::print
