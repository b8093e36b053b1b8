// Indication rules and localities as JSON, and those that ship inside the program.
#pragma once

#include <string_view>
#include <vector>

#include "gcp2/indication.h"

namespace gcp2 {

/// Findings have their positions. `invalid` = not to be used.
IndicationRules read_indication_rules_json(std::string_view text, Findings& findings);
Locality read_locality_json(std::string_view text, Findings& findings);

/// The default rules (schemas/indications/default.json).
const IndicationRules& shipped_indication_rules();
/// default, sandwell, dudley (schemas/localities/).
const std::vector<Locality>& shipped_localities();

}  // namespace gcp2
