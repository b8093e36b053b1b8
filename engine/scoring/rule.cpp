#include "gcp2/scoring.h"
#include "scoring/rolled.h"

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
  const auto outcome = Rolling{rule}.of(counts);
  const auto grade = Grade::from(outcome.grade);
  return grade ? std::optional{RolledUp{*grade, outcome.reason}} : std::nullopt;
}

}  // namespace gcp2
