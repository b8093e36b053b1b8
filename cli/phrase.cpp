#include "phrase.h"

#include "gcp2/findings.h"

namespace gcp2::cli {

std::string did_you_mean(std::string_view wanted, const std::vector<std::string_view>& known) {
  const std::string_view near = nearest(wanted, known);
  return near.empty() ? "" : " " + phrase("usage.did_you_mean", {{"name", std::string{near}}});
}

}  // namespace gcp2::cli
