#include "document.h"

#include "gcp2/seal.h"

namespace gcp2::cli::web {
namespace {

std::string base64(std::string_view hexadecimal) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto value = [](char c) {
    return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
  };
  constexpr unsigned bits_of_letter = 6, bits_of_digit = 4;
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : hexadecimal) {
    bits = bits << bits_of_digit | value(c);
    have += bits_of_digit;
    while (have >= bits_of_letter) {
      have -= bits_of_letter;
      out += letters[bits >> have & 63U];
    }
  }
  if (have > 0) out += letters[bits << (bits_of_letter - have) & 63U];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

/// The report's own style sheet stands in it, as it is one file: this one is let through, by its
/// digest, and nothing else.
std::string policy_for(std::string_view html) {
  constexpr std::string_view start = "<style>", end = "</style>";
  std::string_view style = html.substr(html.find(start) + start.size());
  style = style.substr(0, style.find(end));
  return "default-src 'none'; style-src 'sha256-" + base64(sha256(style)) +
         "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace

Answer document(std::string html) {
  const std::string policy = policy_for(html);
  return {200,
          {{"Content-Type", "text/html; charset=utf-8"}, {"Content-Security-Policy", policy}},
          std::move(html)};
}

Answer download(std::string_view type, std::string_view name, std::string bytes) {
  return {200,
          {{"Content-Type", std::string{type}},
           {"Content-Disposition", "attachment; filename=\"" + std::string{name} + "\""}},
          std::move(bytes)};
}

}  // namespace gcp2::cli::web
