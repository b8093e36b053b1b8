// What a locality's own rules make of a profile. Ours, local, never an output of GCP2 (semantics 5).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/comparison.h"
#include "gcp2/core.h"
#include "gcp2/findings.h"

namespace gcp2 {

enum class IndicationLevel : std::uint8_t { strength, watch, concern, urgent };
std::string_view name_of(IndicationLevel level) noexcept;

/// A condition, closed under and/or/not; docs/indications.md says what each asks.
struct IndicationCondition;

struct IndicationRule {
  std::string id;
  IndicationLevel level = IndicationLevel::watch;
  std::vector<NeglectType> types;
  std::string says;   ///< the sentence
  std::string basis;  ///< the source, or "local"
  std::shared_ptr<const IndicationCondition> when;
};

/// Rules as data ("gcp2/indication-rules/1").
struct IndicationRules {
  std::string id, version, note;
  std::string extends;  ///< id of the rules that these are added to, or empty
  std::vector<IndicationRule> rules;
};
/// Everything that is wrong with a rules file is `invalid` with its place.
IndicationRules read_indication_rules(const Value& document, Findings& findings);
/// Rules that name a node that none of the instruments has would never speak: `invalid`.
void check_rule_nodes(const IndicationRules& rules, const Instruments& instruments,
                      Findings& findings);
/// The base's rules, those of the same id replaced, and the others behind them.
IndicationRules extended(const IndicationRules& base, IndicationRules rules);

/// What to do at each level, and whom to call ("gcp2/locality/1").
struct Contact {
  std::string name, telephone, email, hours;  ///< empty = not known
};
struct Locality {
  std::string id, name, note;
  std::array<std::vector<std::string>, 4> actions;  ///< by level
  std::vector<Contact> contacts;  ///< in the order in which to try them; 999 is always said first
};
/// Everything that is wrong with a locality is `invalid` with its place.
Locality read_locality(const Value& document, Findings& findings);

/// A step that an indication rests on.
struct IndicationStep {
  /// What was looked at: the grade that stands, the one that the rule gives beside a judgement, the
  /// one that a person wrote down (also where it does not count), or something else than a grade.
  enum class Of : std::uint8_t {
    grade,
    computed,
    recorded,
    evidence,  ///< there is none for the node
    target,    ///< `grade` is the one to reach, by `due`
    missing,   ///< `count` of `total` applicable leaves have no grade
    age,       ///< `count` months
    consent,   ///< `word`
    profile,   ///< `word` is the id of one that was not opened
    comparability
  };
  std::string node;       ///< or empty, where it is about the whole record
  std::size_t point = 0;  ///< of the comparison
  std::optional<Grade> grade;
  std::optional<Status> status;
  Of of = Of::grade;
  GradeSet possible = {};
  std::optional<Date> due = std::nullopt;
  int count = 0, total = 0;
  std::string word = {};
};
std::string_view name_of(IndicationStep::Of of) noexcept;

struct Indication {
  const IndicationRule* rule = nullptr;  ///< of the rules given to `indications`
  std::vector<IndicationStep> steps;
  std::vector<std::string> nodes;          ///< of the steps, each once, in tree order
  std::vector<NeglectType> types;          ///< the rule's own, or those of its nodes
  const Dismissal* dismissed = nullptr;    ///< by an assessor with a reason; kept and shown
};

struct IndicationContext {
  Date as_of;
  /// Ids of profiles of this child that are known to exist, opened or not.
  std::vector<std::string> known = {};
  /// Ids of profiles that were opened and stand at no point, such as those with a successor there.
  std::vector<std::string> opened = {};
};

/// The indications of the latest point, urgent first, then in the rules' order. A good grade never
/// removes one, and a dismissed one stays in the list.
std::vector<Indication> indications(const IndicationRules& rules, const Comparison& comparison,
                                    const IndicationContext& context);

/// Dismissals of the record that dismiss nothing: a `note` each.
void check_dismissals(const IndicationRules& rules, const std::vector<Indication>& indications,
                      const Assessment& assessment, Findings& findings);

}  // namespace gcp2
