#include "gcp2/case_files.h"

#include <stdexcept>

#include "embedded/case_authorities.h"
#include "embedded/case_baby.h"
#include "embedded/case_better.h"
#include "embedded/case_drift.h"
#include "embedded/case_plan.h"
#include "embedded/case_school.h"
#include "embedded/case_siblings.h"
#include "embedded/case_teenager.h"
#include "embedded/case_toddler.h"
#include "gcp2/json.h"

namespace gcp2 {

const std::vector<Case>& shipped_cases() {
  static const std::vector<Case> shipped = [] {
    std::vector<Case> cases;
    Findings findings;
    for (const std::string_view text :
         {embedded::case_baby, embedded::case_toddler, embedded::case_school, embedded::case_plan,
          embedded::case_siblings, embedded::case_teenager, embedded::case_authorities,
          embedded::case_better, embedded::case_drift})
      cases.push_back(read_case(read_json(text, findings), shipped_instruments(), findings));
    if (!findings.empty()) throw std::logic_error{"a shipped case is not whole"};
    return cases;
  }();
  return shipped;
}

}  // namespace gcp2
