// Figures of agreement in words: never more certain than they are, and nothing undefined as a
// number.
#pragma once

#include <string>
#include <vector>

#include "gcp2/agreement.h"
#include "gcp2/language.h"

namespace gcp2::figures {

std::string decimals(double number);  ///< three of them
/// Nothing is certain: never "0" and never "100".
std::string percent(double probability);
std::string band(const Language& language, Benchmark::Band band);
std::string undefined(const Language& language, Undefined why);
/// "0.815 (95 % interval 0.343 to 0.984)", or why there is no number or no interval.
std::string estimate(const Language& language, const Statistic& statistic);
/// The same as short as a table's cell.
std::string in_a_cell(const Language& language, const Statistic& statistic);
/// What an `rp_bias` says of its rater: "harsher", "milder", "unclear", "no_error" or "nothing",
/// and what a sentence on it is filled with: rater, estimate, low, high.
std::string lean_word(const Statistic& bias);
std::vector<Filling> lean_fillings(const Statistic& bias, std::string rater);

}  // namespace gcp2::figures
