#include "gcp2/print.h"

#include <exception>
#include <stdexcept>

#include "gcp2/language.h"
#include "print/blocks.h"

namespace gcp2 {
namespace {

using namespace print;

const Language& words_of(const View& view) {
  const Language* language = Language::find(view.language);
  return language == nullptr ? Language::english() : *language;
}

std::string label(const Language& words, Notice::Kind kind) {
  switch (kind) {
    case Notice::Kind::urgent: return words.say("view.urgent");
    case Notice::Kind::warning: return words.say("view.warning");
    case Notice::Kind::information: break;
  }
  return words.say("view.information");
}

/// The blocks as all renderers take them: notices say their kind, a heading of level 3 stands only
/// below one of level 2, and a table whose rows do not fit its columns is a bug.
std::vector<Block> prepared_blocks(const View& view) {
  std::vector<Block> out = view.blocks;
  bool below = false;
  for (Block& block : out) {
    if (auto* notice = std::get_if<Notice>(&block)) {
      notice->title = label(words_of(view), notice->kind) + ": " + notice->title;
    } else if (auto* heading = std::get_if<Heading>(&block)) {
      heading->level = below && heading->level > 2 ? 3 : 2;
      below = true;
    } else if (const auto* table = std::get_if<Table>(&block)) {
      for (const std::vector<Cell>& row : table->rows)
        if (row.empty() || row.size() != table->columns.size())
          throw std::logic_error{"print: a row of " + std::to_string(row.size()) +
                                 " cells in a table of " + std::to_string(table->columns.size())};
    }
  }
  return out;
}

/// Above and below what flows: the identity at the head of each page, its number at the foot. The
/// first page's head belongs to `identity`, on the others it is an artifact.
void put_margins(Flow& flow, Paper& paper, const View& view, const TextPtr& head,
                 std::optional<std::size_t> identity) {
  const Measures& m = flow.measures();
  const Language& language = words_of(view);
  const Style small{.size = m.small, .ink = quiet};
  const std::size_t pages = paper.pages.size();
  for (std::size_t i = 0; i < pages; ++i) {
    Page& page = paper.pages[i];
    if (!head->empty()) {
      const auto own = i == 0 ? identity : std::nullopt;
      page.marks.push_back({own, [head, x = m.left](cairo_t* cr) {
                              head->draw(cr, x, 30, 0, head->lines().size());
                            }});
    }
    const TextPtr number = flow.fonts().set(
        language.say("print.page",
                     {{"page", std::to_string(i + 1)}, {"pages", std::to_string(pages)}}),
        small);
    page.marks.push_back({std::nullopt, [number, m, head](cairo_t* cr) {
                            use(cr, rule);
                            cairo_set_line_width(cr, 0.5);
                            const double below = 30 + head->height() + m.small * 0.5;
                            if (!head->empty()) cairo_move_to(cr, m.left, below);
                            if (!head->empty()) cairo_line_to(cr, m.right, below);
                            cairo_stroke(cr);
                            number->draw(cr, m.right - number->width(),
                                         page_height - 30 - number->height(), 0, 1);
                          }});
  }
}

Paper laid_out(const View& view, const Typesetter& fonts) {
  Paper paper{.language = view.language.empty() ? "en" : view.language,
              .title = printable(view.called()),
              .elements = {{.type = "Document"}},
              .pages = {},
              .bookmarks = {}};
  const Measures measures{view.large_print};
  const Style small{.size = measures.small, .ink = quiet};
  const double width = measures.right - measures.left;
  // Three lines at most on each page; where that is not all of it, all of it stands below the
  // title.
  constexpr int lines = 3;
  const TextPtr head = fonts.set_short(view.identity, small, width, lines);
  Flow flow{paper, fonts, measures,
            30 + (head->empty() ? 0 : head->height()) + measures.small * 1.6};

  const std::vector<Block> blocks = prepared_blocks(view);
  put_urgent(flow, blocks, 0);
  const std::size_t title = flow.element({.type = "H1", .parent = 0});
  const std::size_t identity = flow.element({.type = "P", .parent = 0});
  const TextPtr name = fonts.set(view.title, {.size = measures.heading[1], .bold = true}, width);
  if (!name->empty()) {
    flow.skip(measures.gap * 1.5);
    if (name->height() > flow.room() && name->height() <= flow.page_room()) flow.new_page();
    flow.bookmark(1, view.title);
    flow.band({{name, flow.left(), title}}, {.whole_below = flow.page_room()});
    flow.advance(measures.gap * 0.5);
  }
  const bool whole = fonts.fits(view.identity, small, width, lines);
  if (!whole) flow.text(view.identity, {.size = measures.base, .ink = quiet}, identity);
  put_all(flow, blocks, 0);
  put_margins(flow, paper, view, head, whole ? std::optional{identity} : std::nullopt);
  return paper;
}

}  // namespace

Result<std::string> view_pdf(const View& view) {
  try {
    const Typesetter fonts{view.language};
    const Paper paper = laid_out(view, fonts);
    return tagged(painted(paper), paper);
  } catch (const std::logic_error&) {
    throw;  // our bug
  } catch (const std::exception& error) {
    return Error{Language::english().say("print.not_made", {{"why", error.what()}})};
  }
}

}  // namespace gcp2
