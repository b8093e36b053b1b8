// What stands for people, unions and ties. Every difference is one of shape, never of colour alone.
#pragma once

#include <string_view>
#include <vector>

#include "drawing/kin.h"
#include "drawing/lettering.h"
#include "gcp2/picture.h"

namespace gcp2::drawing {

inline constexpr double symbol_size = 32;  ///< points across
inline constexpr double letter_size = 9;

void add_line(Picture& picture, Point from, Point to, double width = 1.2, bool dashed = false);

/// Square, circle or diamond; the child's has a double outline, a cross stands for a death.
void add_symbol(Picture& picture, Point middle, const Person& person, double size = symbol_size);

/// The stroke of a union between two points of one height, with its slashes left of the middle; "?"
/// where `kind` is empty.
void add_union_line(Picture& picture, Point from, Point to, std::string_view kind);

/// A tie: strong is thick, weak dashed, stressful a zigzag, anything else a thin line.
void add_tie_line(Picture& picture, Point from, Point to, std::string_view kind);

/// A sample of what the picture uses, and its word.
struct KeyEntry {
  enum class Kind { person, union_line, tie, household, twins, lead } kind = Kind::person;
  Person person = {};
  std::string word = {};  ///< of a union or tie
  std::string text = {};
};
/// The key below everything else; makes the picture as wide and high as it needs to be.
void add_key(Picture& picture, const std::vector<KeyEntry>& entries);

}  // namespace gcp2::drawing
