// Ordinary files beside the store; of pipes and devices nothing is read or written. Text files only
// ever grow: a line is on disk when `append_line` returns.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "gcp2/store.h"

namespace gcp2 {

/// Visits the whole lines; none where there is no file. A last line that was cut off does not
/// count. `damaged`: lines or files of a length that this program never writes.
Stored<Done> read_lines(const std::string& file,
                        const std::function<void(const std::string&)>& visit);
/// Refuses folders, pipes and devices; there may be none.
Stored<Done> expect_ordinary(const std::string& file);
Stored<Done> append_line(const std::string& file, std::string_view line);
/// A line into a file of its own: `present` where there is something.
Stored<Done> write_line(const std::string& file, std::string_view line);

/// `plain_hash` of what is in a file.
Stored<std::string> hash_of_file(const std::string& file);
/// Overwrites a file's bytes, then removes it. Nothing where there is none; a link is not followed.
Stored<Done> destroy_file(const std::string& file);

}  // namespace gcp2
