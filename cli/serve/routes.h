// One table of everything that can be asked for: who may, and which page answers.
#pragma once

#include <span>
#include <string_view>

#include "visit.h"

namespace gcp2::cli::web {

enum class Access : std::uint8_t {
  anyone,   ///< no cookie needed
  let_in,   ///< whoever may see the log-in page
  person,   ///< somebody who is logged in, with one of the route's roles
  trainee,  ///< somebody whom a code let into a training session; they get at nothing else
};

struct Route {
  std::string_view method;
  std::string_view path;  ///< {id} is a UUID, {word} letters, digits and - . _
  Access access = Access::person;
  Roles roles = every_role;
  Answer (*page)(Visit& visit) = nullptr;
  std::string_view action = {};  ///< what the log calls it where a role may not
  bool is_large = false;         ///< takes files, of somebody who is logged in
};
std::span<const Route> routes() noexcept;

/// What a request of this head may bring: more than a small body, somebody who is logged in. Never
/// throws.
Body most_body(Site& site, const Request& head) noexcept;

/// The answer to a request, whatever it is. Never throws; a bug of ours is a page that says so.
Answer answer(Site& site, const Request& request) noexcept;

}  // namespace gcp2::cli::web
