// Whether a store is what was written, and how it comes back from a backup.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/setting.h"

namespace gcp2 {

/// Something that is not as it was written. Codes: `entry_changed` (an entry does not follow from
/// the one before it), `row_changed`, `row_missing`, `row_unknown` (no entry wrote it),
/// `rolled_back` (the ring or an anchor saw more than there is), `forked` (the ring or an anchor
/// saw another entry); of the ring `account_changed`, `account_missing`, `account_unknown` (not as
/// the log says), `account_was_other` (at the log-in of that entry), `secrets_changed` (the
/// setting's own) and `key_missing` (a row's), `key_erased` (of what the log says was erased),
/// `stale_ring` (an entry names a later one), `erasure_unknown` (confirmed, and the log does not
/// know by which two people), `erasure_missing` (asked for, as the log says, and in the ring no
/// more), `ring_changed` (not what its own copy is); `planted` (a line in the
/// list of what was erased that this program did not write), `unlisted` (an erasure that is not in
/// it).
struct Flaw {
  std::string_view code;
  std::string_view where;   ///< records, ring, anchor, erasure_list
  std::int64_t number = 0;  ///< of the entry; of a planted line the line; 0 = neither
  RowKind table = RowKind::subject;
  Id row;
};
struct Verification {
  Head head;
  std::size_t rows = 0, anchors = 0;
  bool anchors_found = false;
  std::size_t unreadable_anchors = 0;  ///< lines that are none; one can have been cut off
  std::size_t replaced_anchors = 0;    ///< those of a log that a restore has put back since
  bool against_ring = false;
  bool against_copy = false;  ///< of the ring as it is, in the folder of ring copies
  std::vector<Flaw> flaws;
  /// Children whose erasure two people agreed on, and which was cut off: whoever opens the store
  /// next carries on. Some of their keys can be gone, and the rows still there.
  std::vector<Id> erasing;
  std::vector<std::int64_t> clock_back;  ///< entries that are earlier than the one before them
};

/// Reads everything, changes nothing, needs no passphrase: recomputes the chain, and compares every
/// row with the last entry about it, the end with the ring and with every anchor. What was changed
/// after the newest anchor that is out of an attacker's reach can be made to fit; nothing before
/// it.
Allowed<Verification> verify(const Places& places, const Means& means);

struct Restored {
  Head head;         ///< of the restored log
  Head backup_head;  ///< of the backup's
  Head lost_head;    ///< the newest that the ring or an anchor had seen
  std::size_t rows = 0, erased_rows = 0;
};
/// Makes the records anew from a backup. Refused unless the ring has every key that neither it
/// nor the erasure list names as gone, where there are records already, and where the backup does
/// not fit its manifest, or what anchors or ring have seen of its log. Rows of children who were
/// erased since stay out.
Allowed<Restored> restore(const Places& places, const Means& means, const std::string& backup,
                          std::string_view name, std::string_view passphrase);
/// Whether a restore was cut off at its very end: the records that may stand there are its own, and
/// the same `restore` carries it out.
bool is_restore_cut_off(const Places& places);

}  // namespace gcp2
