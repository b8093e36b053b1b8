#include "interop/line_chunks.h"

#include <algorithm>

namespace gcp2 {
namespace {

constexpr std::size_t chunk_size = std::size_t{256} << 10;

}  // namespace

Result<bool> LineChunks::next(LineChunk& chunk) {
  chunk.bytes.swap(begun_);
  begun_.clear();
  chunk.overlong = false;
  std::size_t filled = chunk.bytes.size();
  std::size_t end = 0;  // one past the last line break
  while (!ended_ && end == 0) {
    if (filled > largest_document) {
      // Memory stays bounded: the line is given up, not kept.
      chunk.overlong = true;
      filled = 0;
      if (const auto skipped = skip_line(); !skipped) return skipped.error();
      break;
    }
    chunk.bytes.resize(filled + chunk_size);
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
  chunk.bytes.resize(filled);
  chunk.bytes.append(SheetReader::padding, ' ');
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
