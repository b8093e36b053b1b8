// A database's file before it stands in its place: where that is, and how it gets there.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gcp2/store.h"

namespace gcp2 {

namespace fs = std::filesystem;
using Failure = std::optional<StoreError>;

StoreError failed(Trouble trouble, std::string message);
StoreError system_error(std::string_view what, int code);

/// Absolute, as a name that begins with "file:" or ":memory:" means something else to SQLite.
Stored<fs::path> place_of(const std::string& file);
bool is_there(const fs::path& path);
/// `present` where there is something, be it a journal alone.
Failure taken(const fs::path& place);

/// A file of a name of its own, for as long as it has not been put in place; its owner's alone, and
/// locked (flock) while its maker lives. What a maker that was killed has left is taken away by the
/// next one, seconds later at the earliest.
class Unfinished {
 public:
  explicit Unfinished(const fs::path& place);
  ~Unfinished();
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  [[nodiscard]] int code() const noexcept { return code_; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// Writes what comes in pieces, until an empty one, and reads it back from the disk: `damaged`
  /// where that is something else. Gives the plain hash of all of it.
  using Pieces = std::function<Stored<std::string_view>()>;
  Stored<std::string> write(const Pieces& next);
  /// On disk and under its name, unless there is something already.
  Failure put_at(const fs::path& place);

 private:
  std::string name_;
  int handle_;
  int code_;
};

}  // namespace gcp2
