#include "agreement/bootstrap.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace gcp2::bootstrap {
namespace {

constexpr double low_tail = 0.025;
constexpr double high_tail = 0.975;

/// Linear between order statistics (Hyndman & Fan 1996, type 7).
double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// How much the error changes with the estimate; none where a subject left out leaves no value, or
/// where no subject changes it.
std::optional<double> acceleration(const std::vector<std::optional<double>>& without) {
  double mean = 0;
  for (const auto& value : without) {
    if (!value) return std::nullopt;
    mean += *value / static_cast<double>(without.size());
  }
  double squares = 0;
  double cubes = 0;
  for (const auto& value : without) {
    const double off = mean - *value;
    squares += off * off;
    cubes += off * off * off;
  }
  if (squares == 0) return std::nullopt;
  return cubes / (6 * std::pow(squares, 1.5));
}

/// The shares at which BCa reads the samples; none where they all lie on one side of the estimate, or
/// where the acceleration is so large that the shares would change places.
std::optional<std::pair<double, double>> corrected(const std::vector<double>& sorted,
                                                   double estimate, double a) {
  const auto [from, to] = std::ranges::equal_range(sorted, estimate);
  const auto below = static_cast<double>(from - sorted.begin());
  const auto equal = static_cast<double>(to - from);
  const double share = (below + equal / 2) / static_cast<double>(sorted.size());
  if (share <= 0 || share >= 1) return std::nullopt;
  const boost::math::normal normal;
  const double z0 = boost::math::quantile(normal, share);
  const double low = z0 + boost::math::quantile(normal, low_tail);
  const double high = z0 + boost::math::quantile(normal, high_tail);
  if (a * low >= 1 || a * high >= 1) return std::nullopt;
  return std::pair{boost::math::cdf(normal, z0 + low / (1 - a * low)),
                   boost::math::cdf(normal, z0 + high / (1 - a * high))};
}

}  // namespace

void set_error(Statistic& statistic, const std::vector<std::optional<double>>& samples,
               const std::vector<std::optional<double>>& without) {
  std::vector<double> values;
  values.reserve(samples.size());
  double mean = 0;
  for (const auto& value : samples)
    if (value) {
      values.push_back(*value);
      mean += *value;
    }
  if (values.size() < 2) return;
  mean /= static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  statistic.error = std::sqrt(squares / static_cast<double>(values.size() - 1));

  std::ranges::sort(values);
  const auto a = acceleration(without);
  const auto shares = a ? corrected(values, *statistic.estimate, *a) : std::nullopt;
  const auto [low, high] = shares.value_or(std::pair{low_tail, high_tail});
  statistic.interval = Interval{quantile(values, low), quantile(values, high),
                                shares ? IntervalMethod::bca : IntervalMethod::percentile};
}

}  // namespace gcp2::bootstrap
