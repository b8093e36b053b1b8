#include "wire.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace gcp2::test {
namespace {

constexpr int look_up_every_ms = 50;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}
sockaddr* general(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }

bool send_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void exchange(std::string& text, std::string_view one, std::string_view other) {
  if (const auto at = text.find(one); at != text.npos) text.replace(at, one.size(), other);
}

}  // namespace

std::string Wire::translated(std::string_view bytes) const {
  std::string text{bytes};
  if (!foreign_) return text;
  // As long as before, as the message's length stands in front of it.
  exchange(text, "FATAL", "FATAI");
  exchange(text, "database", "Datenbnk");
  exchange(text, "does not exist", "gibt es nicht.");
  return text;
}

Wire::Wire(const std::string& address)
    : server_port_{std::stoi(address.substr(address.rfind(':') + 1))},
      listener_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_in here = loopback(0);
  socklen_t size = sizeof here;
  if (bind(listener_, general(here), size) != 0 || listen(listener_, 8) != 0 ||
      getsockname(listener_, general(here), &size) != 0)
    throw std::runtime_error("No port");
  port_ = ntohs(here.sin_port);
  acceptor_ = std::thread{[this] { accept_all(); }};
}

Wire::~Wire() {
  ended_ = true;
  acceptor_.join();
  for (std::thread& carrier : carriers_) carrier.join();
  close(listener_);
}

std::string Wire::address() const {
  return "postgresql://gcp2@127.0.0.1:" + std::to_string(port_) + "/";
}

void Wire::accept_all() {
  while (!ended_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, look_up_every_ms) <= 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) carriers_.emplace_back([this, client] { carry(client); });
  }
}

void Wire::carry(int client) {
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in there = loopback(server_port_);
  bool whole = connect(server, general(there), sizeof there) == 0;
  bool waits_for_answer = false;
  while (whole && !ended_) {
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (poll(ends.data(), ends.size(), look_up_every_ms) <= 0) continue;
    std::array<char, 65536> buffer;
    for (const pollfd& end : ends) {
      if (end.revents == 0 || !whole) continue;
      const ssize_t got = recv(end.fd, buffer.data(), buffer.size(), 0);
      const std::string_view bytes{buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
      whole = got > 0;
      if (end.fd == server) {
        whole = whole && !waits_for_answer && send_all(client, translated(bytes));
        continue;
      }
      const Cut cut = cut_;
      const bool is_cut = cut != Cut::none && bytes.find("COMMIT") != bytes.npos;
      if (is_cut) {
        cut_ = Cut::none;
        ++cuts_;
        waits_for_answer = cut == Cut::after;
      }
      if (!is_cut || cut != Cut::before) whole = whole && send_all(server, bytes);
      if (is_cut && !waits_for_answer) whole = false;
    }
  }
  close(client);
  close(server);
}

}  // namespace gcp2::test
