// A request and its answer, as routes and pages see them: no socket, no library.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gcp2::cli::web {

using Header = std::pair<std::string, std::string>;

/// One request, whole and well framed. Names of headers are in lower case; a header that came more
/// than once stands there as often.
struct Request {
  std::string method, target;  ///< the target begins with a slash and is visible ASCII
  std::vector<Header> headers = {};
  std::string body = {};

  /// The first header of that name; empty where there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const noexcept {
    for (const auto& [key, value] : headers)
      if (key == name) return value;
    return {};
  }
};

/// The most that a request may bring: what anybody's does, what forms do, or files.
enum class Body : std::uint8_t { small, usual, large };

/// Length and connection headers are the listener's to set.
struct Answer {
  int status = 200;
  std::vector<Header> headers = {};
  std::string body = {};
};

/// Called from several threads at once; must not throw.
using Handler = std::function<Answer(const Request&)>;

}  // namespace gcp2::cli::web
