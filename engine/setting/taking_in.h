// How records come in beside those that are kept: which takes whose place, which is left out.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <utility>
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

/// Signed records of a bundle that are being taken in, by their ids.
using Coming = std::vector<std::pair<Id, const Value*>>;
/// Refuses (`invalid`) a record of the child's that would supersede itself, over others that are
/// kept or come with it: none of them would be in force.
Allowed<Done> leads_nowhere_back(Desk::State& desk, const Id& id, const Value& document,
                                 const Id& child, const Coming& coming = {});

/// What comes of records from another setting.
struct TakenIn {
  std::vector<Put> puts;
  std::vector<Drop> drops;  ///< of drafts whose place a signed record takes
  std::vector<NotAccepted> left_out;
};
/// Signed ones are kept to the letter. What `add` would not take as a record of this child is left
/// out, as is the second of two that have one id, and what amends a record that was amended here as
/// well; what is no record at all, or has the id of
/// another child's, refuses everything.
Allowed<TakenIn> taken_in(Desk::State& desk, const Value& records, const ChildFacts& child,
                          const Id& key, const Secret& secret, const Instruments& instruments);

}  // namespace gcp2
