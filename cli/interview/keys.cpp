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
}

Keys::~Keys() {
  ::sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
  for (std::size_t i = 0; i < signals.size(); ++i)
    ::sigaction(signals[i], &actions_before_[i], nullptr);
}

bool Keys::wait() {
  while (end_asked == 0) {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    const int ready = ::ppoll(&input, 1, nullptr, &mask_before_);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (resized == 0) continue;
    resized = 0;
    if (on_resize) on_resize();
  }
  return false;
}

std::optional<char> Keys::next() {
  if (at_ == end_) {
    if (!wait()) return std::nullopt;
    const auto got = ::read(STDIN_FILENO, bytes_.data(), bytes_.size());
    if (got <= 0) return std::nullopt;
    at_ = 0;
    end_ = static_cast<std::size_t>(got);
  }
  return bytes_[at_++];
}

}  // namespace gcp2::cli
