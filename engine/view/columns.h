// How wide a text is in a terminal, and lines that fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gcp2 {

/// Columns that a terminal gives a printable text: none for combining characters, two for wide
/// ones.
std::size_t columns(std::string_view text);

/// The widest word of a printable text, in columns.
std::size_t widest_word(std::string_view text);

/// Lines of at most `width` columns, broken at spaces and line breaks; a word that is wider is
/// broken between characters as people see them. No text, no line. One character may be wider than
/// a width of 1.
std::vector<std::string> lines_of(std::string_view text, std::size_t width);

}  // namespace gcp2
