// A text as a picture that telephones read.
#pragma once

#include <string>
#include <string_view>

namespace gcp2::cli::web {

/// A QR code as SVG without styles, black on white with its quiet border; empty where the text is
/// too long for one.
std::string qr_svg(std::string_view text, const std::string& title);

}  // namespace gcp2::cli::web
