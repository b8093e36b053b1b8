// One child's records over time: what improved, what did not, and how sure that is (semantics 6).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gcp2/core.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"
#include "gcp2/scoring.h"

namespace gcp2 {

/// The records that belong together, ordered by their windows' ends; the order in which they are
/// given means nothing. A record whose successor is there too is left out with a note, whatever it
/// says of the child. Another child, a child who cannot be told, or a record twice is `invalid`,
/// and then there is no series; overlapping windows are a query. Findings name the record's file.
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
  not_comparable,  ///< a record has another tree or rules, and no mapping says more of this node
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
  std::optional<Grade> recorded;           ///< "actual" as the record itself says it
  [[nodiscard]] std::optional<bool> reached() const noexcept {
    if (!grade || !to) return std::nullopt;
    return !grade->worse_than(*to);
  }
};

/// One node of the latest record's instrument at every point.
struct NodeChange {
  NodeIndex node = 0;
  /// By point: this node in that point's own instrument; none = not comparable.
  std::vector<std::optional<NodeIndex>> at;
  std::vector<std::optional<Grade>> grades;  ///< by point
  std::vector<GradeSet> possible;            ///< by point; empty = not applicable or not comparable
  /// From the graded point before the last graded one, and from the first, to the last graded one.
  std::optional<int> change, since_first;
  std::optional<Direction> direction;                   ///< of `change`
  std::optional<Direction> direction_first;             ///< of `since_first`
  std::optional<std::size_t> changed_from, changed_to;  ///< the points of `change`
  std::vector<int> change_possible;  ///< all differences that provisional grades leave open, rising
  std::vector<ChangeNote> notes;     ///< in the order of the enumeration, each once
  int days_at_3_plus = 0;            ///< in all runs
  std::vector<Run> runs;
  std::vector<TargetOutcome> targets;
};

/// A number with its jackknife standard error; none where leaving out one pair leaves it undefined.
struct Jackknifed {
  double estimate = 0;
  std::optional<double> error;
};

/// The ordinal change of all leaves graded at both points (Svensson): `rp` is the shift in position
/// (below 0 = improved), `rc` in concentration, `rv` what differs from leaf to leaf beside it.
struct Shift {
  std::size_t from = 0, to = 0;  ///< points
  std::size_t pairs = 0, improved = 0, worsened = 0;
  double unchanged = 0;                  ///< share of the pairs; 0 where there are none
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
  std::string digest;  ///< of the instrument that was rated
  std::vector<Area> areas;
  /// At least 5 % of rater pairs differed by `grades` or more in that area.
  [[nodiscard]] bool explains(std::string_view area, int grades) const noexcept;
};
/// The instrument, by id, version and (where given) digest, tells in which area a leaf lies.
/// Unknown instrument or node, no leaf, no grade, or a rating twice is `invalid`.
RaterNoise read_rater_noise(const Value& document, const Instruments& instruments,
                            Findings& findings);

/// Nodes of one instrument's digest that mean those of another ("gcp2/mapping/1").
struct NodeMapping {
  std::string from_digest, to_digest;
  std::vector<std::pair<std::string, std::string>> nodes;  ///< from, to
};
/// Nodes that an instrument at hand lacks, or two that become one, are `invalid`.
NodeMapping read_node_mapping(const Value& document, const Instruments& instruments,
                              Findings& findings);

struct Comparison {
  std::vector<ScoredRecord> points;  ///< in order
  /// By point: its tree and rules are the latest one's or mapped to it.
  std::vector<bool> comparable;
  std::vector<NodeChange> nodes;  ///< every node of the latest instrument, in tree order
  /// Between neighbours, then from first to last where others lie between.
  std::vector<Shift> shift;
};

/// `points` as `series_of` orders them; at least one. `noise` counts where it is of the latest
/// instrument.
Comparison compare(std::vector<ScoredRecord> points, const RaterNoise* noise = nullptr,
                   const std::vector<NodeMapping>& mappings = {});

/// Children of one family side by side, never pooled: each by the latest record.
struct Siblings {
  struct Row {
    NodeIndex node = 0;
    std::vector<std::optional<NodeIndex>> at;  ///< by child, in its own instrument
  };
  std::vector<ScoredRecord> children;  ///< the eldest first, the unborn last
  std::size_t newest = 0;              ///< whose instrument the rows are
  std::vector<bool> comparable;        ///< by child: the same tree and rules
  std::vector<Row> rows;               ///< every node, in tree order
};
/// A record of another family or of none, a child who cannot be told, a record twice, or fewer than
/// two children is `invalid`, and then there are no rows.
Siblings siblings_of(const std::vector<ScoredRecord>& records, Findings& findings);

}  // namespace gcp2
