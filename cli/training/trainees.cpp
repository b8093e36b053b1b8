#include "trainees.h"

#include <algorithm>

#include "../phrase.h"
#include "gcp2/case_files.h"

namespace gcp2::cli {

std::string trainee_name(const Assessment& assessment) {
  const auto lead =
      std::ranges::find(assessment.assessors, assessment.lead_professional, &Assessor::ref);
  if (lead != assessment.assessors.end() && !lead->name.empty()) return lead->name;
  for (const Assessor& each : assessment.assessors)
    if (!each.name.empty()) return each.name;
  return phrase("train.nobody");
}

std::optional<Trainee> trainee_of(const Record& record, const std::string& file,
                                  Findings& findings) {
  if (!record.can_be_scored()) {
    std::ranges::copy_if(record.findings, std::back_inserter(findings),
                         [](const Finding& f) { return f.severity == Severity::invalid; });
    return std::nullopt;
  }
  Findings found;
  const auto told =
      told_case_of(record.assessment, *record.instrument, record.sheet, shipped_cases(), found);
  locate(found, record.document);
  for (Finding& finding : found) {
    finding.file = file;
    findings.push_back(std::move(finding));
  }
  if (!told) return std::nullopt;
  return Trainee{trainee_name(record.assessment), record.assessment.id, mark(*told, record.sheet)};
}

}  // namespace gcp2::cli
