// Rings and what is in them, made up.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "folder.h"
#include "gcp2/ring.h"

namespace gcp2 {

inline bool operator==(const Hardness& left, const Hardness& right) {
  return left.passes == right.passes && left.bytes == right.bytes;
}
inline auto fields_of(const Account& of) {
  return std::tie(of.id, of.name, of.role, of.active, of.made, of.ended, of.open, of.wrapped_secret,
                  of.salt, of.hardness, of.setting_key, of.failures, of.failed_at);
}
inline auto fields_of(const RingKey& of) { return std::tie(of.id, of.of, of.wrapped); }
inline auto fields_of(const ReaderKey& of) {
  return std::tie(of.account, of.key, of.sealed, of.until);
}
inline auto fields_of(const Erasure& of) {
  return std::tie(of.subject, of.step, of.asked_by, of.confirmed_by, of.at, of.reason);
}
inline auto fields_of(const RingBackup& of) {
  return std::tie(of.serial, of.at, of.digest, of.file);
}
template <class T>
  requires requires(const T& of) { fields_of(of); }
bool operator==(const T& left, const T& right) {
  return fields_of(left) == fields_of(right);
}

namespace test {

/// The result must be there.
template <class T>
T got(Stored<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

/// The same number, the same id; none of them is none.
inline Id number(std::uint64_t number) {
  Id id;
  id.bytes[0] = 1;
  for (std::size_t at = 8; at < 16; ++at)
    id.bytes[at] = static_cast<std::uint8_t>(number >> (15 - at) * 8);
  return id;
}

/// Bytes like sealed ones: found nowhere else.
inline std::string sealed_bytes(std::size_t length = 73) {
  std::string bytes;
  while (bytes.size() < length) bytes += Id::random().raw();
  bytes.resize(length);
  return bytes;
}

/// Something in every field.
inline Account account(std::uint64_t of, std::string name) {
  Account account;
  account.id = number(of);
  account.name = std::move(name);
  account.role = Role::records_manager;
  account.made = 100 + static_cast<Seconds>(of);
  account.open.fill(static_cast<std::uint8_t>(of));
  account.wrapped_secret = sealed_bytes();
  account.salt = sealed_bytes(16);
  account.hardness = {4, 12345};
  account.setting_key = sealed_bytes(80);
  account.failures = 3;
  account.failed_at = 77;
  return account;
}

inline Ring fresh(const std::string& file) {
  return got(Ring::open(file, Opening::fresh, number(1)));
}
inline Ring existing(const std::string& file) { return got(Ring::open(file, Opening::existing)); }

/// How many of them are there, by their first or their last bytes, in the folder's files.
inline std::size_t found_in(const Folder& folder, const std::vector<std::string>& sealed) {
  constexpr std::size_t length = 16;
  std::unordered_set<std::string_view> wanted;
  for (const std::string_view each : sealed) {
    wanted.insert(each.substr(0, length));
    wanted.insert(each.substr(each.size() - length));
  }
  std::set<std::string_view> found;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
    files.push_back(bytes_of(entry.path()));
  for (const std::string_view bytes : files)
    for (std::size_t at = 0; at + length <= bytes.size(); ++at)
      if (wanted.contains(bytes.substr(at, length))) found.insert(bytes.substr(at, length));
  return found.size();
}

}  // namespace test
}  // namespace gcp2
