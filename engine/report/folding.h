// A text as it is compared: without letter case, accents and kinds of punctuation.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gcp2 {

struct Folded {
  std::u32string letters;
  std::vector<std::size_t> at;  ///< by letter: its first byte in the text; then the text's size
};
/// Letters of Latin scripts without their accents, Greek and Cyrillic ones small; combining marks and
/// what has no width are left out.
Folded folded(std::string_view text);

/// A letter or a digit of any script.
bool in_word(char32_t letter);

}  // namespace gcp2
