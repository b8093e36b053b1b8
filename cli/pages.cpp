#include "pages.h"

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
  return load_module<Pages>(file, "gcp2_pages");
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
