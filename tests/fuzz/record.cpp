// Bytes as an assessment in JSON.
#include "claims.h"
#include "mutation.h"

namespace {

constexpr std::string_view vocabulary = R"([
  null, true, 0, 1, 2, 3, 4, 5, 6, -1, 2.0, 2.5, 1e0, 12345678901234567890, "", "2",
  "A", "A1", "A1a", "A1b", "A2c", "A4", "A5d", "B2", "C", "C1", "C2", "C2a", "D1a", "D1b", "D1f", "Z9",
  "not_observed", "not_applicable", "declined", "not_yet", "2019-03-14", "2026-01-05", "2026-01-23",
  "2026-02-30", "2026-01-24T10:00:00Z", "gcp", "gcp2", "1.0.0", "signed", "draft", "gcp2/assessment/1",
  "given", "refused", "observed", "a\\b", "a\"b", "a\nb", "=1", "'=", " x ", "é😀", "9990000018",
  "A950000178301", "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b11", [], {},
  {"format": 1, "id": 1, "supersedes": 1, "instrument": {"id": "gcp2", "version": "1.0.0", "digest": ""}, "status": 1},
  {"signed": {"by": "P1", "at": "2026-01-24T10:00:00Z"}, "review_on": 1, "lead_professional": "P1"},
  {"child": {"ref": "C", "family": "F", "name": "Sam Example", "date_of_birth": "2025-03-14",
    "expected_date": "2026-05-01", "nhs_number": "", "upn": "", "conditions": ["behavioural_difficulty"]}},
  {"carers": [{"ref": "K1", "relationship": "mother", "main": true}]},
  {"assessors": [{"ref": "P1", "name": "A. Teacher", "role": "r", "agency": "a", "trained_on": "2025-02-01"}]},
  {"agencies": [{"name": "n", "involvement": "i", "since": "2025-09-01"}], "consent": {"state": "absent", "on": "2026-01-05"}},
  {"observations": [{"node": "A1a", "grade": 4, "by": "P1", "comment": "c", "reason": "r", "not_graded": "declined",
    "evidence": [{"kind": "observed", "on": "2026-01-07", "text": "t"}, {"kind": "record"}, {"text": "u"}]}]},
  {"judgements": [{"node": "A1", "grade": 3, "reason": "r"}], "comments": [{"node": "C2", "text": "t"}]},
  {"views": {"child": "c", "carers": "k", "practitioner": "p"}, "window": {"from": "2026-01-05", "to": "2026-01-23"}},
  {"targets": [{"node": "A1b", "from": 4, "to": 2, "actual": 3, "review_by": "2026-04-30", "support": "s"}]},
  {"dismissed": [{"indication": "i", "by": "P1", "reason": "r"}]},
  ["long_term_health_condition", "behavioural_difficulty"]
])";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gcp2;
  Findings findings;
  Value document = read_json({reinterpret_cast<const char*>(data), size}, findings);
  if (findings.empty()) fuzz::claim_written(document);
  fuzz::claim_record(std::move(document), std::move(findings), true);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  static const gcp2::fuzz::Vocabulary words{vocabulary};
  return gcp2::fuzz::mutate_json(data, size, most, seed, words);
}
