#include "server.h"

#include <string_view>

#include "module_file.h"
#include "phrase.h"
#include "server_module.h"

namespace gcp2::cli {
namespace {

Result<const ServerModule*> load() {
  const auto file = module_beside_program(GCP2_SERVER);
  if (!file) return file.error();
  const auto function = function_of_module(*file, "gcp2_server");
  if (!function) return function.error();
  // POSIX promises that an object pointer of dlsym's holds a function.
  const auto* module = reinterpret_cast<const ServerModule* (*)()>(*function)();
  if (std::string_view{module->version} != GCP2_VERSION)
    return Error{phrase("pages.other_version",
                        {{"file", *file}, {"version", module->version}, {"own", GCP2_VERSION}})};
  return module;
}

}  // namespace

Stored<std::unique_ptr<Store>> open_on_server(std::string_view name, Opening opening,
                                              const Id& fresh_id) {
  static const Result<const ServerModule*> module = load();
  if (!module) return StoreError{Trouble::outside, module.error().message};
  return (*module)->open(name, opening, fresh_id);
}

}  // namespace gcp2::cli
