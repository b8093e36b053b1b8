// JSON in and out, and the instruments that ship inside the program.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "gcp2/agreement.h"
#include "gcp2/comparison.h"
#include "gcp2/document.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"
#include "gcp2/scoring.h"

namespace gcp2 {

/// Limits of one document: an assessment has a few hundred values in a few kilobytes.
inline constexpr std::size_t largest_document = std::size_t{16} << 20;  ///< bytes
inline constexpr std::size_t most_values = 200'000;
inline constexpr int deepest_nesting = 64;
/// What the program itself has put together of several documents can be more than one.
struct JsonLimits {
  std::size_t bytes = largest_document, values = most_values;
  int nesting = deepest_nesting;
};

/// Reads one JSON document (RFC 8259). Not JSON, a key twice, text after the value, lone
/// surrogates, invalid UTF-8, or beyond the limits: an `invalid` finding with its position, and a
/// null value; of a key twice the finding alone.
Value read_json(std::string_view text, Findings& findings, const JsonLimits& limits = {});

bool is_utf8(std::string_view bytes) noexcept;
/// Whether the bytes begin as a text in UTF-16 does, with a byte order mark or without.
bool looks_like_utf16(std::string_view bytes) noexcept;
/// Whether `read_json` takes the text for a number.
bool is_number(std::string_view text);

/// Two spaces a level and a line break at the end; or everything on one line, without one.
enum class Layout { pretty, line };
std::string write_json(const Value& value, Layout layout = Layout::pretty);
/// Appends a text as a JSON string with its quotes.
void append_json_text(std::string& out, std::string_view text);

/// SHA-256 of the tree and rules in a canonical form, wording left out; lower-case hex.
std::string digest_of(const Instrument& instrument);
/// Reads an instrument and sets its digest.
Instrument read_instrument_json(std::string_view text, Findings& findings);
/// `gcp` and `gcp2`, embedded in the program.
const Instruments& shipped_instruments();

/// What a scorecard's JSON holds: everything, or the compact card (areas and sub-areas: grade,
/// status and possible set).
enum class Card { full, grades };

/// Writes scorecards of one instrument and rule as lines of "gcp2/scorecard/1". Keeps the parts
/// that never change; the instrument and rule must outlive it.
class CardWriter {
 public:
  CardWriter(const Instrument& instrument, const Rule& rule, Card card);
  CardWriter(CardWriter&&) noexcept;
  CardWriter& operator=(CardWriter&&) noexcept;
  ~CardWriter();
  /// Appends one card without a line break. `assessment` is its id, or empty.
  void append(std::string& out, std::string_view assessment, const Scorecard& score) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// "gcp2/comparison/1" and "gcp2/siblings/1"; of siblings there are at least two.
Value comparison_document(const Comparison& comparison);
Value siblings_document(const Siblings& siblings);

/// "gcp2/agreement/1".
Value agreement_document(const Ratings& ratings, const std::vector<Statistic>& statistics);

/// Reads the record sheet of one assessment straight from its JSON, for streams. It only ever says
/// yes to a line that the full reader finds nothing `invalid` in, and then the sheet is the same;
/// anything that it does not recognise at once is a no, for the full reader to explain.
class SheetReader {
 public:
  explicit SheetReader(const Instruments& instruments);
  SheetReader(SheetReader&&) noexcept;
  ~SheetReader();
  /// `line` must be followed by `padding` readable bytes of any content.
  static const std::size_t padding;
  [[nodiscard]] bool read(std::string_view line);
  /// After a yes, until the next read:
  [[nodiscard]] const Sheet& sheet() const noexcept;
  [[nodiscard]] std::string_view assessment_id() const noexcept;
  /// Index in the list of instruments.
  [[nodiscard]] std::size_t instrument() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gcp2
