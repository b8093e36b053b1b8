// Logging in and out.
#include "../../days.h"
#include "../../phrase.h"
#include "gcp2/keys.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Answer form_for(const Visit& visit, const std::string& link, const std::string& name,
                const std::vector<Slip>& slips, int status) {
  Shown content = shown({{"link", link}, {"name", name}});
  content.set("wants_code", visit.site.sessions.wants_code());
  return page(visit, "log_in", phrase("serve.log_in"), content, slips, status);
}

/// Where the work of each role begins.
std::string start_of(const Person& person) {
  const Role role = person.desk.account().role;
  if (role == Role::trainer) return "/training";
  if (role == Role::auditor) return "/log";
  if (role == Role::records_manager) return "/retention";
  return role == Role::administrator ? "/accounts" : "/children";
}

}  // namespace

Answer front(Visit& visit) {
  if (visit.visitor.person) return see(start_of(*visit.visitor.person));
  return see(visit.site.trainings.place(visit.visitor.cookie) ? "/train/room" : "/log-in");
}

Answer log_in_page(Visit& visit) {
  constexpr int forbidden = 403;
  if (visit.visitor.person) return see(start_of(*visit.visitor.person));
  const std::string link = visit.parts.empty() ? "" : visit.parts.front();
  if (!visit.visitor.is_let_in && !visit.site.sessions.is_link_token(link))
    return problem(visit, forbidden, phrase("serve.by_link"));
  return form_for(visit, link, "", {}, 200);
}

Answer log_in(Visit& visit) {
  constexpr int forbidden = 403;
  const std::string link{visit.form.text("link")};
  if (!visit.visitor.is_let_in && !visit.site.sessions.is_link_token(link))
    return problem(visit, forbidden, phrase("serve.by_link"));
  const std::string name{visit.form.text("name")};
  std::vector<Slip> slips;
  if (name.empty()) slips.push_back({"name", phrase("serve.no_name")});
  if (visit.form.text("passphrase").empty())
    slips.push_back({"passphrase", phrase("serve.no_passphrase")});
  if (!slips.empty()) return form_for(visit, link, name, slips, 200);
  auto cookie =
      visit.site.sessions.log_in(visit.visitor, {.name = name,
                                                 .passphrase = visit.form.text("passphrase"),
                                                 .code = visit.form.text("code"),
                                                 .link = link});
  for (FormField& field : visit.form.fields)
    if (field.name == "passphrase") wipe(field.value);
  if (!cookie) return form_for(visit, link, name, {{"name", sentence(cookie.error())}}, forbidden);
  const auto person = visit.site.sessions.visitor(*cookie).person;
  Answer answer = see(person ? start_of(*person) : "/");
  give_cookie(visit, answer, *cookie);
  return answer;
}

Answer log_out(Visit& visit) {
  visit.site.sessions.log_out(visit.visitor);
  return see("/log-in");
}

}  // namespace gcp2::cli::web
