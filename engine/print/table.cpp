#include <algorithm>

#include "print/blocks.h"

namespace gcp2::print {
namespace {

// Pale on white and darker from grade to grade, so that they differ in grey too; text on the
// darkest one has a contrast above 10:1. The bar at the left of a cell grows with the grade.
constexpr std::array<Colour, 6> tints{{white,
                                       {0.965, 0.973, 0.980},
                                       {0.925, 0.945, 0.965},
                                       {0.988, 0.937, 0.812},
                                       {0.984, 0.855, 0.690},
                                       {0.957, 0.757, 0.659}}};

constexpr double side = 5;  ///< left and right of a cell's text

/// A name of a row, and a grade that must not be overlooked.
bool is_bold(std::size_t column, const Cell& cell) {
  return column == 0 || (cell.grade && cell.grade->number() >= 4);
}

struct Columns {
  std::vector<double> left, width;  ///< of the texts
  bool readable = true;             ///< false: words of common length would be broken
};

/// What a column's cells ask for.
struct Wish {
  double least = 0;  ///< no word is broken
  double most = 0;   ///< no line is broken
  double text = 0;   ///< how much there is: squares of the cells' lengths
};

/// Wishes of the columns for `base` points of text in `room`. `whole_grades`: a grade's number and
/// word stand on one line.
std::vector<Wish> wishes_of(const Typesetter& fonts, const Table& table, double base, double room,
                            bool whole_grades) {
  std::vector<Wish> out(table.columns.size());
  const auto ask = [&](std::size_t column, const Cell& cell, bool bold) {
    const Style style{.size = base, .bold = bold};
    const double whole = fonts.set(cell.text, style)->width() + 1;
    const bool one_line = whole_grades && cell.grade && whole < 12 * base;
    Wish& wish = out[column];
    wish.least = std::max(wish.least, one_line ? whole : fonts.longest_word(cell.text, style) + 1);
    wish.most = std::max({wish.most, wish.least, std::min(room, whole)});
    wish.text += whole * whole;
  };
  for (std::size_t c = 0; c < table.columns.size(); ++c) ask(c, {table.columns[c]}, true);
  for (const std::vector<Cell>& row : table.rows)
    for (std::size_t c = 0; c < row.size(); ++c) ask(c, row[c], is_bold(c, row[c]));
  return out;
}

/// The limit for all at which the columns' least widths fit in the room.
double word_limit(const std::vector<Wish>& wishes, double room) {
  double low = 0;
  double high = room;
  for (int step = 0; step < 40; ++step) {
    const double limit = (low + high) / 2;
    double sum = 0;
    for (const Wish& wish : wishes) sum += std::min(wish.least, limit);
    (sum > room ? high : low) = limit;
  }
  return low;
}

/// Hands out the room that the least widths leave, bit by bit, always where it takes most off the
/// squared numbers of lines: so much text gets much room, and rows come out low.
std::vector<double> shared_out(const std::vector<Wish>& wishes, double room) {
  std::vector<double> out;
  for (const Wish& wish : wishes) {
    out.push_back(wish.least);
    room -= wish.least;
  }
  constexpr int bits = 200;
  const double bit = std::max(0.0, room) / bits;
  for (int i = 0; i < bits && !out.empty(); ++i) {
    std::size_t best = out.size();
    double most_gain = -1;
    for (std::size_t c = 0; c < out.size(); ++c) {
      const double wider = out[c] + bit;
      const double gain = wishes[c].text * (1 / (out[c] * out[c]) - 1 / (wider * wider));
      if (out[c] >= wishes[c].most || gain <= most_gain) continue;
      best = c;
      most_gain = gain;
    }
    // All that was wished for is there: the rest goes to all.
    if (best == out.size()) {
      for (double& width : out) width += bit / static_cast<double>(out.size());
    } else {
      out[best] += bit;
    }
  }
  return out;
}

Columns columns_of(const Flow& flow, const Table& table, bool whole_grades) {
  const double base = flow.measures().base;
  std::vector<Wish> wishes = wishes_of(flow.fonts(), table, base, flow.width(), whole_grades);
  const double room = flow.width() - 2 * side * static_cast<double>(wishes.size());
  const double limit = word_limit(wishes, room);
  Columns out;
  for (Wish& wish : wishes) {
    out.readable = out.readable && limit >= std::min(wish.least, 9 * base);
    wish.least = std::min(wish.least, limit);
  }
  if (!out.readable) return out;
  out.width = shared_out(wishes, room);
  double x = flow.left();
  for (const double width : out.width) {
    out.left.push_back(x + side);
    x += width + 2 * side;
  }
  return out;
}

class TableWriter {
 public:
  TableWriter(Flow& flow, const Table& table, const Columns& columns, std::size_t parent)
      : flow_{flow}, table_{table}, columns_{columns} {
    element_ = flow.element({.type = "Table", .parent = parent});
    for (std::size_t c = 0; c < columns.width.size(); ++c)
      header_.push_back(set(table.columns[c], true, c));
    for (const TextPtr& text : header_)
      header_height_ = std::max(header_height_, text->height() + 2 * padding());
  }

  void write() {
    const TextPtr caption = flow_.fonts().set(
        table_.caption, {.size = flow_.measures().base, .bold = true}, flow_.width());
    const double above = caption->height() + padding() + header_height_;
    std::vector<TextPtr> first;
    if (!table_.rows.empty()) first = texts(table_.rows.front());
    const double wanted = above + std::min(height(first), flow_.page_room() / 2);
    if (wanted > flow_.room() && wanted <= flow_.page_room()) flow_.new_page();

    const std::size_t name = flow_.element({.type = "Caption", .parent = element_});
    if (!caption->empty()) {
      flow_.band({{caption, flow_.left(), name}}, {});
      flow_.advance(padding());
    }
    write_header();
    for (const std::vector<Cell>& row : table_.rows) write_row(row);
  }

 private:
  [[nodiscard]] double padding() const { return flow_.measures().base * 0.35; }

  [[nodiscard]] TextPtr set(const std::string& text, bool bold, std::size_t column) const {
    return flow_.fonts().set(text, {.size = flow_.measures().base, .bold = bold},
                             columns_.width[column]);
  }

  [[nodiscard]] std::vector<TextPtr> texts(const std::vector<Cell>& row) const {
    std::vector<TextPtr> out;
    for (std::size_t c = 0; c < row.size(); ++c)
      out.push_back(set(row[c].text, is_bold(c, row[c]), c));
    return out;
  }

  [[nodiscard]] double height(const std::vector<TextPtr>& row) const {
    double out = 0;
    for (const TextPtr& text : row) out = std::max(out, text->height() + 2 * padding());
    return out;
  }

  void write_header() {
    if (header_.empty()) return;
    std::vector<Piece> pieces;
    const std::size_t row = flow_.element({.type = "TR", .parent = element_});
    for (std::size_t c = 0; c < header_.size(); ++c)
      pieces.push_back({header_[c], columns_.left[c],
                        flow_.element({.type = "TH", .parent = row, .scope = "Column"})});
    flow_.band(pieces, header_style());
  }

  /// On a further page: for the eye only, as the structure names the columns already.
  void repeat_header() {
    if (header_height_ > flow_.page_room() / 3) return;
    std::vector<Piece> pieces;
    for (std::size_t c = 0; c < header_.size(); ++c)
      pieces.push_back({header_[c], columns_.left[c]});
    flow_.band(pieces, header_style());
  }

  [[nodiscard]] BandStyle header_style() const {
    const double x = flow_.left();
    const double width = flow_.width();
    return {.padding = padding(),
            .whole_below = flow_.page_room() / 2,
            .backdrop = [x, width](cairo_t* cr, double top, double bottom) {
              use(cr, shade);
              cairo_rectangle(cr, x, top, width, bottom - top);
              cairo_fill(cr);
              use(cr, black);
              cairo_set_line_width(cr, 1);
              cairo_move_to(cr, x, bottom);
              cairo_line_to(cr, x + width, bottom);
              cairo_stroke(cr);
            }};
  }

  void write_row(const std::vector<Cell>& row) {
    const std::size_t element = flow_.element({.type = "TR", .parent = element_});
    const std::vector<TextPtr> set = texts(row);
    std::vector<Piece> pieces;
    for (std::size_t c = 0; c < set.size(); ++c)
      pieces.push_back(
          {set[c], columns_.left[c],
           flow_.element(c == 0 ? Element{.type = "TH", .parent = element, .scope = "Row"}
                                : Element{.type = "TD", .parent = element})});
    flow_.band(pieces, {.padding = padding(),
                        .whole_below = flow_.page_room() / 2,
                        .backdrop = row_backdrop(row),
                        .on_new_page = [this] { repeat_header(); }});
  }

  [[nodiscard]] std::function<void(cairo_t*, double, double)> row_backdrop(
      const std::vector<Cell>& row) const {
    std::vector<std::optional<Grade>> grades;
    for (const Cell& cell : row) grades.push_back(cell.grade);
    return [grades, columns = columns_, x = flow_.left(), width = flow_.width()](
               cairo_t* cr, double top, double bottom) {
      for (std::size_t c = 0; c < grades.size(); ++c) {
        if (!grades[c]) continue;
        const int grade = grades[c]->number();
        use(cr, tints[static_cast<std::size_t>(grade)]);
        cairo_rectangle(cr, columns.left[c] - side, top, columns.width[c] + 2 * side, bottom - top);
        cairo_fill(cr);
        use(cr, black);
        cairo_rectangle(cr, columns.left[c] - side, top + 2, 0.7 * grade, bottom - top - 4);
        cairo_fill(cr);
      }
      use(cr, rule);
      cairo_set_line_width(cr, 0.5);
      cairo_move_to(cr, x, bottom);
      cairo_line_to(cr, x + width, bottom);
      cairo_stroke(cr);
    };
  }

  Flow& flow_;
  const Table& table_;
  const Columns& columns_;
  std::size_t element_ = 0;
  std::vector<TextPtr> header_;
  double header_height_ = 0;
};

/// Where the columns are too many for the page: row by row, each cell behind its column's name.
void write_as_lists(Flow& flow, const Table& table, std::size_t parent) {
  const Style bold{.size = flow.measures().base, .bold = true};
  const std::size_t part = flow.element({.type = "Div", .parent = parent});
  flow.text(table.caption, bold, flow.element({.type = "P", .parent = part}));
  for (const std::vector<Cell>& row : table.rows) {
    flow.skip(flow.measures().gap);
    flow.joined([&] {
      const std::size_t first = flow.page();
      flow.text(row.front().text, bold, flow.element({.type = "P", .parent = part}));
      std::vector<std::pair<std::string, std::string>> pairs;
      for (std::size_t c = 1; c < row.size(); ++c)
        pairs.emplace_back(table.columns[c], row[c].text);
      const Flow::Place before = flow.here();
      put_pairs(flow, pairs, part);
      return std::pair{first, flow.page_after(before)};
    });
  }
}

}  // namespace

void put(Flow& flow, const Table& table, std::size_t parent) {
  Columns columns = columns_of(flow, table, true);
  if (!columns.readable) columns = columns_of(flow, table, false);
  if (!columns.readable) return write_as_lists(flow, table, parent);
  TableWriter{flow, table, columns, parent}.write();
}

}  // namespace gcp2::print
