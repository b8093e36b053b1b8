#include "door.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gcp2::cli::web {
namespace {

using std::string_view;

std::string lower(string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_plain_path(string_view path) {
  const bool known = std::ranges::all_of(path, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           string_view{"/-._"}.find(c) != string_view::npos;
  });
  return known && path.find("//") == string_view::npos && path.find("/.") == string_view::npos;
}

bool is_from_own_page(const Door& door, const Request& request) {
  if (const string_view site = request.header("sec-fetch-site");
      !site.empty() && site != "same-origin")
    return false;
  const string_view scheme = door.encrypted ? "https://" : "http://";
  const std::string origin = lower(request.header("origin"));
  return std::ranges::any_of(
      door.hosts, [&](const std::string& host) { return origin == std::string{scheme} + host; });
}

constexpr std::array<std::pair<string_view, string_view>, 8> carried{{
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
     "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    // Not "no-referrer": with that browsers say "null" for the origin of a form.
    {"Referrer-Policy", "same-origin"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
}};

}  // namespace

std::vector<std::string> own_hosts(std::uint16_t port) {
  std::vector<std::string> hosts;
  for (const string_view name : {"127.0.0.1", "[::1]", "localhost"})
    hosts.push_back(std::string{name} + ":" + std::to_string(port));
  return hosts;
}

string_view path_of(const Request& request) noexcept {
  const string_view target = request.target;
  return target.substr(0, target.find('?'));
}

std::optional<Answer> turned_away(const Door& door, const Request& request) {
  constexpr int misdirected = 421, not_allowed = 405, forbidden = 403, not_found = 404;
  if (std::ranges::find(door.hosts, lower(request.header("host"))) == door.hosts.end())
    return Answer{misdirected};
  const bool writes = request.method == "POST";
  if (!writes && request.method != "GET" && request.method != "HEAD")
    return Answer{not_allowed, {{"Allow", "GET, HEAD, POST"}}};
  if (writes && !is_from_own_page(door, request)) return Answer{forbidden};
  if (!is_plain_path(path_of(request))) return Answer{not_found};
  return std::nullopt;
}

void fortify(const Door& door, Answer& answer) {
  const auto add = [&](string_view name, string_view value) {
    if (std::ranges::find(answer.headers, name, &Header::first) == answer.headers.end())
      answer.headers.emplace_back(name, value);
  };
  for (const auto& [name, value] : carried) add(name, value);
  if (door.encrypted) add("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace gcp2::cli::web
