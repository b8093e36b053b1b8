// The only part of the browser form that touches a network: it frames requests, cuts off what is
// slow, large or ambiguous, and hands over what is whole. Stands in a module of its own
// (gcp2_listener.so), as the network library and TLS are heavy.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "exchange.h"
#include "gcp2/core.h"

namespace gcp2::cli::web {

/// Where to listen. With `certificate` and `key` (PEM files, the chain in the first) TLS 1.2 or
/// later is spoken, else plain HTTP.
struct Endpoint {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0 = any that is free
  std::string certificate = {}, key = {};
  std::string only_from = {};  ///< the address of a reverse proxy; empty: connections from anywhere
};

struct Limits {
  std::uint32_t header_bytes = 16 << 10;
  std::uint64_t small_body_bytes = 64 << 10;
  std::uint64_t body_bytes = 4 << 20, large_body_bytes = 17 << 20;  ///< as the service says
  std::size_t large_bodies = 2;                                     ///< more at once are refused
  /// One more takes the place of the one whose client has been waited for longest.
  std::size_t connections = 512;
  unsigned threads = 4;                           ///< that answer
  std::chrono::milliseconds header_time{10'000};  ///< from the first byte to the end of the headers
  std::chrono::milliseconds body_time{20'000};
  std::chrono::milliseconds large_body_time{180'000};
  std::chrono::milliseconds idle_time{60'000};  ///< between two requests
  std::chrono::milliseconds write_time{30'000};
};

struct Service {
  Handler answer;
  std::function<void(std::uint16_t port)> ready;  ///< once, when connections are taken
  /// About once a second, from one thread; goes on where it throws.
  std::function<void()> tick;
  /// The body that a request of this head may have, which is yet to come. Asked in between
  /// everybody's bytes: must not wait, nor throw. None: a small one.
  std::function<Body(const Request& head)> most_body = {};
};

/// Answers until SIGINT, SIGTERM or `stop`; then lets go of every connection. One after the other
/// on a connection, HTTP/1.1 only. Refused with 400 and closed: a length that is missing, twice or
/// beside a transfer coding; any transfer coding; other than one Host; a target that is no path; a
/// line of the header that goes on in the next one.
/// Error: the address, the port, or the certificate cannot be used.
Result<Done> listen(const Endpoint& endpoint, const Limits& limits, const Service& service,
                    std::stop_token stop);

/// How bytes are framed: 200 and the request that the first `used` of them are, the status that
/// they are refused with, or 0 where more have to come.
struct Framed {
  int status = 0;
  std::size_t used = 0;
  Request request = {};
};
Framed framed(std::string_view bytes, const Limits& limits);

}  // namespace gcp2::cli::web
