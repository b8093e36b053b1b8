#include "keys.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace gcp2::cli {
namespace {

volatile std::sig_atomic_t end_asked = 0;
volatile std::sig_atomic_t resized = 0;

extern "C" void note_signal(int signal) {
  if (signal == SIGWINCH)
    resized = 1;
  else
    end_asked = 1;
}

}  // namespace

Keys::Keys() {
  end_asked = 0;
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : signals) sigaddset(&held, signal);
  ::sigprocmask(SIG_BLOCK, &held, &mask_before_);
  struct sigaction action{};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < signals.size(); ++i)
    ::sigaction(signals[i], &action, &actions_before_[i]);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGTSTP, &action, &stop_before_);
}

Keys::~Keys() {
  ::sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
  for (std::size_t i = 0; i < signals.size(); ++i)
    ::sigaction(signals[i], &actions_before_[i], nullptr);
  ::sigaction(SIGTSTP, &stop_before_, nullptr);
}

bool Keys::wait() {
  // A window that is dragged wider changes its size many times.
  constexpr timespec settled{.tv_sec = 0, .tv_nsec = 150'000'000};
  while (end_asked == 0) {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    const int ready = ::ppoll(&input, 1, resized == 0 ? nullptr : &settled, &mask_before_);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return false;
    if (resized != 0) {
      resized = 0;
      if (on_resize) on_resize();
    }
    if (ready > 0) return true;
  }
  return false;
}

bool Keys::fill() {
  const auto got = ::read(STDIN_FILENO, bytes_.data(), bytes_.size());
  at_ = 0;
  end_ = got <= 0 ? 0 : static_cast<std::size_t>(got);
  return end_ != 0;
}

std::optional<char> Keys::next() {
  if (at_ == end_ && (!wait() || !fill())) return std::nullopt;
  return bytes_[at_++];
}

std::optional<char> Keys::next_at_once() {
  constexpr timespec patience{.tv_sec = 0, .tv_nsec = 50'000'000};
  if (at_ == end_) {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    if (::ppoll(&input, 1, &patience, nullptr) <= 0 || !fill()) return std::nullopt;
  }
  return bytes_[at_++];
}

}  // namespace gcp2::cli
