// What the program says to people stands in the catalogue, never in the source.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/language.h"

namespace gcp2::cli {

/// The sentence of a key, with its fillings.
inline std::string phrase(std::string_view key, std::initializer_list<Filling> fillings = {}) {
  return Language::english().say(key, fillings);
}

/// The known word that a mistyped one is near to, asked for behind a sentence; or nothing.
std::string did_you_mean(std::string_view wanted, const std::vector<std::string_view>& known);

}  // namespace gcp2::cli
