// What JSON texts must not hold, and where it stands.
#pragma once

#include <cstddef>
#include <string_view>

namespace gcp2 {

/// Whether a JSON string has an escaped surrogate without its other half. `token` starts at the
/// opening quote; anything after the closing one is not looked at.
bool has_lone_surrogate(std::string_view token) noexcept;

/// Offset of the first byte that is no UTF-8, or the size.
std::size_t first_bad_utf8(std::string_view text) noexcept;

/// Offset of the opening quote of the first text that does not end on its line, or the size.
std::size_t first_open_text(std::string_view text) noexcept;

}  // namespace gcp2
