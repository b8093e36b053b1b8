// The store on a PostgreSQL server: its client library has many others behind it, so it stands in a
// module of its own (gcp2_server.so) that is loaded on first use.
#pragma once

#include "gcp2/store.h"

namespace gcp2::cli {

Stored<std::unique_ptr<Store>> open_on_server(std::string_view name, Opening opening,
                                              const Id& fresh_id);

}  // namespace gcp2::cli
