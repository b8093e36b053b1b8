#include "output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <random>

#include "command.h"
#include "gcp2/interop.h"
#include "input.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

namespace fs = std::filesystem;

/// What could not be done, and why; `key` is its sentence.
Error failed(std::string_view key, const std::string& name) {
  const int error = errno;  // before anything else changes it
  std::string said = phrase(key, {{"file", name}, {"why", std::strerror(error)}});
  if (error == ENOSPC || error == EDQUOT) said += " " + phrase("files.disk_full");
  return {said};
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The name itself must be on disk too, or a power cut could bring the old file back.
void flush_folder(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

/// What is to stand in a file's place once it is whole. Until then it has no name, where the system
/// has such files: whoever is killed leaves nothing of it behind.
class Unfinished {
 public:
  explicit Unfinished(const fs::path& target)
      : beside_{name_beside(target)},
        file_{::open(target.parent_path().c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, owner_only)} {
    if (file_ >= 0 && ::access(unnamed().c_str(), F_OK) == 0) return;
    if (file_ >= 0) ::close(file_);
    file_ = ::open(beside_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, owner_only);
    has_name_ = file_ >= 0;
  }
  ~Unfinished() {
    if (has_name_) ::unlink(beside_.c_str());
    if (file_ >= 0) ::close(file_);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  [[nodiscard]] int file() const { return file_; }
  /// In one step, also over a file that is there.
  [[nodiscard]] bool put_in_place(const fs::path& target) {
    if (!has_name_ && is_linked_to(target)) return true;
    if (!has_name_ && (errno != EEXIST || !is_linked_to(beside_))) return false;
    has_name_ = ::rename(beside_.c_str(), target.c_str()) != 0;
    return !has_name_;
  }

 private:
  static constexpr mode_t owner_only = 0600;

  static fs::path name_beside(const fs::path& target) {
    constexpr unsigned six_digits = 0xFFFFFF;
    return target.parent_path() / fmt::format(".{}.{:06x}", target.filename().string(),
                                              std::random_device{}() & six_digits);
  }
  [[nodiscard]] std::string unnamed() const { return fmt::format("/proc/self/fd/{}", file_); }
  [[nodiscard]] bool is_linked_to(const fs::path& name) const {
    return ::linkat(AT_FDCWD, unnamed().c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
  }

  fs::path beside_;
  int file_;
  bool has_name_ = false;
};

bool is_signed(const Value& document) { return document.text_at("status") == "signed"; }

bool holds_signed_record(const SourceFile& file) {
  const Content content = content_of(file.bytes);
  if (content != Content::json && content != Content::archive) return false;
  Findings ignored;
  const std::vector<Value> documents = read_documents(file, {}, ignored);
  if (!documents.empty() || content == Content::archive)
    return std::ranges::any_of(documents, is_signed);
  // No document as a whole: it may have one a line.
  std::string_view rest = file.bytes;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (is_signed(read_json(rest.substr(0, end), ignored))) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

}  // namespace

Result<Done> try_standard_output(std::string_view bytes) {
  if (write_all(STDOUT_FILENO, bytes)) return Done{};
  return Error{phrase("files.cannot_write_out", {{"why", std::strerror(errno)}})};
}

std::size_t terminal_width() {
  constexpr std::size_t usual = 80;
  constexpr std::size_t widest = 100;  // longer lines are hard to read
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return std::clamp<std::size_t>(size.ws_col, 40, widest);
}

void write_standard_error(std::string_view text) noexcept { (void)write_all(STDERR_FILENO, text); }

void write_standard_output(std::string_view bytes) {
  if (const auto written = try_standard_output(bytes); !written)
    throw Stop{Exit::outside, written.error().message};
}

Result<Done> replace_file(const std::string& name, std::string_view bytes) {
  std::error_code ignored;
  fs::path target{name};
  // The file that a link names is replaced, not the link.
  if (const fs::path real = fs::canonical(target, ignored); !ignored) target = real;
  if (!target.has_parent_path()) target = "." / target;
  const fs::path folder = target.parent_path();
  struct stat old{};
  const bool is_there = ::stat(target.c_str(), &old) == 0;
  if (is_there && S_ISDIR(old.st_mode)) return Error{phrase("files.is_folder", {{"file", name}})};
  if (is_there && !S_ISREG(old.st_mode)) return Error{phrase("files.is_device", {{"file", name}})};
  Unfinished whole{target};
  if (whole.file() < 0 && errno == ENOENT)
    return Error{phrase("files.no_folder", {{"file", name}, {"folder", folder.string()}})};
  if (whole.file() < 0) return failed("files.cannot_write_beside", name);
  if (is_there && ::fchmod(whole.file(), old.st_mode & 07777U) != 0)
    return failed("files.cannot_keep_permissions", name);
  if (!write_all(whole.file(), bytes) || ::fsync(whole.file()) != 0)
    return failed("files.cannot_write", name);
  if (!whole.put_in_place(target))
    return failed(is_there ? "files.cannot_replace" : "files.cannot_write", name);
  flush_folder(folder);
  return Done{};
}

void refuse_signed(const std::string& name) {
  std::error_code ignored;  // what cannot be looked at cannot be written either
  if (name.empty() || name == "-" || !fs::is_regular_file(name, ignored)) return;
  if (holds_signed_record(read_source(name)))
    throw Stop{Exit::invalid, phrase("files.holds_signed", {{"file", name}})};
}

void write_output(const std::string& name, std::string_view bytes) {
  if (name.empty() || name == "-") return write_standard_output(bytes);
  refuse_signed(name);
  if (const auto written = replace_file(name, bytes); !written)
    throw Stop{Exit::outside, written.error().message};
}

}  // namespace gcp2::cli
