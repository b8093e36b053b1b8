#include "setting/appended.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <istream>
#include <streambuf>
#include <system_error>
#include <utility>

namespace gcp2 {
namespace {

/// An anchor has about a hundred bytes, and comes with each log-out.
constexpr std::size_t longest_line = 4096;
constexpr off_t longest_file = off_t{256} << 20;

StoreError system_error(const std::string& file) {
  const int error = errno;
  const bool full = error == ENOSPC || error == EDQUOT;
  const Trouble trouble = full              ? Trouble::no_room
                          : error == EEXIST ? Trouble::present
                                            : Trouble::outside;
  return {trouble, file + ": " + std::generic_category().message(error)};
}
StoreError no_file(const std::string& file) {
  return {Trouble::outside, file + ": not an ordinary file"};
}

class File {
 public:
  /// A pipe is not waited for.
  File(const std::string& name, int flags)
      : file_{::open(name.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0600)} {}
  ~File() {
    if (file_ >= 0) ::close(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] bool opened() const { return file_ >= 0; }
  [[nodiscard]] int number() const { return file_; }
  [[nodiscard]] bool is_ordinary() const {
    struct stat about{};
    return ::fstat(file_, &about) == 0 && S_ISREG(about.st_mode);
  }

  /// How many bytes; negative where it cannot be read.
  template <std::size_t Size>
  ssize_t read(std::array<char, Size>& some) const {
    ssize_t got = 0;
    do got = ::read(file_, some.data(), some.size());
    while (got < 0 && errno == EINTR);
    return got;
  }
  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto wrote = ::write(file_, bytes.data(), bytes.size());
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
  }
  [[nodiscard]] bool clear(off_t at, off_t length) const {
    const std::string nothing(static_cast<std::size_t>(length), '\0');
    for (off_t done = 0; done < length;) {
      const auto wrote = ::pwrite(file_, nothing.data(),
                                  nothing.size() - static_cast<std::size_t>(done), at + done);
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return false;
      done += wrote;
    }
    return true;
  }

 private:
  int file_;
};

/// What is in a file, as a stream.
class Bytes : public std::streambuf {
 public:
  explicit Bytes(const File& file) : file_{file} {}
  [[nodiscard]] bool is_broken() const { return is_broken_; }

 protected:
  int_type underflow() override {
    const auto got = file_.read(some_);
    is_broken_ = got < 0;
    if (got <= 0) return traits_type::eof();
    setg(some_.data(), some_.data(), some_.data() + got);
    return traits_type::to_int_type(some_.front());
  }

 private:
  const File& file_;
  std::array<char, 65536> some_{};
  bool is_broken_ = false;
};

/// A new name in a folder is only kept once the folder is on disk, too.
bool sync_folder(const std::string& file) {
  const auto folder = std::filesystem::path{file}.parent_path();
  const File opened{folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY};
  return opened.opened() && ::fsync(opened.number()) == 0;
}

Stored<Done> put_line(const std::string& file, int flags, std::string_view line) {
  const File opened{file, O_RDWR | O_CREAT | flags};
  if (!opened.opened()) return system_error(file);
  if (!opened.is_ordinary()) return no_file(file);
  // A line that was cut off is ended first.
  const auto size = ::lseek(opened.number(), 0, SEEK_END);
  char last = '\n';
  if (size > 0 && ::pread(opened.number(), &last, 1, size - 1) != 1) return system_error(file);
  const std::string bytes = (last == '\n' ? "" : "\n") + std::string{line} + "\n";
  if (!opened.write(bytes)) return system_error(file);
  if (::fsync(opened.number()) != 0) return system_error(file);
  if (size == 0 && !sync_folder(file)) return system_error(file);
  return Done{};
}

}  // namespace

Stored<Done> read_lines(const std::string& file,
                        const std::function<void(const std::string&)>& visit) {
  const File opened{file, O_RDONLY};
  if (!opened.opened()) {
    if (errno == ENOENT) return Done{};
    return system_error(file);
  }
  if (!opened.is_ordinary()) return no_file(file);
  const StoreError damaged{Trouble::damaged, file + ": longer than this program writes it"};
  if (::lseek(opened.number(), 0, SEEK_END) > longest_file) return damaged;
  if (::lseek(opened.number(), 0, SEEK_SET) != 0) return system_error(file);
  std::string line;
  std::array<char, 65536> some{};
  while (true) {
    const auto got = opened.read(some);
    if (got < 0) return system_error(file);
    if (got == 0) return Done{};
    for (const char byte : std::string_view{some.data(), static_cast<std::size_t>(got)})
      if (byte == '\n') {
        visit(line);
        line.clear();
      } else if (line.size() < longest_line) {
        line += byte;
      } else {
        return damaged;
      }
  }
}

Stored<Done> expect_ordinary(const std::string& file) {
  std::error_code error;
  const auto kind = std::filesystem::status(file, error).type();
  using Kind = std::filesystem::file_type;
  if (kind == Kind::regular || kind == Kind::not_found) return Done{};
  return no_file(file);
}

Stored<Done> append_line(const std::string& file, std::string_view line) {
  return put_line(file, O_APPEND, line);
}

Stored<Done> write_line(const std::string& file, std::string_view line) {
  return put_line(file, O_EXCL, line);
}

Stored<std::string> hash_of_file(const std::string& file) {
  const File opened{file, O_RDONLY};
  if (!opened.opened()) return system_error(file);
  if (!opened.is_ordinary()) return no_file(file);
  Bytes bytes{opened};
  std::istream in{&bytes};
  const std::string hash = plain_hash_of(in);
  if (bytes.is_broken()) return system_error(file);
  return hash;
}

Stored<Done> destroy_file(const std::string& file) {
  const File opened{file, O_WRONLY | O_NOFOLLOW};
  if (!opened.opened()) {
    if (errno == ENOENT) return Done{};
    return system_error(file);
  }
  if (!opened.is_ordinary()) return no_file(file);
  const off_t size = ::lseek(opened.number(), 0, SEEK_END);
  if (size < 0) return system_error(file);
  // The beginning goes last: by it the file is known, and destroyed again, where this is cut off.
  constexpr off_t piece = 65536;
  for (off_t at = size / piece * piece; at >= 0; at -= piece) {
    if (at == 0 && ::fsync(opened.number()) != 0) return system_error(file);
    if (!opened.clear(at, std::min(piece, size - at))) return system_error(file);
  }
  if (::fsync(opened.number()) != 0) return system_error(file);
  // Two can destroy the same at once.
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) return system_error(file);
  if (!sync_folder(file)) return system_error(file);
  return Done{};
}

}  // namespace gcp2
