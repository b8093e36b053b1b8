#include "output.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

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
  if (!write_all(STDOUT_FILENO, bytes)) return failed("files.cannot_write_out", {});
  return Done{};
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
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path{"."};
  std::string temporary = (folder / ("." + target.filename().string() + ".XXXXXX")).string();
  struct stat old{};
  const bool is_there = ::stat(target.c_str(), &old) == 0;
  if (is_there && S_ISDIR(old.st_mode))
    return Error{phrase("files.is_folder", {{"file", name}})};
  if (is_there && !S_ISREG(old.st_mode))
    return Error{phrase("files.is_device", {{"file", name}})};
  const int file = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0 && errno == ENOENT)
    return Error{phrase("files.no_folder", {{"file", name}, {"folder", folder.string()}})};
  if (file < 0) return failed("files.cannot_write_beside", name);
  const auto give_up = [&](std::string_view key) {
    const Error error = failed(key, name);
    ::close(file);
    ::unlink(temporary.c_str());
    return error;
  };
  if (is_there && ::fchmod(file, old.st_mode & 07777U) != 0)
    return give_up("files.cannot_keep_permissions");
  if (!write_all(file, bytes) || ::fsync(file) != 0) return give_up("files.cannot_write");
  if (::rename(temporary.c_str(), target.c_str()) != 0) return give_up("files.cannot_replace");
  ::close(file);
  flush_folder(folder);
  return Done{};
}

void refuse_signed(const std::string& name) {
  std::error_code ignored;  // what cannot be looked at cannot be written either
  if (name.empty() || name == "-" || !fs::is_regular_file(name, ignored)) return;
  if (holds_signed_record(read_source(name)))
    throw Stop{Exit::invalid,
               phrase("files.holds_signed", {{"file", name}})};
}

void write_output(const std::string& name, std::string_view bytes) {
  if (name.empty() || name == "-") return write_standard_output(bytes);
  refuse_signed(name);
  if (const auto written = replace_file(name, bytes); !written)
    throw Stop{Exit::outside, written.error().message};
}

}  // namespace gcp2::cli
