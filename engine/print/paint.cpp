#include <cairo-pdf.h>
#include <fmt/format.h>

#include <memory>
#include <stdexcept>

#include "print/paper.h"

namespace gcp2::print {
namespace {

cairo_status_t append(void* out, const unsigned char* bytes, unsigned length) {
  try {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), length);
  } catch (...) {  // cairo is C
    return CAIRO_STATUS_WRITE_ERROR;
  }
  return CAIRO_STATUS_SUCCESS;
}

void require(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error{std::string{"cairo: "} + cairo_status_to_string(status)};
}

/// Headings of level 3 below the last one of level 2, that one below the title.
void add_bookmarks(cairo_surface_t* surface, const Paper& paper) {
  std::array<int, 4> latest{CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT,
                            CAIRO_PDF_OUTLINE_ROOT};
  for (const Bookmark& bookmark : paper.bookmarks) {
    const auto level = static_cast<std::size_t>(bookmark.level);
    const std::string target = fmt::format("page={} pos=[0 {:.2f}]", bookmark.page + 1, bookmark.y);
    const int id = cairo_pdf_surface_add_outline(surface, latest[level - 1], bookmark.text.c_str(),
                                                 target.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (std::size_t below = level; below < latest.size(); ++below) latest[below] = id;
  }
}

}  // namespace

std::string painted(const Paper& paper) {
  std::string out;
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface{
      cairo_pdf_surface_create_for_stream(append, &out, page_width, page_height),
      cairo_surface_destroy};
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context{cairo_create(surface.get()),
                                                                   cairo_destroy};
  cairo_t* cr = context.get();
  add_bookmarks(surface.get(), paper);
  for (const Page& page : paper.pages) {
    for (const Mark& mark : page.marks) {
      const char* type = mark.element ? paper.elements[*mark.element].type.c_str() : nullptr;
      if (type != nullptr) cairo_tag_begin(cr, type, nullptr);
      mark.draw(cr);
      cairo_new_path(cr);
      if (type != nullptr) cairo_tag_end(cr, type);
      require(cairo_status(cr));
    }
    cairo_show_page(cr);
  }
  require(cairo_status(cr));
  cairo_surface_finish(surface.get());
  require(cairo_surface_status(surface.get()));
  return out;
}

}  // namespace gcp2::print
