// A browser without script, played against the routes themselves: keeps its cookie, reads forms.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "serve/routes.h"
#include "setting/school.h"

namespace gcp2::test {

/// The site of a school; its clocks are the school's.
class SchoolSite {
 public:
  explicit SchoolSite(const School& school, bool by_link = true, bool second_step = false,
                      std::size_t most_settings = 64);
  cli::web::Site site;
};

using Fields = std::initializer_list<std::pair<std::string, std::string>>;

class Browser {
 public:
  explicit Browser(cli::web::Site& site) : site_{site} {}

  cli::web::Answer get(const std::string& path);
  /// Sends a form of the page that was loaded last, with the token in it.
  cli::web::Answer post(const std::string& path, Fields fields);
  /// Signs what the page to check shows.
  cli::web::Answer sign(const std::string& record);
  /// A file in a field of its own, beside the token.
  cli::web::Answer upload(const std::string& path, const std::string& field,
                          const std::string& bytes, const std::string& file_name = "a file");
  cli::web::Answer send(cli::web::Request request);
  /// By the link; gives where that leads.
  std::string log_in(std::string_view name);

  std::string cookie, token;

 private:
  cli::web::Site& site_;
};

std::string_view header_of(const cli::web::Answer& answer, std::string_view name);
/// The value of the first hidden field of that name in a page.
std::string hidden(std::string_view page, std::string_view name);
/// A text of a urlencoded form.
std::string form_encoded(std::string_view text);

}  // namespace gcp2::test
