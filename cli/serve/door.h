// What every request is held to before anything else looks at it, and what every answer carries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exchange.h"

namespace gcp2::cli::web {

struct Door {
  /// As Host headers say them, in lower case, with the port where it is not the scheme's own. Any
  /// other name is somebody's who has their own name point here (DNS rebinding).
  std::vector<std::string> hosts;
  bool encrypted = false;  ///< browsers see https
};
/// The names of a port on this machine: 127.0.0.1, [::1], localhost.
std::vector<std::string> own_hosts(std::uint16_t port);

/// The answer to a request that no route is to see: another host (421), another method than GET,
/// HEAD and POST (405), a POST that another site's page made or nobody says which (403), a path
/// with anything but letters, digits, and - . _ between single slashes (404).
std::optional<Answer> turned_away(const Door& door, const Request& request);

/// The path of a target, without its query.
std::string_view path_of(const Request& request) noexcept;

/// Adds what browsers are to know of every answer: what the page may load and run, who may frame
/// it, that it is not to be kept. What the answer says of it already stays.
void fortify(const Door& door, Answer& answer);

}  // namespace gcp2::cli::web
