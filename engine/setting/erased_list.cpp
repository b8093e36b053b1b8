#include "setting/erased_list.h"

#include <algorithm>

#include "setting/appended.h"

namespace gcp2 {

Stored<std::vector<Id>> read_erased_list(const std::string& file) {
  const auto lines = whole_lines(file);
  if (!lines) return lines.error();
  std::vector<Id> erased;
  for (const std::string& line : *lines) {
    if (line.empty()) continue;
    // A line that was cut off stands for nothing that has happened: what it was for is done again.
    if (const auto id = Id::parse(line.substr(0, line.find(' ')))) erased.push_back(*id);
  }
  return erased;
}

Stored<Done> append_to_erased_list(const std::string& file, const Id& erased, Seconds at) {
  const auto known = read_erased_list(file);
  if (!known) return known.error();
  if (std::ranges::find(*known, erased) != known->end()) return Done{};
  return append_line(file, erased.text() + " " + std::to_string(at));
}

}  // namespace gcp2
