// What program and gcp2_server.so agree on. They are built together, and no exception crosses
// between them.
#pragma once

#include "gcp2/store.h"

namespace gcp2::cli {

struct ServerModule {
  const char* version;  ///< of the program that it belongs to
  Stored<std::unique_ptr<Store>> (*open)(std::string_view name, Opening opening,
                                         const Id& fresh_id);
};

}  // namespace gcp2::cli
