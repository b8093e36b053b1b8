// The small words of reports: grades with their quality, ages, dates, lists, wrapped lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gcp2/language.h"
#include "gcp2/report.h"

namespace gcp2::words {

std::string quality(const Instrument& instrument, Grade grade);   ///< "poor"
std::string node(const Instrument& instrument, NodeIndex index);  ///< "A3 Clothing"
std::string grade(const Language& language, const Instrument& instrument,
                  Grade grade);  ///< "4 (poor)"
/// The same, or that there is none.
std::string grade_or_none(const Language& language, const Instrument& instrument,
                          const std::optional<Grade>& grade);
std::string age(const Language& language, int months);  ///< "7 years 3 months"
std::string years(const Language& language, int months);  ///< "7 years"; "0 years" before one
/// "23 January 2026", or that there is none.
std::string date(const Language& language, const std::optional<Date>& date);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
/// "a, b and c"; `last` is the key of the word before the last one.
std::string list(const Language& language, const std::vector<std::string>& parts,
                 std::string_view last = "word.and");
std::string grades(const Language& language, GradeSet set);            ///< "2, 4 or 5"
std::string why(const Language& language, LeftOutWhy why);             ///< "not observed"
std::string provenance(const Language& language, Source source);       ///< what S, R, O mean
std::string state(const Language& language, const NodeScore& score);  ///< how settled a grade is

/// Characters, not bytes.
std::size_t length(std::string_view text);

/// Who made this and what it is not, at the end of every report.
std::vector<std::string> closing(const Language& language, const Instrument& instrument);

}  // namespace gcp2::words
