// How bytes become a request: what is read in one way alone, and what is refused.
#pragma once

#include <boost/beast/core/error.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <string_view>

#include "exchange.h"

namespace gcp2::cli::web {

namespace http = boost::beast::http;
using boost::beast::error_code;
using Parser = http::request_parser<http::string_body>;

/// Whether two programs could read the request differently, or it asks for what is not spoken here:
/// the status to refuse it with.
std::optional<http::status> refused(const http::request<http::string_body>& request);

/// Gives a header to the parser as far as it comes; how many bytes it took. They are whole lines.
std::size_t put_header(Parser& parser, std::string_view bytes, error_code& error);

http::status status_of(error_code error);
/// Whether the client said something wrong, and is still there to be told.
bool can_be_told(error_code error);

Request head_of(const http::request<http::string_body>& from);
Request request_of(http::request<http::string_body>&& from);

}  // namespace gcp2::cli::web
