#include "visitor.h"

#include <gmock/gmock.h>

#include "gcp2/indication_files.h"
#include "gcp2/json.h"

namespace gcp2::test {

using cli::web::Answer;
using cli::web::Request;

SchoolSite::SchoolSite(const School& school, bool by_link, bool second_step,
                       std::size_t most_settings)
    : site{.door = {cli::web::own_hosts(80), false},
           .sessions =
               cli::web::Sessions{
                   {.open = [&] { return Setting::open(school.places, school.means); },
                    .clock = school.means.clock,
                    .steady = [&] { return school.now; },
                    .by_link = by_link,
                    .second_step = second_step,
                    .most_settings = most_settings}},
           .trainings = cli::web::TrainingSessions{[&] { return school.now; }},
           .instruments = shipped_instruments(),
           .rules = shipped_indication_rules(),
           .locality = shipped_localities().front(),
           .today = [] { return *Date::from(2026, 2, 20); },
           .printing = {.pdf = [](const View& view) -> Result<std::string> {
                          return "%PDF of: " + view.called();
                        },
                        .pictures = [](const Assessment&) { return FamilyPictures{}; }},
           .demonstration = true} {}

namespace {

/// What a browser remembers of a page.
std::string_view title_of(std::string_view page) {
  constexpr std::string_view start = "<title>";
  const std::size_t at = page.find(start);
  if (at == std::string_view::npos) return {};
  page.remove_prefix(at + start.size());
  return page.substr(0, page.find('<'));
}

}  // namespace

Answer Browser::send(Request request) {
  request.headers.emplace_back("host", "localhost:80");
  if (!cookie.empty()) request.headers.emplace_back("cookie", "gcp2=" + cookie);
  Answer answer = cli::web::answer(site_, request);
  if (std::string_view given = header_of(answer, "Set-Cookie"); given.starts_with("gcp2="))
    cookie = given.substr(5, given.find(';') - 5);
  if (const std::string found = hidden(answer.body, "token"); !found.empty()) token = found;
  // Of the children that tests know; a computer may be shared.
  for (const char* name : {"Robin", "Sam ", "Sample Child"})
    EXPECT_THAT(std::string{title_of(answer.body)}, testing::Not(testing::HasSubstr(name)))
        << request.target;
  return answer;
}

Answer Browser::get(const std::string& path) { return send({"GET", path}); }

Answer Browser::post(const std::string& path, Fields fields) {
  std::string body = "token=" + token;
  for (const auto& [name, value] : fields)
    body += "&" + form_encoded(name) + "=" + form_encoded(value);
  return send(
      {"POST",
       path,
       {{"origin", "http://localhost:80"}, {"content-type", "application/x-www-form-urlencoded"}},
       body});
}

Answer Browser::sign(const std::string& record) {
  const std::string checked = hidden(get(record + "/check").body, "checked");
  return post(record + "/sign", {{"sure", "yes"}, {"checked", checked}});
}

Answer Browser::upload(const std::string& path, const std::string& field, const std::string& bytes,
                       const std::string& file_name) {
  const std::string part = "--between\r\nContent-Disposition: form-data; name=\"";
  return send({"POST",
               path,
               {{"origin", "http://localhost:80"},
                {"content-type", "multipart/form-data; boundary=between"}},
               part + "token\"\r\n\r\n" + token + "\r\n" + part + field + "\"; filename=\"" +
                   file_name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes +
                   "\r\n--between--\r\n"});
}

std::string Browser::log_in(std::string_view name) {
  const std::string link = site_.sessions.link_token();
  (void)get("/enter/" + link);
  const Answer answer =
      post("/log-in",
           {{"link", link}, {"name", std::string{name}}, {"passphrase", std::string{passphrase}}});
  const std::string to{header_of(answer, "Location")};
  if (!to.empty()) (void)get(to);
  return to;
}

std::string_view header_of(const Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers)
    if (key == name) return value;
  return {};
}

std::string hidden(std::string_view page, std::string_view name) {
  const std::string start = "name=\"" + std::string{name} + "\" value=\"";
  const std::size_t at = page.find(start);
  if (at == std::string_view::npos) return {};
  page.remove_prefix(at + start.size());
  std::string out{page.substr(0, page.find('"'))};
  for (std::size_t i; (i = out.find("&quot;")) != std::string::npos;) out.replace(i, 6, "\"");
  return out;
}

std::string form_encoded(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
  return out;
}

}  // namespace gcp2::test
