#include "qr.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace gcp2::cli::web {

std::string qr_svg(std::string_view text, const std::string& title) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
      QRcode_encodeString8bit(std::string{text}.c_str(), 0, QR_ECLEVEL_M), &QRcode_free};
  if (!code) return {};
  constexpr int border = 4;
  std::string path;
  for (int y = 0; y < code->width; ++y)
    for (int x = 0, end; x < code->width; x = end + 1) {
      const auto is_dark = [&](int at) {
        return at < code->width && (code->data[y * code->width + at] & 1) != 0;
      };
      for (end = x; is_dark(end);) ++end;
      if (end > x)
        path += fmt::format("M{} {}h{}v1h-{}z", x + border, y + border, end - x, end - x);
    }
  const int side = code->width + 2 * border;
  return fmt::format(
      R"(<svg class="qr" xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}" viewBox="0 0 {1} {1}" role="img" aria-label="{2}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{1}v{1}H0z"/><path d="{3}"/></svg>)",
      side * 5, side, title, path);
}

}  // namespace gcp2::cli::web
