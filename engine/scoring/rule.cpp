#include <algorithm>

#include "gcp2/scoring.h"

namespace gcp2 {

std::string_view name_of(Status status) noexcept {
  switch (status) {
    case Status::complete: return "complete";
    case Status::provisional: return "provisional";
    case Status::ungraded: return "ungraded";
    case Status::not_applicable: break;
  }
  return "not_applicable";
}

std::string_view name_of(Reason reason) noexcept {
  switch (reason) {
    case Reason::direct: return "direct";
    case Reason::majority: return "majority";
    case Reason::override_above: return "override";
    case Reason::tie: return "tie";
    case Reason::worst: return "worst";
    case Reason::practitioner: return "practitioner";
    case Reason::exception: break;
  }
  return "exception";
}

std::string_view name_of(LeftOutWhy why) noexcept {
  switch (why) {
    case LeftOutWhy::not_yet: return "not_yet";
    case LeftOutWhy::not_observed: return "not_observed";
    case LeftOutWhy::declined: return "declined";
    case LeftOutWhy::not_applicable: return "not_applicable";
    case LeftOutWhy::ungraded: return "ungraded";
    case LeftOutWhy::exception: break;
  }
  return "exception";
}

// Without branches on the counts: no two records are alike, and a branch that is guessed wrong costs
// more than all of these sums.
std::optional<RolledUp> roll_up(const Rule& rule, const GradeCounts& counts) noexcept {
  // The largest of "count, then number" is the most frequent grade and the winner of its tie.
  const unsigned turned = rule.tie == Tie::worse ? 0 : 7;
  unsigned largest = 0;
  int worst = 0;
  for (unsigned number = Grade::best; number <= Grade::worst; ++number) {
    const unsigned count = counts[number - 1];
    largest = std::max(largest, count << 3U | (number ^ turned));
    worst = count != 0 ? static_cast<int>(number) : worst;
  }
  const auto worst_grade = Grade::from(worst);
  if (!worst_grade) return std::nullopt;
  if (rule.method == Rule::Method::worst) return RolledUp{*worst_grade, Reason::worst};
  if (rule.override_above && worst_grade->worse_than(*rule.override_above))
    return RolledUp{*worst_grade, Reason::override_above};
  int frequent = 0;
  for (const unsigned count : counts) frequent += count == largest >> 3U ? 1 : 0;
  const auto chosen = Grade::from(static_cast<int>((largest & 7U) ^ turned));
  return RolledUp{*chosen, frequent == 1 ? Reason::majority : Reason::tie};
}

}  // namespace gcp2
