#include "typed.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

#include "../phrase.h"

namespace gcp2::cli {
namespace {

constexpr int months_of_a_year = 12;

std::string month_name(int month) { return phrase("month." + std::to_string(month)); }

/// A character at the front of the text, taken off it; nullopt where it is not UTF-8.
std::optional<char32_t> take(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = lead < 0x80                   ? 1
                           : lead >= 0xC2 && lead < 0xE0 ? 2
                           : lead >= 0xE0 && lead < 0xF0 ? 3
                           : lead >= 0xF0 && lead < 0xF5 ? 4
                                                         : 0;
  if (size == 0 || text.size() < size) return std::nullopt;
  char32_t code = size == 1 ? lead : lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) return std::nullopt;
    code = code << 6 | (byte & 0x3FU);
  }
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
    return std::nullopt;
  text.remove_prefix(size);
  return code;
}

/// Characters that move the cursor, hide text or turn its direction round.
constexpr bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFD;
}

/// What follows an escape character: "[...letter" or one character.
void skip_escape(std::string_view& text) {
  if (!text.starts_with('[')) {
    if (!text.empty()) (void)take(text);
    return;
  }
  text.remove_prefix(1);
  while (!text.empty() && text[0] >= 0x20 && text[0] < 0x40) text.remove_prefix(1);
  if (!text.empty()) (void)take(text);
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<int> month_from(std::string_view text) {
  if (const auto value = number(text)) return value;
  if (text.size() < 3) return std::nullopt;
  for (int month = 1; month <= months_of_a_year; ++month)
    if (lower(month_name(month)).starts_with(lower(text))) return month;
  return std::nullopt;
}

Date day_before(Date date) {
  const std::chrono::year_month_day before{std::chrono::sys_days{date.calendar()} -
                                           std::chrono::days{1}};
  return *Date::from(static_cast<int>(before.year()), static_cast<unsigned>(before.month()),
                     static_cast<unsigned>(before.day()));
}

}  // namespace

std::optional<Tidied> tidied(std::string_view line) {
  Tidied tidy;
  while (!line.empty()) {
    const std::string_view before = line;
    const auto code = take(line);
    if (!code) return std::nullopt;
    if (*code == '\t') {
      tidy.text += ' ';
    } else if (is_control(*code)) {
      tidy.changed = true;
      if (*code == 0x1B) skip_escape(line);
    } else {
      tidy.text += before.substr(0, before.size() - line.size());
    }
  }
  const auto first = tidy.text.find_first_not_of(' ');
  if (first == std::string::npos) return Tidied{{}, tidy.changed};
  tidy.text = tidy.text.substr(first, tidy.text.find_last_not_of(' ') - first + 1);
  return tidy;
}

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_letter(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) > 0x7F;
  });
}

std::optional<Date> date_from(std::string_view text, Date today) {
  if (lower(text) == "today") return today;
  if (lower(text) == "yesterday") return day_before(today);
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("/.- ,"), text.size());
    if (end != 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (parts.size() != 3) return std::nullopt;
  if (parts[0].size() == 4) std::swap(parts[0], parts[2]);
  if (parts[2].size() != 4 || parts[0].size() > 4) return std::nullopt;
  for (const std::string_view ending : {"st", "nd", "rd", "th"})
    if (parts[0].size() > 2 && lower(parts[0]).ends_with(ending)) parts[0].remove_suffix(2);
  const auto day = number(parts[0]);
  const auto month = month_from(parts[1]);
  const auto year = number(parts[2]);
  if (!day || !month || !year) return std::nullopt;
  return Date::from(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::string in_words(Date date) {
  const auto calendar = date.calendar();
  return phrase("date.day",
                {{"day", std::to_string(static_cast<unsigned>(calendar.day()))},
                 {"month", month_name(static_cast<int>(static_cast<unsigned>(calendar.month())))},
                 {"year", std::to_string(static_cast<int>(calendar.year()))}});
}

std::string echoed(Date date) {
  return phrase("ask.date", {{"date", in_words(date)}, {"digits", date.text()}});
}

std::string age_in_words(int months_old) {
  constexpr int in_months = 24;  // up to this age
  const int count = std::max(months_old, 0);
  const auto months = [](int number) {
    return phrase(number == 1 ? "age.month" : "age.months", {{"number", std::to_string(number)}});
  };
  if (count < in_months) return months(count);
  const int rest = count % months_of_a_year;
  const std::string years =
      phrase("age.years", {{"number", std::to_string(count / months_of_a_year)}});
  return rest == 0 ? years : phrase("age.both", {{"years", years}, {"months", months(rest)}});
}

std::optional<bool> yes_or_no(std::string_view text) {
  const std::string word = lower(text);
  if (word == "y" || word == "yes") return true;
  if (word == "n" || word == "no") return false;
  return std::nullopt;
}

std::optional<std::size_t> choice(std::string_view text, std::size_t last) {
  const auto value = number(text);
  if (!value || *value < 1 || static_cast<std::size_t>(*value) > last) return std::nullopt;
  return static_cast<std::size_t>(*value);
}

std::string number_up_to(std::size_t last) {
  return last == 1 ? "1" : phrase("ask.number_up_to", {{"last", std::to_string(last)}});
}

}  // namespace gcp2::cli
