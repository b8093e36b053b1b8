#include "setting/ring_copies.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <utility>

#include "setting/appended.h"

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

/// Whether a file is a copy of this ring from that serial, and no link to one: only such a file is
/// destroyed, whatever the folder or the ring says.
bool is_copy_of(const Ring& ring, const std::string& file, std::int64_t serial) {
  std::error_code ignored;
  if (!fs::is_regular_file(fs::symlink_status(file, ignored))) return false;
  // Not as a whole: of one whose destruction was cut off the beginning is left.
  auto copy = Ring::open(file, Opening::existing);
  if (!copy || copy->store() != ring.store()) return false;
  const auto copied_at = copy->serial();
  return copied_at && *copied_at == serial;
}

/// Older copies could bring back a key that was dropped.
Stored<Done> destroy_older_copies(const Ring& ring, const Places& places, std::int64_t serial) {
  std::error_code error;
  for (const auto& old : fs::directory_iterator{folder_of_copies(places), error}) {
    const auto copied_at = serial_in(old.path().filename().string());
    if (!copied_at || *copied_at >= serial) continue;
    if (!is_copy_of(ring, old.path().string(), *copied_at)) continue;
    if (const auto gone = destroy_file(old.path().string()); !gone) return gone;
  }
  return Done{};
}

}  // namespace

std::string ring_copy_file(const Places& places, std::int64_t serial) {
  return (folder_of_copies(places) / (std::string{copy_name} + std::to_string(serial))).string();
}

Stored<Done> destroy_expired_copies(Ring& ring, const Places& places, Seconds now) {
  const auto copies = ring.backups();
  if (!copies) return copies.error();
  const auto folder = folder_of_copies(places);
  for (const RingBackup& copy : *copies) {
    if (now < copy.at + ring_copies_live) continue;
    // Those in the folder, under whatever name it had then, go with each newer one.
    std::error_code error;
    if (fs::weakly_canonical(copy.file, error).parent_path() == folder) continue;
    // A file of another content is somebody else's by now.
    if (!is_copy_of(ring, copy.file, copy.serial)) continue;
    const auto digest = hash_of_file(copy.file);
    if (!digest || *digest != copy.digest) continue;
    if (const auto gone = destroy_file(copy.file); !gone) return gone;
  }
  return Done{};
}

Stored<Done> keep_ring_copy(Ring& ring, const Places& places, Seconds now) {
  if (places.ring_backups.empty()) return Done{};
  const auto serial = ring.serial();
  if (!serial) return serial.error();
  std::error_code error;
  if (fs::create_directories(places.ring_backups, error))
    fs::permissions(places.ring_backups, fs::perms::owner_all, error);
  if (!fs::is_directory(places.ring_backups, error))
    return StoreError{Trouble::outside, "no folder for ring copies at " + places.ring_backups};
  const std::string file = ring_copy_file(places, *serial);
  auto copied = ring.copy_to(file, now);
  if (!copied && copied.error().trouble == Trouble::present) {
    // Nothing has changed since the last copy; the ring may not have been told of it.
    const auto known = ring.backups();
    if (!known) return known.error();
    if (std::ranges::find(*known, file, &RingBackup::file) != known->end()) return Done{};
    const auto digest = hash_of_file(file);
    if (!digest) return digest.error();
    copied = RingBackup{*serial, now, *digest, file};
  }
  if (!copied) return copied.error();
  RingBatch batch;
  batch.backups.push_back(*std::move(copied));
  if (const auto done = ring.commit(batch); !done) return done;
  if (const auto gone = destroy_older_copies(ring, places, *serial); !gone) return gone;
  // One that cannot be reached now is tried again.
  (void)destroy_expired_copies(ring, places, now);
  return Done{};
}

}  // namespace gcp2
