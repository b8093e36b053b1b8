// Twenty records of one child compared, judged by the local rules and written as HTML, in memory.
#include <benchmark/benchmark.h>

#include <deque>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "gcp2/comparison.h"
#include "gcp2/indication_files.h"
#include "gcp2/json.h"
#include "gcp2/report.h"

namespace gcp2::bench {
namespace {

/// The second sample, as if it had been recorded every four months.
class Records {
 public:
  explicit Records(int count) {
    std::ifstream in{GCP2_SOURCE_DIR "/schemas/samples/second.json"};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    for (int i = 0; i < count; ++i) {
      Findings findings;
      Assessment& a = assessments_.emplace_back(read_assessment(read_json(text, findings), findings));
      a.id.clear();
      a.earlier.clear();
      a.window_to = Date::from(2019 + i / 3, static_cast<unsigned>(1 + i % 3 * 4), 20);
      a.window_from = Date::from(2019 + i / 3, static_cast<unsigned>(1 + i % 3 * 4), 1);
      // Grades differ from one to the next.
      Observation& changing = a.observations[static_cast<std::size_t>(i) % a.observations.size()];
      if (changing.grade) changing.grade = Grade::from(1 + i % 4);
      const Sheet& sheet = sheets_.emplace_back(record_sheet(a, gcp(), findings));
      if (any(findings, Severity::invalid)) throw std::runtime_error{"a record is invalid"};
      const Scorecard& card = cards_.emplace_back(score(gcp(), rule(), sheet));
      scored_.push_back({gcp(), rule(), a, sheet, card});
    }
  }
  [[nodiscard]] const std::vector<ScoredRecord>& scored() const { return scored_; }

 private:
  static const Instrument& gcp() { return shipped_instruments().list.front(); }
  static const Rule& rule() { return *gcp().rule(gcp().default_rule); }
  std::deque<Assessment> assessments_;
  std::deque<Sheet> sheets_;
  std::deque<Scorecard> cards_;
  std::vector<ScoredRecord> scored_;
};

Comparison compared(const Records& records) {
  Findings findings;
  return compare(series_of(records.scored(), findings));
}

void BM_compare(benchmark::State& state) {
  const Records records{static_cast<int>(state.range(0))};
  for (auto _ : state) benchmark::DoNotOptimize(compared(records));
}
BENCHMARK(BM_compare)->Arg(2)->Arg(20)->Unit(benchmark::kMillisecond);

void BM_compare_and_write_html(benchmark::State& state) {
  const Records records{static_cast<int>(state.range(0))};
  const Locality& locality = shipped_localities().front();
  const Findings notes;
  for (auto _ : state) {
    const Comparison comparison = compared(records);
    const IndicationContext context{.as_of = *Date::parse("2026-06-01")};
    const auto indicated = indications(shipped_indication_rules(), comparison, context);
    const IndicationReport report{indicated, comparison, shipped_indication_rules(),
                                  locality,  notes,      context.as_of};
    benchmark::DoNotOptimize(view_html(worker_view({.indicated = report})));
  }
}
BENCHMARK(BM_compare_and_write_html)->Arg(2)->Arg(20)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gcp2::bench
