#include "listening.h"

#include "module_file.h"

namespace gcp2::cli {

Result<const web::ListenerModule*> listener_at_hand() {
  const auto file = module_beside_program(GCP2_LISTENER);
  if (!file) return file.error();
  return load_module<web::ListenerModule>(*file, "gcp2_listener");
}

}  // namespace gcp2::cli
