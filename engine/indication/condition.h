// A condition as data. docs/indications.md says what each asks; `read_condition` builds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gcp2/indication.h"

namespace gcp2 {

/// Ordered, so that `all` is the least of its parts and `any` the greatest. `open`: missing grades
/// leave it undecided. Only `yes` makes an indication, and `not` of `open` is `open`: a missing
/// grade never is a good one.
enum class Truth : std::uint8_t { no, open, yes };

struct IndicationCondition {
  enum class Kind : std::uint8_t {
    // Of other conditions.
    all,
    any,
    negation,
    open,
    // Looking for nodes that fulfil the one condition in `parts`.
    node,
    some,
    every,
    count,
    types,
    // About the node that was looked for.
    grade,
    computed,
    recorded,
    possible,
    status,
    previous,
    earlier,
    change,
    run,
    evidence_missing,
    // About the whole record.
    missing,
    age,
    consent,
    target_overdue,
    earlier_not_opened,
    not_comparable
  };
  enum class Scope : std::uint8_t { area, sub_area, item, leaf, any };

  Kind kind = Kind::all;
  std::string pointer;  ///< into the rules' document
  std::vector<IndicationCondition> parts;

  std::string code;  ///< of `node`; otherwise of the node to look under, empty = everywhere
  Scope scope = Scope::any;
  std::optional<NeglectType> type;
  int number = 1;  ///< of nodes, types, grades of a change, assessments, days or percent

  Grade from = *Grade::from(Grade::best), to = *Grade::from(Grade::worst);  ///< both included
  Status status = Status::complete;
  bool worsened = false;     ///< of `change`; else improved
  bool since_first = false;  ///< of `change`; else since the previous grade
  bool in_days = false;      ///< of `run`: `number` counts days, not assessments
  std::optional<int> age_from, age_to;  ///< months, half-open
  std::string consent;
};

}  // namespace gcp2
