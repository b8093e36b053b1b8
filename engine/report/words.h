// The small words of reports: grades with their quality, ages, lists, wrapped lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gcp2/report.h"

namespace gcp2::words {

std::string grade(const Instrument& instrument, Grade grade);     ///< "4 (poor)"
std::string quality(const Instrument& instrument, Grade grade);   ///< "poor"
std::string node(const Instrument& instrument, NodeIndex index);  ///< "A3 Clothing"
std::string age(int months);                                      ///< "7 years 3 months"
std::string list(const std::vector<std::string>& parts, std::string_view last = "and");
std::string grades(GradeSet set);            ///< "2, 4 or 5"
std::string_view why(LeftOutWhy why);        ///< "not observed"
std::string_view provenance(Source source);  ///< what S, R, O mean for a rule

/// Characters, not bytes.
std::size_t length(std::string_view text);

/// Who made this and what it is not, at the end of every report.
std::string closing(const Instrument& instrument, std::size_t width);

}  // namespace gcp2::words
