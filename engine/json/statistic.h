// How one statistic of agreement is written, wherever it stands.
#pragma once

#include <string_view>

#include "gcp2/agreement.h"
#include "gcp2/document.h"

namespace gcp2 {

/// With its name and weights; `rater` names whose bias it is, where that is not empty.
Value statistic_form(const Statistic& statistic, std::string_view rater = {});

}  // namespace gcp2
