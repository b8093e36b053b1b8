#include "interop/line_chunks.h"

#include <algorithm>

namespace gcp2 {
namespace {

/// Larger ones are no faster, and every line of them can be a finding of a few hundred bytes.
constexpr std::size_t chunk_size = std::size_t{64} << 10;

/// Never less than before: what a string gives up and takes again, it fills with zeros.
void make_room(LineChunk& chunk, std::size_t size) {
  const std::size_t with_padding = size + SheetReader::padding;
  if (chunk.bytes.size() < with_padding) chunk.bytes.resize(with_padding);
}

}  // namespace

Result<bool> LineChunks::next(LineChunk& chunk) {
  std::size_t filled = begun_.size();
  std::size_t end = 0;  // one past the last line break
  make_room(chunk, filled);
  begun_.copy(chunk.bytes.data(), filled);
  begun_.clear();
  chunk.overlong = false;
  while (!ended_ && end == 0) {
    if (filled > largest_document) {
      // Memory stays bounded: the line is given up, not kept.
      chunk.overlong = true;
      filled = 0;
      if (const auto skipped = skip_line(); !skipped) return skipped.error();
      break;
    }
    make_room(chunk, filled + chunk_size);
    const auto got = read_(chunk.bytes.data() + filled, chunk_size);
    if (!got) return got.error();
    ended_ = *got == 0;
    const std::string_view fresh{chunk.bytes.data() + filled, *got};
    if (const auto newline = fresh.rfind('\n'); newline != std::string_view::npos)
      end = filled + newline + 1;
    filled += *got;
  }
  if (end != 0) {
    begun_.assign(chunk.bytes, end, filled - end);
    filled = end;
  }
  chunk.size = filled;
  chunk.ticket = ticket_++;
  return filled != 0 || chunk.overlong;
}

Result<Done> LineChunks::skip_line() {
  std::string some(chunk_size, '\0');
  while (true) {
    const auto got = read_(some.data(), some.size());
    if (!got) return got.error();
    if (*got == 0) {
      ended_ = true;
      return Done{};
    }
    const std::string_view fresh{some.data(), *got};
    if (const auto newline = fresh.find('\n'); newline != std::string_view::npos) {
      begun_.assign(fresh.substr(newline + 1));
      return Done{};
    }
  }
}

}  // namespace gcp2
