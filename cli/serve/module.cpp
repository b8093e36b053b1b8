// gcp2_listener.so: the one function that the program asks for.
#include "listener_module.h"

extern "C" [[gnu::visibility("default")]] const gcp2::cli::web::ListenerModule* gcp2_listener() {
  static constexpr gcp2::cli::web::ListenerModule module{GCP2_VERSION, gcp2::cli::web::listen};
  return &module;
}
