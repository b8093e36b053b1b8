#include <boost/math/distributions/normal.hpp>

#include "gcp2/agreement.h"

namespace gcp2 {
namespace {

constexpr std::array<double, Benchmark::bands> lower_bounds{0.8, 0.6, 0.4, 0.2, 0, -1};
constexpr double sure = 0.95;

/// Of a coefficient that lies between -1 and 1 and is normal around its estimate in between.
double probability_of_at_least(double bound, double estimate, double error) {
  if (error == 0) return estimate >= bound ? 1 : 0;
  const boost::math::normal normal;
  const auto above = [&](double value) {
    return boost::math::cdf(normal, (estimate - value) / error);
  };
  return (above(bound) - above(1)) / (above(-1) - above(1));
}

}  // namespace

std::optional<Benchmark> benchmark(const Statistic& statistic) {
  if (!statistic.weights || !statistic.estimate || !statistic.error) return std::nullopt;
  Benchmark result;
  for (std::size_t i = Benchmark::bands; i-- > 0;) {
    result.at_least[i] =
        probability_of_at_least(lower_bounds[i], *statistic.estimate, *statistic.error);
    if (result.at_least[i] >= sure) result.band = static_cast<Benchmark::Band>(i);
  }
  return result;
}

}  // namespace gcp2
