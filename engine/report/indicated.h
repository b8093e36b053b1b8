// Every sentence about indications, for whatever shows them.
#pragma once

#include <string>
#include <vector>

#include "gcp2/indication_report.h"

namespace gcp2 {

struct SaidIndication {
  const Indication* of = nullptr;
  std::string sentence;          ///< level word and the rule's sentence
  std::vector<std::string> why;  ///< nodes with grades and dates
  std::string types;             ///< neglect types, or empty
  std::string dismissed;         ///< by whom and why, or empty
};

std::string level_word(IndicationLevel level, const Language& language);
/// One for each indication, in order.
std::vector<SaidIndication> said_indications(const IndicationReport& report,
                                             const Language& language);
/// "Sandwell: 0121 569 3100 (any hour)".
std::string contact_line(const Contact& contact, const Language& language);

}  // namespace gcp2
