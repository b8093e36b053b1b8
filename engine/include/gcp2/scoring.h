// From the grades on the record sheet to an explained profile. Pure: same sheet, same scorecard.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gcp2/assessment.h"
#include "gcp2/core.h"
#include "gcp2/instrument.h"

namespace gcp2 {

enum class Status : std::uint8_t { complete, provisional, ungraded, not_applicable };
/// What gave a node its grade.
enum class Reason : std::uint8_t {
  direct,
  majority,
  override_above,
  tie,
  worst,
  practitioner,
  exception
};
/// Why a child of a node was not counted.
enum class LeftOutWhy : std::uint8_t {
  not_yet,
  not_observed,
  declined,
  not_applicable,
  ungraded,
  exception
};

std::string_view name_of(Status status) noexcept;
std::string_view name_of(Reason reason) noexcept;  ///< override_above is "override"
std::string_view name_of(LeftOutWhy why) noexcept;

/// How many of a node's children have each grade; index 0 is grade 1.
using GradeCounts = std::array<std::uint16_t, 5>;

struct RolledUp {
  Grade grade;
  Reason reason;
};

/// A rule over the graded children; nullopt where none is graded (semantics 3).
std::optional<RolledUp> roll_up(const Rule& rule, const GradeCounts& counts) noexcept;

/// The exact set of grades that a rule gives while every child takes any grade of its own set;
/// empty sets are no children. Cost does not grow with the number of completions.
GradeSet possible_grades(const Rule& rule, std::span<const GradeSet> children) noexcept;

struct Range {
  std::uint32_t first = 0, count = 0;
};

struct LeftOut {
  NodeIndex node;
  LeftOutWhy why;
};

/// One step of the trace. A grade that is not in the trace does not exist.
struct NodeScore {
  std::optional<Grade> grade;
  std::optional<Grade> computed;  ///< by the rule, whatever the practitioner judged
  std::optional<Reason> reason;
  Status status = Status::not_applicable;
  GradeSet possible;             ///< exact; empty = not applicable
  GradeSet computed_possible;    ///< of a judged node: what its children could still make of it
  bool applies = false;          ///< the child's age and conditions are the node's
  bool judged = false;           ///< the grade is a practitioner's judgement
  bool by_exception = false;     ///< computed from a sibling; its own leaves are left out
  std::uint16_t counted = 0;     ///< children with a grade ...
  std::uint16_t applicable = 0;  ///< ... of so many that apply
  Range decided_by, left_out;    ///< see Scorecard
};

/// A single leaf's change by one grade that changes its area's grade.
struct Tipping {
  NodeIndex area, leaf;
  Grade from, to, area_from, area_to;
  /// A worse leaf gives a better area: true of a rule by majority, and never hidden.
  [[nodiscard]] bool paradox() const noexcept {
    return to.worse_than(from) && area_from.worse_than(area_to);
  }
};

/// An assessment has no overall grade: counts of its leaves' grades, and the worst of them.
struct Scorecard {
  std::vector<NodeScore> nodes;  ///< by the instrument's nodes
  GradeCounts counts{};          ///< of applicable leaves; index 0 is grade 1
  std::uint16_t missing = 0;     ///< applicable leaves without a grade
  std::vector<NodeIndex> worst;  ///< the leaves with the worst grade given
  std::vector<Tipping> tipping;  ///< areas and leaves in tree order, the better change first
  std::vector<NodeIndex> deciders;
  std::vector<LeftOut> omissions;

  [[nodiscard]] std::span<const NodeIndex> decided_by(const NodeScore& score) const {
    return {deciders.data() + score.decided_by.first, score.decided_by.count};
  }
  [[nodiscard]] std::span<const LeftOut> left_out(const NodeScore& score) const {
    return {omissions.data() + score.left_out.first, score.left_out.count};
  }
};

/// The whole scorecard with its trace.
Scorecard score(const Instrument& instrument, const Rule& rule, const Sheet& sheet);
/// The same into a scorecard that keeps its memory from one record to the next.
void score_into(Scorecard& card, const Instrument& instrument, const Rule& rule,
                const Sheet& sheet);
/// Only the nodes' grades, reasons, statuses and possible sets; no trace, counts or tipping.
void grade_into(Scorecard& card, const Instrument& instrument, const Rule& rule,
                const Sheet& sheet);

/// One record with its scorecard; what it refers to must outlive it.
struct ScoredRecord {
  const Instrument& instrument;
  const Rule& rule;
  const Assessment& assessment;
  const Sheet& sheet;
  const Scorecard& card;
  std::string_view file = {};  ///< for findings
};

}  // namespace gcp2
