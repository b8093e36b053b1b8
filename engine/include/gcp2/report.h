// Sentences for people, made here alone, from typed findings and traces.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/agreement.h"
#include "gcp2/comparison.h"
#include "gcp2/document.h"
#include "gcp2/findings.h"
#include "gcp2/indication.h"
#include "gcp2/indication_report.h"
#include "gcp2/instrument.h"
#include "gcp2/language.h"
#include "gcp2/scoring.h"
#include "gcp2/view.h"

namespace gcp2 {

/// What is wrong and what to do, in plain words.
std::string message(const Finding& finding);

/// "gcp2/findings/1".
Value findings_document(const Findings& findings);
/// A line per finding: place, severity, message, code.
std::string findings_text(const Findings& findings);

/// The profile as a short table: areas and sub-areas with grade, word, status and possible grades.
std::string profile_text(const ScoredRecord& record, std::size_t width = 80);
/// The same, and for every area what decided it, what is missing and could still mean, and what a
/// single change would do. For a teacher.
std::string explanation_text(const ScoredRecord& record, std::size_t width = 80);

/// Every statistic with error, interval and what it rests on; how sure the main one's band is; who
/// leans. Nothing undefined has a number.
std::string agreement_text(const Ratings& ratings, const std::vector<Statistic>& statistics,
                           std::size_t width = 80);

/// Pictures of the family, where somebody laid them out.
struct FamilyPictures {
  std::optional<Picture> genogram, ecomap;
};

/// What a report is made of. The last point is what it is about.
struct ReportInput {
  const IndicationReport& indicated;  ///< with its comparison
  FamilyPictures pictures = {};
  const Language& language = Language::english();
  bool redacted = false;  ///< the records are `redacted`, and the report says so
  bool large_print = false;
  std::optional<LogState> log = {};  ///< of the store that the records came from
  /// By point: the store has a later record in its place. Empty: of none.
  std::vector<bool> superseded = {};
  std::size_t left_out = 0;     ///< other records of the child, that cannot be judged
  bool without_others = false;  ///< the records are `without_third_parties`, and the report says so
};

/// For a family's workers: everything, explained.
View worker_view(const ReportInput& input);
/// For a family: plain words, strengths first, no codes.
View family_view(const ReportInput& input);

/// What changed between one child's records and how sure that is, with grades over time as pictures
/// and tables, and what became of targets. Fewer than two points: targets alone.
View comparison_view(const ReportInput& input);
/// Grades over time, a picture an area with its sentence; none with fewer than two points.
std::vector<Figure> charts_over_time(const ReportInput& input);
/// Every target with what became of it; no rows where none was set.
Table targets_table(const ReportInput& input);

/// Records without names, dates of birth and identifiers, and what was found in them. Changes and
/// indications are those of the whole records; what only the child's age is needed for, take from
/// the sheet. The comparison and the indications point into the records: move it, never copy it.
struct Redacted {
  std::deque<Assessment> records = {};  ///< by point
  Comparison comparison = {};
  std::vector<Indication> indications = {};
};
/// Names that are known from any of the records are replaced in the texts of all. The comparison
/// and what it was made of must outlive it; `indicated` were made from it.
Redacted redacted(const Comparison& comparison, const std::vector<Indication>& indicated);

/// Records for the child or the family to have (subject access): names and dates of other people of
/// the family are replaced in every text, the child's own and the professionals' stay. Only what is
/// known from the records is found: somebody has to read it through.
std::vector<Value> without_third_parties(std::vector<Value> documents);

/// One child's records over time, for a teacher: grades with their dates, what worsened and
/// improved, targets, and how sure it is. `findings` are those of `series_of`.
std::string comparison_text(const Comparison& comparison, const Findings& findings,
                            std::size_t width = 80);
/// Children of one family side by side; `findings` are those of `siblings_of`.
std::string siblings_text(const Siblings& siblings, const Findings& findings,
                          std::size_t width = 80);

/// A text from a file as it may stand in a line: what would break the line or steer a terminal (it
/// could hide a grade, or invent one) is shown as a space or as U+FFFD.
std::string one_line(std::string_view text);

/// Breaks a text, made `one_line`, into lines of at most `width` characters; the first one starts
/// with `first`, the others with `indent` spaces. Ends with a line break.
std::string wrapped(std::string_view text, std::size_t width, std::string_view first = {},
                    std::size_t indent = 0);

}  // namespace gcp2
