#include "fragile_disk.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>
#include <stdexcept>
#include <vector>

#include "folder.h"

namespace gcp2::test {
namespace {

constexpr std::int64_t sector = 512;

/// A write, or a cut where there are no bytes.
struct Change {
  std::int64_t at;
  std::string bytes;
  bool cut;
};
struct Content {
  std::string synced;
  std::vector<Change> since;
  bool ever_synced = true;
};

void carry_out(std::string& content, const Change& change) {
  const auto at = static_cast<std::size_t>(change.at);
  if (change.cut) {
    content.resize(at, '\0');
    return;
  }
  if (content.size() < at + change.bytes.size()) content.resize(at + change.bytes.size(), '\0');
  content.replace(at, change.bytes.size(), change.bytes);
}

std::int64_t size_of(const std::string& file) {
  struct stat found{};
  return stat(file.c_str(), &found) == 0 ? found.st_size : 0;
}

}  // namespace

struct FragileDisk::State {
  std::mt19937 chance;
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs vfs{};
  std::map<std::string, Content> files;
  std::optional<int> left;  ///< changes until the power goes
  bool power = true;
  std::optional<std::int64_t> room;
  std::string beside;
  std::int64_t step = 1;
  int syncs = 0;

  bool gets_through() {
    if (left && (*left)-- <= 0) power = false;
    return power;
  }
  /// For a file to have that size.
  [[nodiscard]] bool has_room(const std::string& name, std::int64_t size) const {
    if (!room || size <= size_of(name)) return true;
    std::int64_t all = size - size_of(name) + size_of(beside);
    for (const auto& [other, content] : files) all += size_of(other);
    return all <= *room;
  }
};

namespace {

/// What SQLite gets: the real file lies behind it in the same memory.
struct File {
  sqlite3_file base;
  FragileDisk::State* disk;
  Content* content;  ///< none: not kept track of
  char* name;
  sqlite3_file* real() {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(this) + sizeof(File));
  }
};
File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
const sqlite3_io_methods& under(sqlite3_file* file) { return *of(file).real()->pMethods; }

int close_file(sqlite3_file* file) {
  std::free(of(file).name);
  return under(file).xClose(of(file).real());
}
int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
  return under(file).xRead(of(file).real(), bytes, size, at);
}
int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  FragileDisk::State& disk = *of(file).disk;
  if (of(file).content != nullptr) {
    if (!disk.gets_through()) return SQLITE_IOERR_WRITE;
    if (!disk.has_room(of(file).name, at + size)) return SQLITE_FULL;
    of(file).content->since.push_back(
        {at, std::string{static_cast<const char*>(bytes), static_cast<std::size_t>(size)}, false});
  }
  return under(file).xWrite(of(file).real(), bytes, size, at);
}
int cut_file(sqlite3_file* file, sqlite3_int64 size) {
  if (of(file).content != nullptr) {
    if (!of(file).disk->gets_through()) return SQLITE_IOERR_TRUNCATE;
    of(file).content->since.push_back({size, {}, true});
  }
  return under(file).xTruncate(of(file).real(), size);
}
int sync_file(sqlite3_file* file, int) {
  if (Content* content = of(file).content; content != nullptr) {
    if (!of(file).disk->gets_through()) return SQLITE_IOERR_FSYNC;
    for (const Change& change : content->since) carry_out(content->synced, change);
    content->since.clear();
    content->ever_synced = true;
    of(file).disk->syncs += !std::string_view{of(file).name}.ends_with("-wal");
  }
  return SQLITE_OK;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return under(file).xFileSize(of(file).real(), size);
}
int lock(sqlite3_file* file, int how) { return under(file).xLock(of(file).real(), how); }
int unlock(sqlite3_file* file, int how) { return under(file).xUnlock(of(file).real(), how); }
int check_lock(sqlite3_file* file, int* out) {
  return under(file).xCheckReservedLock(of(file).real(), out);
}
int control(sqlite3_file* file, int what, void* with) {
  FragileDisk::State& disk = *of(file).disk;
  if (what == SQLITE_FCNTL_CHUNK_SIZE) disk.step = *static_cast<int*>(with);
  if (what == SQLITE_FCNTL_SIZE_HINT && of(file).content != nullptr) {
    const std::int64_t wanted = *static_cast<sqlite3_int64*>(with);
    const std::int64_t size = (wanted + disk.step - 1) / disk.step * disk.step;
    if (!disk.power || !disk.has_room(of(file).name, size)) return SQLITE_IOERR_WRITE;
  }
  return under(file).xFileControl(of(file).real(), what, with);
}
int sector_size(sqlite3_file*) { return static_cast<int>(sector); }
int no_promises(sqlite3_file*) { return 0; }
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return under(file).xShmMap(of(file).real(), page, size, extend, out);
}
int lock_shared(sqlite3_file* file, int offset, int number, int flags) {
  return under(file).xShmLock(of(file).real(), offset, number, flags);
}
void barrier(sqlite3_file* file) { under(file).xShmBarrier(of(file).real()); }
int unmap_shared(sqlite3_file* file, int remove) {
  return under(file).xShmUnmap(of(file).real(), remove);
}

const sqlite3_io_methods methods{2,         close_file,   read_file,   write_file, cut_file,
                                 sync_file, file_size,    lock,        unlock,     check_lock,
                                 control,   sector_size,  no_promises, map_shared, lock_shared,
                                 barrier,   unmap_shared, nullptr,     nullptr};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto& disk = *static_cast<FragileDisk::State*>(vfs->pAppData);
  const bool kept_track_of =
      name != nullptr &&
      (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
  const bool is_new = kept_track_of && !std::filesystem::exists(name);
  new (file) File{{nullptr}, &disk, nullptr, nullptr};
  if (is_new && !disk.power) return SQLITE_CANTOPEN;
  const int code = disk.real->xOpen(disk.real, name, of(file).real(), flags, flags_out);
  if (code != SQLITE_OK) return code;
  of(file).base.pMethods = &methods;
  if (kept_track_of) {
    of(file).name = strdup(name);
    const auto [known, first] = disk.files.try_emplace(name);
    if (first) known->second = {bytes_of(name), {}, !is_new};
    of(file).content = &known->second;
  }
  return code;
}
int delete_file(sqlite3_vfs* vfs, const char* name, int sync) {
  auto& disk = *static_cast<FragileDisk::State*>(vfs->pAppData);
  if (!disk.gets_through()) return SQLITE_IOERR_DELETE;
  disk.files.erase(name);
  return disk.real->xDelete(disk.real, name, sync);
}

}  // namespace

FragileDisk::FragileDisk(std::uint32_t seed) : state_{std::make_unique<State>()} {
  state_->chance.seed(seed);
  state_->real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs& vfs = state_->vfs;
  vfs = *state_->real;
  vfs.zName = "fragile";
  vfs.pNext = nullptr;
  vfs.szOsFile += static_cast<int>(sizeof(File));
  vfs.pAppData = state_.get();
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  // The others are the real one's, which looks into its own data.
  vfs.xAccess = [](sqlite3_vfs* me, const char* name, int flags, int* out) {
    sqlite3_vfs* real = static_cast<State*>(me->pAppData)->real;
    return real->xAccess(real, name, flags, out);
  };
  vfs.xFullPathname = [](sqlite3_vfs* me, const char* name, int size, char* out) {
    sqlite3_vfs* real = static_cast<State*>(me->pAppData)->real;
    return real->xFullPathname(real, name, size, out);
  };
  sqlite3_vfs_register(&vfs, 1);
}

FragileDisk::~FragileDisk() {
  sqlite3_vfs_unregister(&state_->vfs);
  sqlite3_vfs_register(state_->real, 1);
}

void FragileDisk::lose_power_in(int changes) { state_->left = changes; }
bool FragileDisk::has_power() const { return state_->power; }

void FragileDisk::recover() {
  std::mt19937& chance = state_->chance;
  for (auto& [name, content] : state_->files) {
    for (Change change : content.since) {
      // Lost, there, or there in some of its sectors.
      const auto luck = chance() % 3;
      if (luck == 0) continue;
      if (luck == 1 || change.cut) {
        carry_out(content.synced, change);
        continue;
      }
      for (std::size_t from = 0; from < change.bytes.size(); from += std::size_t{sector})
        if (chance() % 2 == 0)
          carry_out(content.synced, {change.at + static_cast<std::int64_t>(from),
                                     change.bytes.substr(from, std::size_t{sector}), false});
    }
    if (!content.ever_synced && chance() % 2 == 0)
      std::filesystem::remove(name);
    else
      std::ofstream{name, std::ios::binary} << content.synced;
    std::filesystem::remove(name + "-shm");
  }
  state_->files.clear();
  state_->left.reset();
  state_->power = true;
}

void FragileDisk::limit(std::optional<std::int64_t> bytes, const std::string& beside) {
  state_->room = bytes;
  state_->beside = beside;
}

int FragileDisk::syncs() const { return state_->syncs; }

std::int64_t FragileDisk::taken() const {
  std::int64_t all = size_of(state_->beside);
  for (const auto& [name, content] : state_->files) all += size_of(name);
  return all;
}

void expect_sound(const std::string& file) {
  SQLite::Database database{file, SQLite::OPEN_READONLY};
  EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
}

}  // namespace gcp2::test
