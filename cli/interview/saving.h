// The file that an interview fills in: one person at a time, whole on disk after every answer.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gcp2/core.h"
#include "gcp2/document.h"

namespace gcp2::cli {

/// Holds a file for one person; given back when it ends, by whatever end. The side file
/// `.NAME.lock` holds nothing and may stay behind after a crash, where it stands in nobody's way.
class FileLock {
 public:
  /// Ends the command (3) where somebody else holds the file or the folder cannot be written to.
  explicit FileLock(const std::string& name);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  std::string side_file_;
  int file_ = -1;
};

enum class Saved { done, failed, changed_by_others };
struct SaveResult {
  Saved saved = Saved::done;
  std::string message;  ///< of a failure
};

/// The file as it was last read or saved.
class SavedFile {
 public:
  /// `bytes` are the file's; nullopt = there is no file yet.
  SavedFile(std::string name, std::optional<std::string> bytes)
      : name_{std::move(name)}, bytes_{std::move(bytes)} {}

  /// Puts the document on disk in one step. Does nothing where the file is not as it was left.
  SaveResult save(const Value& document);
  /// Writes to a new file beside it, for the hand of a person; its name, or the reason why not.
  [[nodiscard]] Result<std::string> save_beside(const Value& document) const;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool exists() const { return bytes_.has_value(); }

 private:
  std::string name_;
  std::optional<std::string> bytes_;
};

/// Removes what a killed session left half written beside a file.
void remove_leftovers(const std::string& name);

}  // namespace gcp2::cli
