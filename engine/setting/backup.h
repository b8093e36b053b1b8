// A backup of the records: a SQLite file, and beside it FILE.manifest, a line of JSON
// (gcp2/backup/1).
#pragma once

#include <string>

#include "gcp2/setting.h"

namespace gcp2 {

/// Says how many rows and entries a backup has, the end of its log, and its digest.
Stored<Done> write_manifest(const std::string& backup, const Id& store, const Head& head,
                            std::size_t rows);

/// Whether a backup, open as `from`, is what was written: by itself, by its manifest, if there is
/// one, and by what anchors and ring have seen of the log as far as it goes.
Allowed<bool> is_genuine(const Places& places, const Means& means, const std::string& backup,
                         Store& from, Ring& ring);

/// `plain_hash` of what is in a file.
Stored<std::string> hash_of_file(const std::string& file);

}  // namespace gcp2
