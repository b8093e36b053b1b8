// Who is who in records that were written apart.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gcp2/assessment.h"

namespace gcp2 {

/// Refs are local to a record: names decide where both are given, letter case and spaces aside.
struct Person {
  std::string_view name, ref;
};
bool same_person(const Person& a, const Person& b) noexcept;
/// Whether everyone of one side is on the other.
bool same_people(const std::vector<Person>& a, const std::vector<Person>& b) noexcept;

/// `contradictory`: the record of the same child says another birth or NHS number.
enum class Identity : std::uint8_t { same, other, contradictory, unknown };
Identity identity_of(const Child& a, const Child& b) noexcept;

}  // namespace gcp2
