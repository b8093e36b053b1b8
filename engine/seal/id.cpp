#include <sodium.h>

#include <algorithm>
#include <chrono>

#include "raw.h"

namespace gcp2 {
namespace {

constexpr std::size_t hyphens[] = {8, 13, 18, 23};

constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

std::string hexadecimal(std::string_view bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

std::string from_hexadecimal(std::string_view text) {
  std::string bytes;
  if (text.size() % 2 != 0) return bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = digits.find(text[i]), low = digits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    bytes += static_cast<char>(high << 4U | low);
  }
  return bytes;
}

Id Id::random() {
  raw::ready();
  Id id;
  randombytes_buf(id.bytes.data(), id.bytes.size());
  auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                 std::chrono::system_clock::now().time_since_epoch())
                 .count();
  for (std::size_t at = 6; at-- > 0; now >>= 8) id.bytes[at] = static_cast<std::uint8_t>(now);
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x70);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
  return id;
}

std::optional<Id> Id::parse(std::string_view text) {
  if (!is_uuid(text)) return std::nullopt;
  std::string all{text};
  std::erase(all, '-');
  return from(from_hexadecimal(all));
}

std::optional<Id> Id::from(std::string_view raw) noexcept {
  Id id;
  if (raw.size() != id.bytes.size()) return std::nullopt;
  std::copy(raw.begin(), raw.end(), id.bytes.begin());
  return id;
}

std::string Id::text() const {
  std::string text = hexadecimal(raw());
  for (const std::size_t at : hyphens) text.insert(at, 1, '-');
  return text;
}

std::string_view Id::raw() const { return raw::text(bytes); }

}  // namespace gcp2
