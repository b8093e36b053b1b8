#include "gcp2/print.h"

#include <exception>

#include "gcp2/language.h"
#include "print/blocks.h"

namespace gcp2 {
namespace {

using namespace print;

/// Above and below what flows: the identity at the head of each page, its number at the foot. The
/// first page's head belongs to `identity`, on the others it is an artifact.
void put_margins(Flow& flow, Paper& paper, const View& view, const TextPtr& head,
                 std::optional<std::size_t> identity) {
  const Measures& m = flow.measures();
  const Language* language = Language::find(view.language);
  if (language == nullptr) language = &Language::english();
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
        language->say("print.page",
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
              .title = printable(view.title),
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

  put_urgent(flow, view.blocks, 0);
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
  put_all(flow, view.blocks, 0);
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
    return Error{std::string{"the PDF could not be made: "} + error.what()};
  }
}

}  // namespace gcp2
