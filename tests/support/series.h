// Records of one child over time, from the cases or from a few grades, and what comparing them
// gives.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/comparison.h"
#include "support/records.h"

namespace gcp2::test {

class Series {
 public:
  /// A case with changes; its file is NAME.
  void add_case(std::string_view name, const std::vector<Change>& changes = {},
                std::string_view file = {});
  /// A record of the instrument whose window ends 30 days after that of the point before.
  void add_sheet(std::size_t point, const std::vector<Marked>& marks, int age_months = 90,
                 std::string_view rule = {}, Conditions conditions = {},
                 const Instrument& instrument = gcp_instrument());
  void add_leaf(std::size_t point, std::string_view code, int grade);

  [[nodiscard]] const std::vector<ScoredRecord>& records() const { return records_; }
  [[nodiscard]] Assessment& assessment(std::size_t record) { return assessments_.at(record); }
  [[nodiscard]] Comparison compared(const RaterNoise* noise = nullptr,
                                    const std::vector<NodeMapping>& mappings = {}) const;
  [[nodiscard]] static const NodeChange& node(const Comparison& comparison, std::string_view code);

 private:
  void add(const Instrument& instrument, const Rule& rule, Assessment assessment, Sheet sheet,
           std::string_view file);

  std::deque<std::string> files_;
  std::deque<Assessment> assessments_;
  std::deque<Sheet> sheets_;
  std::deque<Scorecard> cards_;
  std::vector<ScoredRecord> records_;
};

}  // namespace gcp2::test
