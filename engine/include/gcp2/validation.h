// Everything that is wrong, doubtful or missing in an assessment (semantics 4).
#pragma once

#include <string_view>

#include "gcp2/assessment.h"
#include "gcp2/core.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"

namespace gcp2 {

/// All problems, gathered. `as_of` is the day that "future" is measured from. `sheet` is the
/// assessment's own; without an age nothing that depends on it is asked.
Findings validate(const Assessment& assessment, const Instrument& instrument, const Sheet& sheet,
                  Date as_of);

enum class NumberProblem { none, shape, check_digit, no_such_number };

/// Unique pupil number: 13 characters, check letter first; temporary ones end in a letter.
NumberProblem check_upn(std::string_view upn) noexcept;
/// Whether a UPN's local authority is in a range that has been in use.
bool known_local_authority(std::string_view upn) noexcept;
/// NHS number: 10 digits, modulus 11; the ten repeated-digit numbers pass the sum and are refused.
NumberProblem check_nhs_number(std::string_view number) noexcept;

}  // namespace gcp2
