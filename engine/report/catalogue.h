// Every sentence about a finding, in one place.
#pragma once

#include <string_view>

namespace gcp2 {

/// The sentence of a finding's code, with {node} and the finding's details to fill in; empty where
/// the code is unknown.
std::string_view catalogue_sentence(std::string_view code) noexcept;
/// The sentence where what would be filled in is not to be shown; empty where there is none.
std::string_view unshown_sentence(std::string_view code) noexcept;

}  // namespace gcp2
