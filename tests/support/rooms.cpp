#include "support/rooms.h"

#include <algorithm>
#include <stdexcept>

#include "gcp2/case_files.h"

namespace gcp2::test {

ToldCase told_case(std::string_view id, std::string_view profile) {
  const auto& cases = shipped_cases();
  const auto told = std::ranges::find(cases, id, &Case::id);
  if (told == cases.end() || told->profile(profile) == nullptr)
    throw std::logic_error{"no such case"};
  return {&*told, told->profile(profile)};
}

Sheet graded(const ToldCase& of, const Grading& grading) {
  Sheet sheet;
  sheet.clear(of.told->instrument->nodes.size());
  sheet.age_months = of.profile->age_months;
  sheet.conditions = of.profile->conditions;
  for (const KeyEntry& key : of.profile->key)
    if (const int given = grading(key); given != 0)
      sheet.marks[key.node] = {Grade::from(given), NotGraded::not_yet};
  return sheet;
}

Trainee trainee(const ToldCase& of, const std::string& name, const Grading& grading) {
  return {name, "id of " + name, mark(of, graded(of, grading))};
}

int as_key(const KeyEntry& key) { return key.grade ? key.grade->number() : 0; }

Grading worse_by(int grades) {
  return [grades](const KeyEntry& key) {
    return key.grade ? std::clamp(key.grade->number() + grades, Grade::best, Grade::worst) : 0;
  };
}

}  // namespace gcp2::test
