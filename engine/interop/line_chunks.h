// A stream cut into chunks of whole lines.
#pragma once

#include <string>

#include "gcp2/interop.h"

namespace gcp2 {

struct LineChunk {
  std::size_t ticket = 0;  ///< its number, from 0
  bool overlong = false;   ///< a line beyond `largest_document` follows the chunk's lines
  std::string bytes;       ///< the lines and at least `SheetReader::padding` more bytes
  std::size_t size = 0;    ///< of the lines

  [[nodiscard]] std::string_view lines() const noexcept { return {bytes.data(), size}; }
};

/// Not for two threads at once. Holds one chunk and the beginning of a line, whatever the length of
/// the stream.
class LineChunks {
 public:
  explicit LineChunks(const ReadSome& read) : read_{read} {}
  /// False at the end of the stream.
  Result<bool> next(LineChunk& chunk);

 private:
  Result<Done> skip_line();

  const ReadSome& read_;
  std::string begun_;  ///< the beginning of a line that the last chunk did not end
  std::size_t ticket_ = 0;
  bool ended_ = false;
};

}  // namespace gcp2
