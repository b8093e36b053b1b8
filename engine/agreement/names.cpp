#include <algorithm>
#include <iterator>

#include "gcp2/agreement.h"

namespace gcp2 {
namespace {

constexpr std::string_view measures[] = {"percent_exact",      "percent_within_one",
                                         "cohen_kappa",        "fleiss_kappa",
                                         "gwet_ac",            "brennan_prediger",
                                         "krippendorff_alpha", "rp_bias"};
constexpr std::string_view weightings[] = {"identity", "linear",  "quadratic",
                                           "nominal",  "ordinal", "interval"};
constexpr std::string_view reasons[] = {"no_pair", "all_equal", "not_two_raters"};
constexpr std::string_view methods[] = {"normal", "bca", "percentile"};
constexpr std::string_view bands[] = {"almost_perfect", "substantial", "moderate",
                                      "fair",           "slight",      "poor"};

}  // namespace

std::string_view name_of(Measure measure) noexcept {
  return measures[static_cast<std::size_t>(measure)];
}

std::string_view name_of(Weights weights) noexcept {
  return weightings[static_cast<std::size_t>(weights)];
}

std::optional<Weights> weights_named(std::string_view name) noexcept {
  const auto found = std::ranges::find(weightings, name);
  if (found == std::end(weightings)) return std::nullopt;
  return static_cast<Weights>(found - std::begin(weightings));
}

std::string_view name_of(Undefined why) noexcept {
  return reasons[static_cast<std::size_t>(why)];
}

std::string_view name_of(IntervalMethod method) noexcept {
  return methods[static_cast<std::size_t>(method)];
}

std::string_view name_of(Benchmark::Band band) noexcept {
  return bands[static_cast<std::size_t>(band)];
}

}  // namespace gcp2
