// Whole programs, from their start to their end: gcp2 beside sqlite3 saying its version, and gcp2
// scoring the NDJSON file named by GCP2_BENCH_RECORDS beside the bare read of the same bytes.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bare_read.h"

namespace gcp2::bench {
namespace {

using Command = std::vector<std::string>;

bool run(Command command) {
  std::vector<char*> arguments;
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  int status = 0;
  const bool ran =
      posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ) == 0 &&
      waitpid(child, &status, 0) == child && status == 0;
  posix_spawn_file_actions_destroy(&actions);
  return ran;
}

void run_again(benchmark::State& state, const Command& command) {
  for (auto _ : state)
    if (!run(command)) return state.SkipWithError((command.front() + " does not run").c_str());
}

std::string records() {
  const char* file = std::getenv("GCP2_BENCH_RECORDS");
  return file == nullptr ? "" : file;
}

void start_gcp2(benchmark::State& state) { run_again(state, {GCP2_PROGRAM, "--version"}); }
void start_sqlite3(benchmark::State& state) { run_again(state, {"sqlite3", "--version"}); }
BENCHMARK(start_gcp2)->UseRealTime();
BENCHMARK(start_sqlite3)->UseRealTime();

void bare_read(benchmark::State& state) {
  static BareRead bare{records()};
  std::uint64_t sum = 0;
  for (auto _ : state) benchmark::DoNotOptimize(sum += bare.read());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bare.bytes()));
}

void score(benchmark::State& state, const std::string& threads, const std::string& only) {
  Command command{GCP2_PROGRAM, "score", "--ndjson", "--threads", threads};
  if (!only.empty()) command.insert(command.end(), {"--only", only});
  command.push_back(records());
  run_again(state, command);
}
void grades_on_one_core(benchmark::State& state) { score(state, "1", "grades"); }
void grades_on_two_cores(benchmark::State& state) { score(state, "2", "grades"); }
void full_cards_on_one_core(benchmark::State& state) { score(state, "1", ""); }

}  // namespace
}  // namespace gcp2::bench

int main(int count, char** arguments) {
  using namespace gcp2::bench;
  if (!records().empty()) {
    benchmark::RegisterBenchmark("bare_read", bare_read)->UseRealTime();
    benchmark::RegisterBenchmark("grades_on_one_core", grades_on_one_core)->UseRealTime();
    if (std::thread::hardware_concurrency() > 1)
      benchmark::RegisterBenchmark("grades_on_two_cores", grades_on_two_cores)->UseRealTime();
    benchmark::RegisterBenchmark("full_cards_on_one_core", full_cards_on_one_core)->UseRealTime();
  }
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
