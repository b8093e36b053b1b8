// How long who fails to log in has to wait.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gcp2/store.h"

namespace gcp2 {

/// Seconds until the next try after so many failures, the last one at `failed_at`: none for slips,
/// then twice as long each time, five minutes at most. A clock that was put back lengthens nothing.
Seconds left_to_wait(std::int64_t failures, Seconds failed_at, Seconds now);

/// Names of nobody wait like an account's, so that trying does not tell which names there are: as
/// of this process, for the last 4,096 of them. `ring`: whose names they are.
class Strangers {
 public:
  static Seconds left_to_wait(const Id& ring, std::string_view name, Seconds now);
  static void fail(const Id& ring, std::string_view name, Seconds now);
};

}  // namespace gcp2
