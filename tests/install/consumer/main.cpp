// What a foreign project does with the library: read a record, judge it, score it, explain it.
#include <gcp2/interop.h>
#include <gcp2/report.h>

#include <cstdio>

int main() {
  gcp2::SourceFile file{"record.json", R"({
    "format": "gcp2/assessment/1", "id": "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b11",
    "instrument": {"id": "gcp", "version": "1.0.0"}, "child": {"date_of_birth": "2019-03-14"},
    "window": {"from": "2026-01-05", "to": "2026-01-23"},
    "observations": [{"node": "A2a", "grade": 2}, {"node": "A2b", "grade": 2}]})"};
  gcp2::Findings findings;
  std::vector<gcp2::Value> documents = gcp2::read_documents(file, {}, findings);
  if (documents.size() != 1) return 1;
  const gcp2::Record record = gcp2::judge(std::move(documents.front()), gcp2::shipped_instruments(),
                                          *gcp2::Date::parse("2026-02-01"), findings, {file.name});
  if (!record.can_be_scored()) return 1;
  const gcp2::Rule& rule = *record.instrument->rule(record.instrument->default_rule);
  const gcp2::Scorecard card = gcp2::score(*record.instrument, rule, record.sheet);
  const auto housing = record.instrument->find("A2");
  std::printf("A2 %d %zu\n", card.nodes[*housing].grade->number(),
              gcp2::explanation_text({*record.instrument, rule, record.assessment, record.sheet, card})
                          .find("2, 4 or 5") != std::string::npos
                  ? std::size_t{1}
                  : std::size_t{0});
}
