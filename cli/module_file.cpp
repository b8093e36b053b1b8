#include "module_file.h"

#include <dlfcn.h>

#include <filesystem>
#include <system_error>

#include "phrase.h"

namespace gcp2::cli {
namespace {

std::string last_error() {
  const char* said = dlerror();
  return said == nullptr ? phrase("pages.no_reason") : said;
}

}  // namespace

Result<void*> function_of_module(const std::string& file, const char* entry) {
  void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return Error{last_error()};
  void* function = dlsym(module, entry);
  if (function == nullptr) return Error{last_error()};
  return function;
}

Result<Done> same_version(const std::string& file, std::string_view version) {
  if (version == GCP2_VERSION) return Done{};
  return Error{phrase("pages.other_version",
                      {{"file", file}, {"version", std::string{version}}, {"own", GCP2_VERSION}})};
}

Result<std::string> module_beside_program(const std::string& way) {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return Error{"/proc/self/exe: " + error.message()};
  return (program.parent_path() / way).lexically_normal().string();
}

}  // namespace gcp2::cli
