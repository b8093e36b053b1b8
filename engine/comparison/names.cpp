#include "gcp2/comparison.h"

namespace gcp2 {

std::string_view name_of(Direction direction) noexcept {
  switch (direction) {
    case Direction::improved: return "improved";
    case Direction::unchanged: return "unchanged";
    case Direction::worsened: break;
  }
  return "worsened";
}

std::string_view name_of(ChangeNote note) noexcept {
  switch (note) {
    case ChangeNote::assessor_changed: return "assessor_changed";
    case ChangeNote::carer_changed: return "carer_changed";
    case ChangeNote::rule_changed: return "rule_changed";
    case ChangeNote::age_band_changed: return "age_band_changed";
    case ChangeNote::provisional: return "provisional";
    case ChangeNote::judged: return "judged";
    case ChangeNote::latest_missing: return "latest_missing";
    case ChangeNote::not_comparable: return "not_comparable";
    case ChangeNote::within_rater_variation: break;
  }
  return "within_rater_variation";
}

}  // namespace gcp2
