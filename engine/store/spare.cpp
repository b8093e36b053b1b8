#include "store/spare.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>

namespace gcp2 {
namespace {

constexpr off_t whole = off_t{1} << 20;
constexpr off_t piece = off_t{1} << 16;

}  // namespace

Spare::Spare(const std::string& store)
    : handle_{open((store + ".spare").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)} {
  struct stat found{};
  if (handle_ >= 0 && (fstat(handle_, &found) != 0 || !S_ISREG(found.st_mode))) {
    close(handle_);
    handle_ = -1;
  }
  refill();
}

Spare::~Spare() {
  if (handle_ >= 0) close(handle_);
}

bool Spare::give_back() {
  struct stat found{};
  if (handle_ < 0 || fstat(handle_, &found) != 0 || found.st_size == 0) return false;
  // Some file systems free the room only with the next sync.
  return ftruncate(handle_, std::max<off_t>(found.st_size - piece, 0)) == 0 && fsync(handle_) == 0;
}

void Spare::refill() {
  struct stat found{};
  struct statvfs room{};
  if (handle_ < 0 || fstat(handle_, &found) != 0 || found.st_size >= whole) return;
  if (fstatvfs(handle_, &room) != 0 || room.f_bavail * room.f_frsize < 4 * whole) return;
  // What was taken before there was too little is given back.
  if (posix_fallocate(handle_, 0, whole) != 0) (void)!ftruncate(handle_, found.st_size);
}

}  // namespace gcp2
