#include "pages.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <system_error>

#include "command.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

/// GCP2_PAGES is the way from the program's folder, the same in a build tree and where installed.
Result<const Pages*> load_own_pages() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return Error{fmt::format("/proc/self/exe: {}", error.message())};
  return load_pages((program.parent_path() / GCP2_PAGES).lexically_normal().string());
}

std::string last_error() {
  const char* said = dlerror();
  return said == nullptr ? phrase("pages.no_reason") : said;
}

}  // namespace

Result<const Pages*> load_pages(const std::string& file) {
  void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return Error{last_error()};
  // POSIX promises that an object pointer of dlsym's holds a function.
  const auto entry = reinterpret_cast<const Pages* (*)()>(dlsym(module, "gcp2_pages"));
  if (entry == nullptr) return Error{last_error()};
  const Pages* pages = entry();
  if (std::string_view{pages->version} != GCP2_VERSION)
    return Error{phrase("pages.other_version",
                        {{"file", file}, {"version", pages->version}, {"own", GCP2_VERSION}})};
  return pages;
}

const Result<const Pages*>& pages_at_hand() {
  static const Result<const Pages*> loaded = [] {
    Result<const Pages*> found = load_own_pages();
    if (found) return found;
    return Result<const Pages*>{
        Error{phrase("pages.not_loaded", {{"why", found.error().message}})}};
  }();
  return loaded;
}

const Pages& pages() {
  if (!pages_at_hand()) throw Stop{Exit::outside, pages_at_hand().error().message};
  return **pages_at_hand();
}

}  // namespace gcp2::cli
