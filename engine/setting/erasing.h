// From a request for erasure to the end of it.
#pragma once

#include <set>

#include "setting/agreements.h"
#include "setting/inside.h"

namespace gcp2 {

/// A hold ends what was asked for or confirmed; `no_such_child` where the erasure has begun.
Allowed<Done> end_erasure(Desk::State& desk, const Id& child, const Purpose& purpose);

/// Where the erasure of a child is; nullopt: none was ever asked for.
Stored<std::optional<Erasure>> erasure_of(Ring& ring, const Id& child);
/// Families whose last child is being erased, or may be the last one.
Stored<std::set<Id>> families_being_erased(Ring& ring);
/// A request that is withdrawn.
Erasure ended(Erasure request, Seconds at);
/// `entry`: behind which the log says what was removed.
Allowed<Certificate> certificate_of(Desk::State& desk, const Erasure& erasure, std::int64_t entry);

}  // namespace gcp2
