#include "comparison/identity.h"

#include <algorithm>

namespace gcp2 {
namespace {

constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) noexcept {
  std::size_t i = 0;
  std::size_t j = 0;
  while (true) {
    while (i < a.size() && is_space(a[i])) ++i;
    while (j < b.size() && is_space(b[j])) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (lower(a[i++]) != lower(b[j++])) return false;
  }
}

bool both(std::string_view a, std::string_view b) noexcept { return !a.empty() && !b.empty(); }

}  // namespace

bool same_person(const Person& a, const Person& b) noexcept {
  return both(a.name, b.name) ? same_name(a.name, b.name) : a.ref == b.ref;
}

bool same_people(const std::vector<Person>& a, const std::vector<Person>& b) noexcept {
  const auto all_in = [](const std::vector<Person>& these, const std::vector<Person>& those) {
    return std::ranges::all_of(these, [&those](const Person& one) {
      return std::ranges::any_of(those,
                                 [&one](const Person& other) { return same_person(one, other); });
    });
  };
  return all_in(a, b) && all_in(b, a);
}

Identity identity_of(const Child& a, const Child& b) noexcept {
  const bool born_apart =
      a.date_of_birth && b.date_of_birth && *a.date_of_birth != *b.date_of_birth;
  const bool other_number = both(a.nhs_number, b.nhs_number) && a.nhs_number != b.nhs_number;
  const Identity same = born_apart || other_number ? Identity::contradictory : Identity::same;
  if (both(a.ref, b.ref)) return a.ref == b.ref ? same : Identity::other;
  if (both(a.nhs_number, b.nhs_number)) return other_number ? Identity::other : same;
  // Another UPN says nothing: a temporary one is followed by a lasting one.
  if (both(a.upn, b.upn) && a.upn == b.upn) return same;
  if (born_apart) return Identity::other;
  const bool born_together = a.date_of_birth && b.date_of_birth;
  if (born_together && both(a.name, b.name) && same_name(a.name, b.name)) return Identity::same;
  return Identity::unknown;
}

}  // namespace gcp2
