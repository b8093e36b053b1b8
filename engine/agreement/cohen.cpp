#include <cmath>

#include "agreement/tally.h"

namespace gcp2 {
namespace {

/// Subjects by the grades of the first and of the second rater; only those that both rated.
struct CrossTable {
  std::size_t grades = 0, subjects = 0;
  std::vector<double> cells, rows, columns;  ///< shares

  explicit CrossTable(const Ratings& ratings)
      : grades{ratings.scale().size()}, cells(grades * grades), rows(grades), columns(grades) {
    for (std::size_t i = 0; i < ratings.subjects().size(); ++i) {
      const auto given = ratings.of(i);
      if (given[0] == Ratings::missing || given[1] == Ratings::missing) continue;
      ++subjects;
      cells[static_cast<std::size_t>(given[0]) * grades + static_cast<std::size_t>(given[1])] += 1;
    }
    for (std::size_t a = 0; a < grades; ++a)
      for (std::size_t b = 0; b < grades; ++b) {
        double& cell = cells[a * grades + b];
        cell /= static_cast<double>(subjects == 0 ? 1 : subjects);
        rows[a] += cell;
        columns[b] += cell;
      }
  }

  /// Both gave one and the same grade throughout.
  [[nodiscard]] bool all_equal() const {
    for (std::size_t a = 0; a < grades; ++a)
      if (cells[a * grades + a] > 0)
        return rows[a] == cells[a * grades + a] && columns[a] == rows[a] && is_only_row(a);
    return false;
  }

 private:
  [[nodiscard]] bool is_only_row(std::size_t row) const {
    for (std::size_t a = 0; a < grades; ++a)
      if (a != row && rows[a] > 0) return false;
    return true;
  }
};

}  // namespace

Statistic cohen_kappa(const Ratings& ratings, Weights weights) {
  Statistic statistic{.measure = Measure::cohen_kappa, .weights = weights};
  if (ratings.raters().size() != 2) {
    statistic.undefined = Undefined::not_two_raters;
    return statistic;
  }
  const CrossTable table{ratings};
  statistic.count = table.subjects;
  if (table.subjects == 0)
    statistic.undefined = Undefined::no_pair;
  else if (table.all_equal())
    statistic.undefined = Undefined::all_equal;
  if (statistic.undefined) return statistic;

  const tally::WeightTable w{weights, table.grades};
  std::vector<double> of_row(table.grades);     // mean weight of a grade of the first rater
  std::vector<double> of_column(table.grades);  // of the second
  double po = 0;
  double pe = 0;
  for (std::size_t a = 0; a < table.grades; ++a)
    for (std::size_t b = 0; b < table.grades; ++b) {
      of_row[a] += table.columns[b] * w.at(a, b);
      of_column[b] += table.rows[a] * w.at(a, b);
      po += table.cells[a * table.grades + b] * w.at(a, b);
      pe += table.rows[a] * table.columns[b] * w.at(a, b);
    }
  statistic.estimate = (po - pe) / (1 - pe);
  if (table.subjects < 2) return statistic;
  // Fleiss, Cohen & Everitt, Psychological Bulletin 1969;72:323-327.
  double squares = 0;
  for (std::size_t a = 0; a < table.grades; ++a)
    for (std::size_t b = 0; b < table.grades; ++b) {
      const double term = w.at(a, b) * (1 - pe) - (of_row[a] + of_column[b]) * (1 - po);
      squares += table.cells[a * table.grades + b] * term * term;
    }
  const double mean = po * pe - 2 * pe + po;
  const double variance = (squares - mean * mean) /
                          (static_cast<double>(table.subjects) * std::pow(1 - pe, 4));
  tally::set_error(statistic, std::sqrt(std::max(variance, 0.0)));  // rounding may go below 0
  return statistic;
}

}  // namespace gcp2
