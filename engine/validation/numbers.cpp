#include <algorithm>
#include <optional>

#include "gcp2/validation.h"

namespace gcp2 {
namespace {

constexpr std::string_view check_letters = "ABCDEFGHJKLMNPQRTUVWXYZ";

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

}  // namespace

NumberProblem check_upn(std::string_view upn) noexcept {
  if (upn.size() != 13) return NumberProblem::shape;
  std::size_t sum = 0;
  for (std::size_t position = 2; position <= upn.size(); ++position) {
    const char c = upn[position - 1];
    std::size_t value = 0;
    if (is_digit(c)) {
      value = static_cast<std::size_t>(c - '0');
    } else {
      value = check_letters.find(c);
      // Only the last character may be a letter: that makes the number a temporary one.
      if (position != upn.size() || value == std::string_view::npos) return NumberProblem::shape;
    }
    sum += value * position;
  }
  if (check_letters.find(upn[0]) == std::string_view::npos) return NumberProblem::shape;
  return check_letters[sum % check_letters.size()] == upn[0] ? NumberProblem::none
                                                             : NumberProblem::check_digit;
}

bool known_local_authority(std::string_view upn) noexcept {
  if (upn.size() != 13) return false;
  int number = 0;
  for (const char c : upn.substr(1, 3)) number = number * 10 + (c - '0');
  // Ranges, not a list: numbers come and go with every reorganisation. 2xx-3xx London and
  // metropolitan boroughs, 4xx Isles of Scilly, 5xx Welsh-issued, 66x-68x Wales, 8xx-9xx unitary
  // authorities and counties.
  struct Span {
    int first, last;
  };
  constexpr Span spans[] = {{201, 213}, {301, 320}, {330, 344}, {350, 359}, {370, 373}, {380, 384},
                            {390, 394}, {420, 420}, {660, 681}, {800, 896}, {901, 943}};
  return std::ranges::any_of(
      spans, [number](const Span& s) { return s.first <= number && number <= s.last; });
}

NumberProblem check_nhs_number(std::string_view number) noexcept {
  if (number.size() != 10 || !std::ranges::all_of(number, is_digit)) return NumberProblem::shape;
  if (std::ranges::all_of(number, [&](char c) { return c == number[0]; }))
    return NumberProblem::no_such_number;
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += (number[static_cast<std::size_t>(i)] - '0') * (10 - i);
  const int check = (11 - sum % 11) % 11;
  if (check == 10) return NumberProblem::no_such_number;
  return number[9] - '0' == check ? NumberProblem::none : NumberProblem::check_digit;
}

}  // namespace gcp2
