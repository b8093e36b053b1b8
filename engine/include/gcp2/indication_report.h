// Indications for people and for programs: what is indicated, why, what to do, whom to call.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gcp2/document.h"
#include "gcp2/indication.h"
#include "gcp2/language.h"

namespace gcp2 {

/// What a report of indications is made from; what it refers to must outlive it.
struct IndicationReport {
  const std::vector<Indication>& indications;  ///< as `indications` orders them
  const Comparison& comparison;
  const IndicationRules& rules;
  const Locality& locality;
  const Findings& notes;  ///< dismissals that dismiss nothing, records left out
  Date as_of;
};

/// Where anything is urgent, dismissed or not: 999 and the locality's numbers in one line, to stand
/// before everything else; otherwise empty.
std::string urgent_line(const IndicationReport& report, const Language& language);
/// For a teacher; the urgent line comes first.
std::string indications_text(const IndicationReport& report, const Language& language,
                             std::size_t width = 80);
/// "gcp2/indications/1"; "first" is the urgent line and stands directly behind "format".
Value indications_document(const IndicationReport& report, const Language& language);

}  // namespace gcp2
