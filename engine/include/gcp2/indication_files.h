// The indication rules and localities that ship inside the program.
#pragma once

#include <vector>

#include "gcp2/indication.h"

namespace gcp2 {

/// The default rules (schemas/indications/default.json).
const IndicationRules& shipped_indication_rules();
/// default, sandwell, dudley (schemas/localities/).
const std::vector<Locality>& shipped_localities();

}  // namespace gcp2
