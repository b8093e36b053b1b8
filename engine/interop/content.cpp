#include <algorithm>

#include "gcp2/interop.h"

namespace gcp2 {
namespace {

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether the first line has a column called "node", as every CSV of grades does.
bool has_node_column(std::string_view bytes) noexcept {
  std::string_view line = bytes.substr(0, std::min(bytes.find_first_of("\r\n"), bytes.size()));
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(",;\t"), line.size());
    std::string_view cell = line.substr(0, end);
    while (!cell.empty() && (cell.front() == ' ' || cell.front() == '"')) cell.remove_prefix(1);
    while (!cell.empty() && (cell.back() == ' ' || cell.back() == '"')) cell.remove_suffix(1);
    if (std::ranges::equal(cell, std::string_view{"node"}, {}, lower)) return true;
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return false;
}

}  // namespace

Content content_of(std::string_view bytes) noexcept {
  if (looks_like_archive(bytes)) return Content::archive;
  constexpr std::string_view zip = "PK\x03\x04";                             // ods, xlsx
  constexpr std::string_view compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // xls
  if (bytes.starts_with(zip) || bytes.starts_with(compound)) return Content::spreadsheet;
  if (looks_like_utf16(bytes)) return Content::utf16;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Content::unknown;
  if (bytes[first] == '{' || bytes[first] == '[') return Content::json;
  return has_node_column(bytes) ? Content::csv : Content::unknown;
}

}  // namespace gcp2
