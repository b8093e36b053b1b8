// gcp2_server.so: the one function that the program asks for.
#include "gcp2/postgres.h"
#include "server_module.h"

extern "C" __attribute__((visibility("default"))) const gcp2::cli::ServerModule* gcp2_server() {
  static constexpr gcp2::cli::ServerModule module{GCP2_VERSION, gcp2::open_postgres};
  return &module;
}
