#include "server.h"

#include "module_file.h"
#include "server_module.h"

namespace gcp2::cli {
namespace {

Result<const ServerModule*> load() {
  const auto file = module_beside_program(GCP2_SERVER);
  if (!file) return file.error();
  return load_module<ServerModule>(*file, "gcp2_server");
}

}  // namespace

Stored<std::unique_ptr<Store>> open_on_server(std::string_view name, Opening opening,
                                              const Id& fresh_id) {
  static const Result<const ServerModule*> module = load();
  if (!module) return StoreError{Trouble::outside, module.error().message};
  return (*module)->open(name, opening, fresh_id);
}

}  // namespace gcp2::cli
