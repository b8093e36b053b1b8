#include "setting/anchor.h"

#include <sstream>

#include "setting/appended.h"

namespace gcp2 {

Stored<std::vector<Head>> read_anchors(const std::string& file) {
  std::vector<Head> heads;
  if (file.empty()) return heads;
  const auto lines = whole_lines(file);
  if (!lines) return lines.error();
  for (const std::string& line : *lines) {
    if (line.empty()) continue;
    std::istringstream words{line};
    Head head;
    std::string hash;
    words >> head.count >> hash;
    head.hash = from_hexadecimal(hash);
    // A line that says nothing is one that was changed; it can never be met.
    if (!words || head.hash.size() != 32) head = {head.count, {}, 0};
    heads.push_back(std::move(head));
  }
  return heads;
}

Stored<Done> append_anchor(const std::string& file, const Head& head) {
  return append_line(file, std::to_string(head.count) + " " + hexadecimal(head.hash) + " " +
                               Instant::at(head.at).text());
}

}  // namespace gcp2
