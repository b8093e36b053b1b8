// What the readers of rules and localities share: a value with its place, and what is wrong there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/findings.h"
#include "indication/condition.h"

namespace gcp2::reading_rules {

/// A value of a document; everything refused through it is `invalid` and names its place.
struct Form {
  const Value& value;
  std::string pointer;
  Findings& findings;

  using Details = std::vector<std::pair<std::string_view, std::string>>;
  void refuse(std::string_view code, Details details = {}) const;
  /// Refuses what is no object, and keys that are none of these.
  bool object(const std::vector<std::string_view>& keys) const;
  /// The member; absent and required is refused.
  [[nodiscard]] std::optional<Form> member(std::string_view key, bool required) const;
  /// The member's text, not blank; empty where there is none.
  [[nodiscard]] std::string text(std::string_view key, bool required) const;
  /// The place of that member's text among the words, or nullopt.
  [[nodiscard]] std::optional<std::size_t> word(std::string_view key, bool required,
                                                const std::vector<std::string_view>& words) const;
  /// This value as one of the words.
  [[nodiscard]] std::optional<std::size_t> word(const std::vector<std::string_view>& words) const;
  /// A whole number within the limits.
  [[nodiscard]] std::optional<int> number(std::string_view key, bool required, int least,
                                          int most) const;
  /// The entries of the member, which must be a list that is not empty.
  [[nodiscard]] std::vector<Form> items(std::string_view key, bool required) const;
  /// The entries of this value.
  [[nodiscard]] std::vector<Form> items() const;
  /// An id: a word of letters, digits, dot, dash and underscore.
  [[nodiscard]] std::string id() const;
};

inline const std::vector<NeglectType> neglect_types{
    NeglectType::medical,     NeglectType::nutritional, NeglectType::emotional,
    NeglectType::educational, NeglectType::physical,    NeglectType::lack_of_supervision};
const std::vector<std::string_view>& neglect_words();
const std::vector<std::string_view>& level_words();

/// A condition and all below it. `on_node`: it stands where a node is looked at.
IndicationCondition read_condition(const Form& form, bool on_node);

}  // namespace gcp2::reading_rules
