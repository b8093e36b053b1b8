#include "json/text.h"

#include <algorithm>
#include <charconv>

namespace gcp2 {
namespace {

unsigned code_unit(std::string_view escape) noexcept {
  unsigned unit = 0;
  if (escape.size() >= 6 && escape.starts_with("\\u"))
    std::from_chars(escape.data() + 2, escape.data() + 6, unit, 16);
  return unit;
}

constexpr bool is_high(unsigned unit) noexcept { return unit >= 0xD800 && unit <= 0xDBFF; }
constexpr bool is_low(unsigned unit) noexcept { return unit >= 0xDC00 && unit <= 0xDFFF; }

/// Length of the well-formed sequence at the start, 0 where there is none (Unicode, table 3-7).
std::size_t utf8_length(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool has_lone_surrogate(std::string_view token) noexcept {
  for (std::size_t i = 1; i < token.size() && token[i] != '"'; ++i) {
    if (token[i] != '\\') continue;
    const unsigned unit = code_unit(token.substr(i));
    if (is_low(unit)) return true;
    if (is_high(unit)) {
      if (!is_low(code_unit(token.substr(i + 6)))) return true;
      i += 6;
    }
    i += 1;
  }
  return false;
}

std::size_t first_bad_utf8(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return at;
}

std::size_t first_open_text(std::string_view text) noexcept {
  for (std::size_t at = text.find('"'); at < text.size(); at = text.find('"', at)) {
    std::size_t end = at + 1;
    while (end < text.size() && text[end] != '"' && static_cast<unsigned char>(text[end]) >= 0x20)
      end += text[end] == '\\' ? 2U : 1U;
    if (end >= text.size() || text[end] != '"') return at;
    at = end + 1;
  }
  return text.size();
}

}  // namespace gcp2
