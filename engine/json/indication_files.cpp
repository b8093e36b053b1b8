#include "gcp2/indication_files.h"

#include <stdexcept>

#include "embedded/default_locality.h"
#include "embedded/default_rules.h"
#include "embedded/dudley_locality.h"
#include "embedded/sandwell_locality.h"
#include "gcp2/json.h"

namespace gcp2 {
namespace {

void require_whole(const Findings& findings) {
  if (!findings.empty()) throw std::logic_error{"a shipped file of indications is not whole"};
}

}  // namespace

const IndicationRules& shipped_indication_rules() {
  static const IndicationRules shipped = [] {
    Findings findings;
    IndicationRules rules =
        read_indication_rules(read_json(embedded::default_rules, findings), findings);
    check_rule_nodes(rules, shipped_instruments(), findings);
    require_whole(findings);
    return rules;
  }();
  return shipped;
}

const std::vector<Locality>& shipped_localities() {
  static const std::vector<Locality> shipped = [] {
    Findings findings;
    std::vector<Locality> localities;
    for (const std::string_view text :
         {embedded::default_locality, embedded::sandwell_locality, embedded::dudley_locality})
      localities.push_back(read_locality(read_json(text, findings), findings));
    require_whole(findings);
    return localities;
  }();
  return shipped;
}

}  // namespace gcp2
