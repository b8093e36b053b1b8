// The reader for streams against the full one, which it must never outrun.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gcp2/json.h"

namespace gcp2::test {

/// What the full path makes of a line.
struct Full {
  std::size_t instrument = 0;  ///< index in the list of instruments
  std::string id;
  Sheet sheet;
  bool invalid = true;
};
Full read_fully(std::string_view line, const Instruments& instruments);

/// Where a reader that has just said yes differs from the full one; empty = nowhere.
std::string difference(const SheetReader& reader, const Full& full);

}  // namespace gcp2::test
