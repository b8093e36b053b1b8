// Who works with a child: caseloads, and what people of partner agencies were given to read.
#include <algorithm>

#include "../../days.h"
#include "../../phrase.h"
#include "../children.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Shown shown_involvement(const Visit& visit, const Involvement& each) {
  const std::string last =
      each.until == 0 ? "" : day_in_words(Instant::at(each.until - 1).date.text());
  Shown one = shown({{"name", visit.desk().account_name(each.account)}, {"until", last}});
  one.set("shared", each.shared);
  return one;
}

/// Whom a supervisor can choose: colleagues, and those who only read.
void show_choices(Shown& content, const Visit& visit, const std::vector<Account>& accounts) {
  Shown with_keys{Shown::type::list}, only_read{Shown::type::list};
  for (const Account& account : accounts) {
    if (!account.active) continue;
    const bool reads = account.role == Role::reader;
    Shown one = shown({{"name", account.name},
                       {"role", phrase("store.role." + std::string{name_of(account.role)})}});
    one.set("chosen", visit.form.text(reads ? "reader" : "colleague") == account.name);
    if (reads)
      only_read << one;
    else if (holds_setting_key(account.role))
      with_keys << one;
  }
  content.set("colleagues", with_keys);
  content.set("readers", only_read);
  content.set("any_readers", only_read.is_non_empty_list());
  content.set("reader_role", phrase("store.role.reader"));
  for (const char* field : {"assigned_until", "shared_until"})
    content.set(field, std::string{visit.form.text(field)});
  ask_reason(content, visit.form, {phrase("serve.share.reason"), phrase("serve.reason_logged")});
}

Answer listed(const Visit& visit, const std::vector<Slip>& slips) {
  const auto child = visit.desk().find(visit.id(), visit.purpose());
  if (!child) return problem(visit, child.error());
  const auto involved = visit.desk().involvements(visit.id(), visit.purpose());
  if (!involved) return problem(visit, involved.error());
  Shown people{Shown::type::list};
  for (const Involvement& each : *involved) people << shown_involvement(visit, each);
  Shown content = shown({{"id", visit.id().text()}, {"child", name_of_child(*child)}});
  content.set("any", !involved->empty());
  content.set("people", people);
  content.set("changes", visit.has_role(only(Role::supervisor)));
  if (visit.has_role(only(Role::supervisor))) {
    const auto accounts = visit.desk().accounts();
    if (!accounts) return problem(visit, accounts.error());
    show_choices(content, visit, *accounts);
  }
  return page(visit, "people", phrase("serve.people"), content, slips);
}

/// The end of the day in a field, or what is wrong with it.
std::optional<Slip> slip_in_day(const Visit& visit, const std::string& field, Seconds& until) {
  const auto last = Date::parse(visit.form.text(field));
  if (!last) return Slip{field, phrase("serve.people.no_day")};
  if (*last < visit.site.today()) return Slip{field, phrase("serve.people.day_over")};
  until = end_of(*last);
  return std::nullopt;
}

Answer after(const Visit& visit, const Allowed<Done>& done, const std::string& field) {
  if (done) return see("/children/" + visit.id().text() + "/people");
  return listed(visit, {{field, sentence(done.error())}});
}

}  // namespace

Answer people_page(Visit& visit) { return listed(visit, {}); }

Answer assign(Visit& visit) {
  const std::string name{visit.form.text("colleague")};
  std::vector<Slip> slips;
  if (name.empty()) slips.push_back({"colleague", phrase("serve.people.nobody")});
  Seconds until = 0;
  if (!visit.form.text("assigned_until").empty())
    if (const auto slip = slip_in_day(visit, "assigned_until", until)) slips.push_back(*slip);
  if (!slips.empty()) return listed(visit, slips);
  return after(visit, visit.desk().assign(visit.id(), name, until, visit.purpose()), "colleague");
}

Answer share(Visit& visit) {
  const std::string name{visit.form.text("reader")};
  const Purpose purpose = purpose_of(visit.form);
  std::vector<Slip> slips;
  if (name.empty()) slips.push_back({"reader", phrase("serve.people.nobody")});
  Seconds until = 0;
  if (const auto slip = slip_in_day(visit, "shared_until", until)) slips.push_back(*slip);
  if (purpose.code.empty()) slips.push_back({"reason", phrase("serve.no_reason")});
  if (!slips.empty()) return listed(visit, slips);
  return after(visit, visit.desk().share(visit.id(), name, until, purpose), "reader");
}

Answer end_involvement(Visit& visit) {
  const std::string_view name = visit.form.text("name");
  return after(visit, visit.desk().end_involvement(visit.id(), name, visit.purpose()), "");
}

}  // namespace gcp2::cli::web
