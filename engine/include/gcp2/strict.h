// How the files beside records are read (studies, mappings, cases): strictly, since a misspelled
// key would silently say something else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/instrument.h"

namespace gcp2 {

/// A value of the document and its pointer; everything refused through it is `invalid`.
struct Spot {
  const Value& value;
  std::string pointer;
  Findings& findings;

  void refuse(std::string_view code, std::string node = {},
              std::vector<std::pair<std::string_view, std::string>> details = {}) const;
  /// Whether it is an object; unknown and missing keys are refused. All but those of `optional` are
  /// required.
  bool object(const std::vector<std::string_view>& keys,
              const std::vector<std::string_view>& optional = {}) const;
  [[nodiscard]] Spot member(std::string_view key) const;
  /// A text that is not empty; else refused, where there is anything.
  [[nodiscard]] std::string text(std::string_view key) const;
  /// The member's entries; what is there and no list is refused.
  [[nodiscard]] std::vector<Spot> items(std::string_view key) const;
  /// This value as a grade; null is none, anything else is refused.
  [[nodiscard]] std::optional<Grade> grade() const;
  /// The instrument that the member "instrument" names by id, version and (where given) digest.
  [[nodiscard]] const Instrument* instrument(const Instruments& instruments) const;
  [[nodiscard]] std::string nearest_of(std::string_view word,
                                       const std::vector<std::string_view>& known) const;
  /// The node of that code, or refused with the nearest one.
  [[nodiscard]] std::optional<NodeIndex> node(const Instrument& instrument,
                                              std::string_view code) const;
};

/// Refuses another format than this one.
void require_format(const Spot& document, std::string_view format);

}  // namespace gcp2
