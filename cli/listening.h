// The network of the browser form: its library and TLS stand in a module of their own
// (gcp2_listener.so) that is loaded on first use.
#pragma once

#include "serve/listener_module.h"

namespace gcp2::cli {

/// The module beside this program. The error says why not.
Result<const web::ListenerModule*> listener_at_hand();

}  // namespace gcp2::cli
