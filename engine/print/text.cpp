#include "print/text.h"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <stdexcept>

#include "gcp2/language.h"

namespace gcp2::print {
namespace {

// DejaVu first, as it has the widest reach of the fonts that every installation has; fontconfig
// finds others for what it lacks.
constexpr const char* family = "DejaVu Sans, sans-serif";

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

/// As g_utf8_next_char, which loses the const.
const char* next_letter(const char* at) {
  return at + g_utf8_skip[static_cast<unsigned char>(*at)];
}

unsigned long space_of(cairo_scaled_font_t* font) {
  cairo_glyph_t* glyphs = nullptr;
  int count = 0;
  const cairo_status_t found = cairo_scaled_font_text_to_glyphs(font, 0, 0, " ", 1, &glyphs, &count,
                                                                nullptr, nullptr, nullptr);
  const unsigned long glyph = found == CAIRO_STATUS_SUCCESS && count == 1 ? glyphs->index : 0;
  cairo_glyph_free(glyphs);
  return glyph;
}

/// A character that no font has: a box with its number in it, drawn as outlines, and below it an
/// invisible space that carries the character itself for whoever selects or searches.
void draw_missing(cairo_t* cr, const PangoAttrShape& shape, cairo_scaled_font_t* font, double x,
                  double y) {
  const auto& text = *static_cast<const std::string*>(shape.data);
  const double top = y + pango_units_to_double(shape.ink_rect.y);
  const double width = pango_units_to_double(shape.ink_rect.width);
  const double height = pango_units_to_double(shape.ink_rect.height);

  cairo_save(cr);
  cairo_set_line_width(cr, 0.5);
  cairo_rectangle(cr, x + 1, top, width - 2, height);
  cairo_stroke(cr);
  cairo_set_font_face(cr, cairo_scaled_font_get_font_face(font));
  cairo_set_font_size(cr, height);
  const cairo_glyph_t space{space_of(cairo_get_scaled_font(cr)), x, y};
  const cairo_text_cluster_t cluster{static_cast<int>(text.size()), 1};
  cairo_show_text_glyphs(cr, text.data(), static_cast<int>(text.size()), &space, 1, &cluster, 1,
                         cairo_text_cluster_flags_t{});

  const std::string number = fmt::format("{:04X}", g_utf8_get_char(text.c_str()));
  cairo_set_font_size(cr, height * 0.45);
  cairo_text_extents_t extents;
  cairo_text_extents(cr, number.c_str(), &extents);
  const double shrunk = std::min(1.0, (width - 4) / extents.width);
  cairo_translate(cr, x + width / 2, top + height / 2);
  cairo_scale(cr, shrunk, shrunk);
  cairo_move_to(cr, -extents.width / 2 - extents.x_bearing,
                -extents.height / 2 - extents.y_bearing);
  cairo_text_path(cr, number.c_str());
  cairo_fill(cr);
  cairo_restore(cr);
}

const PangoAttrShape* shape_of(const PangoItem& item) {
  for (const GSList* at = item.analysis.extra_attrs; at != nullptr; at = at->next)
    if (static_cast<const PangoAttribute*>(at->data)->klass->type == PANGO_ATTR_SHAPE)
      return static_cast<const PangoAttrShape*>(at->data);
  return nullptr;
}

/// As pango draws a run, but with a real space where the line was broken: pango leaves that one
/// out, and words would run together for a screen reader (ISO 32000-1, 14.8.2.5).
void draw_run(cairo_t* cr, const char* text, const PangoGlyphItem& run, double x, double y) {
  cairo_scaled_font_t* font =
      pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(run.item->analysis.font));
  if (const PangoAttrShape* shape = shape_of(*run.item))
    return draw_missing(cr, *shape, font, x, y);
  const std::unique_ptr<PangoGlyphItem, decltype(&pango_glyph_item_free)> own{
      pango_glyph_item_copy(const_cast<PangoGlyphItem*>(&run)), pango_glyph_item_free};
  const PangoGlyphString& glyphs = *own->glyphs;
  for (int i = 0; i < glyphs.num_glyphs; ++i)
    if (glyphs.glyphs[i].glyph == PANGO_GLYPH_EMPTY &&
        text[run.item->offset + glyphs.log_clusters[i]] == ' ')
      glyphs.glyphs[i].glyph = static_cast<PangoGlyph>(space_of(font));
  cairo_move_to(cr, x, y);
  pango_cairo_show_glyph_item(cr, text, own.get());
}

/// The text in spans, of which a word of hundreds of letters has several: pango shapes what is left
/// of a span again for every line that it breaks it into.
std::vector<std::pair<unsigned, unsigned>> spans_of(const char* text) {
  constexpr int longest = 200;
  std::vector<std::pair<unsigned, unsigned>> spans;
  const char* start = text;
  int letters = 0;
  for (const char* at = text; *at != '\0'; at = next_letter(at)) {
    letters = *at == ' ' ? 0 : letters + 1;
    if (letters < longest || g_unichar_ismark(g_utf8_get_char(at)) != FALSE) continue;
    spans.emplace_back(start - text, at - text);
    start = at;
    letters = 0;
  }
  spans.emplace_back(start - text, G_MAXUINT);
  return spans;
}

bool is_missing(const PangoGlyphInfo& glyph) {
  return (glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 && glyph.glyph != PANGO_GLYPH_INVALID_INPUT;
}

/// The byte ranges of characters that no font has, in the order of the text.
std::vector<std::pair<unsigned, unsigned>> missing_in(PangoLayout* layout) {
  std::vector<std::pair<unsigned, unsigned>> ranges;
  if (pango_layout_get_unknown_glyphs_count(layout) == 0) return ranges;
  const char* text = pango_layout_get_text(layout);
  for (int i = 0; i < pango_layout_get_line_count(layout); ++i) {
    const PangoLayoutLine* line = pango_layout_get_line_readonly(layout, i);
    for (const GSList* run = line->runs; run != nullptr; run = run->next) {
      const auto* item = static_cast<const PangoGlyphItem*>(run->data);
      for (int g = 0; g < item->glyphs->num_glyphs; ++g) {
        if (!is_missing(item->glyphs->glyphs[g])) continue;
        const char* start = text + item->item->offset + item->glyphs->log_clusters[g];
        ranges.emplace_back(start - text, next_letter(start) - text);
      }
    }
  }
  std::ranges::sort(ranges);
  const auto repeated = std::ranges::unique(ranges);
  ranges.erase(repeated.begin(), repeated.end());
  return ranges;
}

}  // namespace

std::string printable(std::string_view text) {
  // Not valid: U+FFFD in place of each such byte.
  std::string whole{text};
  std::erase(whole, '\0');  // glib would show it
  char* valid = g_utf8_make_valid(whole.data(), static_cast<gssize>(whole.size()));
  const std::unique_ptr<char, decltype(&g_free)> owner{valid, g_free};
  std::string out;
  for (const char* at = valid; *at != '\0'; at = next_letter(at)) {
    const gunichar c = g_utf8_get_char(at);
    // Overrides of the writing direction would show one thing and say another.
    const bool overriding = c == 0x202D || c == 0x202E;
    if (c == '\t')
      out += ' ';
    else if (c == '\n')
      out += " \n";  // a line's end parts words
    else if (!g_unichar_iscntrl(c) && c != 0xFEFF && !overriding)
      out += std::string_view{at, static_cast<std::size_t>(next_letter(at) - at)};
  }
  return out;
}

void Text::draw(cairo_t* cr, double x, double y, std::size_t first, std::size_t last) const {
  use(cr, ink_);
  const char* text = pango_layout_get_text(layout_.get());
  for (std::size_t i = first; i < last; ++i) {
    double at = x + lines_[i].x;
    for (const GSList* run = lines_[i].line->runs; run != nullptr; run = run->next) {
      const auto& item = *static_cast<const PangoGlyphItem*>(run->data);
      draw_run(cr, text, item, at, y + lines_[i].baseline - lines_[first].top);
      at += pango_units_to_double(pango_glyph_string_get_width(item.glyphs));
    }
  }
}

void Text::draw_on_baseline(cairo_t* cr, double x, double y) const {
  draw(cr, x, y - lines_.front().baseline, 0, lines_.size());
}

Typesetter::Typesetter(const std::string& language) {
  // Pango would look for one for ever.
  const FcFontSet* fonts = FcConfigGetFonts(nullptr, FcSetSystem);
  if (fonts == nullptr || fonts->nfont == 0)
    throw std::runtime_error{Language::english().say("print.no_font")};
  const std::unique_ptr<PangoFontMap, Unref> map{pango_cairo_font_map_new()};
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72);  // a point is a point
  context_ = {pango_font_map_create_context(map.get()), Unref{}};

  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  pango_context_set_language(context_.get(), pango_language_from_string(language.c_str()));
}

std::shared_ptr<Text> Typesetter::begin(std::string_view text, const Style& style,
                                        double width) const {
  auto out = std::make_shared<Text>();
  out->layout_ = {pango_layout_new(context_.get()), Unref{}};
  PangoLayout* layout = out->layout_.get();
  out->ink_ = style.ink;
  const std::string clean = printable(text);
  out->empty_ = clean.find_first_not_of(" \n") == std::string::npos;
  pango_layout_set_text(layout, clean.data(), static_cast<int>(clean.size()));

  PangoFontDescription* font = pango_font_description_from_string(family);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_spacing(layout, pango_units_from_double(style.size * 0.15));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  set_attributes(*out);  // lays the text out, which is cheaper before it is broken
  if (width > 0) pango_layout_set_width(layout, pango_units_from_double(width));
  return out;
}

void Typesetter::set_attributes(Text& text) {
  PangoLayout* layout = text.layout_.get();
  const double size = pango_font_description_get_size(pango_layout_get_font_description(layout));
  const PangoRectangle box{0, static_cast<int>(-0.85 * size), static_cast<int>(1.6 * size),
                           static_cast<int>(0.95 * size)};
  PangoAttrList* attributes = pango_attr_list_new();
  // A word broken at the end of a line gets no hyphen that is not its own.
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  const char* bytes = pango_layout_get_text(layout);
  for (const auto& [start, end] : spans_of(bytes)) {
    // Letters stay letters, for search and for readers that stumble over the text of a ligature.
    PangoAttribute* features = pango_attr_font_features_new("liga=0, clig=0");
    features->start_index = start;
    features->end_index = end;
    pango_attr_list_insert(attributes, features);
  }
  for (const auto& [start, end] : missing_in(layout)) {
    std::string& character = text.missing_.emplace_back(bytes + start, bytes + end);
    PangoAttribute* shape =
        pango_attr_shape_new_with_data(&box, &box, &character, nullptr, nullptr);
    shape->start_index = start;
    shape->end_index = end;
    pango_attr_list_insert(attributes, shape);
  }
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
}

void Typesetter::measure(Text& text) {
  PangoLayoutIter* iter = pango_layout_get_iter(text.layout_.get());
  do {
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iter, nullptr, &logical);
    int top = 0;
    int bottom = 0;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    text.lines_.push_back({pango_layout_iter_get_line_readonly(iter),
                           pango_units_to_double(logical.x), pango_units_to_double(top),
                           pango_units_to_double(bottom),
                           pango_units_to_double(pango_layout_iter_get_baseline(iter))});
    text.width_ = std::max(text.width_, pango_units_to_double(logical.width));
  } while (pango_layout_iter_next_line(iter) != FALSE);
  pango_layout_iter_free(iter);
}

TextPtr Typesetter::set(std::string_view text, const Style& style, double width) const {
  std::shared_ptr<Text> out = begin(text, style, width);
  measure(*out);
  return out;
}

TextPtr Typesetter::set_short(std::string_view text, const Style& style, double width,
                              int lines) const {
  std::shared_ptr<Text> out = begin(text, style, width);
  pango_layout_set_single_paragraph_mode(out->layout_.get(), TRUE);
  pango_layout_set_height(out->layout_.get(), -lines);
  pango_layout_set_ellipsize(out->layout_.get(), PANGO_ELLIPSIZE_END);
  measure(*out);
  return out;
}

bool Typesetter::fits(std::string_view text, const Style& style, double width, int lines) const {
  return set(text, style, width)->lines().size() <= static_cast<std::size_t>(lines);
}

double Typesetter::longest_word(std::string_view text, const Style& style) const {
  const std::shared_ptr<Text> out = begin(text, style, 0);
  pango_layout_set_wrap(out->layout_.get(), PANGO_WRAP_WORD);
  pango_layout_set_width(out->layout_.get(), 1);
  measure(*out);
  return out->width_;
}

}  // namespace gcp2::print
