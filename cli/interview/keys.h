// Bytes from standard input, waiting for signals only while waiting for bytes.
#pragma once

#include <array>
#include <csignal>
#include <cstddef>
#include <functional>
#include <optional>

namespace gcp2::cli {

/// While one lives, SIGINT, SIGQUIT, SIGTERM, SIGHUP and SIGWINCH are held back everywhere but in
/// `next`, and Ctrl-Z does nothing: a stopped program would go on holding its file. One at a time.
class Keys {
 public:
  Keys();
  ~Keys();
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;

  /// The next byte; nullopt at the end of input and once a signal has asked to end.
  std::optional<char> next();
  /// The same where it comes at once, as the rest of a key's sequence does.
  std::optional<char> next_at_once();
  /// Called in `next` once the terminal has changed its size and keeps it.
  std::function<void()> on_resize;

 private:
  static constexpr std::array signals{SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGWINCH};
  bool wait();
  bool fill();

  sigset_t mask_before_{};
  std::array<struct sigaction, signals.size()> actions_before_{};
  struct sigaction stop_before_{};
  std::array<char, 4096> bytes_{};
  std::size_t at_ = 0, end_ = 0;
};

}  // namespace gcp2::cli
