#include "setting/anchor.h"

#include <filesystem>
#include <sstream>

#include "gcp2/core.h"
#include "setting/appended.h"

namespace gcp2 {
namespace {

constexpr std::string_view restored_word = "restored ";

}  // namespace

Stored<Anchors> read_anchors(const std::string& file) {
  Anchors out;
  if (file.empty()) return out;
  const auto read = read_lines(file, [&](const std::string& line) {
    Anchor anchor{{}, line.starts_with(restored_word)};
    std::istringstream words{anchor.restored ? line.substr(restored_word.size()) : line};
    std::string hash;
    words >> anchor.head.count >> hash;
    anchor.head.hash = from_hexadecimal(hash);
    if (words && anchor.head.count > 0 && anchor.head.hash.size() == 32)
      out.lines.push_back(std::move(anchor));
    else
      ++out.unreadable;
  });
  if (!read) return read.error();
  std::error_code ignored;
  out.found = std::filesystem::exists(file, ignored);
  return out;
}

void follow(std::vector<Anchor>& holding, const Anchor& next) {
  if (next.restored)
    std::erase_if(holding, [&](const Anchor& each) {
      return each.head.count + (each.restored ? 1 : 0) > next.head.count;
    });
  holding.push_back(next);
}

Stored<Done> append_anchor(const std::string& file, const Head& head, bool restored) {
  return append_line(file, std::string{restored ? restored_word : ""} + std::to_string(head.count) +
                               " " + hexadecimal(head.hash) + " " + Instant::at(head.at).text());
}

}  // namespace gcp2
