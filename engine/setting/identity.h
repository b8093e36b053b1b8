// Which child of the store it is that a record speaks of.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "setting/facts.h"
#include "setting/inside.h"

namespace gcp2 {

/// Whether two sets of facts speak of different children. Names change, where something else says
/// who it is; numbers and birthdays only by a mistake in a record, which somebody has to name as
/// such.
bool differ(const ChildFacts& known, const ChildFacts& said, const Purpose& purpose);

/// Whom it can be. Two children can have one name and birthday: they are told by their numbers, or
/// by their references where both are here.
Allowed<std::set<Id>> candidates(Desk::State& desk, const ChildFacts& said, const Secret& look_up);
/// The child that is here by number, or name with date of birth, whatever its reference; nullopt:
/// none, or not one alone.
Allowed<std::optional<ChildFacts>> known_by_identity(Desk::State& desk, const ChildFacts& said);
/// Those that have a row: the ring can know of a child whose first record was refused.
Allowed<std::vector<Id>> with_rows(Desk::State& desk, std::vector<Id> children);

}  // namespace gcp2
