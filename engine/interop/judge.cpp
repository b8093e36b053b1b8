#include <algorithm>

#include "gcp2/interop.h"
#include "gcp2/validation.h"

namespace gcp2 {
namespace {

const Instrument* instrument_of(const Assessment& a, const Instruments& instruments,
                                Findings& findings) {
  if (a.instrument_id.empty() || a.instrument_version.empty()) return nullptr;  // already refused
  const auto found = instruments.find(a.instrument_id, a.instrument_version, a.instrument_digest);
  if (found != nullptr) return found;
  const bool other_digest = instruments.find(a.instrument_id, a.instrument_version, {}) != nullptr;
  add_finding(findings, {.code = other_digest ? "unknown_digest" : "unknown_instrument",
                         .severity = Severity::invalid,
                         .pointer = other_digest ? "/instrument/digest" : "/instrument"});
  return nullptr;
}

}  // namespace

Record judge(Value document, const Instruments& instruments, Date as_of, Findings found,
             const std::vector<std::string>& files) {
  Record record;
  record.findings = std::move(found);
  record.document = std::move(document);
  record.assessment = read_assessment(record.document, record.findings);
  record.instrument = instrument_of(record.assessment, instruments, record.findings);
  if (record.instrument != nullptr) {
    record.sheet = record_sheet(record.assessment, *record.instrument, record.findings);
    for (Finding& more : validate(record.assessment, *record.instrument, record.sheet, as_of))
      add_finding(record.findings, std::move(more));
  }
  locate(record.findings, record.document);
  for (Finding& finding : record.findings)
    if (finding.file.empty() && finding.position.source < files.size())
      finding.file = files[finding.position.source];
  sort_by_place(record.findings);
  return record;
}

}  // namespace gcp2
