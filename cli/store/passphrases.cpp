#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>

#include "opening.h"

namespace gcp2::cli {
namespace {

/// The terminal of whoever started the program, whatever its input and output are.
class Tty {
 public:
  explicit Tty(bool shown) : file_{::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)} {
    if (file_ < 0) throw Stop{Exit::outside, phrase("store.no_terminal")};
    if (shown || ::tcgetattr(file_, &before_) != 0) return;
    // Ctrl-C in the middle must not leave a terminal that shows nothing.
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, &signals_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ECHONL;
    is_silent_ = ::tcsetattr(file_, TCSAFLUSH, &silent) == 0;
  }
  ~Tty() {
    if (is_silent_) {
      ::tcsetattr(file_, TCSAFLUSH, &before_);
      ::sigprocmask(SIG_SETMASK, &signals_, nullptr);
    }
    if (file_ >= 0) ::close(file_);
  }
  Tty(const Tty&) = delete;
  Tty& operator=(const Tty&) = delete;
  [[nodiscard]] int file() const { return file_; }

 private:
  int file_;
  bool is_silent_ = false;
  termios before_{};
  sigset_t signals_{};
};

/// Up to the line break, byte by byte: what follows is somebody else's.
std::string read_line(int file) {
  constexpr std::size_t longest = 4096;
  std::string line;
  char c = 0;
  while (line.size() < longest) {
    const auto got = ::read(file, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 || (got == 0 && line.empty()))
      throw Stop{Exit::outside, phrase("store.no_passphrase")};
    if (got == 0 || c == '\n') break;
    line += c;
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

Passphrases::Passphrases(const Options& options) {
  if (!options.has("passphrase-fd")) return;
  const std::string text = options.text("passphrase-fd");
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), file_);
  if (error != std::errc{} || end != text.data() + text.size() || file_ < 0)
    options.refuse(phrase("store.passphrase_fd"));
}

std::string Passphrases::line(const std::string& prompt, bool shown) {
  if (file_ >= 0) return read_line(file_);
  const Tty tty{shown};
  const std::string said = prompt + " ";
  if (::write(tty.file(), said.data(), said.size()) < 0)
    throw Stop{Exit::outside, phrase("store.no_terminal")};
  return read_line(tty.file());
}

std::string Passphrases::ask(const std::string& prompt) { return line(prompt, false); }
std::string Passphrases::ask_in_sight(const std::string& prompt) { return line(prompt, true); }

std::string Passphrases::ask_new(const std::string& name) {
  std::string first = line(phrase("store.ask_new", {{"name", name}}), false);
  if (file_ >= 0) return first;
  std::string second = line(phrase("store.ask_again"), false);
  const bool agree = first == second;
  wipe(second);
  if (agree) return first;
  wipe(first);
  throw Stop{Exit::invalid, phrase("store.not_twice")};
}

}  // namespace gcp2::cli
