// A disk under SQLite that loses its power, and one that is full.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace gcp2::test {

/// While it stands, what SQLite opens goes through it. One at a time.
class FragileDisk {
 public:
  explicit FragileDisk(std::uint32_t seed);
  ~FragileDisk();
  FragileDisk(const FragileDisk&) = delete;
  FragileDisk& operator=(const FragileDisk&) = delete;

  /// From the change (a write, a cut or a sync) of that number on, nothing gets through any more.
  void lose_power_in(int changes);
  [[nodiscard]] bool has_power() const;
  /// What was not synced is lost, or not, or in part, write by write; then there is power again.
  /// Nothing may be open.
  void recover();

  /// Files may not grow together beyond so many bytes; `beside` counts too, where it is there.
  void limit(std::optional<std::int64_t> bytes, const std::string& beside = {});
  /// How often a file that is no journal was synced.
  [[nodiscard]] int syncs() const;
  /// What the files take.
  [[nodiscard]] std::int64_t taken() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

/// Whether SQLite finds nothing wrong in a database, page by page.
void expect_sound(const std::string& file);

}  // namespace gcp2::test
