// What a locality's own rules make of a profile. Ours, local, never an output of GCP2 (semantics 5).
#pragma once

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
  std::vector<IndicationRule> rules;
};
/// Everything that is wrong with a rules file is `invalid` with its place.
IndicationRules read_indication_rules(const Value& document, Findings& findings);

/// What to do at each level, and whom to call ("gcp2/locality/1").
struct Contact {
  std::string name, telephone, email, hours;
};
struct Locality {
  std::string id, name, note;
  std::array<std::vector<std::string>, 4> actions;  ///< by level
  std::vector<Contact> contacts;  ///< in the order in which to try them; 999 is always said first
};
Locality read_locality(const Value& document, Findings& findings);

/// A step that an indication rests on.
struct IndicationStep {
  std::string node;       ///< or empty, where it is about the whole record
  std::size_t point = 0;  ///< of the comparison
  std::optional<Grade> grade;
  std::optional<Status> status;
};

struct Indication {
  const IndicationRule* rule = nullptr;
  std::vector<IndicationStep> steps;
  std::vector<std::string> nodes;          ///< of the steps, each once, in tree order
  std::vector<NeglectType> types;          ///< the rule's own, or those of its nodes
  const Dismissal* dismissed = nullptr;    ///< by an assessor with a reason; kept and shown
};

struct IndicationContext {
  Date as_of;
  /// Ids of profiles of this child that are known to exist, opened or not.
  std::vector<std::string> known;
};

/// The indications of the latest point, urgent first, then in the rules' order. A good grade never
/// removes one, and a dismissed one stays in the list.
std::vector<Indication> indications(const IndicationRules& rules, const Comparison& comparison,
                                    const IndicationContext& context);

}  // namespace gcp2
