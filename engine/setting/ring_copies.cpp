#include "setting/ring_copies.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "setting/appended.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view copy_name = "ring-";

fs::path folder_of_copies(const Places& places) {
  std::error_code error;
  return fs::weakly_canonical(places.ring_backups, error);
}

/// The serial that a file of that name in the folder was copied at.
std::optional<std::int64_t> serial_in(const std::string& name) {
  if (!name.starts_with(copy_name)) return std::nullopt;
  std::int64_t serial = 0;
  const char* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + copy_name.size(), end, serial);
  return read.ec == std::errc{} && read.ptr == end ? std::optional{serial} : std::nullopt;
}

/// Opens what is a copy of this ring: no link to one, and not the ring itself by another name. Not
/// as a whole: of one whose destruction was cut off the beginning is left.
std::optional<Ring> copy_at(const Ring& ring, const std::string& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(fs::symlink_status(file, ignored))) return std::nullopt;
  if (fs::equivalent(file, ring.file(), ignored)) return std::nullopt;
  auto copy = Ring::open(file, Opening::existing);
  if (!copy || copy->store() != ring.store()) return std::nullopt;
  return *std::move(copy);
}

/// Only a copy of this ring is destroyed, whatever the folder or the ring says.
std::optional<std::int64_t> serial_of_copy(const Ring& ring, const std::string& file) {
  auto copy = copy_at(ring, file);
  if (!copy) return std::nullopt;
  const auto serial = copy->serial();
  return serial ? std::optional{*serial} : std::nullopt;
}

/// Older copies could bring back a key that was dropped.
Stored<Done> destroy_older_copies(const Ring& ring, const Places& places, std::int64_t serial) {
  std::error_code error;
  for (const auto& old : fs::directory_iterator{folder_of_copies(places), error}) {
    const auto named = serial_in(old.path().filename().string());
    if (!named || *named >= serial) continue;
    // One that was made as the ring changed has a later one than its name says.
    const auto copied_at = serial_of_copy(ring, old.path().string());
    if (!copied_at || *copied_at >= serial) continue;
    if (const auto gone = destroy_file(old.path().string()); !gone) return gone;
  }
  return Done{};
}

/// Whether a file has in it what the ring has.
bool is_same(Ring& ring, const std::string& file) {
  auto copy = copy_at(ring, file);
  if (!copy) return false;
  const auto serial = ring.serial(), copied_at = copy->serial();
  if (!serial || !copied_at || *serial != *copied_at) return false;
  const auto own = content_of(ring), copied = content_of(*copy);
  return own && copied && *own == *copied;
}

/// What stands where the copy belongs and is none, or another one.
Stored<Done> take_away(const Ring& ring, const std::string& file) {
  if (copy_at(ring, file))
    if (const auto gone = destroy_file(file); !gone) return gone;
  for (const char* beside : {"", "-journal", "-wal"}) {
    std::error_code error;
    fs::remove(file + beside, error);
    if (error) return StoreError{Trouble::outside, file + beside + ": " + error.message()};
  }
  return Done{};
}

/// A copy in the folder, with the ring's serial: that which is there already, if it is one.
Stored<RingBackup> copy_in_folder(Ring& ring, const Places& places, Seconds now) {
  for (;;) {
    const auto serial = ring.serial();
    if (!serial) return serial.error();
    const std::string file = ring_copy_file(places, *serial);
    // With every new key.
    auto copied = ring.copy_to(file, now, Ring::Look::tables);
    if (copied || copied.error().trouble != Trouble::present) return copied;
    const bool is_there = is_same(ring, file);
    const auto digest = hash_of_file(file);
    if (is_there && digest) return RingBackup{*serial, now, *digest, file};
    // Others may be at work, and have a newer copy already.
    const auto after = ring.serial();
    if (!after) return after.error();
    if (*after != *serial) continue;
    if (is_there) return digest.error();
    if (const auto gone = take_away(ring, file); !gone) return gone.error();
  }
}

Stored<Done> expect_folder_of_copies(const Places& places) {
  if (places.ring_backups.empty()) return Done{};
  std::error_code error;
  if (fs::create_directories(places.ring_backups, error))
    fs::permissions(places.ring_backups, fs::perms::owner_all, error);
  if (!fs::is_directory(places.ring_backups, error))
    return StoreError{Trouble::outside, "no folder for ring copies at " + places.ring_backups};
  if (::access(places.ring_backups.c_str(), W_OK | X_OK) != 0)
    return StoreError{Trouble::outside, places.ring_backups + ": " + std::strerror(errno)};
  return Done{};
}

}  // namespace

Stored<std::string> content_of(Ring& ring) {
  std::string hashes;
  const auto accounts = ring.accounts();
  if (!accounts) return accounts.error();
  for (const Account& account : *accounts) {
    const auto digest = digest_of(ring, account);
    if (!digest) return digest.error();
    hashes += *digest + plain_hash(account.setting_key);
    const auto given = ring.reader_keys(account.id);
    if (!given) return given.error();
    for (const ReaderKey& each : *given)
      hashes += plain_hash(std::string{each.key.raw()} + std::to_string(each.until) + each.sealed);
  }
  const auto keys = ring.keys();
  if (!keys) return keys.error();
  for (const RingKey& key : *keys)
    hashes += plain_hash(std::string{key.id.raw()} + std::string{key.of.raw()} + key.wrapped);
  const auto named = ring.named_from("");
  if (!named) return named.error();
  for (const auto& [name, wrapped] : *named) hashes += plain_hash(name + '\n' + wrapped);
  const auto look_ups = ring.look_ups();
  if (!look_ups) return look_ups.error();
  for (const LookUp& each : *look_ups)
    hashes += plain_hash(each.hash + std::string{each.subject.raw()});
  return plain_hash(hashes);
}

std::string ring_copy_file(const Places& places, std::int64_t serial) {
  return (folder_of_copies(places) / (std::string{copy_name} + std::to_string(serial))).string();
}

Stored<Done> destroy_expired_copies(Ring& ring, const Places& places, Seconds now) {
  const auto copies = ring.backups();
  if (!copies) return copies.error();
  const auto folder = folder_of_copies(places);
  // Almost all of them were made in one folder: each is looked up once.
  std::map<fs::path, fs::path> known;
  const auto folder_of = [&](const RingBackup& copy) -> const fs::path& {
    const auto [at, is_new] = known.try_emplace(fs::path{copy.file}.parent_path());
    std::error_code error;
    if (is_new) at->second = fs::weakly_canonical(at->first, error);
    return at->second;
  };
  for (const RingBackup& copy : *copies) {
    if (now < copy.at + ring_copies_live) continue;
    // Those in the folder, under whatever name it had then, go with each newer one.
    if (folder_of(copy) == folder) continue;
    // A file of another content is somebody else's by now.
    if (serial_of_copy(ring, copy.file) != copy.serial) continue;
    const auto digest = hash_of_file(copy.file);
    if (!digest || *digest != copy.digest) continue;
    if (const auto gone = destroy_file(copy.file); !gone) return gone;
  }
  return Done{};
}

Stored<Done> expect_room_for_copy(const Ring& ring, const Places& places) {
  if (auto ready = expect_folder_of_copies(places); !ready || places.ring_backups.empty())
    return ready;
  const auto failure = [&](int code) {
    const bool is_full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return StoreError{is_full ? Trouble::no_room : Trouble::outside,
                      places.ring_backups + ": " + std::strerror(code)};
  };
  std::error_code error;
  const auto size = fs::file_size(ring.file(), error);
  if (error) return failure(error.value());
  std::string name = (folder_of_copies(places) / ".gcp2-room-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return failure(errno);
  ::unlink(name.c_str());
  // With what is about to come into the ring.
  constexpr std::uintmax_t more = 65536;
  const int code = ::posix_fallocate(file, 0, static_cast<off_t>(size + more));
  ::close(file);
  // A disk on which no room can be had beforehand says so when the copy is made.
  if (const StoreError found = failure(code); found.trouble == Trouble::no_room) return found;
  return Done{};
}

Stored<Done> keep_ring_copy(Ring& ring, const Places& places, Seconds now) {
  if (places.ring_backups.empty()) return Done{};
  if (auto ready = expect_folder_of_copies(places); !ready) return ready;
  auto copied = copy_in_folder(ring, places, now);
  if (!copied) return copied.error();
  const auto known = ring.backups();
  if (!known) return known.error();
  // Nothing has changed since the last copy, and the ring was told of it.
  const auto is_it = [&](const RingBackup& each) {
    return each.file == copied->file && each.digest == copied->digest;
  };
  if (std::ranges::any_of(*known, is_it)) return Done{};
  RingBatch batch;
  batch.backups.push_back(*copied);
  if (const auto done = ring.commit(batch); !done) return done;
  if (const auto gone = destroy_older_copies(ring, places, copied->serial); !gone) return gone;
  // One that cannot be reached now is tried again.
  (void)destroy_expired_copies(ring, places, now);
  return Done{};
}

}  // namespace gcp2
