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

std::optional<RolledUp> roll_up(const Rule& rule, const GradeCounts& counts) noexcept {
  int worst = Grade::worst;
  while (worst >= Grade::best && counts[static_cast<std::size_t>(worst - 1)] == 0) --worst;
  const auto worst_grade = Grade::from(worst);
  if (!worst_grade) return std::nullopt;
  if (rule.method == Rule::Method::worst) return RolledUp{*worst_grade, Reason::worst};
  if (rule.override_above && worst_grade->worse_than(*rule.override_above))
    return RolledUp{*worst_grade, Reason::override_above};
  const std::uint16_t most = *std::ranges::max_element(counts);
  int chosen = 0;
  int frequent = 0;
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    if (counts[static_cast<std::size_t>(number - 1)] != most) continue;
    if (frequent++ == 0 || rule.tie == Tie::worse) chosen = number;
  }
  return RolledUp{*Grade::from(chosen), frequent == 1 ? Reason::majority : Reason::tie};
}

}  // namespace gcp2
