// gcp2_pages.so: the one function that the program asks for.
#include <exception>
#include <type_traits>

#include "gcp2/drawing.h"
#include "gcp2/print.h"
#include "pages.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

template <class T>
struct AsResult {
  using type = Result<T>;
};
template <class T>
struct AsResult<Result<T>> {
  using type = Result<T>;
};

/// The function with its exceptions as errors.
template <auto function, class... Arguments>
auto guarded(const Arguments&... arguments) noexcept ->
    typename AsResult<std::invoke_result_t<decltype(function), const Arguments&...>>::type {
  try {
    return function(arguments...);
  } catch (const std::exception& fault) {
    return Error{fault.what()};
  } catch (...) {
    return Error{phrase("pages.unknown_fault")};
  }
}

constexpr Pages offered{
    .version = GCP2_VERSION,
    .view_pdf = guarded<gcp2::view_pdf>,
    .genogram = guarded<gcp2::genogram>,
    .ecomap = guarded<gcp2::ecomap>,
};

}  // namespace
}  // namespace gcp2::cli

extern "C" [[gnu::visibility("default")]] const gcp2::cli::Pages* gcp2_pages() noexcept;
const gcp2::cli::Pages* gcp2_pages() noexcept { return &gcp2::cli::offered; }
