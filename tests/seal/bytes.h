// Bytes and secrets as the vectors of the standards write them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "gcp2/keys.h"

namespace gcp2::test {

inline std::string from_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2)
    bytes += static_cast<char>(std::stoi(std::string{digits.substr(at, 2)}, nullptr, 16));
  return bytes;
}

inline Secret secret_from_hex(std::string_view digits) { return *Secret::from(from_hex(digits)); }

inline PublicKey public_from_hex(std::string_view digits) {
  const std::string bytes = from_hex(digits);
  PublicKey key{};
  std::copy_n(bytes.begin(), key.size(), key.begin());
  return key;
}

/// The bytes 0, 1, 2 ... 31.
inline Secret counting() {
  return secret_from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
}

inline std::string raw(const PublicKey& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

/// The text with one bit turned round, counted from the first byte's lowest.
inline std::string turned(std::string text, std::size_t bit) {
  text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
  return text;
}

}  // namespace gcp2::test
