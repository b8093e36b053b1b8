// A backup of the records: a SQLite file, and beside it FILE.manifest, a line of JSON
// (gcp2/backup/1).
#pragma once

#include <string>

#include "gcp2/setting.h"

namespace gcp2 {

/// Asked before a backup is made: what stands where its manifest belongs stays (`present`).
Stored<Done> expect_no_manifest(const std::string& backup);
/// Says of a backup that was read back how it ends: in the ring, and in its manifest, which also
/// has how many rows and entries there are, and the digest.
Stored<Done> sign_for(const std::string& backup, Ring& ring, const Head& head, std::size_t rows);

/// Whether a backup, open as `from`, is what was written: by itself, by its manifest, if there is
/// one, by the end that the ring knows it by, and by what anchors and ring have seen of the log as
/// far as it goes.
Allowed<bool> is_genuine(const Places& places, const Means& means, const std::string& backup,
                         Store& from, Ring& ring);

}  // namespace gcp2
