// The training records of a folder.
#pragma once

#include <string>
#include <vector>

#include "trainees.h"

namespace gcp2::cli {

struct FolderOptions {
  bool anonymous = false;  ///< numbers in place of the names of trainees and of files
};
/// Every training record of the folder in which something is graded, in the order of the names that
/// the trainees go by. Names are told apart; numbers follow the ids of the records, so that they
/// say nothing of the names. What is left aside, and why, is added to the findings. A folder
/// without any such record ends the command (1).
std::vector<Trainee> trainees_in(const std::string& folder, FolderOptions how,
                                 const Options& options, const Instruments& instruments,
                                 Findings& left_aside);

}  // namespace gcp2::cli
