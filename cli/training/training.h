// The parts of the command train: each a command of its own, with its own options.
#pragma once

#include "../command.h"

namespace gcp2::cli {

int train_list(const Command& command, const Arguments& arguments);
int train_show(const Command& command, const Arguments& arguments);
int train_start(const Command& command, const Arguments& arguments);
int train_mark(const Command& command, const Arguments& arguments);
int train_session(const Command& command, const Arguments& arguments);

}  // namespace gcp2::cli
