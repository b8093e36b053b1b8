// Who stands in which row, and who beside whom.
#pragma once

#include <cstddef>
#include <vector>

#include "drawing/kin.h"

namespace gcp2::drawing {

/// By person: the row, 0 = the oldest generation. Partners and siblings share one where that is
/// possible; a child always stands below its parents.
std::vector<int> generations(const Kin& kin);

/// People of one row who stand side by side, left to right: siblings with the partners who have no
/// parents here. Everyone stands in exactly one block.
std::vector<std::vector<std::size_t>> blocks(const Kin& kin, const std::vector<int>& rows);

}  // namespace gcp2::drawing
