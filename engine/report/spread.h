// How a room graded the items of one area: a row an item, a column a grade, a bar as long as many
// gave it, the number beside it, the key's grade in a frame.
#pragma once

#include <vector>

#include "gcp2/language.h"
#include "gcp2/picture.h"
#include "gcp2/session.h"

namespace gcp2 {

/// `leaves` are indices of the room's.
Picture spread_picture(const Room& room, NodeIndex area, const std::vector<std::size_t>& leaves,
                       const Language& language);

/// "3 graded 2 (adequate), 2 graded 4 (poor)", and how many did not.
std::string spread_words(const Language& language, const Instrument& instrument,
                         const RoomLeaf& leaf);

}  // namespace gcp2
