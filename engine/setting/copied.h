// A store that is filled from another one, and whether it is what was written.
#pragma once

#include <string>

#include "gcp2/safekeeping.h"

namespace gcp2 {

/// Fills a copy with what `from` holds; it is not finished then. `take` says which rows. Gives the
/// end of the log.
Stored<Head> fill_from(Store& from, Store& to, const Store::Visit& take);

/// A backup is always a SQLite file, wherever the records are.
Allowed<Verification> verify_copy(const std::string& file, Means means);

}  // namespace gcp2
