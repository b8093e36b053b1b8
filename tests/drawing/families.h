// Families to draw, and what stands in a picture.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gcp2/assessment.h"
#include "gcp2/drawing.h"

namespace gcp2::test {

FamilyMember member(std::string ref, std::string sex = "", std::string_view born = "",
                    bool in_household = false);
FamilyUnion couple(std::vector<std::string> between, std::string kind,
                   std::vector<std::string> children);

/// A record of that family; its first member is the child.
Assessment record(std::vector<FamilyMember> members, std::vector<FamilyUnion> unions = {},
                  std::vector<FamilyTie> ties = {});

/// A shipped sample, read.
Assessment sample(std::string_view name);

template <class Shape>
std::vector<Shape> all(const Picture& picture) {
  std::vector<Shape> found;
  for (const PictureShape& shape : picture.shapes)
    if (const auto* one = std::get_if<Shape>(&shape)) found.push_back(*one);
  return found;
}

/// Where the symbol stands whose label begins with that text: the middle of the label's first line.
PictureText label(const Picture& picture, std::string_view text);
/// Circles and squares of a person's size; those of the child's inner outline and of the key are
/// smaller.
std::vector<PictureCircle> circles(const Picture& picture);
std::vector<PictureRect> squares(const Picture& picture);

/// Where the key begins.
double key_top(const Picture& picture);

/// Every shape lies within the picture, and it says something.
void expect_whole(const Picture& picture);

}  // namespace gcp2::test
