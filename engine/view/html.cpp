#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "embedded/page_css.h"
#include "embedded/page_template.h"
#include "gcp2/view.h"
#include "view/columns.h"
#include "view/prepared.h"

namespace gcp2 {
namespace {

using kainjow::mustache::data;

constexpr std::size_t longest_word = 24;  ///< a longer one may be broken inside a cell
constexpr double paper_width = 504;       ///< of the text on A4, in points
/// Letters that a line of paper holds, at the usual size and in large print, and what a column
/// needs beside its widest word.
constexpr std::size_t paper_letters = 94, large_paper_letters = 54, beside_word = 3;

data list_of(const std::vector<std::string>& texts) {
  data list{data::type::list};
  for (const std::string& text : texts) list << data{text};
  return list;
}

/// How a table may be broken and printed: classes of the style sheet.
std::string fit(const Table& table) {
  std::size_t longest = 0, sum = 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::size_t widest = widest_word(table.columns[i]);
    for (const std::vector<Cell>& row : table.rows)
      widest = std::max(widest, widest_word(row[i].text));
    longest = std::max(longest, widest);
    sum += std::min(widest, longest_word) + beside_word;
  }
  std::string classes = sum > paper_letters         ? "wide"
                        : sum > large_paper_letters ? "middling"
                                                    : "narrow";
  return longest > longest_word ? classes + " broken" : classes;
}

/// The number is set apart in a frame; where the text does not start with it, it comes in addition.
data cell_data(const Cell& cell, std::string_view column, bool first) {
  data out;
  out.set("first", first);
  out.set("column", std::string{column});
  out.set("grade", false);
  std::string_view text = cell.text;
  if (cell.grade) {
    const std::string number = std::to_string(cell.grade->number());
    const bool starts = text.starts_with(number) &&
                        (text.size() == 1 ||
                         std::string_view{"0123456789.,"}.find(text[1]) == std::string_view::npos);
    if (starts) text.remove_prefix(number.size());
    if (text.starts_with(' ')) text.remove_prefix(1);
    out.set("grade", number);
    out.set("extra", !starts);
  }
  out.set("text", std::string{text});
  return out;
}

class PageData {
 public:
  explicit PageData(const View& view) : view_{view}, words_{language_of(view)} {}

  data page() {
    data page;
    page.set("css", std::string{embedded::page_css});
    page.set("language", view_.language);
    page.set("large_print", view_.large_print);
    page.set("title", view_.title);
    page.set("called", view_.called());
    page.set("skip", words_.say("view.skip"));
    page.set("none", words_.say("view.none"));
    if (view_.identity.empty())
      page.set("identity", false);
    else
      page.set("identity", view_.identity);
    data urgent{data::type::list}, blocks{data::type::list};
    for (const Block& block : view_.blocks) {
      if (const Notice* notice = urgent_notice(block))
        urgent << notice_data(*notice);
      else
        blocks << std::visit(*this, block);
    }
    page.set("urgent", urgent);
    page.set("blocks", blocks);
    return page;
  }

  data operator()(const Heading& heading) {
    return one(heading.level == 2 ? "heading2" : "heading3", data{heading.text});
  }
  data operator()(const Paragraph& paragraph) { return one("paragraph", data{paragraph.text}); }
  data operator()(const Facts& facts) {
    data rows{data::type::list};
    for (const auto& [name, value] : facts.rows) {
      data row;
      row.set("name", name);
      row.set("value", value);
      rows << row;
    }
    return facts.rows.empty() ? nothing() : one("facts", data{"rows", rows});
  }
  data operator()(const Items& items) {
    return items.items.empty() ? nothing() : one("items", data{"entries", list_of(items.items)});
  }
  data operator()(const Table& table) {
    data rows{data::type::list};
    for (const std::vector<Cell>& cells : table.rows) {
      data row{data::type::list};
      for (std::size_t i = 0; i < cells.size(); ++i)
        row << cell_data(cells[i], table.columns[i], i == 0);
      rows << data{"cells", row};
    }
    data out;
    out.set("id", id("table"));
    out.set("caption", table.caption);
    out.set("columns", list_of(table.columns));
    out.set("width", std::to_string(std::max<std::size_t>(table.columns.size(), 1)));
    out.set("rows", rows);
    out.set("fit", fit(table));
    return one("table", out);
  }
  data operator()(const Notice& notice) { return one("notice", notice_data(notice)); }
  data operator()(const Figure& figure) {
    data out;
    out.set("id", id("figure"));
    const double scale = view_.large_print ? large_print_scale(figure.picture) : 1;
    out.set("svg", svg(figure.picture, false, id("picture"), scale));
    out.set("broad", figure.picture.width * scale > paper_width);
    out.set("sentence", figure.sentence);
    return one("figure", out);
  }

 private:
  static data one(const std::string& kind, const data& content) { return data{kind, content}; }
  static data nothing() { return one("nothing", data{true}); }

  data notice_data(const Notice& notice) {
    data out;
    out.set("id", id("notice"));
    out.set("kind", notice.kind == Notice::Kind::warning ? "warning" : "information");
    out.set("label", notice_label(words_, notice.kind));
    out.set("notice_title", notice.title);
    out.set("lines", list_of(notice.lines));
    return out;
  }
  std::string id(std::string_view kind) { return fmt::format("{}-{}", kind, ++ids_); }

  const View& view_;
  const Language& words_;
  int ids_ = 0;
};

}  // namespace

std::string view_html(const View& given) {
  const View view = prepared(given);
  kainjow::mustache::mustache page{std::string{embedded::page_template}};
  std::string out = page.render(PageData{view}.page());
  if (!page.is_valid()) throw std::logic_error("view: page template: " + page.error_message());
  return out;
}

}  // namespace gcp2
