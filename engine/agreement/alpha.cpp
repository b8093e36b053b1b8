#include "agreement/alpha.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "agreement/bootstrap.h"

namespace gcp2::alpha {
namespace {

/// What subjects add to alpha. One row a subject: how often each grade was given, then for every two
/// grades their coincidences (pairs of ratings over ratings - 1), then zeros
/// up to a length that vector registers like. Rows are added up, and alpha is of the sum.
class Rows {
 public:
  explicit Rows(const tally::Tally& tally) : grades_{tally.grades} {
    const std::size_t used = grades_ + grades_ * (grades_ - 1) / 2;
    length_ = (used + lanes - 1) / lanes * lanes;
    rows_.reserve(tally.pairable * length_);
    for (std::size_t i = 0; i < tally.subjects(); ++i) {
      if (tally.ratings[i] < 2) continue;
      const std::uint32_t* counts = tally.of(i);
      rows_.insert(rows_.end(), counts, counts + grades_);
      for (std::size_t a = 0; a < grades_; ++a)
        for (std::size_t b = a + 1; b < grades_; ++b)
          rows_.push_back(static_cast<double>(counts[a]) * counts[b] / (tally.ratings[i] - 1));
      rows_.resize(rows_.size() + length_ - used);
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return rows_.size() / length_; }
  [[nodiscard]] std::size_t length() const noexcept { return length_; }
  void add(std::size_t row, double* sum) const noexcept {
    const double* from = rows_.data() + row * length_;
    for (std::size_t i = 0; i < length_; ++i) sum[i] += from[i];
  }
  [[nodiscard]] std::vector<double> total() const {
    std::vector<double> sum(length_);
    for (std::size_t row = 0; row < size(); ++row) add(row, sum.data());
    return sum;
  }
  [[nodiscard]] std::vector<double> total_without(std::size_t left_out) const {
    std::vector<double> sum(length_);
    for (std::size_t row = 0; row < size(); ++row)
      if (row != left_out) add(row, sum.data());
    return sum;
  }

  /// Of a sum of rows; none where all their ratings are equal.
  [[nodiscard]] std::optional<double> alpha(const double* sum, Weights weights) const noexcept {
    double observed = 0;
    double expected = 0;
    const double* coincidence = sum + grades_;
    for (std::size_t a = 0; a < grades_; ++a) {
      double between = 0;  // ratings of the grades from a up to b, half of the two ends
      for (std::size_t b = a + 1; b < grades_; ++b, ++coincidence) {
        between += (sum[b - 1] + sum[b]) / 2;
        const auto apart = static_cast<double>(b - a);
        const double distance = weights == Weights::nominal   ? 1
                                : weights == Weights::ordinal ? between * between
                                                              : apart * apart;
        observed += *coincidence * distance;
        expected += sum[a] * sum[b] * distance;
      }
    }
    if (expected == 0) return std::nullopt;
    double ratings = 0;
    for (std::size_t grade = 0; grade < grades_; ++grade) ratings += sum[grade];
    return 1 - (ratings - 1) * observed / expected;
  }

 private:
  static constexpr std::size_t lanes = 4;

  std::size_t grades_, length_;
  std::vector<double> rows_;
};

/// By weights, and by sample.
using Samples = std::vector<std::vector<std::optional<double>>>;

void draw(const Rows& rows, const std::vector<Weights>& weights, std::uint64_t seed,
          std::size_t first, std::size_t last, Samples& samples) {
  std::vector<double> sum(rows.length());
  for (std::size_t sample = first; sample < last; ++sample) {
    bootstrap::Draws draws{seed, sample, rows.size()};
    std::ranges::fill(sum, 0.0);
    for (std::size_t i = 0; i < rows.size(); ++i) rows.add(draws.next(), sum.data());
    for (std::size_t w = 0; w < weights.size(); ++w)
      samples[w][sample] = rows.alpha(sum.data(), weights[w]);
  }
}

Samples samples_of(const Rows& rows, const std::vector<Weights>& weights,
                   const AgreementOptions& options) {
  Samples samples(weights.size(), std::vector<std::optional<double>>(options.samples));
  const std::size_t threads = std::max(1U, options.threads);
  const std::size_t each = (options.samples + threads - 1) / threads;
  std::vector<std::jthread> others;
  for (std::size_t first = each; first < options.samples; first += each)
    others.emplace_back([&, first] {
      draw(rows, weights, options.seed, first, std::min(first + each, options.samples), samples);
    });
  draw(rows, weights, options.seed, 0, std::min(each, options.samples), samples);
  return samples;
}

}  // namespace

std::vector<Statistic> all(const tally::Tally& tally, const std::vector<Weights>& weights,
                           const AgreementOptions& options) {
  std::vector<Statistic> statistics;
  for (const Weights w : weights)
    statistics.push_back(
        {.measure = Measure::krippendorff_alpha, .weights = w, .count = tally.pairable});
  if (tally.pairable == 0 || tally.used_in_pairs == 1) {
    for (Statistic& statistic : statistics)
      statistic.undefined = tally.pairable == 0 ? Undefined::no_pair : Undefined::all_equal;
    return statistics;
  }
  const Rows rows{tally};
  const std::vector<double> total = rows.total();
  for (Statistic& statistic : statistics)
    statistic.estimate = rows.alpha(total.data(), *statistic.weights);
  if (rows.size() < 2 || options.samples == 0) return statistics;

  const Samples samples = samples_of(rows, weights, options);
  std::vector<std::vector<std::optional<double>>> without(weights.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::vector<double> sum = rows.total_without(row);
    for (std::size_t w = 0; w < weights.size(); ++w)
      without[w].push_back(rows.alpha(sum.data(), weights[w]));
  }
  for (std::size_t w = 0; w < weights.size(); ++w)
    bootstrap::set_error(statistics[w], samples[w], without[w]);
  return statistics;
}

}  // namespace gcp2::alpha
