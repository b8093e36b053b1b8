// How many raters gave a subject each grade: all that agreement of any number of raters rests on.
#pragma once

#include <cstdint>
#include <vector>

#include "gcp2/agreement.h"

namespace gcp2::tally {

/// Subjects with at least one rating.
struct Tally {
  std::size_t grades = 0;             ///< of the scale
  std::vector<std::uint32_t> counts;  ///< subject-major, a number for every grade
  std::vector<std::uint32_t> ratings;  ///< of each subject
  std::size_t pairable = 0;           ///< subjects with two or more
  std::size_t used = 0;               ///< grades that anybody gave
  std::size_t used_in_pairs = 0;      ///< of them those that a pairable subject was given

  [[nodiscard]] std::size_t subjects() const noexcept { return ratings.size(); }
  [[nodiscard]] const std::uint32_t* of(std::size_t subject) const noexcept {
    return counts.data() + subject * grades;
  }
};
Tally tally_of(const Ratings& ratings);

/// A table of grades by grades, 1 on the diagonal and less beside it.
class WeightTable {
 public:
  WeightTable(Weights weights, std::size_t grades);
  [[nodiscard]] double at(std::size_t a, std::size_t b) const noexcept {
    return table_[a * grades_ + b];
  }
  [[nodiscard]] double sum() const noexcept;

 private:
  std::size_t grades_;
  std::vector<double> table_;
};

/// With the normal interval.
void set_error(Statistic& statistic, double error);
/// Of a mean of `values` that is the estimate.
void set_error_of_mean(Statistic& statistic, const std::vector<double>& values);

}  // namespace gcp2::tally
