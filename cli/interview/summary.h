// How far a record is, what is wrong or doubtful in it, and what to do next.
#pragma once

#include <span>

#include "questions.h"

namespace gcp2::cli {

struct Progress {
  std::size_t answered = 0, needed = 0;  ///< of the questions that a whole record needs
};
Progress progress(std::span<const Question> questions);
/// "12 of 34 needed answers are there"
std::string in_words(const Progress& progress);

void say_missing(Session& session, std::span<const Question> questions);
/// The last page of the interview, and where to go from there.
Move ask_at_end(Session& session, std::span<const Question> questions);

}  // namespace gcp2::cli
