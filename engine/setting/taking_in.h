// How records come in beside those that are kept: which takes whose place.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "setting/inside.h"

namespace gcp2 {

/// The records whose place a signed one of the child's has taken, also those that are not kept
/// here: an amendment can come before what it amends.
Allowed<std::set<Id>> replaced_records(Desk::State& desk, const Id& child);

/// The record whose place a signed one takes, marked so; nullopt where it is not kept here.
/// `is_superseded`: another one has taken it already. `replaced` are the child's.
Allowed<std::optional<Put>> supersede(Desk::State& desk, std::string_view record, const Id& child,
                                      const std::set<Id>& replaced);

/// The rows of records that came from another setting. Signed ones are kept to the letter, whatever
/// is found in them; what is no record at all refuses everything.
Allowed<std::vector<Put>> taken_in(Desk::State& desk, const Value& records, const ChildFacts& child,
                                   const Id& key, const Secret& secret,
                                   const Instruments& instruments);

}  // namespace gcp2
