// What is drawn on which page, and the structure that it belongs to: made by the flow, drawn by
// cairo, tagged by qpdf.
#pragma once

#include <cairo.h>

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gcp2::print {

/// A4 in points.
constexpr double page_width = 595.276;
constexpr double page_height = 841.89;

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

/// An element of the structure tree; a child stands after its parent. The first one is the
/// document.
struct Element {
  std::string type;  ///< of ISO 32000-1, 14.8.4
  std::size_t parent = 0;
  std::string alt = {};    ///< of a figure
  std::string scope = {};  ///< of a header cell: Row or Column
  std::optional<Box> box = std::nullopt;
};

/// Something drawn. Without an element it is an artifact: it decorates or repeats, and a screen
/// reader passes over it.
struct Mark {
  std::optional<std::size_t> element;
  std::function<void(cairo_t*)> draw;
};

struct Page {
  std::vector<Mark> marks;
  double end = 0;  ///< where the flow left it
};

struct Bookmark {
  int level = 1;
  std::string text;
  std::size_t page = 0;
  double y = 0;
};

struct Paper {
  std::string language;
  std::string title;
  std::vector<Element> elements;
  std::vector<Page> pages;
  std::vector<Bookmark> bookmarks;
};

struct Colour {
  double red = 0, green = 0, blue = 0;
};
constexpr Colour black{0.043, 0.047, 0.047};
constexpr Colour white{1, 1, 1};
constexpr Colour quiet{0.314, 0.353, 0.373};
constexpr Colour rule{0.694, 0.706, 0.714};
constexpr Colour shade{0.945, 0.949, 0.953};

inline void use(cairo_t* cr, const Colour& c) { cairo_set_source_rgb(cr, c.red, c.green, c.blue); }

/// The pages as cairo writes them: each mark with an element is marked content, numbered on its
/// page in drawing order; outlines; no structure worth the name. Throws std::runtime_error.
std::string painted(const Paper& paper);

/// The same with its structure, language, title and artifacts. Throws std::exception.
std::string tagged(const std::string& pdf, const Paper& paper);

}  // namespace gcp2::print
