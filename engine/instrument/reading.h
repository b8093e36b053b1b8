// What the readers of instrument files share: a cursor over a document that gathers findings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/instrument.h"

namespace gcp2::reading {

/// A value of the document with its pointer; everything refused through it names its place.
struct Cursor {
  const Value& value;
  std::string pointer;
  Findings& findings;

  void refuse(std::string_view code, std::string node = {},
              std::vector<std::pair<std::string_view, std::string>> details = {}) const;
  /// Refuses what is no object, and unknown keys.
  bool object(const std::vector<std::string_view>& keys) const;
  /// The member, or nullopt and, where required, a refusal.
  [[nodiscard]] std::optional<Cursor> member(std::string_view key, bool required) const;
  [[nodiscard]] std::string text(std::string_view key, bool required) const;
  [[nodiscard]] std::optional<int> integer(std::string_view key, bool required) const;
  /// Cursors of a list's items; refuses what is no list.
  [[nodiscard]] std::vector<Cursor> items(std::string_view key, bool required) const;
};

std::optional<AgeBand> age_band(const Cursor& node);
/// The wording of "descriptors" or "descriptors_by_age"; refuses missing grades, overlaps, and ages
/// at which the leaf applies but has no wording.
std::vector<Wording> wording(const Cursor& cursor, const Node& leaf);

/// Rules that the engine can apply (semantics 3).
const std::vector<std::string_view>& known_rules();

/// Whole-tree checks: unique codes, bands that neither overlap nor leave a hole, exceptions.
void check_codes(const Instrument& instrument, const std::vector<std::string>& pointers,
                 Findings& findings);
void check_bands(const Instrument& instrument, const std::vector<std::string>& pointers,
                 Findings& findings);
void check_exceptions(const Instrument& instrument, Findings& findings);

}  // namespace gcp2::reading
