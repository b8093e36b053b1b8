// The family of a record as pictures: who belongs to whom, and how close they and the agencies are.
#pragma once

#include "gcp2/assessment.h"
#include "gcp2/language.h"
#include "gcp2/picture.h"

namespace gcp2 {

/// The family tree over generations (docs/family.md). What cannot be drawn (a reference to nobody,
/// a circle of ancestors, more than 250 members) is left out, and the picture says so.
Picture genogram(const Assessment& assessment, const Language& language);

/// The household in the middle; others with a tie and the agencies around it.
Picture ecomap(const Assessment& assessment, const Language& language);

}  // namespace gcp2
