// The list of what was erased: a file outside the records and the ring, only ever appended to, so
// that it outlives a restore of either.
#pragma once

#include <string>
#include <vector>

#include "gcp2/store.h"

namespace gcp2 {

/// Children and families whose keys were dropped; empty where there is no list yet.
Stored<std::vector<Id>> read_erased_list(const std::string& file);
/// Adds a line and waits until it is on disk. Twice is once.
Stored<Done> append_to_erased_list(const std::string& file, const Id& erased, Seconds at);

}  // namespace gcp2
