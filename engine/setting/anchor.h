// Anchors: ends of the log, written where an attacker does not reach.
#pragma once

#include <string>
#include <vector>

#include "gcp2/store.h"

namespace gcp2 {

struct Anchor {
  Head head;              ///< without its time
  bool restored = false;  ///< the log was put back to here: what anchors saw behind it is no more
};
struct Anchors {
  bool found = false;  ///< whether there is such a file
  std::vector<Anchor> lines{};
  std::size_t unreadable = 0;  ///< lines that are no anchors
};
/// In the file's order; none where no file is named.
Stored<Anchors> read_anchors(const std::string& file);
/// Adds the next one to those that hold. A `restored` line ends those behind it, and stands for the
/// entry that says so, too.
void follow(std::vector<Anchor>& holding, const Anchor& next);
/// A line: count, hash in hexadecimal, time; before it `restored`, where a backup ended there.
Stored<Done> append_anchor(const std::string& file, const Head& head, bool restored = false);

}  // namespace gcp2
