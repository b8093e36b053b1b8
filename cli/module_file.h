// Parts of the program that are loaded on first use, so that every other start is fast.
#pragma once

#include <string>

#include "gcp2/core.h"

namespace gcp2::cli {

/// The function `entry` of a shared module, which stays loaded. The error says why not.
Result<void*> function_of_module(const std::string& file, const char* entry);

/// A module's file by its way from the program's folder, the same in a build tree and where
/// installed.
Result<std::string> module_beside_program(const std::string& way);

}  // namespace gcp2::cli
