#include "gcp2/indication_files.h"

#include <stdexcept>

#include "embedded/default_locality.h"
#include "embedded/default_rules.h"
#include "embedded/dudley_locality.h"
#include "embedded/sandwell_locality.h"
#include "gcp2/json.h"

namespace gcp2 {
namespace {

template <class Read>
auto read_located(std::string_view text, Read read, Findings& findings) {
  Findings found;
  const Value document = read_json(text, found);
  decltype(read(document, found)) value;
  if (found.empty()) value = read(document, found);
  locate(found, document);
  findings.insert(findings.end(), found.begin(), found.end());
  return value;
}

void require_whole(const Findings& findings) {
  if (!findings.empty()) throw std::logic_error{"a shipped file of indications is not whole"};
}

}  // namespace

IndicationRules read_indication_rules_json(std::string_view text, Findings& findings) {
  return read_located(text, read_indication_rules, findings);
}

Locality read_locality_json(std::string_view text, Findings& findings) {
  return read_located(text, read_locality, findings);
}

const IndicationRules& shipped_indication_rules() {
  static const IndicationRules shipped = [] {
    Findings findings;
    IndicationRules rules = read_indication_rules_json(embedded::default_rules, findings);
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
      localities.push_back(read_locality_json(text, findings));
    require_whole(findings);
    return localities;
  }();
  return shipped;
}

}  // namespace gcp2
