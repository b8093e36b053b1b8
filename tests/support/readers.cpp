#include "support/readers.h"

namespace gcp2::test {

Full read_fully(std::string_view line, const Instruments& instruments) {
  Full full;
  Findings findings;
  const Value document = read_json(line, findings);
  if (any(findings, Severity::invalid)) return full;
  const Assessment a = read_assessment(document, findings);
  const Instrument* found =
      instruments.find(a.instrument_id, a.instrument_version, a.instrument_digest);
  if (found == nullptr) return full;
  full.instrument = static_cast<std::size_t>(found - instruments.list.data());
  full.sheet = record_sheet(a, *found, findings);
  full.id = a.id;
  full.invalid = any(findings, Severity::invalid);
  return full;
}

std::string difference(const SheetReader& reader, const Full& full) {
  const Sheet& fast = reader.sheet();
  const Sheet& slow = full.sheet;
  if (full.invalid) return "the full reader refuses it";
  if (reader.instrument() != full.instrument) return "instrument";
  if (reader.assessment_id() != full.id) return "id";
  if (fast.age_months != slow.age_months) return "age";
  if (fast.conditions != slow.conditions) return "conditions";
  if (fast.has_judgements != slow.has_judgements) return "has_judgements";
  if (fast.judgements != slow.judgements) return "judgements";
  if (fast.marks.size() != slow.marks.size()) return "size";
  for (std::size_t i = 0; i < slow.marks.size(); ++i)
    if (fast.marks[i].grade != slow.marks[i].grade ||
        fast.marks[i].not_graded != slow.marks[i].not_graded)
      return "mark " + std::to_string(i);
  return {};
}

}  // namespace gcp2::test
