// How a child becomes known, or is known again, when a record comes in.
#pragma once

#include <optional>
#include <vector>

#include "setting/facts.h"
#include "setting/inside.h"

namespace gcp2 {

/// In this order: `meet`; `settle`; then what `batch` gives is committed, and `end_settling`,
/// whether it was or not.
class Arrival {
 public:
  Arrival(Desk::State& desk, const Purpose& purpose, Telling telling)
      : desk_{desk}, purpose_{purpose}, telling_{telling} {}

  /// Finds the child, or makes it known to the ring. Refuses what could be another child, and says
  /// nothing of one outside the caseload without a reason.
  Allowed<Done> meet(const ChildFacts& as_said);
  [[nodiscard]] const ChildFacts& facts() const { return facts_; }
  [[nodiscard]] const Id& key() const { return key_; }
  [[nodiscard]] bool is_new() const { return is_new_; }
  [[nodiscard]] Batch batch() const;
  /// New look-ups of a known child: before the rows, so that no row is without them.
  [[nodiscard]] Allowed<Done> settle(Act& act) const;
  /// What cannot be ended now is so at a later log-in.
  void end_settling() const;

 private:
  Allowed<Done> known_before(const Row& row, const ChildFacts& said, const Secret& look_up);
  Allowed<Done> newcomer(const Secret& look_up);

  Desk::State& desk_;
  const Purpose& purpose_;
  Telling telling_;
  ChildFacts facts_;
  Id key_;
  bool is_new_ = true;
  std::int64_t serial_ = 0;
  std::vector<Put> puts_;
  std::optional<RingBatch> changed_look_ups_;
};

/// Why a record cannot be kept here, whoever's it is: `invalid`, `nameless`, or not for a store of
/// this kind (live and demonstration numbers, training).
std::optional<Refusal> unfit(const Record& record, bool demonstration);

/// A row's first revision.
Row fresh_row(const Id& id, const Id& owner, const Id& key, Seconds at);

}  // namespace gcp2
