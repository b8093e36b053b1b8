#include "framing.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>

#include "listener.h"

namespace gcp2::cli::web {
namespace {

constexpr std::size_t longest_target = 2048;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<http::status> refused(const http::request<http::string_body>& request) {
  if (request.version() != 11) return http::status::http_version_not_supported;
  const auto length = request.find(http::field::content_length);
  // The library takes "4, 4" for 4; others may not.
  const bool has_plain_length =
      length == request.end() || (request.count(http::field::content_length) == 1 &&
                                  std::ranges::all_of(length->value(), is_digit));
  if (request.count(http::field::host) != 1 || !has_plain_length ||
      request.count(http::field::transfer_encoding) != 0)
    return http::status::bad_request;
  if (request.count(http::field::expect) != 0) return http::status::expectation_failed;
  const auto target = request.target();
  if (target.size() > longest_target) return http::status::uri_too_long;
  const bool is_path = target.starts_with('/') &&
                       std::ranges::all_of(target, [](char c) { return c > ' ' && c <= '~'; });
  if (!is_path) return http::status::bad_request;
  if (request.method() == http::verb::post && length == request.end())
    return http::status::length_required;
  return std::nullopt;
}

std::size_t put_header(Parser& parser, std::string_view bytes, error_code& error) {
  const std::size_t used = parser.put(boost::asio::buffer(bytes), error);
  const std::string_view taken = bytes.substr(0, used);
  // The library joins a line that goes on in the next one; others may not.
  if (taken.find("\n ") != std::string_view::npos || taken.find("\n\t") != std::string_view::npos)
    error = http::error::bad_field;
  return used;
}

http::status status_of(error_code error) {
  if (error == http::error::header_limit) return http::status::request_header_fields_too_large;
  if (error == http::error::body_limit) return http::status::payload_too_large;
  return http::status::bad_request;
}

bool can_be_told(error_code error) {
  return error.category() == make_error_code(http::error::bad_method).category() &&
         error != http::error::end_of_stream && error != http::error::partial_message;
}

Request head_of(const http::request<http::string_body>& from) {
  Request request{std::string{from.method_string()}, std::string{from.target()}};
  for (const auto& field : from) {
    std::string name{field.name_string()};
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    request.headers.emplace_back(std::move(name), std::string{field.value()});
  }
  return request;
}

Request request_of(http::request<http::string_body>&& from) {
  Request request = head_of(from);
  request.body = std::move(from.body());
  return request;
}

Framed framed(std::string_view bytes, const Limits& limits) {
  Parser parser;
  parser.header_limit(limits.header_bytes);
  parser.body_limit(limits.body_bytes);
  parser.eager(false);
  error_code error;
  std::size_t used = 0;
  while (!error && !parser.is_header_done() && used < bytes.size())
    used += put_header(parser, bytes.substr(used), error);
  if (error == http::error::need_more) return {};
  if (error) return {static_cast<int>(status_of(error))};
  if (const auto no = refused(parser.get())) return {static_cast<int>(*no)};
  while (!error && !parser.is_done() && used < bytes.size())
    used += parser.put(boost::asio::buffer(bytes.substr(used)), error);
  if (error && error != http::error::need_more) return {static_cast<int>(status_of(error))};
  if (!parser.is_done()) return {};
  return {static_cast<int>(http::status::ok), used, request_of(parser.release())};
}

}  // namespace gcp2::cli::web
