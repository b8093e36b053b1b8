// A school's case store in a folder of its own: its people, its records, and a clock that tests
// move.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/desk.h"
#include "gcp2/safekeeping.h"

namespace gcp2::test {

inline constexpr std::string_view passphrase = "four quiet words of ours";

/// Unwraps, or ends the test with the reason.
template <class T>
T allowed(Allowed<T> result) {
  if (result) return *std::move(result);
  std::string said =
      "refused: " + std::string{name_of(result.error().why)} + " " + result.error().store.message;
  for (const Finding& finding : result.error().findings) said += " " + std::string{finding.code};
  throw std::runtime_error{said};
}
template <class T>
std::string why(const Allowed<T>& result) {
  return result ? "done" : std::string{name_of(result.error().why)};
}

class School {
 public:
  /// Founded with a supervisor "sue" and an administrator "adam"; the records in a file, unless
  /// `records` names another place, which `open_records` opens.
  explicit School(bool demonstration = true, const std::string& records = {},
                  const OpenRecords& open_records = open_store);
  ~School();
  School(const School&) = delete;
  School& operator=(const School&) = delete;

  [[nodiscard]] Setting open() const;
  /// Logs in; the desk keeps the setting open.
  [[nodiscard]] Desk at(std::string_view name) const;
  /// Makes an account and, where its role has keys, grants them.
  void employ(std::string_view name, Role role);

  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// Everything that is in any file of the folder, one after the other.
  [[nodiscard]] std::string all_bytes() const;

  Places places;
  Means means;
  std::string recovery_key;
  Seconds now = 1'771'581'600;  ///< 2026-02-20T10:00:00Z
  Seconds set = 0;              ///< so far the clock was set from that, while time went on

 private:
  std::filesystem::path folder_;
};

/// schemas/samples/first.json with another id, child, and NHS number (of the test range, unless
/// empty).
struct Sample {
  std::string id = {}, ref = "C-0101", family = "F-0042", name = "Robin Example";
  std::string nhs = "9990421013", born = "2017-06-21", upn = "A950000178301";
  bool is_signed = false;
};
Value sample(const Sample& sample);
/// The given child number, with identifiers of its own.
Sample child(int number);
std::string uuid(int number);

extern const Purpose none, cover;

}  // namespace gcp2::test
