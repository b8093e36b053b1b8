// Views made in the tests: what reports look like, and what must not break them.
#pragma once

#include <string>

#include "gcp2/view.h"

namespace gcp2::test {

Picture sample_picture();
/// A report as practitioners see it, with every kind of block.
View sample_view();
/// Long enough for several pages, with wide tables.
View long_view();
/// Tags, quotes, control characters, NUL, broken UTF-8, right-to-left, emoji, 10,000 letters
/// without a space.
std::string hostile_text();
/// Hostile text in every field, and empty lists and tables.
View hostile_view();
/// Title and identity alone.
View empty_view();

}  // namespace gcp2::test
