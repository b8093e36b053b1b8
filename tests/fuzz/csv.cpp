// Bytes as a CSV of grades, with and without a header that makes a record of it.
#include "interop/csv.h"

#include "claims.h"

namespace {

const gcp2::SourceFile header{"header.json", R"({"format": "gcp2/assessment/1",
  "instrument": {"id": "gcp", "version": "1.0.0"}, "child": {"date_of_birth": "2019-03-14"},
  "assessors": [{"ref": "P1", "name": "A. Teacher"}], "lead_professional": "P1",
  "window": {"from": "2026-01-05", "to": "2026-01-23"}})"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gcp2;
  const std::string bytes{reinterpret_cast<const char*>(data), size};
  Findings findings;
  Value document = Value::object();
  document.set("observations", read_grades_csv(bytes, "P1", findings));
  fuzz::claim_findings(findings, true);
  if (!any(findings, Severity::invalid)) {
    fuzz::claim_written(document);
    fuzz::claim_csv(document);
  }

  ReadingOptions options;
  options.header = &header;
  Findings found;
  for (Value& read : read_documents({"grades.csv", bytes}, options, found)) {
    const Record record = judge(std::move(read), shipped_instruments(), *Date::from(2026, 6, 30),
                                found, {"grades.csv", header.name});
    fuzz::claim_findings(record.findings, false);
    if (!record.can_be_scored()) continue;
    fuzz::claim_written(record.document);
    fuzz::claim_csv(record.document);
  }
  fuzz::claim(csv::plain(csv::guarded(bytes)) == bytes, "a guarded text comes back");
  return 0;
}
