// What the reports of records over time and of siblings share, and the parts of a comparison's
// text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gcp2/comparison.h"
#include "gcp2/language.h"
#include "report/words.h"

namespace gcp2::over_time {

/// Rows of areas and sub-areas: a label, cells that stand below their headings, and what follows.
struct Row {
  std::string label;
  std::vector<std::string> cells;
  std::string remark;
};
std::string rows_text(const std::vector<std::string>& headings, const std::vector<Row>& rows);
std::size_t label_width(const std::vector<Row>& rows);

/// "3", "3?" where provisional, "-" without a grade.
std::string cell(const ScoredRecord& record, const std::optional<NodeIndex>& node,
                 const std::optional<Grade>& grade);
std::string row_label(const Instrument& instrument, NodeIndex node);

/// A heading, and paragraphs below it; nothing where there are none.
std::string section(std::string_view heading, const std::vector<std::string>& paragraphs,
                    std::size_t width);
/// "Look at this first": findings in words.
std::string findings_section(const Findings& findings, const Language& language, std::size_t width);
/// Names and what stands behind them, each on its own lines.
std::string facts(const std::vector<std::pair<std::string, std::string>>& rows, std::size_t width);
/// What a report is not, wrapped.
std::string closing_text(const Instrument& instrument, const Language& language,
                         std::size_t width);
/// The rules by which the records were judged, each once; says which were chosen for teaching.
std::string rules_of(const std::vector<ScoredRecord>& records, const Language& language);

/// "1 better", "2 worse" or "unchanged", for lists of what could be.
std::string difference(int change, const Language& language);

/// The letter that stands for a note in the table: `a` is the first of those that are there.
std::vector<ChangeNote> notes_there(const Comparison& comparison);
std::string letters(const NodeChange& node, const std::vector<ChangeNote>& there);

/// What is said below the table, a sentence each: what changed; how sure that is; targets and what
/// became of them; runs at grade 3 or worse; the shift of all items.
std::vector<std::string> changes_lines(const Comparison& comparison, const Language& language);
std::vector<std::string> notes_lines(const Comparison& comparison, const Language& language);
std::vector<std::string> targets_lines(const Comparison& comparison, const Language& language);
std::vector<std::string> runs_lines(const Comparison& comparison, const Language& language);
std::vector<std::string> shift_lines(const Comparison& comparison, const Language& language);

/// A target was reached, but with grades missing below it that could have been worse.
bool uncertain(const NodeChange& node, const TargetOutcome& target);
/// A target was reached, and the last grade of its node is worse than it again: that one's point.
std::optional<std::size_t> lost_at(const NodeChange& node, const TargetOutcome& target);

/// The day on which a point's window ended, or "?".
std::string day_of(const ScoredRecord& record);

}  // namespace gcp2::over_time
