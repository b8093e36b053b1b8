#include "support/series.h"

#include <chrono>

namespace gcp2::test {

void Series::add(const Instrument& instrument, const Rule& rule, Assessment assessment, Sheet sheet,
                 std::string_view file) {
  const std::string& name = files_.emplace_back(file);
  const Assessment& a = assessments_.emplace_back(std::move(assessment));
  const Sheet& s = sheets_.emplace_back(std::move(sheet));
  const Scorecard& card = cards_.emplace_back(score(instrument, rule, s));
  records_.push_back({instrument, rule, a, s, card, name});
}

void Series::add_case(std::string_view name, const std::vector<Change>& changes,
                      std::string_view file) {
  Judged record = judged(changed(case_document(name), changes));
  add(gcp_instrument(), default_rule(gcp_instrument()), std::move(record.assessment),
      std::move(record.sheet), file.empty() ? name : file);
}

void Series::add_sheet(std::size_t point, const std::vector<Marked>& marks, int age_months,
                       std::string_view rule, Conditions conditions, const Instrument& instrument) {
  Assessment assessment;
  assessment.id = "00000000-0000-4000-8000-00000000000" + std::to_string(point);
  assessment.child.ref = "C-0001";
  const std::chrono::year_month_day end = std::chrono::sys_days{day("2026-01-23").calendar()} +
                                          std::chrono::days{30 * static_cast<int>(point)};
  assessment.window_to =
      Date::from(static_cast<int>(end.year()), static_cast<unsigned>(end.month()),
                 static_cast<unsigned>(end.day()));
  assessment.window_from = assessment.window_to;
  Sheet sheet = sheet_with(instrument, age_months, marks);
  sheet.conditions = conditions;
  add(instrument, rule.empty() ? default_rule(instrument) : *instrument.rule(rule),
      std::move(assessment), std::move(sheet), "file" + std::to_string(point));
}

void Series::add_leaf(std::size_t point, std::string_view code, int grade) {
  add_sheet(point, {{code, grade}});
}

Comparison Series::compared(const RaterNoise* noise,
                            const std::vector<NodeMapping>& mappings) const {
  return compare(records_, noise, mappings);
}

const NodeChange& Series::node(const Comparison& comparison, std::string_view code) {
  return comparison.nodes.at(comparison.points.back().instrument.find(code).value());
}

}  // namespace gcp2::test
