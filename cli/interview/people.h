// The people of a record: who grades, who leads, who cares for the child.
#pragma once

#include <string>
#include <vector>

#include "questions.h"

namespace gcp2::cli {

std::vector<Question> people_questions(const Session& session);

/// "P2 B. Nurse"
std::string assessor_name(const Session& session, const std::string& ref);
/// Asks who answers now, where several could. `nullopt` = that is settled.
std::optional<Move> settle_who_answers(Session& session, bool ask_again);

}  // namespace gcp2::cli
