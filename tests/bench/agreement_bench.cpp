// Agreement of raters, in memory: the tables of `agreement_peer.py` and `psych_peer.R`.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "gcp2/agreement.h"

namespace gcp2::bench {
namespace {

/// Grades from a fixed seed: mostly what is there, else one beside it; one cell in 16 is missing.
/// tests/bench/peers make the same ones.
Ratings ratings_of(std::size_t subjects, std::size_t raters) {
  std::vector<std::string> subject_names;
  for (std::size_t s = 0; s < subjects; ++s) subject_names.push_back(std::to_string(s));
  std::vector<std::string> rater_names;
  for (std::size_t r = 0; r < raters; ++r) rater_names.push_back(std::to_string(r));
  Ratings ratings{std::move(subject_names), std::move(rater_names)};
  std::uint32_t state = 1;
  const auto next = [&state] {
    state = state * 1664525U + 1013904223U;  // Numerical Recipes' generator
    return state >> 16U;
  };
  for (std::size_t s = 0; s < subjects; ++s) {
    const int seen = static_cast<int>(next() % 5) + 1;
    for (std::size_t r = 0; r < raters; ++r) {
      const std::uint32_t chance = next() % 16;
      const int grade = seen + (chance < 3 ? 1 : chance < 6 ? -1 : 0);
      if (chance != 15) ratings.set(s, r, std::min(5, std::max(1, grade)));
    }
  }
  return ratings;
}

void ordinal_alpha_with_10000_samples(benchmark::State& state) {
  const Ratings ratings = ratings_of(50, 200);
  for (auto _ : state) {
    const Statistic alpha = krippendorff_alpha(ratings, Weights::ordinal);
    state.counters["estimate"] = *alpha.estimate;
    state.counters["error"] = *alpha.error;
  }
}
BENCHMARK(ordinal_alpha_with_10000_samples);

void weighted_kappa_of_two_raters(benchmark::State& state) {
  const Ratings ratings = ratings_of(50, 2);
  for (auto _ : state) {
    const Statistic kappa = cohen_kappa(ratings, Weights::quadratic);
    state.counters["estimate"] = *kappa.estimate;
  }
}
BENCHMARK(weighted_kappa_of_two_raters);

void all_statistics_of_1000_subjects_and_50_raters(benchmark::State& state) {
  const Ratings ratings = ratings_of(1000, 50);
  for (auto _ : state) benchmark::DoNotOptimize(agreement(ratings));
}
BENCHMARK(all_statistics_of_1000_subjects_and_50_raters);

}  // namespace
}  // namespace gcp2::bench
