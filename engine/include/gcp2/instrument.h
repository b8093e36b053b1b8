// An instrument: the tree of areas, sub-areas and items, its grades, rules and wording, as data.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/core.h"
#include "gcp2/findings.h"

namespace gcp2 {

enum class Level : std::uint8_t { area, sub_area, item };
enum class Condition : std::uint8_t { long_term_health_condition, behavioural_difficulty };
enum class NeglectType : std::uint8_t {
  medical,
  nutritional,
  emotional,
  educational,
  physical,
  lack_of_supervision
};
/// How far a fact is known: seen in a public source, recollected and unverified, our own choice.
enum class Source : std::uint8_t { seen, recollected, own };

std::string_view name_of(Level level) noexcept;
std::string_view name_of(Condition condition) noexcept;
std::string_view name_of(NeglectType type) noexcept;
std::string_view name_of(Source source) noexcept;  ///< "S", "R", "O"
std::optional<Condition> condition_from(std::string_view name) noexcept;

/// Months of age at the end of the assessment window, half-open: [from, to).
struct AgeBand {
  int from = 0;
  int to = 0;
  [[nodiscard]] constexpr bool holds(int months) const noexcept {
    return from <= months && months < to;
  }
  friend bool operator==(const AgeBand&, const AgeBand&) = default;
};

/// What each grade looks like, for the ages of `band` (absent = every age). Index 0 is grade 1.
struct Wording {
  std::optional<AgeBand> band;
  std::array<std::string, 5> descriptors;
};

/// Place of a node in `Instrument::nodes`.
using NodeIndex = std::uint16_t;

/// A node of the tree. A leaf (no children) is where grades are recorded.
struct Node {
  std::string code;
  std::string label;
  std::string note;  ///< guidance for the grader, or empty
  Level level = Level::area;
  Source source = Source::own;
  std::optional<AgeBand> band;             ///< applies only at these ages
  std::optional<Condition> condition;      ///< applies only to children who have it
  std::vector<NeglectType> neglect_types;  ///< own or inherited
  std::vector<Wording> wording;            ///< leaves only
  std::optional<NodeIndex> parent;
  NodeIndex end = 0;  ///< one past the last node below; its children are found by hopping over ends
};

enum class Tie : std::uint8_t { worse, better };

/// A roll-up rule (semantics 3). `majority` with `override_above` lets any grade above it take
/// over.
struct Rule {
  enum class Method : std::uint8_t { majority, worst };
  std::string name;
  Method method = Method::majority;
  std::optional<Grade> override_above;
  Tie tie = Tie::worse;
  Source source = Source::own;
};

/// Where the child has the condition, `node` takes its grade from `takes_from` (its sibling).
struct Exception {
  NodeIndex node = 0;
  NodeIndex takes_from = 0;
  Condition condition = Condition::behavioural_difficulty;
  Source source = Source::own;
};

struct ScaleGrade {
  std::string level_of_care, commitment, quality;
};

/// Nodes stand in tree order (a parent before its children). Built by `read_instrument` only.
struct Instrument {
  std::string id, version, title, note;
  std::string licence_state, licence_note;
  std::array<ScaleGrade, 5> scale;
  std::vector<Node> nodes;
  std::vector<Rule> rules;
  std::string default_rule;
  std::vector<Exception> exceptions;
  std::string digest;  ///< SHA-256 of tree and rules, wording left out; set at the json edge

  [[nodiscard]] std::optional<NodeIndex> find(std::string_view code) const noexcept;
  [[nodiscard]] const Node& node(NodeIndex index) const { return nodes[index]; }
  [[nodiscard]] bool is_leaf(NodeIndex index) const { return nodes[index].end == index + 1; }
  [[nodiscard]] const Rule* rule(std::string_view name) const noexcept;
  /// The exception on that node, whatever the child's conditions, or null.
  [[nodiscard]] const Exception* exception_on(NodeIndex node) const noexcept;
  /// The wording of a leaf at that age (the last one beyond every band), or null.
  [[nodiscard]] const Wording* wording(NodeIndex leaf, int age_months) const noexcept;
};

/// Format "gcp2/instrument/1". Everything that semantics 1 refuses is an `invalid` finding with its
/// place; without one, the instrument is whole.
Instrument read_instrument(const Value& document, Findings& findings);

/// Lays an overlay ("gcp2/overlay/1": wording by node code) over an instrument. The tree stays;
/// unknown nodes, missing grades and another instrument's digest are `invalid`.
Instrument overlay(Instrument instrument, const Value& document, Findings& findings);

/// The instruments at hand.
struct Instruments {
  std::vector<Instrument> list;
  /// By id and version and, where given, digest; null = not at hand.
  [[nodiscard]] const Instrument* find(std::string_view id, std::string_view version,
                                       std::string_view digest) const noexcept;
};

}  // namespace gcp2
