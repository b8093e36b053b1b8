// Sealed bytes that `seal` would never make: who has the key may have sealed anything.
#pragma once

#include <sodium.h>

#include <string>
#include <string_view>

#include "gcp2/keys.h"

namespace gcp2::test {

/// Sealed for "row 7" as it stands, whether it is padded or not.
inline std::string sealed_bare(std::string_view plain, const Secret& key) {
  const auto raw = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  constexpr std::string_view beside = "\x01row 7";
  std::string sealed(25 + plain.size() + 16, '\x01');
  auto* const bytes = reinterpret_cast<unsigned char*>(sealed.data());
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + 25, nullptr, raw(plain), plain.size(),
                                             raw(beside), beside.size(), nullptr, bytes + 1,
                                             raw(key.bytes()));
  return sealed;
}

}  // namespace gcp2::test
