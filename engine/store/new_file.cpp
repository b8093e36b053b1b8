#include "store/new_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <system_error>

#include "gcp2/keys.h"

namespace gcp2 {
namespace {

constexpr const char* unfinished = ".gcp2-new-";

/// Between its making and its lock a file is its maker's too.
constexpr std::time_t surely_locked = 5;

void remove_abandoned(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& each : fs::directory_iterator{folder, ignored}) {
    if (!each.path().filename().string().starts_with(unfinished)) continue;
    const int handle = ::open(each.path().c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (handle < 0) continue;
    struct stat found{};
    if (fstat(handle, &found) == 0 && S_ISREG(found.st_mode) &&
        found.st_mtime + surely_locked < std::time(nullptr) &&
        flock(handle, LOCK_EX | LOCK_NB) == 0) {
      // It can be a copy of keys that are to be gone; or another name of what was put in its place.
      const std::string nothing(65536, '\0');
      for (off_t at = 0; found.st_nlink == 1 && at < found.st_size;
           at += static_cast<off_t>(nothing.size()))
        if (pwrite(handle, nothing.data(), nothing.size(), at) < 0) break;
      fsync(handle);
      unlink(each.path().c_str());
    }
    close(handle);
  }
}

}  // namespace

StoreError failed(Trouble trouble, std::string message) { return {trouble, std::move(message)}; }

StoreError system_error(std::string_view what, int code) {
  const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
  const bool gone = code == ENOENT || code == ENOTDIR;
  return {full   ? Trouble::no_room
          : gone ? Trouble::absent
                 : Trouble::outside,
          std::string{what} + ": " + std::generic_category().message(code)};
}

Stored<fs::path> place_of(const std::string& file) {
  if (file.empty() || file.find('\0') != std::string::npos)
    return failed(Trouble::absent, "not a file's name");
  std::error_code code;
  const fs::path absolute = fs::absolute(file, code);
  if (code) return system_error("find the file", code.value());
  fs::path place = fs::weakly_canonical(absolute, code);
  if (code) return system_error("find the file", code.value());
  if (!place.has_filename()) return failed(Trouble::not_a_store, "a folder");
  return place;
}

bool is_there(const fs::path& path) {
  struct stat found{};
  return lstat(path.c_str(), &found) == 0;
}

Failure taken(const fs::path& place) {
  // A journal left behind by another file would be taken for this one's.
  for (const char* beside : {"", "-wal", "-journal"})
    if (is_there(place.string() + beside))
      return failed(Trouble::present, place.filename().string() + beside);
  return {};
}

Unfinished::Unfinished(const fs::path& place)
    : name_{(place.parent_path() / (std::string{unfinished} + "XXXXXX")).string()},
      handle_{mkostemp(name_.data(), O_CLOEXEC)},
      code_{handle_ < 0 ? errno : 0} {
  if (handle_ >= 0) flock(handle_, LOCK_EX | LOCK_NB);
  remove_abandoned(place.parent_path());
}

Unfinished::~Unfinished() {
  if (handle_ < 0) return;
  close(handle_);
  unlink(name_.c_str());
}

Stored<std::string> Unfinished::write(const Pieces& next) {
  PlainHash written;
  for (;;) {
    const auto piece = next();
    if (!piece) return piece.error();
    if (piece->empty()) break;
    written.add(*piece);
    for (std::string_view left = *piece; !left.empty();) {
      const ssize_t done = ::write(handle_, left.data(), left.size());
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) return system_error("write", errno);
      left.remove_prefix(static_cast<std::size_t>(done));
    }
  }
  if (fsync(handle_) != 0) return system_error("sync", errno);
  // Not from the memory that it was written to.
  posix_fadvise(handle_, 0, 0, POSIX_FADV_DONTNEED);
  PlainHash found;
  std::string back(std::size_t{1} << 16U, '\0');
  for (off_t at = 0;;) {
    const ssize_t read = pread(handle_, back.data(), back.size(), at);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return system_error("read back", errno);
    if (read == 0) break;
    found.add(std::string_view{back}.substr(0, static_cast<std::size_t>(read)));
    at += read;
  }
  std::string hash = written.finish();
  if (found.finish() != hash)
    return failed(Trouble::damaged, "read back, it is not what was written");
  return hash;
}

Failure Unfinished::put_at(const fs::path& place) {
  if (fsync(handle_) != 0) return system_error("sync", errno);
  // Some file systems know one of these two alone.
  if (renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) != 0 &&
      (errno == EEXIST || link(name_.c_str(), place.c_str()) != 0)) {
    if (errno == EEXIST) return failed(Trouble::present, place.filename().string());
    return system_error("put in place", errno);
  }
  const int folder = ::open(place.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && fsync(folder) == 0;
  const int code = errno;
  if (folder >= 0) close(folder);
  return synced ? Failure{} : system_error("sync the folder", code);
}

}  // namespace gcp2
