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

/// The member "age_band": absent, sound, or refused. What rests on a refused one is not judged, so
/// that one fault is one finding.
struct WrittenBand {
  std::optional<AgeBand> band;
  bool refused = false;
};
WrittenBand age_band(const Cursor& node);

/// The wording of "descriptors" or "descriptors_by_age"; refuses missing grades, overlaps, and,
/// unless the leaf's own band was refused, ages at which it applies but has no wording.
std::vector<Wording> wording(const Cursor& cursor, const Node& leaf, bool band_refused);

/// Rules that the engine can apply (semantics 3).
const std::vector<std::string_view>& known_rules();

/// Where the nodes of an instrument stand in its document.
struct Places {
  std::vector<std::string> pointers;  ///< by node
  std::vector<bool> bands_refused;    ///< by node
};

/// Whole-tree checks: unique codes, bands that neither overlap nor leave a hole, exceptions.
void check_codes(const Instrument& instrument, const Places& places, Findings& findings);
void check_bands(const Instrument& instrument, const Places& places, Findings& findings);
void check_exceptions(const Instrument& instrument, Findings& findings);

}  // namespace gcp2::reading
