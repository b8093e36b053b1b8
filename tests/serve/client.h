// A client of the browser form as an attacker has it: bytes over a socket, and nothing put right.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "serve/listener.h"

namespace gcp2::test {

/// A listener on a free port of this machine, until the end of its life.
class Listener {
 public:
  explicit Listener(cli::web::Handler answer, cli::web::Limits limits = {},
                    cli::web::Endpoint endpoint = {},
                    std::function<cli::web::Body(const cli::web::Request&)> most_body = {});
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_ = 0;
  std::stop_source stop_;
  std::thread thread_;
};

class Wire {
 public:
  explicit Wire(std::uint16_t port);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// False where the other side is gone.
  bool send(std::string_view bytes) const;
  /// One answer with its body; empty where the connection ended before it was whole.
  std::string answer();
  /// Everything up to the end of the connection; nullopt where it is still open after that time.
  std::optional<std::string> rest(std::chrono::milliseconds patience = std::chrono::seconds{10});

 private:
  bool more();
  int socket_ = -1;
  std::string read_;
};

/// The status of an answer; 0 where there is none.
int status_of(std::string_view answer);
/// The status that these bytes get on a connection of their own.
int status_for(std::uint16_t port, std::string_view bytes);

}  // namespace gcp2::test
