// Who a child is: as a record says, as the sealed row keeps it, and as it can be looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/desk.h"

namespace gcp2 {

/// Of a record's `child`; without ids.
ChildFacts facts_of(const Assessment& assessment);
Value to_document(const ChildFacts& facts);
/// Of a sealed row; ids and hold are the row's.
ChildFacts facts_from(const Row& row, const Value& content);

/// How somebody says who a child is: now; once more, in what was written before, as a draft that is
/// signed or a file from elsewhere; or to put right what was wrong.
enum class Telling : std::uint8_t { now, again, correction };

/// Takes over what is said and `known` does not say, or says otherwise; true where that is
/// anything. `as_of` moves with every newer record that says the same, too. But for a correction an
/// older record only adds what is not known, and what is said once more brings no former name or
/// family back.
bool learn(ChildFacts& known, const ChildFacts& said, Telling telling);

/// Whether both have an NHS number or a UPN, and another one.
bool have_other_numbers(const ChildFacts& left, const ChildFacts& right);

/// A name as it is looked up: without case, accents, punctuation and order of its words.
std::string normal_name(std::string_view name);

/// Keyed hashes of everything that the child can be found by.
std::vector<std::string> hashes_of(const ChildFacts& facts, const Secret& look_up_key);
std::vector<std::string> hashes_of(const Identifiers& wanted, const Secret& look_up_key);
std::string hash_of_family(std::string_view family_ref, const Secret& look_up_key);

/// Whether a child's reference can be told from others at sight: letters of one script, digits, and
/// the signs of ASCII.
bool is_reference(std::string_view ref);
/// Whether the number is of the range that no person has.
bool is_test_number(std::string_view nhs_number);

}  // namespace gcp2
