// The list of what was erased: a file outside the records and the ring, only ever appended to, so
// that it outlives a restore of either. Each line carries a hash under a key that stands in the
// ring: a line that somebody else has written erases nobody.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gcp2/ring.h"

namespace gcp2 {

/// The ring's named secret that lines are hashed with.
inline constexpr std::string_view erased_list_key = "erased_list";

struct ErasedList {
  std::vector<Id> erased;             ///< children and families whose keys were dropped
  std::vector<std::int64_t> planted;  ///< numbers of the lines that are not this program's
};
/// Empty where there is no list yet.
Stored<ErasedList> read_erased_list(const std::string& file, Ring& ring);
/// Under which name the ring itself keeps when the keys of a child or a family were dropped.
std::string erased_name(const Id& erased);
/// Whose keys were dropped as the ring has it, and when.
Stored<std::map<Id, Seconds>> erased_in_ring(Ring& ring);
/// Those of them that the list does not name: lines of it are lost.
Stored<std::map<Id, Seconds>> unlisted_erasures(const std::string& file, Ring& ring);
/// Adds a line and waits until it is on disk. Twice is once.
Stored<Done> append_to_erased_list(const std::string& file, Ring& ring, const Id& erased,
                                   Seconds at);

}  // namespace gcp2
