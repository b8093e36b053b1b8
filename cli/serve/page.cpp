#include "page.h"

#include <algorithm>
#include <array>

#include "../phrase.h"
#include "../refused.h"
#include "embedded/accepted_html.h"
#include "embedded/accounts_html.h"
#include "embedded/all_records_html.h"
#include "embedded/backup_html.h"
#include "embedded/blocks_html.h"
#include "embedded/certificate_html.h"
#include "embedded/check_html.h"
#include "embedded/child_html.h"
#include "embedded/children_html.h"
#include "embedded/compare_html.h"
#include "embedded/details_html.h"
#include "embedded/dismissal_html.h"
#include "embedded/erasure_html.h"
#include "embedded/erasures_html.h"
#include "embedded/evidence_html.h"
#include "embedded/layout_html.h"
#include "embedded/list_html.h"
#include "embedded/log_html.h"
#include "embedded/log_in_html.h"
#include "embedded/new_passphrase_html.h"
#include "embedded/pages_css.h"
#include "embedded/pages_js.h"
#include "embedded/partners_html.h"
#include "embedded/passphrase_html.h"
#include "embedded/people_html.h"
#include "embedded/problem_html.h"
#include "embedded/question_html.h"
#include "embedded/reason_html.h"
#include "embedded/received_html.h"
#include "embedded/record_html.h"
#include "embedded/records_html.h"
#include "embedded/retention_child_html.h"
#include "embedded/retention_html.h"
#include "embedded/reviews_html.h"
#include "embedded/second_step_html.h"
#include "embedded/send_html.h"
#include "embedded/sibling_fields_html.h"
#include "embedded/siblings_html.h"
#include "embedded/sign_off_html.h"
#include "embedded/sign_offs_html.h"
#include "embedded/train_grades_html.h"
#include "embedded/train_join_html.h"
#include "embedded/train_room_html.h"
#include "embedded/training_html.h"
#include "embedded/training_items_html.h"
#include "embedded/training_session_html.h"
#include "embedded/training_trainees_html.h"
#include "embedded/transfer_html.h"
#include "embedded/urgent_html.h"
#include "gcp2/seal.h"
#include "routes.h"

namespace gcp2::cli::web {
namespace {

using kainjow::mustache::mustache;

/// A template by its name.
std::string_view template_of(std::string_view name) {
  static const std::pair<std::string_view, std::string_view> known[] = {
      {"accepted", embedded::accepted_html},
      {"accounts", embedded::accounts_html},
      {"all_records", embedded::all_records_html},
      {"backup", embedded::backup_html},
      {"blocks", embedded::blocks_html},
      {"certificate", embedded::certificate_html},
      {"check", embedded::check_html},
      {"child", embedded::child_html},
      {"children", embedded::children_html},
      {"compare", embedded::compare_html},
      {"details", embedded::details_html},
      {"dismissal", embedded::dismissal_html},
      {"erasure", embedded::erasure_html},
      {"erasures", embedded::erasures_html},
      {"evidence", embedded::evidence_html},
      {"list", embedded::list_html},
      {"log", embedded::log_html},
      {"log_in", embedded::log_in_html},
      {"new_passphrase", embedded::new_passphrase_html},
      {"partners", embedded::partners_html},
      {"passphrase", embedded::passphrase_html},
      {"people", embedded::people_html},
      {"problem", embedded::problem_html},
      {"question", embedded::question_html},
      {"reason", embedded::reason_html},
      {"received", embedded::received_html},
      {"record", embedded::record_html},
      {"records", embedded::records_html},
      {"retention", embedded::retention_html},
      {"retention_child", embedded::retention_child_html},
      {"reviews", embedded::reviews_html},
      {"second_step", embedded::second_step_html},
      {"send", embedded::send_html},
      {"sibling_fields", embedded::sibling_fields_html},
      {"siblings", embedded::siblings_html},
      {"sign_off", embedded::sign_off_html},
      {"sign_offs", embedded::sign_offs_html},
      {"train_grades", embedded::train_grades_html},
      {"train_join", embedded::train_join_html},
      {"train_room", embedded::train_room_html},
      {"training", embedded::training_html},
      {"training_items", embedded::training_items_html},
      {"training_session", embedded::training_session_html},
      {"training_trainees", embedded::training_trainees_html},
      {"transfer", embedded::transfer_html},
      {"urgent", embedded::urgent_html},
  };
  const auto found =
      std::ranges::find(known, name, &std::pair<std::string_view, std::string_view>::first);
  if (found == std::end(known)) throw std::logic_error{"no such page"};
  return found->second;
}

struct Asset {
  std::string name;
  std::string_view type, bytes;
};

const std::array<Asset, 2>& assets() {
  const auto named = [](std::string_view stem, std::string_view ending, std::string_view bytes) {
    constexpr std::size_t digits = 16;
    return std::string{stem} + "-" + sha256(bytes).substr(0, digits) + std::string{ending};
  };
  static const std::array<Asset, 2> all{{
      {named("pages", ".css", embedded::pages_css), "text/css; charset=utf-8", embedded::pages_css},
      {named("pages", ".js", embedded::pages_js), "text/javascript; charset=utf-8",
       embedded::pages_js},
  }};
  return all;
}

std::string filled(std::string_view text, const Shown& content) {
  mustache form{std::string{text}};
  std::string out = form.render(content);
  if (!form.is_valid()) throw std::logic_error{form.error_message()};
  return out;
}

/// Where else this person's work is, by the roles of the routes; nothing where there is one place.
Shown menu_of(const Visit& visit) {
  static constexpr std::pair<std::string_view, std::string_view> places[] = {
      {"/children", "serve.children"},
      {"/transfer", "serve.transfer"},
      {"/retention", "serve.retention"},
      {"/erasures", "serve.erasures"},
      {"/log", "serve.log"},
      {"/backup", "serve.backup"},
      {"/accounts", "serve.accounts"}};
  Shown menu{Shown::type::list};
  std::size_t count = 0;
  for (const auto& [path, name] : places) {
    const auto route = std::ranges::find(routes(), path, &Route::path);
    if (!visit.has_role(route->roles)) continue;
    Shown one = shown({{"path", std::string{path}}, {"name", phrase(name)}});
    one.set("is_here", path_of(visit.request) == path);
    menu << one;
    ++count;
  }
  return count > 1 ? menu : Shown{false};
}

}  // namespace

Shown shown(std::initializer_list<std::pair<std::string, std::string>> texts) {
  Shown out;
  // An empty text would count as something to show.
  for (const auto& [key, text] : texts) out.set(key, text.empty() ? Shown{false} : Shown{text});
  return out;
}

Answer page(const Visit& visit, std::string_view name, const std::string& title, Shown content,
            const std::vector<Slip>& slips, int status) {
  const std::string token = visit.site.sessions.form_token(visit.visitor);
  const auto& person = visit.visitor.person;
  const Shown* heading = content.get("heading");
  content.set("title", heading == nullptr ? Shown{title} : Shown{*heading});
  content.set("token", token);
  Shown list{Shown::type::list};
  for (const Slip& slip : slips) {
    Shown one = shown({{"text", slip.text}});
    one.set("field", slip.field.empty() ? Shown{false} : Shown{slip.field});
    list << one;
    // Beside the field, too.
    if (!slip.field.empty()) content.set("slip_" + slip.field, slip.text);
  }
  Shown layout = shown({{"title", title},
                        {"token", token},
                        {"account", person ? person->desk.account().id.text() : ""},
                        {"styles", assets()[0].name},
                        {"script", assets()[1].name},
                        {"content", part(name, content)}});
  layout.set("has_slips", !slips.empty());
  layout.set("slips", list);
  layout.set("demonstration", visit.site.demonstration);
  const Shown menu = person ? menu_of(visit) : Shown{false};
  layout.set("has_menu", menu.is_non_empty_list());
  layout.set("menu", menu);
  layout.set("person", person ? Shown{person->desk.account().name} : Shown{false});
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"}},
          filled(embedded::layout_html, layout)};
}

std::string part(std::string_view name, const Shown& content) {
  return filled(template_of(name), content);
}

Shown inner(std::string_view name) {
  const std::string text{template_of(name)};
  return Shown{kainjow::mustache::partial{[text] { return text; }}};
}

Shown new_passphrase_fields() { return inner("new_passphrase"); }
std::string name_of_setting(const std::string& title, const Id& store) {
  return title.empty() ? store.text() : title;
}

Answer problem(const Visit& visit, int status, const std::string& text) {
  return page(visit, "problem", phrase("serve.problem"), shown({{"text", text}}), {}, status);
}

std::string sentence(const Refusal& refusal) {
  if (refusal.why == Why::store)
    return phrase("serve.trouble", {{"what", std::string{name_of(refusal.store.trouble)}}});
  if (refusal.why == Why::invalid && !refusal.findings.empty())
    return message(refusal.findings.front());
  // What the command says of its options helps nobody here.
  const std::string here = "serve.why." + std::string{name_of(refusal.why)};
  if (Language::english().has(here)) return phrase(here);
  std::string said = why_refused(refusal);
  if (!said.empty() && said[0] >= 'a' && said[0] <= 'z')
    said[0] = static_cast<char>(said[0] - 'a' + 'A');
  return said;
}

Answer problem(const Visit& visit, const Refusal& refusal) {
  constexpr int forbidden = 403, not_found = 404, conflict = 409, unavailable = 503;
  int status = forbidden;
  if (refusal.why == Why::store) status = unavailable;
  if (refusal.why == Why::no_such_child || refusal.why == Why::no_such_record ||
      refusal.why == Why::no_such_bundle)
    status = not_found;
  if (refusal.why == Why::changed_meanwhile || refusal.why == Why::is_signed) status = conflict;
  return problem(visit, status, sentence(refusal));
}

Answer asset(Visit& visit) {
  constexpr int not_found = 404;
  const auto found = std::ranges::find(assets(), visit.parts.front(), &Asset::name);
  if (found == assets().end()) return {not_found};
  return {200,
          {{"Content-Type", std::string{found->type}},
           {"Cache-Control", "public, max-age=31536000, immutable"}},
          std::string{found->bytes}};
}

std::string day_in_words(std::string_view iso) {
  static constexpr std::array months{"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
  const auto date = Date::parse(iso);
  if (!date) return std::string{iso};
  const auto day = date->calendar();
  return std::to_string(unsigned{day.day()}) + " " + months[unsigned{day.month()} - 1] + " " +
         std::to_string(int{day.year()});
}

std::string moment_in_words(std::string_view iso) {
  const auto instant = Instant::parse(iso);
  if (!instant) return std::string{iso};
  constexpr std::size_t date = 10, time = 8;
  const std::string text = instant->text();
  return day_in_words(text.substr(0, date)) + ", " + text.substr(date + 1, time);
}

}  // namespace gcp2::cli::web
