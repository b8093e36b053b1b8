#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "../output.h"
#include "gcp2/report.h"
#include "opening.h"

namespace gcp2::cli {
namespace {

namespace fs = std::filesystem;

std::string whole(std::string_view name) {
  // A name that leads to nothing stays relative otherwise, and is like no other.
  const fs::path from_root = fs::absolute(fs::path{name});
  std::error_code error;
  const fs::path found = fs::weakly_canonical(from_root, error);
  return (error ? from_root : found).string();
}

/// The store's own files stand beside each other and begin alike: NAME, NAME-wal,
/// NAME.ring.copies/... The anchors can be anywhere.
bool is_own_file(const std::string& output, const Places& places) {
  const std::string wanted = whole(output);
  const std::string records = file_of(places);
  return (!records.empty() && wanted.starts_with(whole(records))) ||
         wanted.starts_with(whole(places.ring)) || wanted == whole(places.anchor);
}

/// Whether two names lead to one file.
bool is_one_file(const std::string& one, const std::string& other) {
  std::error_code absent;
  return whole(one) == whole(other) || fs::equivalent(one, other, absent);
}

/// Whether a name leads to something else than an ordinary file: a folder, a pipe, a device.
void refuse_other_than_file(const std::string& name) {
  struct stat found{};
  if (::stat(name.c_str(), &found) != 0 || S_ISREG(found.st_mode)) return;
  throw Stop{Exit::outside, phrase(S_ISDIR(found.st_mode) ? "files.is_folder" : "store.no_file",
                                   {{"file", name}})};
}

}  // namespace

std::string file_of(const Places& places) {
  std::string_view name = places.records;
  if (name.starts_with("sqlite:")) name.remove_prefix(std::string_view{"sqlite:"}.size());
  const bool is_file = name.find("://") == std::string_view::npos && !name.starts_with("memory:");
  return is_file ? std::string{name} : "";
}

void require_target(const std::string& name, const Options& options, bool may_replace) {
  if (name.empty() || name == "-") return;
  if (is_own_file(name, places_of(options)))
    options.refuse(phrase("store.output_is_own", {{"file", name}}));
  refuse_other_than_file(name);
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(name, ignored))) {
    if (!may_replace)
      throw Stop{Exit::outside, phrase("store.output_never_replaced", {{"file", name}})};
    if (!options.has("replace"))
      throw Stop{Exit::outside, phrase("store.output_is_there", {{"file", name}})};
    refuse_signed(name);
  }
  const fs::path given = fs::path{name}.parent_path();
  const std::string folder = given.empty() ? "." : given.string();
  if (!fs::is_directory(folder, ignored))
    throw Stop{Exit::outside, phrase("files.no_folder", {{"file", name}, {"folder", folder}})};
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    const std::string why = std::strerror(errno);
    throw Stop{Exit::outside, phrase("files.cannot_write_beside", {{"file", name}, {"why", why}})};
  }
}

void require_anchor_apart(const Places& places, const Options& options) {
  std::vector<std::string> own{places.erased, places.ring_backups};
  for (const std::string& database : {file_of(places), places.ring})
    for (const char* beside : {"", "-journal", "-wal", "-shm", ".spare"})
      if (!database.empty()) own.push_back(database + beside);
  const bool is_copy = fs::path{whole(places.anchor)}.parent_path() == whole(places.ring_backups);
  if (is_copy ||
      std::ranges::any_of(own, [&](const auto& each) { return is_one_file(places.anchor, each); }))
    options.refuse(phrase("store.anchor_is_own", {{"file", places.anchor}}));
}

void require_apart(const std::string& ring_copies, const std::string& records,
                   const Options& options) {
  // A file's name in it: folders are written with and without a slash behind them.
  const auto place = [](const std::string& folder) { return whole(folder + "/copy"); };
  for (const std::string& folder : {ring_copies, records})
    if (is_own_file(place(folder), places_of(options)))
      options.refuse(phrase("store.output_is_own", {{"file", folder}}));
  if (place(ring_copies) == place(records)) options.refuse(phrase("serve.backup.apart"));
}

void require_backups_apart(const std::string& ring_copy, const std::string& records,
                           const Options& options) {
  for (const char* beside : {"", ".manifest"})
    if (whole(ring_copy) == whole(records + beside)) options.refuse(phrase("store.backup_apart"));
}

void require_input(const std::string& name, std::size_t most) {
  if (name == "-") return;
  refuse_other_than_file(name);
  std::error_code absent;
  const auto size = fs::file_size(name, absent);
  if (!absent && most != 0 && size > most)
    throw Stop{Exit::invalid, phrase("store.file_too_large",
                                     {{"file", name}, {"most", std::to_string(most >> 20U)}})};
}

void require_no_store(const Options& options) {
  const std::string file = file_of(places_of(options));
  std::error_code ignored;
  if (!file.empty() && fs::exists(fs::symlink_status(file, ignored)))
    throw Stop{Exit::outside, phrase("store.records_are_there", {{"file", file}})};
}

void require_places(const Places& places) {
  std::error_code ignored;
  if (const std::string records = file_of(places); !records.empty())
    refuse_other_than_file(records);
  refuse_other_than_file(places.ring);
  if (fs::exists(places.ring_backups, ignored) && !fs::is_directory(places.ring_backups, ignored))
    throw Stop{Exit::outside,
               phrase("store.copies_are_no_folder", {{"file", places.ring_backups}})};
}

void require_ring(const Places& places) {
  require_places(places);
  std::error_code ignored;
  const std::string records = file_of(places);
  const bool has_records = records.empty() || fs::exists(records, ignored);
  if (has_records && !fs::exists(places.ring, ignored))
    throw Stop{Exit::outside,
               phrase("store.no_ring", {{"file", places.ring}, {"copies", places.ring_backups}})};
}

}  // namespace gcp2::cli
