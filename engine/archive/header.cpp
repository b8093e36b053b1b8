#include "archive/header.h"

#include <algorithm>
#include <charconv>

#include "gcp2/seal.h"

namespace gcp2 {
namespace {

constexpr std::string_view magic = "gcp2/archive/";
constexpr std::string_view version = "0001";
constexpr std::size_t kind_width = 6;
constexpr std::size_t length_width = 12;
constexpr std::size_t digest_width = 64;

constexpr std::size_t kind_at = magic.size() + version.size() + 1;
constexpr std::size_t length_at = kind_at + kind_width + 1;
constexpr std::size_t digest_at = length_at + length_width + 1;
constexpr std::size_t header_size = digest_at + digest_width + 1;

std::string header(ArchiveKind kind, std::size_t length, std::string_view digest) {
  std::string name{name_of(kind)};
  name.resize(kind_width, ' ');
  const std::string digits = std::to_string(length);
  std::string out{magic};
  out.append(version).append(" ").append(name).append(" ");
  out.append(length_width - std::min(length_width, digits.size()), '0').append(digits);
  return out.append(" ").append(digest).append("\n");
}

/// Over the header, its digest left as zeros, and the content.
std::string digest(ArchiveKind kind, std::string_view content) {
  std::string all = header(kind, content.size(), std::string(digest_width, '0'));
  return sha256(all.append(content));
}

}  // namespace

std::string_view name_of(ArchiveKind kind) noexcept {
  switch (kind) {
    case ArchiveKind::text: return "text";
    case ArchiveKind::xml: return "xml";
    case ArchiveKind::binary: break;
  }
  return "binary";
}

std::optional<ArchiveKind> archive_kind_from(std::string_view name) noexcept {
  for (const ArchiveKind kind : {ArchiveKind::text, ArchiveKind::xml, ArchiveKind::binary})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

bool looks_like_archive(std::string_view bytes) noexcept { return bytes.starts_with(magic); }

std::optional<std::size_t> archive_size(std::string_view bytes) noexcept {
  if (!looks_like_archive(bytes) || bytes.size() < header_size) return std::nullopt;
  const std::string_view digits = bytes.substr(length_at, length_width);
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return header_size + length;
}

namespace archive {

std::string sealed(ArchiveKind kind, std::string_view content) {
  return header(kind, content.size(), digest(kind, content)).append(content);
}

std::optional<Opened> open(std::string_view bytes, Findings& findings) {
  const auto refuse = [&findings](std::string_view code) {
    findings.push_back({.code = code,
                        .severity = Severity::invalid,
                        .position = {.source = 0, .line = 1, .column = 1}});
    return std::nullopt;
  };
  if (!looks_like_archive(bytes) || bytes.size() < header_size) return refuse("archive_damaged");
  if (bytes.size() > largest_archive) return refuse("archive_too_large");
  const std::string_view number = bytes.substr(magic.size(), version.size());
  const bool is_number = number.find_first_not_of("0123456789") == std::string_view::npos;
  if (number != version)
    return refuse(is_number && number > version ? "archive_newer" : "archive_damaged");
  std::string_view name = bytes.substr(kind_at, kind_width);
  name = name.substr(0, name.find(' '));
  const auto kind = archive_kind_from(name);
  const std::string_view content = bytes.substr(header_size);
  // The header is compared as a whole with the one that this content must have: no byte is free.
  if (!kind ||
      bytes.substr(0, header_size) != header(*kind, content.size(), digest(*kind, content)))
    return refuse("archive_damaged");
  return Opened{*kind, content};
}

}  // namespace archive
}  // namespace gcp2
