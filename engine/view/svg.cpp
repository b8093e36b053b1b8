#include <fmt/format.h>

#include <algorithm>

#include "view/prepared.h"
#include "view/svg_writer.h"

namespace gcp2 {

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

namespace {

std::string_view colour(Ink ink) {
  switch (ink) {
    case Ink::text: return "#1b1f24";
    case Ink::quiet: return "#4f5a66";
    case Ink::line: return "#39424c";
    case Ink::accent: return "#14616b";
    case Ink::shade: return "#e9edf0";
    case Ink::paper: break;
  }
  return "#ffffff";
}

std::string dashes(bool dashed) { return dashed ? R"( stroke-dasharray="4 3")" : ""; }

struct ShapeWriter {
  std::string& out;

  void operator()(const PictureLine& l) const {
    out += fmt::format(
        R"(<line x1="{:.2f}" y1="{:.2f}" x2="{:.2f}" y2="{:.2f}" stroke="{}" stroke-width="{:.2f}"{}/>)",
        l.x1, l.y1, l.x2, l.y2, colour(l.ink), l.width, dashes(l.dashed));
  }
  void operator()(const PictureRect& r) const {
    out += fmt::format(
        R"(<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" rx="{:.2f}" fill="{}" stroke="{}" stroke-width="{:.2f}"{}/>)",
        r.x, r.y, r.width, r.height, r.radius, colour(r.fill), colour(r.stroke), r.stroke_width,
        dashes(r.dashed));
  }
  void operator()(const PictureCircle& c) const {
    out += fmt::format(
        R"(<circle cx="{:.2f}" cy="{:.2f}" r="{:.2f}" fill="{}" stroke="{}" stroke-width="{:.2f}"/>)",
        c.x, c.y, c.radius, colour(c.fill), colour(c.stroke), c.stroke_width);
  }
  void operator()(const PictureText& t) const {
    const std::string_view anchor = t.anchor == PictureText::Anchor::start    ? "start"
                                    : t.anchor == PictureText::Anchor::middle ? "middle"
                                                                              : "end";
    out += fmt::format(
        R"(<text x="{:.2f}" y="{:.2f}" font-size="{:.2f}" text-anchor="{}" fill="{}"{}>{}</text>)",
        t.x, t.y, t.size, anchor, colour(t.ink), t.bold ? R"( font-weight="bold")" : "",
        xml_text(t.text));
  }
};

}  // namespace

void append_svg(std::string& out, const Picture& picture, std::string_view id, SvgPlace place) {
  out += fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.2f} {1:.2f}" width="{7:.2f}{2}" height="{8:.2f}{2}" )"
      R"(y="{3:.2f}" role="img" aria-labelledby="{4}-title {4}-desc" font-family="sans-serif">)"
      R"(<title id="{4}-title">{5}</title><desc id="{4}-desc">{6}</desc>)",
      picture.width, picture.height, place.unit, place.y, id, xml_text(picture.title),
      xml_text(picture.description), picture.width * place.scale, picture.height * place.scale);
  for (const PictureShape& shape : picture.shapes) std::visit(ShapeWriter{out}, shape);
  out += "</svg>";
}

std::string svg(const Picture& picture, bool standalone, std::string_view id, double scale) {
  std::string out = standalone ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" : "";
  append_svg(out, picture, id, {.scale = scale});
  return out += standalone ? "\n" : "";
}

double large_print_scale(const Picture& picture) {
  double smallest = large_print_letters;
  for (const PictureShape& shape : picture.shapes)
    if (const auto* text = std::get_if<PictureText>(&shape); text != nullptr && text->size > 0)
      smallest = std::min(smallest, text->size);
  return large_print_letters / smallest;
}

}  // namespace gcp2
