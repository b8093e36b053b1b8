// Changes to an assessment document that leave everything else in it as it stands.
#pragma once

#include <string>
#include <string_view>

#include "gcp2/assessment.h"
#include "gcp2/document.h"
#include "gcp2/instrument.h"

namespace gcp2::cli {

/// Sets the value that a JSON pointer names. What is missing on the way is made: keys take their
/// place in the format's order, and an index one past a list's end adds an entry.
void put(Value& document, std::string_view pointer, Value value);
void put_text(Value& document, std::string_view pointer, std::string text);
/// Takes away the member or entry that the pointer names, if it is there; what is around it stays.
void take_away(Value& document, std::string_view pointer);

std::string text_at(const Value& document, std::string_view pointer);
std::size_t size_at(const Value& document, std::string_view pointer);  ///< of a list; 0 = none

/// The pointer of the entry about a node in "observations", "comments" or "targets"; of a new entry
/// where there is none, which then stands in the instrument's order.
std::string entry_for(Value& document, const Instrument& instrument, std::string_view list,
                      std::string_view node);
/// Empty where there is none.
std::string find_entry(const Value& document, std::string_view list, std::string_view node);

}  // namespace gcp2::cli
