#include "gcp2/indication.h"

namespace gcp2 {

std::string_view name_of(IndicationLevel level) noexcept {
  switch (level) {
    case IndicationLevel::strength: return "strength";
    case IndicationLevel::watch: return "watch";
    case IndicationLevel::concern: return "concern";
    case IndicationLevel::urgent: break;
  }
  return "urgent";
}

}  // namespace gcp2
