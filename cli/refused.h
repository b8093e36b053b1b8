// Why something was refused, in a sentence: for the terminal and for the browser.
#pragma once

#include <fmt/format.h>

#include <string>

#include "gcp2/report.h"
#include "gcp2/setting.h"
#include "phrase.h"

namespace gcp2::cli {

/// `reasons`: the listed ones, where they help.
inline std::string why_refused(const Refusal& refusal, const std::string& reasons = {}) {
  // Two who save clash in places; two who sign, accept or erase clash as a whole.
  const bool as_a_whole = refusal.why == Why::changed_meanwhile && refusal.places.empty();
  return phrase(
      as_a_whole ? "store.others_were_faster" : "store.why." + std::string{name_of(refusal.why)},
      {{"places", fmt::to_string(fmt::join(refusal.places, ", "))},
       {"what", one_line(refusal.store.message)},
       {"reasons", reasons},
       {"seconds", std::to_string(refusal.wait)}});
}

}  // namespace gcp2::cli
