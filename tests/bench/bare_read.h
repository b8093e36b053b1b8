// The bare read: what every reader of the same bytes has to do at least.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace gcp2::bench {

/// simdjson On-Demand reads every key and value of every line of a file, on one core, and nothing
/// more. The bytes are in memory before the first read.
class BareRead {
 public:
  explicit BareRead(const std::string& file);
  ~BareRead();
  /// A sum over all that was read, so that nothing of it can be left out.
  std::uint64_t read();
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gcp2::bench
