// The real program, run as a person's shell runs it, and a folder of its own for every test.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gcp2::test {

/// An empty folder that goes away at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string path(std::string_view name) const;
  /// Writes a file and gives its path.
  std::string write(std::string_view name, std::string_view bytes) const;
  /// Writes some bytes, then so many zeros that take no room on the disk.
  std::string write_sparse(std::string_view name, std::string_view start, std::size_t size) const;
  [[nodiscard]] std::string read(std::string_view name) const;
  /// The names of what is in it, in order.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

struct Command {
  std::vector<std::string> arguments;
  std::string in = {};                     ///< what standard input gives
  std::size_t times = 1;                   ///< ... so many times
  std::string out = {}, err = {};          ///< files to open for standard output and error
  bool out_is_closed = false;              ///< standard output is no open file at all
  bool nobody_reads = false;               ///< standard output is a pipe that is closed at once
  std::function<void()> before = nullptr;  ///< in the new process, before the program starts
};

struct Ended {
  int code = 0;  ///< 128 and the signal's number where a signal ended it
  std::string out, err;
  std::size_t most_memory = 0;  ///< bytes, resident
  [[nodiscard]] std::string said() const { return out + err; }
};
Ended run(const Command& command);

/// Of a new process that cannot become another user, or cannot start the program as that.
inline constexpr int cannot_start = 126;
/// For `Command::before`: goes on as a user who may nothing, if it is root who asks.
void become_nobody();

/// Under sanitizers, memory is not what it is without.
bool is_sanitized() noexcept;

}  // namespace gcp2::test
