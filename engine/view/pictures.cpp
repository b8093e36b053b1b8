#include <fmt/format.h>

#include <algorithm>

#include "gcp2/view.h"
#include "view/columns.h"
#include "view/prepared.h"
#include "view/svg_writer.h"

namespace gcp2 {
namespace {

constexpr double margin = 12, gap = 24, line_height = 16, text_size = 12;
/// A sans-serif letter is about half as wide as high; with room for wide ones.
constexpr double letter_width = 0.65 * text_size;
constexpr double least_width = 360;

/// What must be seen is drawn as well: whoever passes a picture on passes it on too.
Picture notice_picture(const Language& words, const Notice& notice, double width) {
  const auto letters = static_cast<std::size_t>((width - 2 * margin) / letter_width);
  std::vector<std::string> lines =
      lines_of(notice_label(words, notice.kind) + ": " + notice.title, letters);
  const std::size_t bold = lines.size();
  Picture picture;
  picture.width = width;
  picture.title = notice.title;
  for (const std::string& line : notice.lines) {
    picture.description += picture.description.empty() ? line : " " + line;
    std::ranges::copy(lines_of(line, letters), std::back_inserter(lines));
  }
  picture.height = 2 * margin + line_height * static_cast<double>(lines.size());
  picture.shapes.emplace_back(PictureRect{.x = 2,
                                          .y = 2,
                                          .width = width - 4,
                                          .height = picture.height - 4,
                                          .stroke = Ink::text,
                                          .stroke_width = 4});
  for (std::size_t i = 0; i < lines.size(); ++i)
    picture.shapes.emplace_back(
        PictureText{.x = margin,
                    .y = margin + line_height * static_cast<double>(i) + text_size,
                    .size = text_size,
                    .text = lines[i],
                    .bold = i < bold});
  return picture;
}

}  // namespace

std::string view_svg(const View& given) {
  const View view = prepared(given);
  const auto scale = [&view](const Picture& picture) {
    return view.large_print ? large_print_scale(picture) : 1;
  };
  const double notices = view.large_print ? large_print_letters / text_size : 1;
  double width = least_width * notices;
  for (const Block& block : view.blocks)
    if (const auto* figure = std::get_if<Figure>(&block))
      width = std::max(width, figure->picture.width * scale(figure->picture));

  std::string pictures;
  double bottom = 0;
  int count = 0;
  const auto add = [&](const Picture& picture) {
    bottom += count == 0 ? 0 : gap;
    append_svg(pictures, picture, fmt::format("picture-{}", ++count), {.unit = "", .y = bottom, .scale = scale(picture)});
    pictures += '\n';
    bottom += picture.height * scale(picture);
  };
  for (const Block& block : view.blocks)
    if (const Notice* notice = urgent_notice(block))
      add(notice_picture(language_of(view), *notice, width / notices));
  for (const Block& block : view.blocks)
    if (const auto* figure = std::get_if<Figure>(&block)) add(figure->picture);

  return fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{}" viewBox="0 0 {:.2f} {:.2f}" width="{:.2f}pt" height="{:.2f}pt" role="group" aria-labelledby="view-title view-desc">
<title id="view-title">{}</title><desc id="view-desc">{}</desc>
{}</svg>
)",
      xml_text(view.language), width, bottom, width, bottom, xml_text(view.title),
      xml_text(view.identity), pictures);
}

}  // namespace gcp2
