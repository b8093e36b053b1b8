// The questions after the grades: comments, views, targets, review.
#pragma once

#include <vector>

#include "questions.h"

namespace gcp2::cli {

std::vector<Question> closing_questions(const Session& session);

}  // namespace gcp2::cli
