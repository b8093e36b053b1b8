// In memory: a record's sheet scored, its card written, beside Boost.JSON writing the same card.
#include <benchmark/benchmark.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "gcp2/assessment.h"
#include "gcp2/json.h"
#include "gcp2/scoring.h"
#include "records.h"

namespace gcp2::bench {
namespace {

const Instrument& gcp() { return shipped_instruments().list.front(); }
const Rule& rule() { return *gcp().rule(gcp().default_rule); }

/// Enough of them that the processor cannot learn their branches by heart.
const std::vector<std::string>& lines() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list;
    Records records{gcp()};
    while (list.size() < 2048) list.push_back(records.next());
    return list;
  }();
  return all;
}

Sheet sheet_of(std::string_view json) {
  Findings findings;
  const Assessment assessment = read_assessment(read_json(json, findings), findings);
  Sheet sheet = record_sheet(assessment, gcp(), findings);
  if (any(findings, Severity::invalid)) throw std::runtime_error{"a record is invalid"};
  return sheet;
}

std::vector<Sheet> generated_sheets() {
  std::vector<Sheet> sheets;
  for (const std::string& line : lines()) sheets.push_back(sheet_of(line));
  return sheets;
}

/// The three records of tests/cases: one with a missing leaf, one full, one of a toddler with an
/// exception.
std::vector<Sheet> case_sheets() {
  std::vector<Sheet> sheets;
  for (const std::string name : {"first", "second", "toddler"}) {
    std::ifstream in{GCP2_SOURCE_DIR "/tests/cases/" + name + ".json"};
    sheets.push_back(sheet_of(std::string{std::istreambuf_iterator<char>{in}, {}}));
  }
  return sheets;
}

template <class Score>
void score_in_turn(benchmark::State& state, const std::vector<Sheet>& sheets, Score score) {
  Scorecard card;
  std::size_t next = 0;
  for (auto _ : state) {
    score(card, gcp(), rule(), sheets[next]);
    benchmark::DoNotOptimize(card.nodes.data());
    benchmark::ClobberMemory();
    next = next + 1 < sheets.size() ? next + 1 : 0;
  }
  state.SetItemsProcessed(state.iterations());
}

void full_trace_of_generated_records(benchmark::State& state) {
  score_in_turn(state, generated_sheets(), score_into);
}
void full_trace_of_the_cases(benchmark::State& state) {
  score_in_turn(state, case_sheets(), score_into);
}
void grades_of_generated_records(benchmark::State& state) {
  score_in_turn(state, generated_sheets(), grade_into);
}
BENCHMARK(full_trace_of_generated_records);
BENCHMARK(full_trace_of_the_cases);
BENCHMARK(grades_of_generated_records);

std::vector<Scorecard> cards() {
  std::vector<Scorecard> list;
  for (const Sheet& sheet : generated_sheets()) list.push_back(score(gcp(), rule(), sheet));
  return list;
}

void full_card_written(benchmark::State& state) {
  const CardWriter writer{gcp(), rule(), Card::full};
  const std::vector<Scorecard> scored = cards();
  std::string out;
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    out.clear();
    writer.append(out, "5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e21", scored[next]);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
    bytes += static_cast<std::int64_t>(out.size());
    next = next + 1 < scored.size() ? next + 1 : 0;
  }
  state.SetBytesProcessed(bytes);
}

/// The same cards as values of Boost.JSON, built before the clock starts.
void full_card_by_boost_json(benchmark::State& state) {
  const CardWriter writer{gcp(), rule(), Card::full};
  std::vector<boost::json::value> values;
  for (const Scorecard& card : cards()) {
    std::string out;
    writer.append(out, "5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e21", card);
    values.push_back(boost::json::parse(out));
    if (boost::json::serialize(values.back()) != out)
      return state.SkipWithError("Boost.JSON writes another card");
  }
  boost::json::serializer serializer;
  std::string out(std::size_t{64} << 10, '\0');
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    serializer.reset(&values[next]);
    const auto written = serializer.read(out.data(), out.size());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
    bytes += static_cast<std::int64_t>(written.size());
    next = next + 1 < values.size() ? next + 1 : 0;
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(full_card_written);
BENCHMARK(full_card_by_boost_json);

void sheet_read_from_json(benchmark::State& state) {
  std::vector<std::string> padded = lines();
  for (std::string& line : padded) line.append(SheetReader::padding, ' ');
  SheetReader reader{shipped_instruments()};
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const std::string& line = padded[next];
    const std::size_t size = line.size() - SheetReader::padding;
    if (!reader.read({line.data(), size})) return state.SkipWithError("the short cut says no");
    bytes += static_cast<std::int64_t>(size);
    next = next + 1 < padded.size() ? next + 1 : 0;
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(sheet_read_from_json);

}  // namespace
}  // namespace gcp2::bench
