// What a known child is found by, while that changes: the ring has the old look-ups and the new
// ones until the child's row is written, and a note of it. Whoever is cut off between leaves the
// note to the next who logs in and has the keys: the row says what holds.
#pragma once

#include <vector>

#include "setting/inside.h"

namespace gcp2 {

/// A change of the ring that brings them and the note.
RingBatch new_look_ups(const Id& child, std::vector<std::string> hashes);
/// Whether the note is there.
Stored<bool> are_settling(Ring& ring, const Id& child);
/// Leaves what the child's row says, and ends the note.
Allowed<Done> settle_look_ups(Desk::State& desk, const Id& child);
/// Wherever the note is there.
Allowed<Done> settle_all_look_ups(Desk::State& desk);

}  // namespace gcp2
