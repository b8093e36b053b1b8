#include "listener.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>
#include <vector>

#include "framing.h"

namespace gcp2::cli::web {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using net::ip::tcp;

/// Gives (error, result) instead of throwing.
constexpr auto as_pair = net::as_tuple(net::use_awaitable);

/// Read at a time.
constexpr std::size_t some_bytes = 4096;
/// Read and thrown away behind a refusal, so that the client gets to see it.
constexpr std::size_t most_drained = 8 << 20;
constexpr std::chrono::seconds drain_time{2};

class Seat;

struct Listening {
  const Limits& limits;
  const Service& service;
  net::thread_pool& workers;
  std::optional<net::ip::address> only_from = {};
  std::vector<Seat*> seats = {};
  std::size_t large_bodies = 0;
};

/// The place of a connection, for as long as it lives or until another one needs it.
class Seat {
 public:
  Seat(Listening& listening, beast::tcp_stream& stream) : listening_{listening}, stream_{stream} {
    listening_.seats.push_back(this);
  }
  ~Seat() { std::erase(listening_.seats, this); }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

  void waits_for_client() { waits_since_ = std::chrono::steady_clock::now(); }
  void is_answered() { waits_since_ = never; }

  /// Frees the place whose client has been waited for longest; false where all are being answered.
  static bool freed(Listening& listening) {
    const auto longest = std::ranges::min_element(listening.seats, {}, &Seat::waits_since_);
    if (longest == listening.seats.end() || (*longest)->waits_since_ == never) return false;
    (*longest)->stream_.close();
    listening.seats.erase(longest);
    return true;
  }

 private:
  static constexpr auto never = std::chrono::steady_clock::time_point::max();
  Listening& listening_;
  beast::tcp_stream& stream_;
  std::chrono::steady_clock::time_point waits_since_ = std::chrono::steady_clock::now();
};

/// One more of something, for as long as it lives.
class Counted {
 public:
  explicit Counted(std::size_t& count) : count_{count} { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::size_t& count_;
};

using Response = http::response<http::string_body>;

/// Why a body that is not small is not read.
std::optional<http::status> refused_as_large(const Parser& parser, bool is_large,
                                             const Listening& listening) {
  const auto& most = listening.service.most_body;
  const Body may_be = most ? most(head_of(parser.get())) : Body::small;
  if (may_be == Body::small || (is_large && may_be != Body::large))
    return http::status::payload_too_large;
  if (is_large && listening.large_bodies >= listening.limits.large_bodies)
    return http::status::service_unavailable;
  return std::nullopt;
}

Response response_of(Answer&& answer, bool keep_alive, bool is_head) {
  Response response{static_cast<http::status>(answer.status), 11};
  for (const auto& [name, value] : answer.headers) response.insert(name, value);
  response.keep_alive(keep_alive);
  response.content_length(answer.body.size());
  if (!is_head) response.body() = std::move(answer.body);
  return response;
}

/// Says why and lets the client read it: closing with bytes unread would take the words back.
template <class Stream>
net::awaitable<void> refuse(Stream& stream, http::status status, const Limits& limits) {
  Response response = response_of({static_cast<int>(status)}, false, false);
  auto& socket = beast::get_lowest_layer(stream);
  socket.expires_after(limits.write_time);
  const auto [error, written] = co_await http::async_write(stream, response, as_pair);
  if (error) co_return;
  error_code ignored;
  socket.socket().shutdown(tcp::socket::shutdown_send, ignored);
  socket.expires_after(drain_time);
  std::array<char, some_bytes> rest{};
  for (std::size_t drained = 0; drained < most_drained;) {
    const auto [over, count] = co_await socket.async_read_some(net::buffer(rest), as_pair);
    if (over) co_return;
    drained += count;
  }
}

/// Gives what is wrong with the header, or with the connection. The parser holds a line to its
/// limit; this, all of them.
template <class Stream>
net::awaitable<error_code> read_header(Stream& stream, beast::flat_buffer& buffer, Parser& parser,
                                       std::size_t most) {
  parser.eager(false);
  for (std::size_t used = 0;;) {
    error_code error;
    const auto bytes = buffer.cdata();
    const std::string_view text{static_cast<const char*>(bytes.data()), bytes.size()};
    const std::size_t count = put_header(parser, text, error);
    buffer.consume(count);
    used += count;
    if (used > most) co_return http::error::header_limit;
    if (error != http::error::need_more && (error || parser.is_header_done())) co_return error;
    const auto [over, more] = co_await stream.async_read_some(buffer.prepare(some_bytes), as_pair);
    if (over) co_return over;
    buffer.commit(more);
  }
}

/// Answers one request after the other. Gives false where the connection was refused or is over.
template <class Stream>
net::awaitable<bool> exchange(Stream& stream, beast::flat_buffer& buffer, Listening& listening,
                              Seat& seat, std::chrono::milliseconds patience) {
  const Limits& limits = listening.limits;
  auto& socket = beast::get_lowest_layer(stream);
  seat.waits_for_client();
  if (buffer.size() == 0) {
    socket.expires_after(patience);
    const auto [error, count] =
        co_await stream.async_read_some(buffer.prepare(some_bytes), as_pair);
    if (error) co_return false;
    buffer.commit(count);
  }
  Parser parser;
  parser.header_limit(limits.header_bytes);
  parser.body_limit(std::max(limits.body_bytes, limits.large_body_bytes));
  // One deadline for the whole of it: a byte now and then does not buy more time.
  socket.expires_after(limits.header_time);
  const error_code bad_header = co_await read_header(stream, buffer, parser, limits.header_bytes);
  std::optional<http::status> no;
  if (bad_header) {
    if (!can_be_told(bad_header)) co_return false;
    no = status_of(bad_header);
  } else {
    no = refused(parser.get());
  }
  std::optional<Counted> large;
  const std::uint64_t length = no ? 0 : parser.content_length().value_or(0);
  if (!no && length > limits.small_body_bytes) {
    const bool is_large = length > limits.body_bytes;
    no = refused_as_large(parser, is_large, listening);
    if (!no && is_large) large.emplace(listening.large_bodies);
  }
  if (!no) {
    socket.expires_after(large ? limits.large_body_time : limits.body_time);
    const auto [bad_body, body_bytes] = co_await http::async_read(stream, buffer, parser, as_pair);
    if (bad_body && !can_be_told(bad_body)) co_return false;
    if (bad_body) no = status_of(bad_body);
  }
  if (no) {
    co_await refuse(stream, *no, limits);
    co_return false;
  }
  const bool keep_alive = parser.get().keep_alive();
  const bool is_head = parser.get().method() == http::verb::head;
  const Request request = request_of(parser.release());
  socket.expires_never();
  seat.is_answered();
  Answer answer = co_await net::co_spawn(
      listening.workers.get_executor(),
      [&]() -> net::awaitable<Answer> { co_return listening.service.answer(request); },
      net::use_awaitable);
  Response response = response_of(std::move(answer), keep_alive, is_head);
  socket.expires_after(limits.write_time);
  const auto [unwritten, written] = co_await http::async_write(stream, response, as_pair);
  co_return keep_alive && !unwritten;
}

template <class Stream>
net::awaitable<void> converse(Stream& stream, Listening& listening, Seat& seat) {
  beast::flat_buffer buffer;
  std::chrono::milliseconds patience = listening.limits.header_time;
  for (;;) {
    const bool goes_on = co_await exchange(stream, buffer, listening, seat, patience);
    if (!goes_on) co_return;
    patience = listening.limits.idle_time;
  }
}

net::awaitable<void> connection(tcp::socket socket, net::ssl::context* tls, Listening& listening) {
  if (tls == nullptr) {
    beast::tcp_stream stream{std::move(socket)};
    Seat seat{listening, stream};
    co_await converse(stream, listening, seat);
    error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
    co_return;
  }
  beast::ssl_stream<beast::tcp_stream> stream{std::move(socket), *tls};
  Seat seat{listening, beast::get_lowest_layer(stream)};
  beast::get_lowest_layer(stream).expires_after(listening.limits.header_time);
  const auto [error] = co_await stream.async_handshake(net::ssl::stream_base::server, as_pair);
  if (error) co_return;
  co_await converse(stream, listening, seat);
  beast::get_lowest_layer(stream).expires_after(drain_time);
  (void)co_await stream.async_shutdown(as_pair);
}

/// Whether the other end is one that connections are taken from.
bool is_expected(const tcp::socket& socket, const Listening& listening) {
  if (!listening.only_from) return true;
  error_code error;
  net::ip::address address = socket.remote_endpoint(error).address();
  if (error) return false;
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    address = net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6());
  return address == *listening.only_from;
}

net::awaitable<void> accept_all(tcp::acceptor& acceptor, net::ssl::context* tls,
                                Listening& listening) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(as_pair);
    if (error == net::error::operation_aborted) co_return;
    if (error) {
      // Out of file numbers, most likely: whoever is served goes on.
      net::steady_timer pause{acceptor.get_executor(), std::chrono::milliseconds{100}};
      (void)co_await pause.async_wait(as_pair);
      continue;
    }
    if (!is_expected(socket, listening)) continue;
    if (listening.seats.size() >= listening.limits.connections && !Seat::freed(listening)) continue;
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    net::co_spawn(acceptor.get_executor(), connection(std::move(socket), tls, listening),
                  net::detached);
  }
}

net::awaitable<void> tick_on(net::io_context& io, const std::function<void()>& tick) {
  net::steady_timer timer{io};
  for (;;) {
    timer.expires_after(std::chrono::seconds{1});
    const auto [error] = co_await timer.async_wait(as_pair);
    if (error) co_return;
    try {
      tick();
    } catch (...) {
      // What it did not get to, the next one does: people are logged out by it.
    }
  }
}

}  // namespace

Result<Done> listen(const Endpoint& endpoint, const Limits& limits, const Service& service,
                    std::stop_token stop) {
  try {
    // Before `io`, which at its end destroys conversations that refer to both.
    net::thread_pool workers{limits.threads};
    Listening listening{limits, service, workers};
    if (!endpoint.only_from.empty())
      listening.only_from = net::ip::make_address(endpoint.only_from);
    net::io_context io{1};
    std::optional<net::ssl::context> tls;
    if (!endpoint.certificate.empty()) {
      tls.emplace(net::ssl::context::tls_server);
      tls->set_options(net::ssl::context::no_tlsv1 | net::ssl::context::no_tlsv1_1);
      tls->use_certificate_chain_file(endpoint.certificate);
      tls->use_private_key_file(endpoint.key, net::ssl::context::pem);
    }
    tcp::acceptor acceptor{io, {net::ip::make_address(endpoint.address), endpoint.port}};
    net::signal_set signals{io, SIGINT, SIGTERM};
    signals.async_wait([&](error_code error, int) {
      if (!error) io.stop();
    });
    net::co_spawn(io, accept_all(acceptor, tls ? &*tls : nullptr, listening), net::detached);
    net::co_spawn(io, tick_on(io, service.tick), net::detached);
    service.ready(acceptor.local_endpoint().port());
    {
      const std::stop_callback ends{stop, [&] { io.stop(); }};
      io.run();
    }
    // Whoever is being answered is answered first: what they saved is kept.
    workers.join();
    return Done{};
  } catch (const std::exception& fault) {
    return Error{fault.what()};
  }
}

}  // namespace gcp2::cli::web
