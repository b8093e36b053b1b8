#include "archive/xml_text.h"

#include <stdexcept>

namespace gcp2::archive {
namespace {

constexpr std::string_view hex = "0123456789ABCDEF";

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || c == '%' || byte >= 0x7F)
      out.append("%").append({hex[byte >> 4U], hex[byte & 15U]});
    else
      out += c;
  }
  return out;
}

std::string plain_text(std::string_view xml) {
  std::string out;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] != '%') {
      out += xml[i];
      continue;
    }
    const std::size_t high = i + 1 < xml.size() ? hex.find(xml[i + 1]) : std::string_view::npos;
    const std::size_t low = i + 2 < xml.size() ? hex.find(xml[i + 2]) : std::string_view::npos;
    if (high == std::string_view::npos || low == std::string_view::npos)
      throw std::invalid_argument{"a broken escape"};
    out += static_cast<char>(high << 4U | low);
    i += 2;
  }
  return out;
}

}  // namespace gcp2::archive
