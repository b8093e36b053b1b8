// The steps of a full scorecard after its grades.
#pragma once

#include "gcp2/scoring.h"

namespace gcp2 {

/// Fills `card.tipping` from the nodes' grades.
void find_tipping(Scorecard& card, const Instrument& instrument, const Rule& rule);

}  // namespace gcp2
