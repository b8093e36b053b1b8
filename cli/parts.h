// A command of several parts, each a command of its own: `train list`, `store add`.
#pragma once

#include <span>
#include <string_view>

#include "command.h"

namespace gcp2::cli {

/// Runs the part that the first argument names. Parts are called COMMAND_PART. `which` and
/// `no_part` are keys of what is said where none, or none of these, is named.
int run_part(const Command& command, std::span<const Command> parts, const Arguments& arguments,
             std::string_view which, std::string_view no_part);

}  // namespace gcp2::cli
