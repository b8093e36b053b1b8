// What must hold whatever is read. A claim that does not hold is a find and ends the process.
#pragma once

#include <string_view>
#include <vector>

#include "gcp2/document.h"
#include "gcp2/findings.h"
#include "gcp2/interop.h"

namespace gcp2::fuzz {

void claim(bool holds, std::string_view what);

/// Every finding has a sentence for people and, where `placed`, a line and a column; a refusal is
/// never silent; as a document and as text they can be written.
void claim_findings(const Findings& findings, bool placed);
/// Of texts for a terminal: no control characters but the line break.
void claim_printable(std::string_view text, std::string_view what);
/// Written in either layout, the value is read again, and equal.
void claim_written(const Value& document);
/// Its observations as CSV, where no column lacks for them, are read again, and equal.
void claim_csv(const Value& document);

/// Judged by the shipped instruments: validated; and without anything `invalid` scored by every
/// rule, explained, written and read again, judged the same.
void claim_record(Value document, Findings found, bool placed);
}  // namespace gcp2::fuzz
