#include "setting/anchor.h"

#include <sstream>

#include "setting/appended.h"
#include "setting/day.h"

namespace gcp2 {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

std::string hexadecimal(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::string from_hexadecimal(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const auto high = digits.find(text[i]), low = digits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    out += static_cast<char>(high << 4U | low);
  }
  return out;
}

Stored<std::vector<Head>> read_anchors(const std::string& file) {
  std::vector<Head> heads;
  if (file.empty()) return heads;
  const auto lines = whole_lines(file);
  if (!lines) return lines.error();
  for (const std::string& line : *lines) {
    if (line.empty()) continue;
    std::istringstream words{line};
    Head head;
    std::string hash;
    words >> head.count >> hash;
    head.hash = from_hexadecimal(hash);
    // A line that says nothing is one that was changed; it can never be met.
    if (!words || head.hash.size() != 32) head = {head.count, {}, 0};
    heads.push_back(std::move(head));
  }
  return heads;
}

Stored<Done> append_anchor(const std::string& file, const Head& head) {
  return append_line(file, std::to_string(head.count) + " " + hexadecimal(head.hash) + " " +
                               instant_of(head.at).text());
}

}  // namespace gcp2
