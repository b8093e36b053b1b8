#include <algorithm>
#include <numeric>
#include <utility>

#include "gcp2/view.h"
#include "view/columns.h"
#include "view/prepared.h"

namespace gcp2 {
namespace {

constexpr std::size_t narrowest = 20;  ///< narrower terminals get lines of this width
constexpr std::size_t gap = 2;         ///< between columns
/// A longer word does not make its column wider: it is broken.
constexpr std::size_t longest_word = 20;

/// Widths of a table's columns that fit side by side into `width`; none where they do not.
std::vector<std::size_t> column_widths(const Table& table, std::size_t width) {
  const std::size_t count = table.columns.size();
  std::vector<std::size_t> least(count), most(count);
  const auto measure = [&](std::size_t column, std::string_view text) {
    least[column] = std::max(least[column], std::min(widest_word(text), longest_word));
    for (const std::string& line : lines_of(text, width))
      most[column] = std::max(most[column], columns(line));
  };
  for (std::size_t i = 0; i < count; ++i) measure(i, table.columns[i]);
  for (const std::vector<Cell>& row : table.rows)
    for (std::size_t i = 0; i < count; ++i) measure(i, row[i].text);

  const std::size_t used =
      gap * (count - 1) + std::accumulate(least.begin(), least.end(), std::size_t{});
  if (used > width) return {};
  // What is left is shared out, the most modest first, so that short columns stay unbroken.
  const auto lacks = [&](std::size_t i) { return most[i] - std::min(least[i], most[i]); };
  std::vector<std::size_t> modest_first(count);
  std::iota(modest_first.begin(), modest_first.end(), std::size_t{});
  std::ranges::sort(modest_first, {}, [&](std::size_t i) { return std::pair{lacks(i), i}; });
  std::size_t left = width - used, sharing = count;
  for (const std::size_t i : modest_first) {
    const std::size_t share = std::min(lacks(i), left / sharing--);
    least[i] += share;
    left -= share;
  }
  return least;
}

class TextWriter {
 public:
  TextWriter(const View& view, std::size_t width, bool plain)
      : view_{view}, words_{language_of(view)}, width_{std::max(width, narrowest)}, plain_{plain} {}

  std::string text() && {
    std::size_t next = 0;
    for (; next < view_.blocks.size() && urgent_notice(view_.blocks[next]); ++next)
      block(view_.blocks[next]);
    start_block();
    headline(view_.title, '=');
    say(view_.identity);
    for (; next < view_.blocks.size(); ++next) block(view_.blocks[next]);
    return std::move(out_);
  }

  void operator()(const Heading& heading) {
    if (heading.level == 2) return headline(heading.text, '-');
    say(heading.text);
  }
  void operator()(const Paragraph& paragraph) { say(paragraph.text); }
  void operator()(const Facts& facts) {
    if (facts.rows.empty()) return none();
    std::size_t names = 0;
    for (const auto& row : facts.rows) names = std::max(names, columns(row.first));
    const bool aligned = !plain_ && names <= width_ * 2 / 5;
    for (const auto& [name, value] : facts.rows)
      if (aligned)
        say(value, name + std::string(names - columns(name) + gap, ' '), names + gap);
      else
        say(name + ": " + value, "", indent(2));
  }
  void operator()(const Items& items) {
    if (items.items.empty()) return none();
    for (const std::string& item : items.items) say(item, "- ", indent(2));
  }
  void operator()(const Table& table) {
    if (table.rows.empty()) return say(table.caption + ": " + words_.say("view.none"));
    const std::vector<std::size_t> widths =
        plain_ ? std::vector<std::size_t>{} : column_widths(table, width_);
    if (widths.empty()) return row_by_row(table);
    say(table.caption);
    side_by_side(widths, table.columns);
    out_ +=
        std::string(std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1)), '-') +
        '\n';
    std::vector<std::string> texts;
    for (const std::vector<Cell>& row : table.rows) {
      texts.clear();
      for (const Cell& cell : row) texts.push_back(cell.text);
      side_by_side(widths, texts);
    }
  }
  void operator()(const Notice& notice) {
    const bool barred = notice.kind == Notice::Kind::urgent && !plain_;
    const std::string bar = barred ? std::string(width_, '!') + '\n' : "";
    const std::string mark =
        plain_ || notice.kind == Notice::Kind::information ? "" : std::string{"! "};
    out_ += bar;
    const auto line = [&](std::string_view text) {
      for (const std::string& part : lines_of(text, width_ - mark.size()))
        out_ += mark + part + '\n';
    };
    line(notice_label(words_, notice.kind) + ": " + notice.title);
    for (const std::string& each : notice.lines) line(each);
    out_ += bar;
  }
  void operator()(const Figure& figure) { say(figure.sentence); }

 private:
  void block(const Block& block) {
    start_block();
    std::visit(*this, block);
  }
  void start_block() {
    if (!out_.empty()) out_ += '\n';
  }
  [[nodiscard]] std::size_t indent(std::size_t spaces) const { return plain_ ? 0 : spaces; }

  void headline(std::string_view text, char underline) {
    const std::vector<std::string> lines = lines_of(text, width_);
    std::size_t longest = 0;
    for (const std::string& line : lines) {
      out_ += line + '\n';
      longest = std::max(longest, columns(line));
    }
    if (!plain_ && longest > 0) out_ += std::string(longest, underline) + '\n';
  }
  /// The first line starts with `first`, the others with `spaces`.
  void say(std::string_view text, std::string_view first = {}, std::size_t spaces = 0) {
    std::vector<std::string> lines = lines_of(text, width_ - std::max(columns(first), spaces));
    if (lines.empty() && !first.empty()) lines.emplace_back();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool blank = lines[i].empty();
      if (i == 0)
        out_ += blank ? first.substr(0, first.find_last_not_of(' ') + 1) : first;
      else if (!blank)
        out_ += std::string(spaces, ' ');
      out_ += lines[i] + '\n';
    }
  }
  void none() { say(words_.say("view.none")); }

  void row_by_row(const Table& table) {
    for (const std::vector<Cell>& row : table.rows) {
      std::string sentence = table.caption + ", " + row.front().text;
      for (std::size_t i = 1; i < row.size(); ++i)
        sentence += (i == 1 ? ": " : "; ") + table.columns[i] + ' ' + row[i].text;
      say(sentence, "", indent(2));
    }
  }
  void side_by_side(const std::vector<std::size_t>& widths, const std::vector<std::string>& texts) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < widths.size(); ++i)
      height = std::max(height, cells.emplace_back(lines_of(texts[i], widths[i])).size());
    for (std::size_t y = 0; y < height; ++y) {
      std::string line;
      std::size_t at = 0, start = 0;
      for (std::size_t i = 0; i < widths.size(); start += widths[i++] + gap) {
        if (y >= cells[i].size() || cells[i][y].empty()) continue;
        line += std::string(start - at, ' ') + cells[i][y];
        at = start + columns(cells[i][y]);
      }
      out_ += line + '\n';
    }
  }

  const View& view_;
  const Language& words_;
  std::size_t width_;
  bool plain_;
  std::string out_;
};

}  // namespace

std::string view_text(const View& given, std::size_t width, bool plain) {
  const View view = prepared(given);
  return TextWriter{view, width, plain}.text();
}

}  // namespace gcp2
