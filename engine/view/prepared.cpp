#include "view/prepared.h"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace gcp2 {
namespace {

bool is_noncharacter(utf8proc_int32_t c) {
  return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

/// Embeddings and overrides: they would let a name reorder the words and numbers around it.
bool turns_direction(utf8proc_int32_t c) { return c >= 0x202a && c <= 0x202e; }

void append_printable(std::string& out, utf8proc_int32_t c, std::string_view bytes) {
  const bool line_break = c == '\n' || c == 0x2028 || c == 0x2029;
  if (line_break)
    out += '\n';
  else if (c == '\t')
    out += ' ';
  else if (utf8proc_category(c) != UTF8PROC_CATEGORY_CC && !is_noncharacter(c) &&
           !turns_direction(c) && c != 0xfeff)
    out += bytes;
}

struct Printer {
  void operator()(Heading& heading) {
    clean(heading.text);
    heading.level = heading.level <= 2 || !seen_level_2 ? 2 : 3;
    seen_level_2 = true;
  }
  void operator()(Paragraph& paragraph) const { clean(paragraph.text); }
  void operator()(Facts& facts) const {
    for (auto& [name, value] : facts.rows) clean(name), clean(value);
  }
  void operator()(Items& items) const { std::ranges::for_each(items.items, clean); }
  void operator()(Table& table) const {
    clean(table.caption);
    std::ranges::for_each(table.columns, clean);
    for (std::vector<Cell>& row : table.rows) {
      if (row.size() != table.columns.size() || row.empty())
        throw std::logic_error("view: a row of " + std::to_string(row.size()) +
                               " cells in a table of " + std::to_string(table.columns.size()) +
                               " columns");
      for (Cell& cell : row) clean(cell.text);
    }
  }
  void operator()(Notice& notice) const {
    clean(notice.title);
    std::ranges::for_each(notice.lines, clean);
  }
  void operator()(Figure& figure) const {
    clean(figure.sentence);
    clean(figure.picture.title);
    clean(figure.picture.description);
  }

  static void clean(std::string& text) { text = printable(text); }

  bool seen_level_2 = false;
};

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t c = -1;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &c);
    const std::size_t length = read > 0 ? static_cast<std::size_t>(read) : 1;
    if (read > 0)
      append_printable(out, c, text.substr(0, length));
    else
      out += "\uFFFD";
    text.remove_prefix(length);
  }
  return out;
}

View prepared(const View& view) {
  View out = view;
  Printer::clean(out.title);
  Printer::clean(out.label);
  Printer::clean(out.identity);
  // clang finds std::stable_partition deprecated inside libstdc++ 12.
  out.blocks.clear();
  std::ranges::copy_if(view.blocks, std::back_inserter(out.blocks), urgent_notice);
  std::ranges::remove_copy_if(view.blocks, std::back_inserter(out.blocks), urgent_notice);
  Printer printer;
  for (Block& block : out.blocks) std::visit(printer, block);
  return out;
}

const Notice* urgent_notice(const Block& block) {
  const auto* notice = std::get_if<Notice>(&block);
  return notice != nullptr && notice->kind == Notice::Kind::urgent ? notice : nullptr;
}

const Language& language_of(const View& view) {
  if (const Language* exact = Language::find(view.language)) return *exact;
  const std::string_view tag = view.language;
  const Language* wider = Language::find(tag.substr(0, tag.find('-')));
  return wider != nullptr ? *wider : Language::english();
}

std::string notice_label(const Language& language, Notice::Kind kind) {
  switch (kind) {
    case Notice::Kind::urgent: return language.say("view.urgent");
    case Notice::Kind::warning: return language.say("view.warning");
    case Notice::Kind::information: break;
  }
  return language.say("view.information");
}

}  // namespace gcp2
