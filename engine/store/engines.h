// The engines of this module.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gcp2/store.h"

namespace gcp2 {

Stored<std::unique_ptr<Store>> open_memory(std::string_view name, Opening opening,
                                           const Id& fresh_id);
Stored<std::unique_ptr<Store>> open_sqlite_store(const std::string& file, Opening opening,
                                                 const Id& fresh_id);

}  // namespace gcp2
