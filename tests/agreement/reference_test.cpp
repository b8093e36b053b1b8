// What psych, statsmodels and scikit-learn say of random tables (tests/reference).
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "gcp2/agreement.h"
#include "gcp2/json.h"
#include "support/ratings.h"

namespace gcp2 {
namespace {

double number(const Value& value) {
  double number = 0;
  const std::string_view text = value.text();
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Value figures() {
  std::ifstream file{REFERENCE "/figures.json"};
  Findings findings;
  return read_json(std::string{std::istreambuf_iterator<char>{file}, {}}, findings);
}

Ratings ratings_of(const Value& table) {
  test::Table rows;
  for (const Value& row : table.find("ratings")->items()) {
    rows.emplace_back();
    for (const Value& grade : row.items()) rows.back().push_back(static_cast<int>(number(grade)));
  }
  return test::by_subject(rows);
}

TEST(Reference, OtherProgramsSayTheSame) {
  constexpr double near_enough = 1e-9;
  const Value all = figures();
  ASSERT_NE(all.find("tables"), nullptr);
  std::size_t compared = 0;
  for (const Value& table : all.find("tables")->items()) {
    const auto statistics = agreement(ratings_of(table), {.samples = 0});
    for (const Value& figure : table.find("figures")->items()) {
      const auto found = std::ranges::find_if(statistics, [&](const Statistic& s) {
        return name_of(s.measure) == figure.text_at("name") && s.weights &&
               name_of(*s.weights) == figure.text_at("weights");
      });
      ASSERT_NE(found, statistics.end());
      const std::string said = std::string{figure.text_at("program")} + " " +
                               std::string{figure.text_at("name")} + " " +
                               std::string{figure.text_at("weights")};
      EXPECT_NEAR(*found->estimate, number(*figure.find("estimate")), near_enough) << said;
      ++compared;
      // psych's error of a weighted kappa is not that of Fleiss, Cohen & Everitt; statsmodels' is.
      const bool is_psych = figure.text_at("program").starts_with("psych");
      if (const Value* error = figure.find("se");
          error != nullptr && (!is_psych || found->weights == Weights::identity)) {
        EXPECT_NEAR(*found->error, number(*error), near_enough) << said;
      }
    }
  }
  EXPECT_EQ(compared, 42U);
}

}  // namespace
}  // namespace gcp2
