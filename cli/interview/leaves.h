// The question about one leaf: its descriptors, its grade or why there is none, its evidence.
#pragma once

#include <vector>

#include "questions.h"

namespace gcp2::cli {

std::vector<Question> leaf_questions(const Session& session);

}  // namespace gcp2::cli
