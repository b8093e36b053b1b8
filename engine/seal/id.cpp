#include <sodium.h>

#include <algorithm>

#include "raw.h"

namespace gcp2 {
namespace {

constexpr std::size_t hyphens[] = {8, 13, 18, 23};

std::uint8_t nibble(char digit) noexcept {
  return static_cast<std::uint8_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

}  // namespace

Id Id::random() {
  raw::ready();
  Id id;
  randombytes_buf(id.bytes.data(), id.bytes.size());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x40);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
  return id;
}

std::optional<Id> Id::parse(std::string_view text) noexcept {
  if (!is_uuid(text)) return std::nullopt;
  Id id;
  std::size_t at = 0;
  for (std::uint8_t& byte : id.bytes) {
    if (text[at] == '-') ++at;
    byte = static_cast<std::uint8_t>(nibble(text[at]) << 4 | nibble(text[at + 1]));
    at += 2;
  }
  return id;
}

std::optional<Id> Id::from(std::string_view raw) noexcept {
  Id id;
  if (raw.size() != id.bytes.size()) return std::nullopt;
  std::copy(raw.begin(), raw.end(), id.bytes.begin());
  return id;
}

std::string Id::text() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (const std::uint8_t byte : bytes) {
    if (std::find(std::begin(hyphens), std::end(hyphens), text.size()) != std::end(hyphens))
      text += '-';
    text += digits[byte >> 4];
    text += digits[byte & 0x0f];
  }
  return text;
}

std::string_view Id::raw() const { return raw::text(bytes); }

}  // namespace gcp2
