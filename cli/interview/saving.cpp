#include "saving.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "../command.h"
#include "../input.h"
#include "../output.h"
#include "../phrase.h"
#include "gcp2/json.h"

namespace gcp2::cli {
namespace {

namespace fs = std::filesystem;

/// The file that a name means in the end: two names of one file share one lock.
fs::path real_path(const std::string& name) {
  std::error_code ignored;
  const fs::path whole = fs::absolute(name, ignored);
  const fs::path real = fs::weakly_canonical(whole, ignored);
  return ignored ? whole : real;
}

fs::path beside(const std::string& name, const std::string& file_name) {
  return real_path(name).parent_path() / file_name;
}

std::string no_side_file(const std::string& name, const std::string& side_file, int error) {
  std::error_code ignored;
  if (error == EACCES && fs::exists(side_file, ignored))
    return phrase("saving.held_by_others", {{"file", name}, {"side_file", side_file}});
  return phrase("saving.no_side_file", {{"file", name}, {"why", std::strerror(error)}});
}

bool is_same_file(int file, const std::string& name) {
  struct stat open {};
  struct stat named {};
  return ::fstat(file, &open) == 0 && ::stat(name.c_str(), &named) == 0 &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

}  // namespace

FileLock::FileLock(const std::string& name)
    : side_file_{beside(name, "." + real_path(name).filename().string() + ".lock").string()} {
  constexpr mode_t owner_only = 0600;
  while (true) {
    file_ = ::open(side_file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, owner_only);
    if (file_ < 0) throw Stop{Exit::outside, no_side_file(name, side_file_, errno)};
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      const bool held = errno == EWOULDBLOCK;
      const std::string why = std::strerror(errno);
      ::close(file_);
      throw Stop{Exit::outside, phrase(held ? "saving.held" : "saving.cannot_hold",
                                       {{"file", name}, {"why", why}})};
    }
    // Whoever had it before may have removed the side file between our two steps.
    if (is_same_file(file_, side_file_)) return;
    ::close(file_);
  }
}

FileLock::~FileLock() {
  ::unlink(side_file_.c_str());
  ::close(file_);
}

SaveResult SavedFile::save(const Value& document) {
  try {
    const bool is_there = fs::exists(fs::path{name_});
    if (is_there != exists() || (is_there && read_source(name_).bytes != *bytes_))
      return {Saved::changed_by_others, {}};
  } catch (const Stop& stop) {
    return {Saved::failed, stop.message};
  } catch (const fs::filesystem_error& error) {
    return {Saved::failed,
            phrase("files.cannot_read", {{"file", name_}, {"why", error.code().message()}})};
  }
  std::string bytes = write_json(document);
  if (bytes.size() > largest_document) return {Saved::failed, phrase("saving.too_large")};
  if (const auto written = replace_file(name_, bytes); !written)
    return {Saved::failed, written.error().message};
  bytes_ = std::move(bytes);
  return {};
}

Result<std::string> SavedFile::save_beside(const Value& document) const {
  const fs::path path{name_};
  for (int number = 1;; ++number) {
    const std::string file_name =
        fmt::format("{}.mine-{}{}", path.stem().string(), number, path.extension().string());
    const std::string name = (path.parent_path() / file_name).string();
    std::error_code ignored;
    if (fs::exists(name, ignored)) continue;
    if (const auto written = replace_file(name, write_json(document)); !written)
      return written.error();
    return name;
  }
}

void remove_leftovers(const std::string& name) {
  // Named by replace_file(). A young one may be another command's that is just being written.
  constexpr std::time_t seconds = 60;
  const std::string start = "." + real_path(name).filename().string() + ".";
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator{real_path(name).parent_path(), ignored}) {
    const std::string file_name = entry.path().filename().string();
    if (file_name.size() != start.size() + 6 || !file_name.starts_with(start)) continue;
    struct stat facts {};
    if (::lstat(entry.path().c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
    if (facts.st_uid == ::geteuid() && facts.st_mtime + seconds < std::time(nullptr))
      ::unlink(entry.path().c_str());
  }
}

}  // namespace gcp2::cli
