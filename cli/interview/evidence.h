// What a grade rests on: evidence asked for, shown and taken away again.
#pragma once

#include <optional>
#include <string>

#include "questions.h"

namespace gcp2::cli {

/// The pointer of a leaf's observation; a new one, and one without an author, is by who answers
/// now.
std::string observation_for(const Session& session, Value& document, const std::string& node);

/// Asks for one piece of evidence: text, kind, date; each is saved. A move where the person went
/// elsewhere in between. `first_words` is what is said before the prompt.
std::optional<Move> ask_evidence(Session& session, const std::string& node,
                                 const std::string& first_words);
/// Asks which piece to remove.
std::optional<Move> remove_evidence(Session& session, const std::string& node);
void say_evidence(Session& session, const std::string& node);

}  // namespace gcp2::cli
