// Training in spreadsheets.
#pragma once

#include <string>
#include <vector>

#include "gcp2/session.h"
#include "gcp2/training.h"

namespace gcp2 {

/// A CSV of grades to fill in: a row for each leaf that the case asks for, its label in a column
/// without a heading, which is not read. Which of them the key has a grade for does not show.
std::string grades_to_fill_in(const ToldCase& told);

/// Every trainee's grade of every item, a row each: subject, rater and grade, as `read_ratings_csv`
/// takes them, and what stands beside.
std::string session_csv(const std::vector<Room>& rooms);

}  // namespace gcp2
