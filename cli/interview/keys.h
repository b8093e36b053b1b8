// Bytes from standard input, waiting for signals only while waiting for bytes.
#pragma once

#include <array>
#include <csignal>
#include <cstddef>
#include <functional>
#include <optional>

namespace gcp2::cli {

/// While one lives, SIGINT, SIGTERM, SIGHUP and SIGWINCH are held back everywhere but in `next`.
/// One at a time.
class Keys {
 public:
  Keys();
  ~Keys();
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;

  /// The next byte; nullopt at the end of input and once a signal has asked to end.
  std::optional<char> next();
  /// Called in `next` after the terminal has changed its size.
  std::function<void()> on_resize;

 private:
  static constexpr std::array signals{SIGINT, SIGTERM, SIGHUP, SIGWINCH};
  bool wait();

  sigset_t mask_before_{};
  std::array<struct sigaction, signals.size()> actions_before_{};
  std::array<char, 4096> bytes_{};
  std::size_t at_ = 0, end_ = 0;
};

}  // namespace gcp2::cli
