// The dashed outline around those who live with the child.
#pragma once

#include "drawing/plan.h"
#include "gcp2/picture.h"

namespace gcp2::drawing {

/// Draws round neighbours of one row, joined to those right above and below. Gives the number of
/// outlines: more than one where members of the household do not stand together.
std::size_t add_household(Picture& picture, const Kin& kin, const Plan& plan);

}  // namespace gcp2::drawing
