#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <future>
#include <stdexcept>

namespace gcp2::test {

using namespace std::chrono_literals;

Listener::Listener(cli::web::Handler answer, cli::web::Limits limits, cli::web::Endpoint endpoint,
                   std::function<cli::web::Body(const cli::web::Request&)> most_body) {
  std::promise<std::uint16_t> ready;
  auto port = ready.get_future();
  thread_ = std::thread{[this, &ready, answer = std::move(answer), limits,
                         endpoint = std::move(endpoint), most_body = std::move(most_body)] {
    const cli::web::Service service{answer, [&](std::uint16_t taken) { ready.set_value(taken); },
                                    [] {}, most_body};
    const auto ended = cli::web::listen(endpoint, limits, service, stop_.get_token());
    if (!ended)
      ready.set_exception(std::make_exception_ptr(std::runtime_error{ended.error().message}));
  }};
  try {
    port_ = port.get();
  } catch (...) {
    thread_.join();
    throw;
  }
}

Listener::~Listener() {
  stop_.request_stop();
  thread_.join();
}

Wire::Wire(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
    throw std::runtime_error{"no connection"};
}

Wire::~Wire() { ::close(socket_); }

bool Wire::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Wire::more() {
  std::array<char, 4096> bytes{};
  const auto got = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  read_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::string Wire::answer() {
  std::size_t head = 0;
  while ((head = read_.find("\r\n\r\n")) == std::string::npos)
    if (!more()) return {};
  head += 4;
  std::size_t length = 0;
  constexpr std::string_view key = "Content-Length: ";
  if (const std::size_t at = read_.find(key); at < head)
    std::from_chars(read_.data() + at + key.size(), read_.data() + head, length);
  while (read_.size() < head + length)
    if (!more()) return {};
  std::string out = read_.substr(0, head + length);
  read_.erase(0, head + length);
  return out;
}

std::optional<std::string> Wire::rest(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd wanted{socket_, POLLIN, 0};
    if (left <= 0ms || ::poll(&wanted, 1, static_cast<int>(left.count())) <= 0) return std::nullopt;
    if (!more()) return read_;
  }
}

int status_of(std::string_view answer) {
  constexpr std::string_view start = "HTTP/1.1 ";
  int status = 0;
  if (answer.starts_with(start))
    std::from_chars(answer.data() + start.size(), answer.data() + answer.size(), status);
  return status;
}

int status_for(std::uint16_t port, std::string_view bytes) {
  Wire wire{port};
  wire.send(bytes);
  return status_of(wire.answer());
}

}  // namespace gcp2::test
