// Parts of the program that are loaded on first use, so that every other start is fast.
#pragma once

#include <string>
#include <string_view>

#include "gcp2/core.h"

namespace gcp2::cli {

/// The function `entry` of a shared module, which stays loaded. The error says why not.
Result<void*> function_of_module(const std::string& file, const char* entry);

Result<Done> same_version(const std::string& file, std::string_view version);

/// What a module says of itself by its function `entry`: a `Module` with the `version` of the
/// program that it belongs to. Program and module are built together; another one's is refused.
template <class Module>
Result<const Module*> load_module(const std::string& file, const char* entry) {
  const auto function = function_of_module(file, entry);
  if (!function) return function.error();
  // POSIX promises that an object pointer of dlsym's holds a function.
  const Module* module = reinterpret_cast<const Module* (*)()>(*function)();
  if (const auto own = same_version(file, module->version); !own) return own.error();
  return module;
}

/// A module's file by its way from the program's folder, the same in a build tree and where
/// installed.
Result<std::string> module_beside_program(const std::string& way);

}  // namespace gcp2::cli
