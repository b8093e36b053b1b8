// The questions that the child's age and what applies hang on: the child, the time looked at.
#pragma once

#include <vector>

#include "questions.h"

namespace gcp2::cli {

std::vector<Question> child_questions(const Session& session);

}  // namespace gcp2::cli
