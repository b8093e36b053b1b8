// Accounts: who has one, new ones, keys granted, ended ones, lost phones; the own passphrase.
#include <algorithm>

#include "../../phrase.h"
#include "gcp2/keys.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr Role roles[] = {Role::practitioner, Role::supervisor, Role::records_manager,
                          Role::trainer,      Role::reader,     Role::auditor,
                          Role::administrator};

/// For a supervisor to compare the fingerprint: with it come the keys, a reader's first child
/// after.
bool waits(const Account& account) {
  if (!account.active) return false;
  if (account.role == Role::reader) return !account.is_compared;
  return holds_setting_key(account.role) && account.setting_key.empty();
}

std::string state_of(const Account& account) {
  if (!account.active) return phrase("serve.account.ended");
  if (waits(account))
    return phrase(account.role == Role::reader ? "serve.account.not_compared"
                                               : "serve.account.waiting");
  if (account.role == Role::reader) return phrase("serve.account.compared");
  return phrase(account.setting_key.empty() ? "serve.account.without_keys"
                                            : "serve.account.granted");
}

Answer listed(const Visit& visit, const std::vector<Slip>& slips) {
  const auto all = visit.desk().accounts();
  if (!all) return problem(visit, all.error());
  const bool grants = visit.has_role(only(Role::supervisor));
  const bool makes = visit.has_role(only(Role::administrator));
  Shown list{Shown::type::list}, waiting{Shown::type::list};
  for (const Account& account : *all) {
    Shown one = shown({{"id", account.id.text()},
                       {"name", account.name},
                       {"role", phrase("store.role." + std::string{name_of(account.role)})},
                       {"state", state_of(account)},
                       {"fingerprint", account.active ? fingerprint(account.open) : ""}});
    one.set("ends", account.active && (grants || makes));
    one.set("new_phone", account.active && makes);
    one.set("reads", account.role == Role::reader);
    list << one;
    if (grants && waits(account)) waiting << one;
  }
  Shown choices{Shown::type::list};
  for (const Role role : roles) {
    const std::string code{name_of(role)};
    Shown one = shown({{"code", code}, {"label", phrase("store.role." + code)}});
    one.set("chosen", visit.form.text("role") == code);
    choices << one;
  }
  Shown content = shown({{"name", std::string{visit.form.text("name")}}});
  content.set("accounts", list);
  content.set("waiting", waiting);
  content.set("any_waiting", waiting.is_non_empty_list());
  content.set("makes", makes);
  content.set("new_passphrase", new_passphrase_fields());
  content.set("roles", choices);
  return page(visit, "accounts", phrase("serve.accounts"), content, slips);
}

/// The two passphrases of a form, which have to agree.
std::optional<Slip> slip_in_passphrases(const Form& form) {
  if (form.text("passphrase").empty())
    return Slip{"passphrase", phrase("serve.account.no_passphrase")};
  if (form.text("passphrase") != form.text("again"))
    return Slip{"again", phrase("serve.passphrases_differ")};
  return std::nullopt;
}

void forget_passphrases(Form& form) {
  for (FormField& field : form.fields)
    if (field.name == "passphrase" || field.name == "again" || field.name == "now")
      wipe(field.value);
}

/// Back to the list, which says why not where it was refused.
Answer after(const Visit& visit, const Allowed<Done>& done, const std::string& field) {
  return done ? see("/accounts") : listed(visit, {{field, sentence(done.error())}});
}

Answer own_passphrase(const Visit& visit, const std::vector<Slip>& slips, bool changed) {
  Shown content;
  content.set("changed", changed);
  content.set("new_passphrase", new_passphrase_fields());
  content.set("fingerprint", fingerprint(visit.desk().account().open));
  return page(visit, "passphrase", phrase("serve.passphrase"), content, slips);
}

}  // namespace

Answer accounts_page(Visit& visit) { return listed(visit, {}); }

Answer make_account(Visit& visit) {
  const std::string name{visit.form.text("name")};
  const auto role = role_from(visit.form.text("role"));
  std::vector<Slip> slips;
  if (name.empty()) slips.push_back({"name", phrase("serve.account.no_name")});
  if (!role) slips.push_back({"role", phrase("serve.no_role")});
  if (const auto slip = slip_in_passphrases(visit.form)) slips.push_back(*slip);
  if (!slips.empty()) return listed(visit, slips);
  const auto made = visit.desk().make_account(name, *role, visit.form.text("passphrase"));
  forget_passphrases(visit.form);
  if (made) return see("/accounts");
  const bool of_name = made.error().why != Why::weak_passphrase;
  return listed(visit, {{of_name ? "name" : "passphrase", sentence(made.error())}});
}

Answer grant_keys(Visit& visit) {
  const std::string name = visit.desk().account_name(visit.id());
  return after(visit, visit.desk().grant(name, visit.form.text("fingerprint")),
               "fingerprint-" + visit.id().text());
}

Answer end_account(Visit& visit) {
  if (visit.form.text("sure") != "yes")
    return listed(visit, {{"sure-" + visit.id().text(), phrase("serve.account.not_sure")}});
  return after(visit, visit.desk().end_account(visit.desk().account_name(visit.id())),
               "sure-" + visit.id().text());
}

Answer new_phone(Visit& visit) {
  return after(visit, visit.desk().drop_second_step(visit.desk().account_name(visit.id())), "");
}

Answer passphrase_page(Visit& visit) { return own_passphrase(visit, {}, false); }

Answer change_passphrase(Visit& visit) {
  if (const auto slip = slip_in_passphrases(visit.form))
    return own_passphrase(visit, {*slip}, false);
  // Whoever finds an open browser is not to lock its owner out.
  const auto owner = visit.visitor.person->place->setting.log_in(visit.desk().account().name,
                                                                 visit.form.text("now"));
  if (!owner) {
    forget_passphrases(visit.form);
    return own_passphrase(visit, {{"now", sentence(owner.error())}}, false);
  }
  const auto done = visit.desk().change_passphrase(visit.form.text("passphrase"));
  forget_passphrases(visit.form);
  if (!done) return own_passphrase(visit, {{"passphrase", sentence(done.error())}}, false);
  return own_passphrase(visit, {}, true);
}

}  // namespace gcp2::cli::web
