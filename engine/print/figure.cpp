#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "print/blocks.h"

namespace gcp2::print {
namespace {

/// The colours of SVG pictures (view).
Colour colour(Ink ink) {
  switch (ink) {
    case Ink::text: return black;
    case Ink::quiet: return quiet;
    case Ink::line: return {0.220, 0.247, 0.263};
    case Ink::accent: return {0.114, 0.439, 0.722};
    case Ink::shade: return {0.910, 0.918, 0.925};
    case Ink::paper: break;
  }
  return white;
}

template <class... Numbers>
bool drawable(Numbers... numbers) {
  return (std::isfinite(numbers) && ...);
}

struct ShapeDrawer {
  cairo_t* cr;
  const Typesetter& fonts;

  void stroke(Ink ink, double width, bool dashed) const {
    use(cr, colour(ink));
    cairo_set_line_width(cr, width);
    constexpr std::array<double, 2> dashes{4, 3};
    cairo_set_dash(cr, dashes.data(), dashed ? 2 : 0, 0);
    cairo_stroke(cr);
  }
  void fill(Ink ink) const {
    use(cr, colour(ink));
    cairo_fill_preserve(cr);
  }

  void operator()(const PictureLine& l) const {
    if (!drawable(l.x1, l.y1, l.x2, l.y2, l.width)) return;
    cairo_move_to(cr, l.x1, l.y1);
    cairo_line_to(cr, l.x2, l.y2);
    stroke(l.ink, l.width, l.dashed);
  }
  void operator()(const PictureRect& r) const {
    if (!drawable(r.x, r.y, r.width, r.height, r.stroke_width, r.radius)) return;
    const double round = std::clamp(r.radius, 0.0, std::max(0.0, std::min(r.width, r.height) / 2));
    constexpr double quarter = std::numbers::pi / 2;
    cairo_new_sub_path(cr);
    cairo_arc(cr, r.x + r.width - round, r.y + round, round, -quarter, 0);
    cairo_arc(cr, r.x + r.width - round, r.y + r.height - round, round, 0, quarter);
    cairo_arc(cr, r.x + round, r.y + r.height - round, round, quarter, 2 * quarter);
    cairo_arc(cr, r.x + round, r.y + round, round, 2 * quarter, 3 * quarter);
    cairo_close_path(cr);
    fill(r.fill);
    stroke(r.stroke, r.stroke_width, r.dashed);
  }
  void operator()(const PictureCircle& c) const {
    if (!drawable(c.x, c.y, c.radius, c.stroke_width)) return;
    cairo_new_sub_path(cr);
    cairo_arc(cr, c.x, c.y, std::max(0.0, c.radius), 0, 2 * std::numbers::pi);
    fill(c.fill);
    stroke(c.stroke, c.stroke_width, false);
  }
  void operator()(const PictureText& t) const {
    if (!drawable(t.x, t.y, t.size) || t.size <= 0) return;
    const TextPtr text = fonts.set(t.text, {.size = t.size, .bold = t.bold, .ink = colour(t.ink)});
    if (text->empty()) return;
    const double before = t.anchor == PictureText::Anchor::start    ? 0
                          : t.anchor == PictureText::Anchor::middle ? text->width() / 2
                                                                    : text->width();
    // Without a width nothing aligns the lines of a text: a right-to-left one starts at 0 too.
    text->draw_on_baseline(cr, t.x - before - text->lines().front().x, t.y);
  }
};

/// How a picture lies on a page: its size there, and whether it is turned by a quarter.
struct Lie {
  double scale;
  bool turned = false;
};

void put_picture(Flow& flow, const Picture& picture, Lie lie, std::size_t element) {
  const double across = (lie.turned ? picture.height : picture.width) * lie.scale;
  const double down = (lie.turned ? picture.width : picture.height) * lie.scale;
  const double x = flow.left() + (flow.width() - across) / 2;
  const double y = flow.y();
  flow.at(element).box = Box{x, y, across, down};
  if (!picture.shapes.empty())
    flow.mark(element, [picture, lie, x, y, down, &fonts = flow.fonts()](cairo_t* cr) {
      cairo_save(cr);
      cairo_translate(cr, x, lie.turned ? y + down : y);
      if (lie.turned) cairo_rotate(cr, -std::numbers::pi / 2);
      cairo_scale(cr, lie.scale, lie.scale);
      for (const PictureShape& shape : picture.shapes) std::visit(ShapeDrawer{cr, fonts}, shape);
      cairo_restore(cr);
    });
  flow.advance(down);
}

/// Large print is never made smaller: a picture that is too wide lies turned on a page of its own, and
/// what does not fit like that either is left to its sentence, which says the same.
std::optional<Lie> large_print_lie(Flow& flow, const Picture& picture) {
  const double scale = large_print_scale(picture);
  const double width = picture.width * scale;
  const double height = picture.height * scale;
  const bool turned = width > flow.width();
  const double across = turned ? height : width;
  const double down = turned ? width : height;
  if (across > flow.width() || down > flow.page_room()) return std::nullopt;
  if (down > flow.room()) flow.new_page();
  return Lie{scale, turned};
}

Lie usual_lie(Flow& flow, const Picture& picture, double sentence_height) {
  const Measures& m = flow.measures();
  // At least the beginning of its sentence stands with the picture.
  const double below = m.gap / 2 + std::min(sentence_height, 4 * m.base);
  // A small picture is not blown up: twice its size at most.
  const double at_page_width = std::min(flow.width() / picture.width, 2.0);
  const auto too_low = [&] { return picture.height * at_page_width > flow.room() - below; };
  // Somewhat smaller below its heading, rather than alone on the next page.
  if (too_low() && flow.room() - below < 0.7 * flow.page_room()) flow.new_page();
  return {std::min(at_page_width, (flow.room() - below) / picture.height)};
}

/// What a screen reader says in place of the picture.
std::string alternative(const Picture& picture) {
  if (picture.title.empty() || picture.description.empty())
    return picture.title + picture.description;
  const bool ended = picture.title.ends_with('.');
  return picture.title + (ended ? " " : ". ") + picture.description;
}

}  // namespace

void put(Flow& flow, const Figure& figure, std::size_t parent) {
  const Picture& picture = figure.picture;
  const Measures& m = flow.measures();
  const Style style{.size = m.base};
  const TextPtr sentence = flow.fonts().set(figure.sentence, style, flow.width());
  const bool shown =
      drawable(picture.width, picture.height) && picture.width > 0 && picture.height > 0;
  std::optional<Lie> lie;
  if (shown)
    lie = m.large_print ? large_print_lie(flow, picture)
                        : usual_lie(flow, picture, sentence->height());
  if (lie) {
    const std::size_t element =
        flow.element({.type = "Figure", .parent = parent, .alt = printable(alternative(picture))});
    put_picture(flow, picture, *lie, element);
    flow.advance(m.gap / 2);
  }
  const std::size_t element = flow.element({.type = "P", .parent = parent});
  if (!sentence->empty())
    flow.band({{sentence, flow.left(), element}}, {.whole_below = 3.6 * m.base});
}

}  // namespace gcp2::print
