#include "print/flow.h"

#include <algorithm>

namespace gcp2::print {

// Large print: RNIB and the UK Association for Accessible Formats ask for 16 to 18 points, and that
// nothing is smaller.
Measures::Measures(bool large)
    : large_print{large},
      base{large ? 18.0 : 10.0},
      small{large ? 18.0 : 8.0},
      heading{0, large ? 28.0 : 20.0, large ? 23.0 : 14.0, large ? 20.0 : 11.5},
      gap{base * 0.8},
      left{large ? 36.0 : 48.0},
      right{page_width - left},
      bottom{page_height - 36 - 2.2 * small} {}

Flow::Flow(Paper& paper, const Typesetter& fonts, const Measures& measures, double top)
    : paper_{paper},
      fonts_{fonts},
      measures_{measures},
      top_{top},
      y_{top},
      left_{measures.left},
      right_{measures.right} {
  paper_.pages.emplace_back();
}

std::size_t Flow::element(Element element) {
  paper_.elements.push_back(std::move(element));
  return paper_.elements.size() - 1;
}

void Flow::mark(std::optional<std::size_t> element, std::function<void(cairo_t*)> draw) {
  paper_.pages.back().marks.push_back({element, std::move(draw)});
}

void Flow::bookmark(int level, const std::string& text) {
  paper_.bookmarks.push_back({level, printable(text), page(), y_});
}

std::size_t Flow::page_after(Place place) const noexcept {
  if (paper_.pages[place.page].marks.size() > place.marks) return place.page;
  for (std::size_t i = place.page + 1; i < paper_.pages.size(); ++i)
    if (!paper_.pages[i].marks.empty()) return i;
  return place.page;
}

void Flow::new_page() {
  paper_.pages.back().end = y_;
  paper_.pages.emplace_back();
  y_ = top_;
}

void Flow::skip(double height) {
  if (!fresh()) y_ += std::min(height, std::max(0.0, room()));
}

void Flow::text(std::string_view text, const Style& style, std::size_t element) {
  const TextPtr set = fonts_.set(text, style, width());
  if (!set->empty()) band({{set, left_, element}}, {.whole_below = 3.6 * style.size});
}

Flow::Slice Flow::slice(const std::vector<Piece>& pieces, const std::vector<std::size_t>& first,
                        double room) {
  Slice out;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    const auto& lines = pieces[p].text->lines();
    std::size_t last = first[p];
    const double start = last < lines.size() ? lines[last].top : 0;
    while (last < lines.size() && lines[last].bottom - start <= room) ++last;
    // No single line at the top of the next page where two can go there.
    if (lines.size() - last == 1 && last - first[p] > 2) --last;
    if (last > first[p]) out.height = std::max(out.height, lines[last - 1].bottom - start);
    out.done = out.done && last == lines.size();
    out.last.push_back(last);
  }
  return out;
}

void Flow::place(const std::vector<Piece>& pieces, const std::vector<std::size_t>& first,
                 const Slice& slice, const BandStyle& style) {
  const double top = y_;
  const double bottom = y_ + slice.height + 2 * style.padding;
  if (style.backdrop)
    mark(std::nullopt,
         [backdrop = style.backdrop, top, bottom](cairo_t* cr) { backdrop(cr, top, bottom); });
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    if (pieces[p].text->empty() || first[p] == slice.last[p]) continue;
    mark(pieces[p].element,
         [piece = pieces[p], y = top + style.padding, from = first[p],
          to = slice.last[p]](cairo_t* cr) { piece.text->draw(cr, piece.x, y, from, to); });
  }
  y_ = bottom;
}

void Flow::band(const std::vector<Piece>& pieces, const BandStyle& style) {
  double height = 0;
  for (const Piece& piece : pieces) height = std::max(height, piece.text->height());
  height += 2 * style.padding;

  const auto turn = [&] {
    new_page();
    if (style.on_new_page) style.on_new_page();
  };
  const bool fits_on_a_page = height <= page_room();
  if (height > room() && !fresh() &&
      ((height < style.whole_below && fits_on_a_page) ||
       room() < 2 * style.padding + 3.6 * measures_.base))
    turn();

  std::vector<std::size_t> first(pieces.size(), 0);
  for (;;) {
    const Slice part = slice(pieces, first, room() - 2 * style.padding);
    place(pieces, first, part, style);
    if (part.done) return;
    first = part.last;
    turn();
  }
}

void Flow::joined(const std::function<std::pair<std::size_t, std::size_t>()>& make) {
  const bool already_on_top = fresh();
  const double y = y_;
  const std::size_t pages = paper_.pages.size();
  const std::size_t marks = paper_.pages.back().marks.size();
  const std::size_t elements = paper_.elements.size();
  const std::size_t bookmarks = paper_.bookmarks.size();
  const auto [first, last] = make();
  if (first == last || already_on_top) return;
  paper_.pages.resize(pages);
  paper_.pages.back().marks.resize(marks);
  paper_.elements.resize(elements);
  paper_.bookmarks.resize(bookmarks);
  y_ = y;
  new_page();
  make();
}

void Flow::together(const std::function<void()>& make) {
  joined([&] {
    const std::size_t first = page();
    make();
    return std::pair{first, page()};
  });
}

void Flow::framed(double inset, double line_width, const std::function<void()>& make) {
  const std::size_t first = page();
  const double top = y_;
  const auto shrink = [this](double by) {
    left_ += by;
    right_ -= by;
    top_ += by;
    measures_.bottom -= by;
  };
  shrink(inset);
  y_ += inset;
  make();
  y_ += inset;
  shrink(-inset);

  for (std::size_t i = first; i <= page(); ++i) {
    Page& sheet = paper_.pages[i];
    const double from = i == first ? top : top_;
    const double to = i == page() ? y_ : sheet.end + inset;
    const Box box{left_ + line_width / 2, from + line_width / 2, width() - line_width,
                  to - from - line_width};
    sheet.marks.push_back({std::nullopt, [box, line_width](cairo_t* cr) {
                             use(cr, black);
                             cairo_set_line_width(cr, line_width);
                             cairo_rectangle(cr, box.x, box.y, box.width, box.height);
                             cairo_stroke(cr);
                           }});
  }
}

}  // namespace gcp2::print
