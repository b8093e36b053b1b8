// From a request for erasure to the end of it.
#pragma once

#include "setting/inside.h"

namespace gcp2 {

/// A hold ends what was asked for or confirmed; `no_such_child` where the erasure has begun.
Allowed<Done> end_erasure(Desk::State& desk, const Id& child, const Purpose& purpose);

}  // namespace gcp2
