// Records as people bring them: told by content, read, checked, laid on their sheet.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/agreement.h"
#include "gcp2/archive.h"
#include "gcp2/assessment.h"
#include "gcp2/core.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"
#include "gcp2/json.h"

namespace gcp2 {

/// A file that was read: its name is used in findings only.
struct SourceFile {
  std::string name;
  std::string bytes;
};

enum class Content { json, csv, archive, spreadsheet, utf16, unknown };
/// Told by the bytes alone, never by a name.
Content content_of(std::string_view bytes) noexcept;

/// A CSV of grades (RFC 4180; comma or semicolon; UTF-8 or cp1252) as the observations of an
/// assessment. The choice made is a `note`. `by` is the author of every row without its own.
Value read_grades_csv(std::string_view bytes, std::string_view by, Findings& findings);
/// The observations as CSV: node,grade,evidence,comment, and further columns where the document
/// has more to say. What no column can hold is `invalid`.
std::string write_grades_csv(const Value& document, Findings& findings);

/// Ratings as CSV with the columns subject, rater and grade; an empty grade is missing. A grade off
/// the scale, a subject rated twice by one rater, or a row without names is `invalid`, and then
/// there are none.
std::optional<Ratings> read_ratings_csv(std::string_view bytes, Scale scale, Findings& findings);

/// How documents are put together.
struct ReadingOptions {
  const SourceFile* header = nullptr;  ///< for CSV: the assessment without its observations
  std::string by;                      ///< for CSV: the author, instead of the lead professional
};
/// The assessments in a file, one or (archive) many. `position.source` is 0 for the file, 1 for the
/// header.
std::vector<Value> read_documents(const SourceFile& file, const ReadingOptions& options,
                                  Findings& findings);

/// One assessment, judged as far as it can be. `instrument` points into the given list; null and
/// an `invalid` finding where it is not at hand.
struct Record {
  Value document;
  Assessment assessment;
  const Instrument* instrument = nullptr;
  Sheet sheet;
  Findings findings;  ///< of every stage, with positions, in order of place

  [[nodiscard]] bool can_be_scored() const noexcept { return !any(findings, Severity::invalid); }
};

/// Judges a document. `found` are the findings of reading it; `files` name its sources.
Record judge(Value document, const Instruments& instruments, Date as_of, Findings found,
             const std::vector<std::string>& files);

/// The document as signed by `by`: status, signature, and the digest of the record's instrument,
/// which has to be at hand. Whether it may be signed is `unsignable`'s to say, of that document
/// judged.
Value signed_document(const Record& record, std::string_view by, const Instant& at);
/// The findings that keep a record from being signed: `invalid` and `error`.
Findings unsignable(const Findings& findings);
/// A draft that is to take a signed record's place, under a new id, with nothing dismissed in it.
Value successor_of(const Record& record, std::string_view id);

struct StreamOptions {
  std::string name = {};  ///< of the stream, for findings
  unsigned threads = 1;
  Card card = Card::full;
  std::string rule = {};  ///< empty = each instrument's own
  Date as_of;
};
struct StreamResult {
  std::size_t records = 0;
  std::size_t refused = 0;  ///< lines that gave findings instead of a scorecard
};
/// Reads up to `size` bytes into `into`; 0 at the end. Writes all bytes.
using ReadSome = std::function<Result<std::size_t>(char* into, std::size_t size)>;
using WriteAll = std::function<Result<Done>(std::string_view bytes)>;

/// One assessment a line in, one scorecard (or findings object) a line out, in the same order.
/// Memory depends on threads and the longest line only. Empty lines are passed over.
Result<StreamResult> score_stream(const Instruments& instruments, const StreamOptions& options,
                                  const ReadSome& read, const WriteAll& write);

}  // namespace gcp2
