// What program and gcp2_listener.so agree on. They are built together, and no exception crosses
// between them.
#pragma once

#include "listener.h"

namespace gcp2::cli::web {

struct ListenerModule {
  const char* version;  ///< of the program that it belongs to
  Result<Done> (*listen)(const Endpoint& endpoint, const Limits& limits, const Service& service,
                         std::stop_token stop);
};

}  // namespace gcp2::cli::web
