#include "drawing/lettering.h"

#include <algorithm>

namespace gcp2::drawing {
namespace {

constexpr double leading = 1.22;  // of the size

/// The next character of a text in UTF-8, taken away from its front.
std::string_view next_character(std::string_view& text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
    ++length;
  const std::string_view character = text.substr(0, length);
  text.remove_prefix(length);
  return character;
}

/// Of the size; a wide script's characters are squares.
double width_of_character(std::string_view character) {
  if (character.size() >= 3) return 1;
  if (character.size() == 2) return 0.62;
  const char c = character.front();
  if (std::string_view{"iljtfrI.,:;'!|()[] "}.find(c) != std::string_view::npos) return 0.36;
  if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '@') return 0.95;
  return c >= 'A' && c <= 'Z' ? 0.72 : 0.58;
}

/// As much of the text as fits, at least one character.
std::string_view fitting(std::string_view text, double size, double width) {
  std::string_view rest = text;
  double used = 0;
  std::size_t taken = 0;
  while (!rest.empty()) {
    const std::string_view character = next_character(rest);
    used += width_of_character(character) * size;
    if (used > width && taken != 0) break;
    taken += character.size();
  }
  return text.substr(0, taken);
}

}  // namespace

double width_of(std::string_view text, double size, bool bold) {
  double width = 0;
  while (!text.empty()) width += width_of_character(next_character(text));
  return width * size * (bold ? 1.08 : 1);
}

std::vector<std::string> broken(std::string_view text, double size, double width,
                                std::size_t most) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    if (lines.size() == most) {
      std::string& last = lines.back();
      std::string_view kept = fitting(last, size, width - size);
      last = std::string{kept} + "…";
      break;
    }
    std::string_view line = fitting(text, size, width);
    if (line.size() < text.size() && text[line.size()] != ' ')
      if (const auto space = line.rfind(' '); space != std::string_view::npos)
        line = line.substr(0, space);
    text.remove_prefix(line.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
    lines.emplace_back(line);
  }
  return lines;
}

void add_lines(Picture& picture, Point top, const std::vector<Line>& lines, double size) {
  double baseline = top.y;
  for (const Line& line : lines) {
    baseline += size * leading;
    picture.shapes.emplace_back(PictureText{.x = top.x,
                                            .y = baseline,
                                            .size = size,
                                            .text = line.text,
                                            .anchor = PictureText::Anchor::middle,
                                            .ink = line.ink,
                                            .bold = line.bold});
  }
}

double height_of(const std::vector<Line>& lines, double size) {
  return static_cast<double>(lines.size()) * size * leading + size * 0.3;
}

double width_of(const std::vector<Line>& lines, double size) {
  double width = 0;
  for (const Line& line : lines) width = std::max(width, width_of(line.text, size, line.bold));
  return width;
}

}  // namespace gcp2::drawing
