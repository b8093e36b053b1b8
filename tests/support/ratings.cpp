#include "support/ratings.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace gcp2::test {
namespace {

std::vector<std::string> names(char kind, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(kind + std::to_string(i + 1));
  return all;
}

Ratings filled(const Table& table, Scale scale, bool rows_are_subjects) {
  const std::size_t columns = table.empty() ? 0 : table.front().size();
  const auto [subjects, raters] =
      rows_are_subjects ? std::pair{table.size(), columns} : std::pair{columns, table.size()};
  Ratings ratings{names('s', subjects), names('r', raters), scale};
  for (std::size_t s = 0; s < subjects; ++s)
    for (std::size_t r = 0; r < raters; ++r)
      if (const int grade = rows_are_subjects ? table[s].at(r) : table[r].at(s); grade != 0)
        ratings.set(s, r, grade);
  return ratings;
}

/// "4422 1135": a word is a subject, a digit a rater.
Table digits(std::string_view text) {
  Table table{{}};
  for (const char c : text)
    if (c == ' ')
      table.emplace_back();
    else
      table.back().push_back(c - '0');
  return table;
}

}  // namespace

Ratings by_subject(const Table& table, Scale scale) { return filled(table, scale, true); }
Ratings by_rater(const Table& table, Scale scale) { return filled(table, scale, false); }

const Ratings& fleiss_ratings() {
  static const Ratings ratings = by_subject(digits(
      "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"));
  return ratings;
}

const Ratings& krippendorff_ratings() {
  static const Ratings ratings =
      by_rater({{1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
       {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 0},
       {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3},
       {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}});
  return ratings;
}

const Statistic& one(const std::vector<Statistic>& all, Measure measure,
                     std::optional<Weights> weights, std::optional<std::size_t> rater) {
  const auto found = std::ranges::find_if(all, [&](const Statistic& s) {
    return s.measure == measure && s.weights == weights && (!rater || s.rater == rater);
  });
  if (found == all.end()) throw std::logic_error{"no such statistic"};
  return *found;
}

}  // namespace gcp2::test
