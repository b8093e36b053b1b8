// Puts texts on pages from top to bottom, and breaks them where a page ends.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "print/paper.h"
#include "print/text.h"

namespace gcp2::print {

/// Sizes in points, all from the size of running text.
struct Measures {
  explicit Measures(bool large);
  bool large_print;
  double base, small;
  std::array<double, 4> heading;  ///< by level; the first one is not used
  double gap;                     ///< between blocks
  double left, right, bottom;     ///< edges of the text on a page
};

/// A text at a place in a band; it belongs to an element.
struct Piece {
  TextPtr text;
  double x = 0;
  std::optional<std::size_t> element = std::nullopt;
};

/// How a band of texts side by side is drawn and broken.
struct BandStyle {
  double padding = 0;  ///< above and below
  /// Not broken while it is lower than this and fits on a page.
  double whole_below = 0;
  /// Drawn below the texts of each page, between top and bottom; an artifact.
  std::function<void(cairo_t*, double top, double bottom)> backdrop = nullptr;
  /// Where the band goes on on a new page: draws what stands above it there.
  std::function<void()> on_new_page = nullptr;
};

class Flow {
 public:
  Flow(Paper& paper, const Typesetter& fonts, const Measures& measures, double top);

  [[nodiscard]] const Typesetter& fonts() const noexcept { return fonts_; }
  [[nodiscard]] const Measures& measures() const noexcept { return measures_; }
  [[nodiscard]] double left() const noexcept { return left_; }
  [[nodiscard]] double width() const noexcept { return right_ - left_; }
  [[nodiscard]] double y() const noexcept { return y_; }
  [[nodiscard]] std::size_t page() const noexcept { return paper_.pages.size() - 1; }
  [[nodiscard]] double page_room() const noexcept { return measures_.bottom - top_; }
  [[nodiscard]] double room() const noexcept { return measures_.bottom - y_; }
  [[nodiscard]] bool fresh() const noexcept { return y_ <= top_; }

  std::size_t element(Element element);
  Element& at(std::size_t element) { return paper_.elements[element]; }
  void mark(std::optional<std::size_t> element, std::function<void(cairo_t*)> draw);
  void bookmark(int level, const std::string& text);

  struct Place {
    std::size_t page, marks;
  };
  [[nodiscard]] Place here() const noexcept { return {page(), paper_.pages.back().marks.size()}; }
  /// The page that the first mark after a place stands on.
  [[nodiscard]] std::size_t page_after(Place place) const noexcept;

  void new_page();
  void skip(double height);  ///< nothing on top of a page
  void advance(double height) noexcept { y_ += height; }

  void band(const std::vector<Piece>& pieces, const BandStyle& style);
  /// One text over the whole width.
  void text(std::string_view text, const Style& style, std::size_t element);

  /// Makes a block that stays on one page: where it would be broken, it starts on a new page.
  void together(const std::function<void()>& make);
  /// Makes what belongs together: `make` says on which pages its parts stand, and where they are
  /// two, it is made again from the top of a new page.
  void joined(const std::function<std::pair<std::size_t, std::size_t>()>& make);
  /// Within a narrower column, framed on each of its pages.
  void framed(double inset, double line_width, const std::function<void()>& make);

 private:
  struct Slice {
    std::vector<std::size_t> last;  ///< of each piece: one past the last line on this page
    double height = 0;
    bool done = true;
  };
  [[nodiscard]] static Slice slice(const std::vector<Piece>& pieces,
                                   const std::vector<std::size_t>& first, double room);
  void place(const std::vector<Piece>& pieces, const std::vector<std::size_t>& first,
             const Slice& slice, const BandStyle& style);

  Paper& paper_;
  const Typesetter& fonts_;
  Measures measures_;
  double top_, y_, left_, right_;
};

}  // namespace gcp2::print
