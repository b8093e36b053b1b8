// One child's records over time: what improved, what did not, and how sure that is (semantics 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/core.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"
#include "gcp2/scoring.h"

namespace gcp2 {

/// The records that belong together, ordered by their windows' ends. Another child or a record
/// twice is `invalid`; overlapping windows are a query; a record whose successor is there too is
/// left out with a note.
std::vector<ScoredRecord> series_of(const std::vector<ScoredRecord>& records, Findings& findings);

/// Lower is better: a smaller grade has improved.
enum class Direction : std::uint8_t { improved, unchanged, worsened };
std::string_view name_of(Direction direction) noexcept;

/// What a change must not be read without.
enum class ChangeNote : std::uint8_t {
  assessor_changed,
  carer_changed,
  rule_changed,
  age_band_changed,
  provisional,
  judged,          ///< one of the two grades is a practitioner's judgement
  latest_missing,  ///< the latest record has no grade here: the change is an older one
  not_comparable,  ///< a record was made with another tree or rules, and no mapping says more
  within_rater_variation
};
std::string_view name_of(ChangeNote note) noexcept;

/// Records in a row at grade 3 or worse. A missing grade neither ends a run nor counts in it, since
/// a missing grade is never a good one.
struct Run {
  std::size_t first = 0, last = 0;  ///< points
  int assessments = 0;
  int days = 0;  ///< between the ends of their windows
};

/// A target and what became of it at the first later record that grades its node.
struct TargetOutcome {
  std::size_t set_at = 0;  ///< the point whose record set it
  std::optional<Grade> from, to;
  std::optional<Date> review_by;
  std::string support;
  std::optional<std::size_t> reviewed_at;  ///< a point, or none yet
  std::optional<Grade> grade;              ///< there
  [[nodiscard]] std::optional<bool> reached() const noexcept {
    if (!grade || !to) return std::nullopt;
    return !grade->worse_than(*to);
  }
};

/// One node of the latest record's instrument at every point.
struct NodeChange {
  NodeIndex node = 0;
  std::vector<std::optional<Grade>> grades;  ///< by point
  std::vector<GradeSet> possible;            ///< by point; empty = not applicable or not comparable
  /// From the graded point before the last graded one, and from the first, to the last graded one.
  std::optional<int> change, since_first;
  std::optional<Direction> direction;        ///< of `change`
  std::optional<Direction> direction_first;  ///< of `since_first`
  std::optional<std::size_t> changed_from, changed_to;  ///< the points of `change`
  std::vector<int> change_possible;  ///< all differences that provisional grades leave open
  std::vector<ChangeNote> notes;     ///< in the order of the enumeration, each once
  int days_at_3_plus = 0;            ///< in all runs
  std::vector<Run> runs;
  std::vector<TargetOutcome> targets;
};

/// A number with its jackknife standard error.
struct Jackknifed {
  double estimate = 0, error = 0;
};

/// The ordinal change of all leaves graded at both points (Svensson). `rp` below 0 = improved.
struct Shift {
  std::size_t from = 0, to = 0;  ///< points
  std::size_t pairs = 0;
  double unchanged = 0;  ///< share
  std::optional<Jackknifed> rp, rc, rv;  ///< absent where they are not defined
};

/// The shift of pairs of grades (first, second).
struct GradePair {
  Grade first, second;
};
Shift shift_of(const std::vector<GradePair>& pairs);

/// What raters of an agreement study ("gcp2/study/1") did on the same cases, by area.
struct RaterNoise {
  struct Area {
    std::string code;
    std::size_t pairs = 0;
    std::array<std::size_t, 5> differed{};  ///< by exactly 0 to 4 grades
  };
  std::vector<Area> areas;
  /// At least 5 % of rater pairs differed by `grades` or more in that area.
  [[nodiscard]] bool explains(std::string_view area, int grades) const noexcept;
};
RaterNoise read_rater_noise(const Value& document, Findings& findings);

/// Nodes of one instrument's digest that mean those of another ("gcp2/mapping/1").
struct NodeMapping {
  std::string from_digest, to_digest;
  std::vector<std::pair<std::string, std::string>> nodes;  ///< from, to
};
NodeMapping read_node_mapping(const Value& document, Findings& findings);

struct Comparison {
  std::vector<ScoredRecord> points;  ///< in order
  /// By point: its tree and rules are the latest one's or mapped to it.
  std::vector<bool> comparable;
  std::vector<NodeChange> nodes;  ///< every node of the latest instrument, in tree order
  std::vector<Shift> shift;       ///< between neighbours, then from first to last where others lie between
};

/// `points` as `series_of` orders them; at least one.
Comparison compare(std::vector<ScoredRecord> points, const RaterNoise* noise = nullptr,
                   const std::vector<NodeMapping>& mappings = {});

}  // namespace gcp2
