#include "drawing/symbols.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gcp2::drawing {
namespace {

constexpr double outline = 1.6;

/// Small symbols have finer outlines, so that a double one is still seen.
double outline_of(double size) { return size < 20 ? 1 : outline; }

void add_outline(Picture& picture, Point m, Sex sex, double size) {
  const double half = size / 2;
  if (sex == Sex::male) {
    picture.shapes.emplace_back(PictureRect{.x = m.x - half,
                                            .y = m.y - half,
                                            .width = size,
                                            .height = size,
                                            .stroke_width = outline_of(size)});
  } else if (sex == Sex::female) {
    picture.shapes.emplace_back(
        PictureCircle{.x = m.x, .y = m.y, .radius = half, .stroke_width = outline_of(size)});
  } else {
    const std::array corners{Point{m.x, m.y - half}, Point{m.x + half, m.y},
                             Point{m.x, m.y + half}, Point{m.x - half, m.y}};
    for (std::size_t i = 0; i < corners.size(); ++i)
      add_line(picture, corners[i], corners[(i + 1) % corners.size()], outline_of(size));
  }
}

/// How far the cross of a death reaches: to the outline, whatever its shape.
double reach_of_cross(Sex sex, double size) {
  if (sex == Sex::male) return size / 2;
  return sex == Sex::female ? size / 2 / std::sqrt(2.0) : size / 4;
}

void add_zigzag(Picture& picture, Point from, Point to) {
  constexpr double step = 7;
  constexpr double swing = 4;
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double length = std::hypot(dx, dy);
  if (length < step) return add_line(picture, from, to);
  const int steps = static_cast<int>(length / step);
  Point at = from;
  for (int i = 1; i <= steps; ++i) {
    const double along = i == steps ? 1 : static_cast<double>(i) / steps;
    const double aside = i == steps ? 0 : i % 2 == 0 ? swing : -swing;
    const Point next{from.x + dx * along - dy / length * aside,
                     from.y + dy * along + dx / length * aside};
    add_line(picture, at, next);
    at = next;
  }
}

/// Width of the sample before an entry's words.
double sample_width(KeyEntry::Kind kind) { return kind == KeyEntry::Kind::person ? 18 : 34; }
constexpr double row_height = 20;
constexpr double margin = 12;
constexpr double least_width = 330;

struct Move {
  double right;
  void operator()(PictureLine& l) const { l.x1 += right, l.x2 += right; }
  void operator()(PictureRect& r) const { r.x += right; }
  void operator()(PictureCircle& c) const { c.x += right; }
  void operator()(PictureText& t) const { t.x += right; }
};

/// What is narrower than a key wants to be stands in the middle above it.
void widen(Picture& picture) {
  const double right = (least_width - picture.width) / 2;
  if (right <= 0) return;
  for (PictureShape& shape : picture.shapes) std::visit(Move{right}, shape);
  picture.width = least_width;
}

void add_sample(Picture& picture, const KeyEntry& entry, Point left) {
  const double width = sample_width(entry.kind);
  const Point middle{left.x + width / 2, left.y};
  const Point right{left.x + width, left.y};
  constexpr double small = 15;
  switch (entry.kind) {
    case KeyEntry::Kind::person: return add_symbol(picture, middle, entry.person, small);
    case KeyEntry::Kind::union_line: return add_union_line(picture, left, right, entry.word);
    case KeyEntry::Kind::tie: return add_tie_line(picture, left, right, entry.word);
    case KeyEntry::Kind::twins:
      add_line(picture, {middle.x, middle.y - 6}, {middle.x - 8, middle.y + 6});
      return add_line(picture, {middle.x, middle.y - 6}, {middle.x + 8, middle.y + 6});
    case KeyEntry::Kind::household:
    case KeyEntry::Kind::lead: {
      const bool dashed = entry.kind == KeyEntry::Kind::household;
      PictureRect rect{.x = left.x + 3, .y = left.y - 7, .width = width - 6, .height = 14,
                       .stroke_width = 1.2, .dashed = dashed, .radius = 4};
      picture.shapes.emplace_back(rect);
      if (dashed) return;
      rect.x += 2.5, rect.y += 2.5, rect.width -= 5, rect.height -= 5, rect.radius = 2;
      picture.shapes.emplace_back(rect);
    }
  }
}

}  // namespace

void add_line(Picture& picture, Point from, Point to, double width, bool dashed) {
  picture.shapes.emplace_back(PictureLine{.x1 = from.x,
                                          .y1 = from.y,
                                          .x2 = to.x,
                                          .y2 = to.y,
                                          .width = width,
                                          .dashed = dashed});
}

void add_symbol(Picture& picture, Point middle, const Person& person, double size) {
  add_outline(picture, middle, person.sex, size);
  // Two outlines stay apart on a diamond too, whose sides are nearer to its middle.
  if (person.child)
    add_outline(picture, middle, person.sex,
                size * (person.sex == Sex::unknown ? 0.62 : 0.74));
  if (!person.deceased) return;
  const double reach = reach_of_cross(person.sex, size);
  const auto& [x, y] = middle;
  add_line(picture, {x - reach, y - reach}, {x + reach, y + reach}, outline_of(size));
  add_line(picture, {x - reach, y + reach}, {x + reach, y - reach}, outline_of(size));
}

void add_union_line(Picture& picture, Point from, Point to, std::string_view kind) {
  add_line(picture, from, to, outline, kind == "partners");
  const int slashes = kind == "divorced" ? 2 : kind == "separated" ? 1 : 0;
  const double x = from.x + (to.x - from.x) * 0.3;
  if (kind.empty())
    picture.shapes.emplace_back(PictureText{.x = x,
                                            .y = from.y - 3,
                                            .size = letter_size,
                                            .text = "?",
                                            .anchor = PictureText::Anchor::middle});
  for (int i = 0; i < slashes; ++i)
    add_line(picture, {x - 3 + i * 5, from.y + 7}, {x + 3 + i * 5, from.y - 7}, outline);
}

void add_tie_line(Picture& picture, Point from, Point to, std::string_view kind) {
  if (kind == "stressful") return add_zigzag(picture, from, to);
  if (kind == "strong") return add_line(picture, from, to, 4.5);
  add_line(picture, from, to, kind == "weak" ? 1.4 : 1, kind == "weak");
}

void add_key(Picture& picture, const std::vector<KeyEntry>& entries) {
  widen(picture);
  Point at{margin, picture.height + row_height / 2};
  add_line(picture, {margin, picture.height}, {picture.width - margin, picture.height}, 0.6);
  at.y += 4;
  for (const KeyEntry& entry : entries) {
    const double sample = sample_width(entry.kind) + 6;
    const auto lines = broken(entry.text, letter_size, picture.width - 2 * margin - sample, 4);
    double words = 0;
    for (const std::string& line : lines) words = std::max(words, width_of(line, letter_size));
    if (at.x > margin && at.x + sample + words > picture.width - margin)
      at = {margin, at.y + row_height};
    add_sample(picture, entry, at);
    double y = at.y + letter_size * 0.35;
    for (const std::string& line : lines) {
      picture.shapes.emplace_back(
          PictureText{.x = at.x + sample, .y = y, .size = letter_size, .text = line});
      y += letter_size * 1.22;
    }
    at.x += sample + words + 14;
    if (lines.size() > 1)
      at = {margin, y + row_height - letter_size * 1.22};
  }
  picture.height = at.y + row_height / 2 + margin / 2;
}

}  // namespace gcp2::drawing
