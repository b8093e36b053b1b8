// Anchors: ends of the log, written where an attacker does not reach.
#pragma once

#include <string>
#include <vector>

#include "gcp2/store.h"

namespace gcp2 {

/// In the file's order; empty where no file is named or there is none yet.
Stored<std::vector<Head>> read_anchors(const std::string& file);
/// A line: count, hash in hexadecimal, time.
Stored<Done> append_anchor(const std::string& file, const Head& head);

}  // namespace gcp2
