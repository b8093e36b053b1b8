// Bytes as a request: framed as a reader without any leniency frames them, and nothing but what its
// own names say comes out of its form and its cookies.
#include <algorithm>
#include <charconv>
#include <string>

#include "claims.h"
#include "gcp2/json.h"
#include "serve/door.h"
#include "serve/form.h"
#include "serve/listener.h"

namespace {

using gcp2::fuzz::claim;

/// How long a request is by its first header of a length alone.
std::size_t plain_length(std::string_view bytes, const gcp2::cli::web::Request& request) {
  const std::string_view said = request.header("content-length");
  std::size_t length = 0;
  std::from_chars(said.data(), said.data() + said.size(), length);
  return bytes.find("\r\n\r\n") + 4 + length;
}

void claim_form(std::string_view type, std::string_view body) {
  const auto form = gcp2::cli::web::read_form(type, body);
  if (!form) return;
  claim(form->fields.size() <= gcp2::cli::web::most_fields, "no more fields than are read");
  for (const auto& field : form->fields) {
    claim(gcp2::is_utf8(field.name) && gcp2::is_utf8(field.file_name), "names are text");
    if (!field.file_name.empty()) continue;
    claim(gcp2::is_utf8(field.value), "values are text");
    claim(std::ranges::none_of(field.value,
                               [](char c) {
                                 return (static_cast<unsigned char>(c) < ' ' && c != '\n' &&
                                         c != '\t') ||
                                        c == '\x7f';
                               }),
          "no control characters");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  claim_form("application/x-www-form-urlencoded", bytes);
  claim_form("multipart/form-data; boundary=b", bytes);
  claim_form(bytes.substr(0, bytes.find('\n')), bytes);
  (void)gcp2::cli::web::cookie(bytes, "s");

  const auto framed = gcp2::cli::web::framed(bytes, {});
  if (framed.status != 200) return 0;
  const auto& request = framed.request;
  claim(framed.used <= size, "no more than there is");
  // White space before the first line is passed over.
  const std::size_t start = bytes.find(request.method);
  claim(framed.used == start + plain_length(bytes.substr(start), request),
        "as long as its length says");
  claim(request.target.starts_with('/'), "a path");
  const gcp2::cli::web::Door door{gcp2::cli::web::own_hosts(80), false};
  if (!gcp2::cli::web::turned_away(door, request))
    claim(gcp2::cli::web::path_of(request).find("/..") == std::string_view::npos, "no way upwards");
  claim_form(request.header("content-type"), request.body);
  return 0;
}
