#include <stdexcept>

#include "embedded/gcp2_instrument.h"
#include "embedded/gcp_instrument.h"
#include "gcp2/json.h"

namespace gcp2 {

Instrument read_instrument_json(std::string_view text, Findings& findings) {
  Findings found;
  const Value document = read_json(text, found);
  Instrument instrument;
  if (!any(found, Severity::invalid)) {
    instrument = read_instrument(document, found);
    if (!any(found, Severity::invalid)) instrument.digest = digest_of(instrument);
    locate(found, document);
  }
  findings.insert(findings.end(), found.begin(), found.end());
  return instrument;
}

const Instruments& shipped_instruments() {
  static const Instruments shipped = [] {
    Instruments instruments;
    Findings findings;
    for (const std::string_view text : {embedded::gcp_instrument, embedded::gcp2_instrument})
      instruments.list.push_back(read_instrument_json(text, findings));
    if (!findings.empty()) throw std::logic_error{"a shipped instrument is not whole"};
    return instruments;
  }();
  return shipped;
}

}  // namespace gcp2
