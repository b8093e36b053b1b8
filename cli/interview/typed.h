// What people type: tidied, and read as dates, numbers and yes or no.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gcp2/core.h"

namespace gcp2::cli {

struct Tidied {
  std::string text;      ///< without spaces at its ends
  bool changed = false;  ///< control characters or escape sequences were taken out
};
/// nullopt where the bytes are not UTF-8.
std::optional<Tidied> tidied(std::string_view line);

/// ASCII letters in lower case.
std::string lower(std::string_view text);
std::size_t characters(std::string_view text);
/// Whether it holds an ASCII letter or anything beyond ASCII.
bool has_letter(std::string_view text);

/// 23/01/2026, 23.1.2026, 23 January 2026, 23 jan 2026, 2026-01-23, today, yesterday: the day comes
/// first, the year has four digits.
std::optional<Date> date_from(std::string_view text, Date today);
/// "23 January 2026"
std::string in_words(Date date);
/// "23 January 2026 (2026-01-23)"
std::string echoed(Date date);
std::string age_in_words(int months);

std::optional<bool> yes_or_no(std::string_view text);
/// A number from 1 to `last`.
std::optional<std::size_t> choice(std::string_view text, std::size_t last);
/// "a number from 1 to 4"; "1" where there is nothing else.
std::string number_up_to(std::size_t last);

}  // namespace gcp2::cli
