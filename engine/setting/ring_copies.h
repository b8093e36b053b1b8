// Copies of the key ring: those in the folder of the places, one at a time, and those that people
// took elsewhere.
#pragma once

#include <string>
#include <utility>

#include "gcp2/ring.h"
#include "gcp2/setting.h"

namespace gcp2 {

/// A hash over everything by which a ring's serial rises.
Stored<std::string> content_of(Ring& ring);
/// The copy of a ring of that serial in the folder of `places`, whatever links lead there.
std::string ring_copy_file(const Places& places, std::int64_t serial);
/// Copies that were taken elsewhere and whose time is over, where they still are what was taken.
Stored<Done> destroy_expired_copies(Ring& ring, const Places& places, Seconds now);
/// Whether the folder of `places`, where they name one, is there or can be made, can be written to,
/// and has room: asked before the ring is changed, as the change is to be copied.
Stored<Done> expect_room_for_copy(const Ring& ring, const Places& places);
/// What was done stands; only the copy that goes with it could not be made.
inline Refusal not_copied(StoreError why) {
  return {.why = Why::not_copied, .store = std::move(why)};
}
/// Copies the ring into the folder of `places`, where they name one, and destroys older copies
/// there. What stands in its place and is something else is replaced.
Stored<Done> keep_ring_copy(Ring& ring, const Places& places, Seconds now);

}  // namespace gcp2
