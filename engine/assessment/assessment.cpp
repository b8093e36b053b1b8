#include "gcp2/assessment.h"

#include <algorithm>

namespace gcp2 {

std::string_view name_of(NotGraded reason) noexcept {
  switch (reason) {
    case NotGraded::not_yet: return "not_yet";
    case NotGraded::not_observed: return "not_observed";
    case NotGraded::declined: return "declined";
    case NotGraded::not_applicable: break;
  }
  return "not_applicable";
}

std::optional<NotGraded> not_graded_from(std::string_view name) noexcept {
  for (const NotGraded r :
       {NotGraded::not_observed, NotGraded::declined, NotGraded::not_applicable})
    if (name == name_of(r)) return r;
  return std::nullopt;
}

std::optional<int> Assessment::age_months() const noexcept {
  if (!child.date_of_birth) return child.expected_date ? std::optional{0} : std::nullopt;
  if (!window_to) return std::nullopt;
  return std::max(0, completed_months(*child.date_of_birth, *window_to));
}

void Sheet::clear(std::size_t nodes) {
  age_months = 0;
  conditions.reset();
  marks.assign(nodes, Mark{});
  judgements.assign(nodes, std::nullopt);
  has_judgements = false;
}

}  // namespace gcp2
