#include <algorithm>
#include <cmath>
#include <cstdint>

#include "gcp2/comparison.h"

namespace gcp2 {
namespace {

// Svensson, "Ordinal invariant measures for individual and group changes in ordered categorical
// data", Stat Med 1998;17:2923-2936. All sums are of whole numbers, so that 0/0 is told exactly.
constexpr std::size_t grades = 5;
using Table = std::array<std::array<std::int64_t, grades>, grades>;
using Marginal = std::array<std::int64_t, grades>;

struct Measures {
  double rp = 0, rv = 0;
  std::optional<double> rc;
};

/// How many there are up to each grade; [0] is 0.
std::array<std::int64_t, grades + 1> cumulative(const Marginal& marginal) {
  std::array<std::int64_t, grades + 1> sums{};
  for (std::size_t i = 0; i < grades; ++i) sums[i + 1] = sums[i] + marginal[i];
  return sums;
}

/// Pairs with an `x` below a `y`; and triples with a `y` between two of `x`.
struct Ordered {
  std::int64_t below = 0, between = 0;
};
Ordered ordered(const Marginal& x, const Marginal& y) {
  const auto sums = cumulative(x);
  Ordered result;
  for (std::size_t i = 0; i < grades; ++i) {
    result.below += y[i] * sums[i];
    result.between += y[i] * sums[i] * (sums[grades] - sums[i + 1]);
  }
  return result;
}

/// The sum over pairs of the squared difference of their augmented ranks: within a grade of X the
/// pairs rank by Y, and within a grade of Y by X. Those of one cell share their mean rank.
std::int64_t squared_rank_differences(const Table& table, const Marginal& x, const Marginal& y) {
  const auto x_before = cumulative(x);
  const auto y_before = cumulative(y);
  std::int64_t sum = 0;
  Marginal above_in_column{};
  for (std::size_t i = 0; i < grades; ++i) {
    std::int64_t before_in_row = 0;
    for (std::size_t j = 0; j < grades; ++j) {
      const std::int64_t difference =
          x_before[i] + before_in_row - y_before[j] - above_in_column[j];
      sum += table[i][j] * difference * difference;
      before_in_row += table[i][j];
      above_in_column[j] += table[i][j];
    }
  }
  return sum;
}

Measures measures_of(const Table& table) {
  Marginal x{};
  Marginal y{};
  std::int64_t count = 0;
  for (std::size_t i = 0; i < grades; ++i)
    for (std::size_t j = 0; j < grades; ++j) {
      x[i] += table[i][j];
      y[j] += table[i][j];
      count += table[i][j];
    }
  const Ordered up = ordered(x, y);
  const Ordered down = ordered(y, x);
  const auto n = static_cast<double>(count);
  Measures measures;
  measures.rp = static_cast<double>(up.below - down.below) / (n * n);
  measures.rv = 6 * static_cast<double>(squared_rank_differences(table, x, y)) / (n * n * n);
  const auto spread = [count, n](std::int64_t below) {
    return static_cast<double>(below) * static_cast<double>(count * count - below) /
           (n * n * n * n);
  };
  const double scale = std::min(spread(up.below), spread(down.below));
  if (scale > 0) measures.rc = static_cast<double>(up.between - down.between) / (n * n * n) / scale;
  return measures;
}

/// The standard error from the values without one pair each: all pairs of a cell leave the same.
class Jackknife {
 public:
  void add(std::int64_t times, double value) { values_.push_back({times, value}); }

  [[nodiscard]] std::optional<double> error(std::int64_t count) const {
    if (count < 2) return std::nullopt;
    const auto n = static_cast<double>(count);
    double mean = 0;
    for (const auto& [times, value] : values_) mean += static_cast<double>(times) * value / n;
    double squares = 0;
    for (const auto& [times, value] : values_)
      squares += static_cast<double>(times) * (value - mean) * (value - mean);
    return std::sqrt((n - 1) / n * squares);
  }

 private:
  std::vector<std::pair<std::int64_t, double>> values_;
};

}  // namespace

Shift shift_of(const std::vector<GradePair>& pairs) {
  Shift shift;
  shift.pairs = pairs.size();
  if (pairs.empty()) return shift;
  Table table{};
  for (const auto& [first, second] : pairs) {
    ++table[static_cast<std::size_t>(first.number() - 1)]
           [static_cast<std::size_t>(second.number() - 1)];
    if (first.worse_than(second)) ++shift.improved;
    if (second.worse_than(first)) ++shift.worsened;
  }
  shift.unchanged = static_cast<double>(shift.pairs - shift.improved - shift.worsened) /
                    static_cast<double>(shift.pairs);
  const Measures whole = measures_of(table);
  const auto count = static_cast<std::int64_t>(pairs.size());
  Jackknife rp;
  Jackknife rc;
  Jackknife rv;
  bool rc_known = true;
  for (auto& row : table)
    for (std::int64_t& cell : row) {
      if (cell == 0 || count < 2) continue;
      const std::int64_t times = cell--;
      const Measures without = measures_of(table);
      ++cell;
      rp.add(times, without.rp);
      rv.add(times, without.rv);
      if (without.rc)
        rc.add(times, *without.rc);
      else
        rc_known = false;
    }
  shift.rp = Jackknifed{whole.rp, rp.error(count)};
  shift.rv = Jackknifed{whole.rv, rv.error(count)};
  if (whole.rc) shift.rc = Jackknifed{*whole.rc, rc_known ? rc.error(count) : std::nullopt};
  return shift;
}

}  // namespace gcp2
