// Signed records and drafts alike, whole.
#pragma once

#include <optional>
#include <vector>

#include "setting/drafts.h"

namespace gcp2 {

/// A signed record or a draft, with the row that stands for it in the log.
struct Kept {
  RowKind table = RowKind::record;
  Row row;
  Value document;
  std::optional<Draft> draft;
};

/// `no_such_record` where there is none, or none for a reader.
Allowed<Kept> kept(Desk::State& desk, const Id& id);
/// Everything of a child that the account may see, oldest window first, superseded records too.
Allowed<std::vector<Kept>> all_kept(Desk::State& desk, const Id& child);
/// Whose record it is, before any key is tried.
Allowed<Id> owner_of(Desk::State& desk, const Id& id);

}  // namespace gcp2
