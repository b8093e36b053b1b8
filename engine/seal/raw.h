// Texts as libsodium wants them, and the one place that makes libsodium ready.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "gcp2/keys.h"

namespace gcp2::raw {

/// Before every call that needs it; whoever uses a key needs no call of his own.
void ready();

inline const unsigned char* in(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* out(std::string& text) noexcept {
  return reinterpret_cast<unsigned char*>(text.data());
}
inline std::string_view text(std::span<const unsigned char> bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
/// Its 32 bytes. A logic_error for a secret that was moved from.
const unsigned char* of(const Secret& secret);

}  // namespace gcp2::raw
