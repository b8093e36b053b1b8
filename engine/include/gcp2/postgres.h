// The store of many users: PostgreSQL 15.
#pragma once

#include "gcp2/store.h"

namespace gcp2 {

/// `postgresql://USER@HOST:PORT/DATABASE?...`, as libpq reads it. A password in the name is refused
/// (`outside`): names are seen by others; libpq finds it in a password file. The database has to be
/// there; a fresh store needs it empty of a store, not of other tables.
Stored<std::unique_ptr<Store>> open_postgres(std::string_view name, Opening opening,
                                             const Id& fresh_id = {});

}  // namespace gcp2
