// The question about targets: which grade is aimed at, by when, with what help.
#pragma once

#include "questions.h"

namespace gcp2::cli {

Question targets_question(const Session& session);

}  // namespace gcp2::cli
