// Changes of the key ring, and the log that has to know of each. The ring keeps what the log is yet
// to be told, in the commit of the change itself: whoever is killed between the two leaves it for
// the next who opens the store. An entry can so come twice, but none is missing; of an act that
// writes rows, too, it says `cut_off`, as the rows are lost unless they were committed.
#pragma once

#include <vector>

#include "setting/inside.h"

namespace gcp2 {

/// An entry about an account, or none: the setting's own secrets, which says what that is once the
/// ring has been changed.
Stored<Entry> entry_about(Setting::State& setting, Action action, const Id& actor,
                          const Account& account, const RingBatch& change = {});
/// Changes the ring, copies it, and logs that: the entries, with the ring's serial, and the rows
/// with theirs, in one commit. Without the folder of copies, or room in it, nothing is changed;
/// `not_copied`: it is done all the same. `name_taken`: two active accounts would have one name.
Allowed<Done> change_ring(Setting::State& setting, RingBatch change, std::vector<Entry> entries,
                          Batch rows = {});
Stored<std::vector<Entry>> untold_entries(Ring& ring);
/// What the log is told when the records are opened next.
Stored<Done> tell_later(Ring& ring, Entry entry);
/// Tells the log what it was not told.
Allowed<Done> tell_log(Setting::State& setting);

}  // namespace gcp2
