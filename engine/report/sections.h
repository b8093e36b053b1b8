// The parts of a report, each of which adds its blocks to a view.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gcp2/report.h"

namespace gcp2::sections {

/// The record that the report is about.
const ScoredRecord& latest(const ReportInput& input);
/// Whether the store has a later record in the place of that point's.
bool is_superseded(const ReportInput& input, std::size_t point);

void urgent(View& view, const ReportInput& input);
void warnings(View& view, const ReportInput& input);
void who(View& view, const ReportInput& input);
void profile(View& view, const ReportInput& input);
void changes(View& view, const ReportInput& input);
void over_time(View& view, const ReportInput& input);
void explanation(View& view, const ReportInput& input);
void missing(View& view, const ReportInput& input);
void indications(View& view, const ReportInput& input);
/// 999, then the locality's contacts.
void contacts(View& view, const ReportInput& input);
void targets(View& view, const ReportInput& input);
void evidence(View& view, const ReportInput& input);
void voices(View& view, const ReportInput& input);
void family(View& view, const ReportInput& input);
void about(View& view, const ReportInput& input);
/// The state of the log, where the records came from a store.
void log_state(View& view, const ReportInput& input);

/// The name as it may be shown: withheld in a redacted report.
std::string child_name(const ReportInput& input);
/// The name of an assessor by their ref, as it may be shown.
std::string assessor_name(const ReportInput& input, const ScoredRecord& record,
                          std::string_view ref);
/// "2 (adequate)", with the grade for renderers.
Cell grade_cell(const ReportInput& input, const std::optional<Grade>& grade);

}  // namespace gcp2::sections
