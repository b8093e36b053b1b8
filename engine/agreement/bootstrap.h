// Drawing subjects with replacement, and the error and interval of what comes of it.
#pragma once

#include <cstdint>

#include "gcp2/agreement.h"

namespace gcp2::bootstrap {

/// Numbers below `size` for one sample, from the seed and the sample's number alone: a sample is the
/// same on whatever thread it is drawn. SplitMix64 (Steele, Lea & Flood 2014).
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t sample, std::size_t size) noexcept
      : state_{mixed(seed ^ mixed(sample + 1))}, size_{size} {}

  std::size_t next() noexcept {
    state_ += step;
    // The high half of a product maps 32 random bits to 0..size-1 without division.
    return static_cast<std::size_t>((mixed(state_) >> 32U) * size_ >> 32U);
  }

 private:
  static constexpr std::uint64_t step = 0x9E3779B97F4A7C15;

  static std::uint64_t mixed(std::uint64_t z) noexcept {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_, size_;
};

/// The standard deviation of the samples as error and their BCa interval (Efron 1987), or the
/// percentile interval where the correction is not defined. `without`: the statistic without each
/// subject. Samples without a value (all ratings equal) are left out.
void set_error(Statistic& statistic, const std::vector<std::optional<double>>& samples,
               const std::vector<std::optional<double>>& without);

}  // namespace gcp2::bootstrap
