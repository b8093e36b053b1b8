// A report with every sentence made: blocks that text, HTML, SVG, PDF and JSON all show, so that no
// renderer can say anything else than another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "gcp2/core.h"
#include "gcp2/document.h"
#include "gcp2/picture.h"

namespace gcp2 {

struct Heading {
  int level = 2;  ///< 2 or 3; the view's title is level 1
  std::string text;
};
struct Paragraph {
  std::string text;
};
/// Names and what stands behind them.
struct Facts {
  std::vector<std::pair<std::string, std::string>> rows;
};
struct Items {
  std::vector<std::string> items;
};
/// A table cell. Its text says all; `grade` lets a renderer mark it as well.
struct Cell {
  std::string text;
  std::optional<Grade> grade = std::nullopt;
};
/// Every row has as many cells as there are columns; the first one names its row. The caption and
/// the columns have names: HTML and screen readers need them.
struct Table {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};
/// Something that must be seen: `urgent` stands before everything else.
struct Notice {
  enum class Kind { urgent, warning, information };
  Kind kind = Kind::information;
  std::string title;
  std::vector<std::string> lines;
};
/// A picture with one sentence that says the same.
struct Figure {
  Picture picture;
  std::string sentence;
};
using Block = std::variant<Heading, Paragraph, Facts, Items, Table, Notice, Figure>;

/// Where the log of a store ended when the records were taken from it.
struct LogState {
  std::int64_t entries = 0;
  std::string hash;  ///< of the last entry, in hexadecimal
  std::string at;    ///< when that was, in UTC
};

struct View {
  std::string language = "en";  ///< BCP 47
  std::string title;
  std::string identity;  ///< who and which window; stands on every page
  bool large_print = false;
  std::vector<Block> blocks;
  std::optional<LogState> log = {};  ///< for programs; for people a block says it
  /// What programs that show the document call it, and remember; empty: its title.
  std::string label = {};

  [[nodiscard]] const std::string& called() const { return label.empty() ? title : label; }
};

// Every renderer puts urgent notices first, also before the title, and takes out what cannot be
// printed or would command a terminal. A table whose rows are not as long as its columns are many
// is a bug (std::logic_error).

/// For a terminal, in lines of at most `width` columns (20 at least). `plain`: without lines drawn
/// with characters, for screen readers. Pictures are their sentences.
std::string view_text(const View& view, std::size_t width, bool plain);
/// One self-contained HTML5 document: no script, nothing from outside.
std::string view_html(const View& view);
/// "gcp2/report/1".
Value view_document(const View& view);
/// The pictures alone, one below the other, as one SVG document; urgent notices are drawn above
/// them, the identity is its description.
std::string view_svg(const View& view);

}  // namespace gcp2
