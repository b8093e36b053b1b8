// Whether a condition holds for a series of records, and what that rests on.
#pragma once

#include <vector>

#include "indication/condition.h"

namespace gcp2 {

struct Answer {
  Truth truth = Truth::open;
  std::vector<IndicationStep> steps;  ///< what was looked at; of a search, the nodes found
};

/// A condition's look at one series; `node` is the one that a search looks at.
class Evaluation {
 public:
  Evaluation(const Comparison& comparison, const IndicationContext& context)
      : comparison_{comparison}, context_{context} {}
  [[nodiscard]] Answer of_record(const IndicationCondition& condition) const {
    return evaluate(condition, nullptr);
  }

 private:
  using Condition = IndicationCondition;
  using Kind = Condition::Kind;

  /// What is known of a node at a point: a grade may be missing, and then `possible` says more.
  struct Seen {
    std::optional<Grade> grade;
    GradeSet possible;  ///< empty = does not apply, or cannot be compared
  };

  [[nodiscard]] Answer evaluate(const Condition& condition, const NodeIndex* node) const;
  [[nodiscard]] Answer parts(const Condition& condition, const NodeIndex* node) const;
  // search.cpp
  [[nodiscard]] Answer search(const Condition& condition) const;
  [[nodiscard]] std::vector<NodeIndex> nodes_of(const Condition& condition) const;
  // nodes.cpp
  [[nodiscard]] Answer of_node(const Condition& condition, NodeIndex node) const;
  [[nodiscard]] Answer status(const Condition& condition, NodeIndex node) const;
  [[nodiscard]] Answer earlier(const Condition& condition, NodeIndex node) const;
  [[nodiscard]] Answer change(const Condition& condition, NodeIndex node) const;
  [[nodiscard]] Answer run(const Condition& condition, NodeIndex node) const;
  [[nodiscard]] Answer evidence_missing(const Condition& condition, NodeIndex node) const;
  [[nodiscard]] std::optional<std::size_t> base_of_change(NodeIndex node, bool first) const;
  // whole.cpp
  [[nodiscard]] Answer of_whole(const Condition& condition) const;
  [[nodiscard]] Answer missing(const Condition& condition) const;
  [[nodiscard]] Answer targets(const Condition& condition) const;
  [[nodiscard]] bool reached(const Target& target, std::size_t set_at) const;
  [[nodiscard]] Answer not_opened() const;
  [[nodiscard]] Answer not_comparable() const;

  [[nodiscard]] std::size_t latest() const { return comparison_.points.size() - 1; }
  [[nodiscard]] const ScoredRecord& record() const { return comparison_.points.back(); }
  [[nodiscard]] const Instrument& instrument() const { return record().instrument; }
  [[nodiscard]] Seen seen(NodeIndex node, std::size_t point) const;
  [[nodiscard]] IndicationStep step(NodeIndex node, std::size_t point) const;

  const Comparison& comparison_;
  const IndicationContext& context_;
};

/// A grade within the condition's range. A missing or provisional grade never is a good one: it is
/// within only as far as everything that it could still become is not worse.
Truth within(const IndicationCondition& condition, std::optional<Grade> grade, GradeSet possible);

constexpr Truth opposite(Truth truth) noexcept {
  return truth == Truth::open ? truth : truth == Truth::yes ? Truth::no : Truth::yes;
}
constexpr Truth decided(bool holds) noexcept { return holds ? Truth::yes : Truth::no; }

}  // namespace gcp2
