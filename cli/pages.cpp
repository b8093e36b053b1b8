#include "pages.h"

#include <string_view>

#include "command.h"
#include "module_file.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

Result<const Pages*> load_own_pages() {
  const auto file = module_beside_program(GCP2_PAGES);
  if (!file) return file.error();
  return load_pages(*file);
}

}  // namespace

Result<const Pages*> load_pages(const std::string& file) {
  const auto function = function_of_module(file, "gcp2_pages");
  if (!function) return function.error();
  // POSIX promises that an object pointer of dlsym's holds a function.
  const Pages* pages = reinterpret_cast<const Pages* (*)()>(*function)();
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
