#include "routes.h"

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "../phrase.h"
#include "page.h"
#include "pages/pages.h"

namespace gcp2::cli::web {
namespace {

constexpr Route table[] = {
    {"GET", "/", Access::anyone, every_role, front},
    {"GET", "/assets/{word}", Access::anyone, every_role, asset},
    {"GET", "/enter/{word}", Access::anyone, every_role, log_in_page},
    {"GET", "/log-in", Access::let_in, every_role, log_in_page},
    {"POST", "/log-in", Access::anyone, every_role, log_in},
    {"POST", "/log-out", Access::person, every_role, log_out},
    {"GET", "/second-step", Access::person, every_role, second_step_page},
    {"POST", "/second-step", Access::person, every_role, set_second_step},
    {"GET", "/accounts", Access::person, account_viewers, accounts_page, "accounts"},
    {"POST", "/accounts", Access::person, only(Role::administrator), make_account, "make_account"},
    {"POST", "/accounts/{id}/grant", Access::person, only(Role::supervisor), grant_keys, "grant"},
    {"POST", "/accounts/{id}/end", Access::person,
     only(Role::supervisor) | only(Role::administrator), end_account, "end_account"},
    {"POST", "/accounts/{id}/new-phone", Access::person, only(Role::administrator), new_phone,
     "drop_second_step"},
    {"GET", "/log", Access::person, log_readers, log_page, "audit"},
    {"POST", "/log", Access::person, log_readers, narrow_log, "audit"},
    {"GET", "/log/before/{word}", Access::person, log_readers, older_log_page, "audit"},
    {"POST", "/log/file", Access::person, log_readers, take_log, "export_log"},
    {"GET", "/log/parts/{id}", Access::person, log_readers, log_part_page, "audit"},
    {"GET", "/log/parts/{id}/before/{word}", Access::person, log_readers, older_log_part_page,
     "audit"},
    {"POST", "/log/parts/{id}/file", Access::person, log_readers, take_log_part, "export_log"},
    {"GET", "/retention", Access::person, only(Role::records_manager), retention_page, "retention"},
    {"POST", "/retention", Access::person, only(Role::records_manager), set_retention_years,
     "set_retention"},
    {"GET", "/retention/pages/{word}", Access::person, only(Role::records_manager),
     further_retention_page, "retention"},
    {"GET", "/retention/{id}", Access::person, only(Role::records_manager), retention_child_page,
     "retention"},
    {"POST", "/retention/{id}", Access::person, only(Role::records_manager), decide_retention,
     "hold"},
    {"GET", "/erasures", Access::person, erasers, erasures_page, "erasures"},
    {"GET", "/erasures/{id}", Access::person, erasers, erasure_page, "erasures"},
    {"POST", "/erasures/{id}", Access::person, erasers, confirm_erasure, "confirm_erasure"},
    {"POST", "/erasures/{id}/withdraw", Access::person, erasers, withdraw_erasure,
     "withdraw_erasure"},
    {"GET", "/erasures/{id}/certificate", Access::person, erasers, certificate_page, "erasures"},
    {"GET", "/backup", Access::person, keepers_of_backups, backup_page, "ring_copies"},
    {"POST", "/backup", Access::person, keepers_of_backups, back_up, "back_up_records"},
    {"GET", "/passphrase", Access::person, every_role, passphrase_page},
    {"POST", "/passphrase", Access::person, every_role, change_passphrase},
    {"GET", "/children", Access::person, readers, children_page, "list"},
    {"GET", "/reviews", Access::person, readers, reviews_page, "list"},
    {"POST", "/children/find", Access::person, readers, find_child, "find"},
    {"GET", "/children/{id}", Access::person, readers, child_page, "history"},
    {"GET", "/children/{id}/people", Access::person, colleagues, people_page, "involvements"},
    {"POST", "/children/{id}/people/assign", Access::person, only(Role::supervisor), assign,
     "assign"},
    {"POST", "/children/{id}/people/share", Access::person, only(Role::supervisor), share, "share"},
    {"POST", "/children/{id}/people/end", Access::person, only(Role::supervisor), end_involvement,
     "end_involvement"},
    {"GET", "/children/{id}/send", Access::person, only(Role::records_manager), send_page, "send"},
    {"POST", "/children/{id}/send", Access::person, only(Role::records_manager), send_bundle,
     "send"},
    {"GET", "/transfer", Access::person, transfer_viewers, transfer_page, "quarantine"},
    {"POST", "/transfer/receive", Access::person, only(Role::records_manager), receive_bundle,
     "receive", true},
    {"POST", "/transfer/receipts", Access::person, only(Role::records_manager), keep_receipt,
     "keep_receipt"},
    {"POST", "/transfer/receipts/again", Access::person, only(Role::records_manager), receipt_again,
     "show_receipt"},
    {"GET", "/transfer/partners", Access::person, transfer_viewers, partners_page, "partners"},
    {"POST", "/transfer/partners", Access::person, transfer_viewers, confirm_partner,
     "confirm_partner"},
    {"GET", "/transfer/received/{id}", Access::person, transfer_viewers, received_page,
     "quarantine"},
    {"POST", "/transfer/received/{id}/accept", Access::person, only(Role::supervisor),
     accept_bundle, "accept"},
    {"POST", "/transfer/received/{id}/turn-down", Access::person, only(Role::supervisor),
     turn_down_bundle, "turn_down"},
    {"GET", "/transfer/received/{id}/receipt", Access::person, only(Role::records_manager),
     receipt_of_bundle, "show_receipt"},
    {"GET", "/children/{id}/records", Access::person, readers, records_page, "history"},
    {"GET", "/children/{id}/over-time.svg", Access::person, readers, over_time_picture, "read"},
    {"GET", "/children/{id}/family/{word}", Access::person, readers, family_picture, "read"},
    {"GET", "/children/{id}/compare", Access::person, readers, compare_page, "read"},
    {"POST", "/children/{id}/compare", Access::person, readers, choose_records, "read"},
    {"GET", "/children/{id}/compare/{word}", Access::person, readers, comparison_page, "read"},
    {"GET", "/children/{id}/compare/{word}/over-time.svg", Access::person, readers,
     comparison_picture, "read"},
    {"GET", "/children/{id}/start", Access::person, writers, start_page, "add"},
    {"GET", "/start", Access::person, writers, start_page, "add"},
    {"POST", "/start", Access::person, writers, start, "add"},
    {"POST", "/children/{id}/start", Access::person, writers, start, "add"},
    {"GET", "/records/{id}", Access::person, writers, record_page, "save_draft"},
    {"GET", "/records/{id}/details", Access::person, writers, details_page, "save_draft"},
    {"POST", "/records/{id}/details", Access::person, writers, save_details, "save_draft"},
    {"GET", "/records/{id}/answers/{word}", Access::person, writers, question_page, "save_draft"},
    {"POST", "/records/{id}/answers/{word}", Access::person, writers, save_answers, "save_draft"},
    {"GET", "/records/{id}/lists/{word}", Access::person, writers, list_page, "save_draft"},
    {"GET", "/records/{id}/lists/{word}/{word}", Access::person, writers, entry_page, "save_draft"},
    {"POST", "/records/{id}/lists/{word}", Access::person, writers, save_entry, "save_draft"},
    {"GET", "/records/{id}/siblings", Access::person, writers, siblings_page, "add"},
    {"POST", "/records/{id}/siblings", Access::person, writers, start_siblings, "add"},
    {"GET", "/records/{id}/siblings/{word}", Access::person, writers, evidence_page, "save_draft"},
    {"POST", "/records/{id}/siblings/{word}", Access::person, writers, copy_evidence, "save_draft"},
    {"GET", "/records/{id}/check", Access::person, writers, check_page, "sign"},
    {"GET", "/records/{id}/dismissals/{word}", Access::person, only(Role::supervisor),
     dismissal_page, "dismiss"},
    {"POST", "/records/{id}/dismissals/{word}", Access::person, only(Role::supervisor), dismiss,
     "dismiss"},
    {"POST", "/records/{id}/sign", Access::person, writers, sign, "sign"},
    {"POST", "/records/{id}/amend", Access::person, writers, amend, "amend"},
    {"GET", "/sign-offs", Access::person, only(Role::supervisor), sign_offs_page, "sign_off"},
    {"GET", "/records/{id}/sign-off", Access::person, only(Role::supervisor), sign_off_page,
     "sign_off"},
    {"POST", "/records/{id}/sign-off", Access::person, only(Role::supervisor), sign_off,
     "sign_off"},
    {"GET", "/records/{id}/report", Access::person, readers, report_page, "print"},
    {"GET", "/records/{id}/report.pdf", Access::person, readers, report_pdf, "print"},
    {"GET", "/train", Access::anyone, every_role, join_page},
    {"POST", "/train", Access::anyone, every_role, join},
    {"GET", "/train/room", Access::trainee, every_role, trainee_page},
    {"POST", "/train/leave", Access::trainee, every_role, leave_training},
    {"GET", "/train/room/{word}", Access::trainee, every_role, marks_page},
    {"GET", "/train/room/{word}/{word}", Access::trainee, every_role, grading_page},
    {"POST", "/train/room/{word}/{word}", Access::trainee, every_role, save_grades},
    {"GET", "/training", Access::person, only(Role::trainer), trainings_page, "train"},
    {"POST", "/training", Access::person, only(Role::trainer), open_training, "train"},
    {"GET", "/training/{id}", Access::person, only(Role::trainer), training_page, "train"},
    {"GET", "/training/{id}/trainees/{word}", Access::person, only(Role::trainer), trainees_page,
     "train"},
    {"POST", "/training/{id}/close", Access::person, only(Role::trainer), close_training, "train"},
    {"POST", "/training/{id}/end", Access::person, only(Role::trainer), end_training, "train"},
    {"GET", "/training/{id}/items/{word}", Access::person, only(Role::trainer), items_page,
     "train"},
    {"GET", "/training/{id}/key/{word}", Access::person, only(Role::trainer), key_page, "train"},
    {"GET", "/training/{id}/report/{word}", Access::person, only(Role::trainer), room_report,
     "train"},
};

static_assert(std::ranges::all_of(table, [](const Route& each) {
  return each.roles == every_role || !each.action.empty();
}));

constexpr int bad_request = 400, forbidden = 403, not_found = 404, not_allowed = 405, bug = 500;

/// Takes what stands before the next slash.
std::string_view step(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view out = path.substr(0, path.find('/'));
  path.remove_prefix(out.size());
  return out;
}

bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>& parts) {
  parts.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = step(pattern), given = step(path);
    if (wanted == "{id}" ? !is_uuid(given) : wanted == "{word}" ? given.empty() : wanted != given)
      return false;
    if (wanted.starts_with('{')) parts.emplace_back(given);
  }
  return pattern.empty() && path.empty();
}

std::string cookie_name(const Site& site) { return site.door.encrypted ? "__Host-gcp2" : "gcp2"; }

/// A page for other roles; the desk logs what it would have been for.
Answer refused(const Visit& visit, const Route& route) {
  const auto no = visit.desk().check_right(route.action);
  if (no) throw std::logic_error{"a page for fewer roles than its action"};
  return problem(visit, no.error());
}

Answer routed(Visit& visit) {
  const std::string_view method = visit.request.method == "HEAD"
                                      ? std::string_view{"GET"}
                                      : std::string_view{visit.request.method};
  const Route* found = nullptr;
  bool is_known = false;
  for (const Route& route : table) {
    std::vector<std::string> parts;
    if (!fits(route.path, path_of(visit.request), parts)) continue;
    is_known = true;
    if (route.method != method || found != nullptr) continue;
    found = &route;
    visit.parts = std::move(parts);
  }
  if (!is_known) return problem(visit, not_found, phrase("serve.no_page"));
  if (found == nullptr) return problem(visit, not_allowed, phrase("serve.no_page"));
  if (method == "POST") {
    auto form = read_form(visit.request.header("content-type"), visit.request.body);
    if (!form) return problem(visit, bad_request, phrase("serve.no_form"));
    if (!visit.site.sessions.is_form_token(visit.visitor, form->text("token")))
      return problem(visit, forbidden, phrase("serve.old_form"));
    visit.form = *std::move(form);
  }
  if (found->access == Access::anyone) return found->page(visit);
  if (found->access == Access::trainee) {
    visit.place = visit.site.trainings.place(visit.visitor.cookie);
    return visit.place ? found->page(visit) : see("/train");
  }
  if (!visit.visitor.is_let_in) return problem(visit, forbidden, phrase("serve.by_link"));
  if (found->access == Access::let_in) return found->page(visit);
  if (!visit.visitor.person) return see("/log-in");
  const std::lock_guard lock{visit.visitor.person->place->mutex};
  // A page that is saved by script is sent with the token of whoever has logged in since.
  if (visit.form.has("typed_by") && visit.form.text("typed_by") != visit.desk().account().id.text())
    return problem(visit, forbidden, phrase("serve.another_person"));
  const bool is_on_the_way = found->path == "/second-step" || found->path == "/log-out";
  if (visit.visitor.person->second_step && !is_on_the_way) return see("/second-step");
  if (!visit.has_role(found->roles)) return refused(visit, *found);
  return found->page(visit);
}

}  // namespace

std::span<const Route> routes() noexcept { return table; }

Answer answer(Site& site, const Request& request) noexcept {
  try {
    auto out = turned_away(site.door, request);
    if (!out) {
      const std::string name = cookie_name(site);
      // Nobody needs to be there for what the script asks every few seconds, or tries once more.
      const bool by_itself = !request.header("gcp2-by-itself").empty();
      Visit visit{site, request,
                  site.sessions.visitor(cookie(request.header("cookie"), name), by_itself)};
      out = routed(visit);
      // A page may have given out another one.
      const bool is_set =
          std::ranges::find(out->headers, "Set-Cookie", &Header::first) != out->headers.end();
      if (visit.visitor.is_new && !is_set && !path_of(request).starts_with("/assets/"))
        give_cookie(visit, *out, visit.visitor.cookie);
    }
    fortify(site.door, *out);
    return *std::move(out);
  } catch (const std::exception&) {
    // What it was may hold what somebody typed: it is said to nobody.
    Answer out{bug, {{"Content-Type", "text/plain; charset=utf-8"}}, phrase("serve.bug")};
    fortify(site.door, out);
    return out;
  }
}

Body most_body(Site& site, const Request& head) noexcept {
  try {
    const std::string name = cookie_name(site);
    if (turned_away(site.door, head) ||
        !site.sessions.is_logged_in(cookie(head.header("cookie"), name)))
      return Body::small;
    std::vector<std::string> parts;
    const bool takes_files = std::ranges::any_of(table, [&](const Route& route) {
      return route.is_large && route.method == head.method &&
             fits(route.path, path_of(head), parts);
    });
    return takes_files ? Body::large : Body::usual;
  } catch (const std::exception&) {
    return Body::small;
  }
}

void give_cookie(const Visit& visit, Answer& answer, const std::string& cookie) {
  answer.headers.emplace_back("Set-Cookie", cookie_name(visit.site) + "=" + cookie +
                                                "; Path=/; HttpOnly; SameSite=Strict" +
                                                (visit.site.door.encrypted ? "; Secure" : ""));
}

}  // namespace gcp2::cli::web
