#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "../output.h"
#include "gcp2/json.h"
#include "listing.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

Role role_of(const Options& options) {
  const auto role = role_from(options.text("role"));
  if (!role) options.refuse(phrase("store.role"));
  return *role;
}

std::string state_of(const Account& account) {
  if (!account.active) return phrase("store.account.ended", {{"day", day_text(account.ended)}});
  if (!account.setting_key.empty()) return phrase("store.account.granted");
  if (account.role == Role::reader)
    return phrase(account.is_compared ? "store.account.compared" : "store.account.not_compared");
  return phrase(holds_setting_key(account.role) ? "store.account.waiting"
                                                : "store.account.without_keys");
}

Value to_json(const Account& account) {
  Value one = Value::object();
  one.set("id", Value::text(account.id.text()));
  one.set("name", Value::text(account.name));
  one.set("role", Value::text(std::string{name_of(account.role)}));
  one.set("active", Value::boolean(account.active));
  one.set("granted", Value::boolean(!account.setting_key.empty() || account.is_compared));
  one.set("fingerprint", Value::text(fingerprint(account.open)));
  one.set("made", Value::text(moment_text(account.made)));
  return one;
}

std::string line_of(const Account& account) {
  return fmt::format("{}, {}: {}\n    {}", on_screen(account.name),
                     phrase("store.role." + std::string{name_of(account.role)}), state_of(account),
                     fingerprint(account.open));
}

/// There is always one account, that of whoever asks.
void list_accounts(Desk& desk, const Options& options) {
  write_list(granted(desk.accounts(), options), {"gcp2/accounts/1", "accounts", {}}, options,
             to_json, line_of);
}

/// Shows a recovery key, and has it typed back.
std::function<std::string(const std::string&)> typed_back(Passphrases& passphrases) {
  return [&](const std::string& key) {
    write_standard_error(phrase("store.recovery_key", {{"key", key}}) + "\n");
    return passphrases.ask_in_sight(phrase("store.type_back"));
  };
}

int renew_recovery_key(const Options& options) {
  auto [setting, desk] = enter(options);
  Passphrases passphrases{options};
  (void)granted(desk.renew_recovery_key(typed_back(passphrases)), options);
  write_standard_output(phrase("store.recovery_key_renewed") + "\n");
  return Exit::done;
}

}  // namespace

void found_setting(const Options& options) {
  if (const auto ready = prepare_for_secrets(); !ready)
    throw Stop{Exit::outside, phrase("store.no_secrets", {{"what", ready.error().message}})};
  const std::string supervisor = options.text("as");
  const std::string administrator = options.text("administrator");
  if (supervisor.empty() || administrator.empty() || supervisor == administrator)
    options.refuse(phrase("store.founders"));
  const Places places = places_of(options);
  require_places(places);
  Passphrases passphrases{options};
  std::vector<Setting::Founder> founders;
  for (const auto& [name, role] :
       {std::pair{supervisor, Role::supervisor}, std::pair{administrator, Role::administrator}}) {
    if (!Setting::is_account_name(name)) stop({.why = Why::account_name}, options);
    founders.push_back({name, passphrases.ask_new(name), role});
    if (!Setting::strong_enough(founders.back().passphrase, name))
      stop({.why = Why::weak_passphrase}, options);
  }
  (void)granted(Setting::found(places, means_at_hand(), founders, options.has("demonstration"),
                               typed_back(passphrases)),
                options, places.records);
  for (Setting::Founder& founder : founders) wipe(founder.passphrase);
  write_standard_output(phrase("store.founded", {{"store", places.records},
                                                 {"ring", places.ring},
                                                 {"erased", places.erased},
                                                 {"copies", places.ring_backups},
                                                 {"anchor", places.anchor}}) +
                        "\n");
}

int store_init(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options, Asking::who);
  options.value("administrator", "NAME", "option.administrator")
      .flag("demonstration", "option.demonstration");
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  found_setting(options);
  return Exit::done;
}

int store_user(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options);
  options.value("role", "ROLE", "option.role");
  if (!options.parse(arguments, 0, 2)) return Exit::done;
  const auto& operands = options.operands();
  const std::string what = operands.empty() ? "list" : operands.front();
  const bool names_one = what == "add" || what == "end" || what == "new-phone";
  if ((!names_one && what != "list" && what != "passphrase" && what != "fingerprint") ||
      operands.size() != (names_one          ? 2U
                          : operands.empty() ? 0U
                                             : 1U))
    options.refuse(phrase("store.user_parts"));
  options.refuse_given(no_note);
  if (what != "list") options.refuse_given(no_format);
  const Role role = what == "add" ? role_of(options) : Role::reader;
  auto [setting, desk] = enter(options);
  if (what == "list") {
    list_accounts(desk, options);
    return Exit::done;
  }
  if (what == "fingerprint") {
    const Account& own = desk.account();
    write_standard_output(
        phrase("store.own_fingerprint",
               {{"name", on_screen(own.name)}, {"fingerprint", fingerprint(own.open)}}) +
        "\n");
    return Exit::done;
  }
  if (what == "end") {
    (void)granted(desk.end_account(operands[1]), options);
    write_standard_output(phrase("store.user_ended", {{"name", operands[1]}}) + "\n");
    return Exit::done;
  }
  if (what == "new-phone") {
    (void)granted(desk.drop_second_step(operands[1]), options);
    write_standard_output(phrase("store.new_phone", {{"name", operands[1]}}) + "\n");
    return Exit::done;
  }
  const std::string name = what == "add" ? operands[1] : desk.account().name;
  Passphrases passphrases{options};
  std::string passphrase = passphrases.ask_new(name);
  if (what == "passphrase") {
    (void)granted(desk.change_passphrase(passphrase), options);
    wipe(passphrase);
    write_standard_output(phrase("store.passphrase_changed") + "\n");
    return Exit::done;
  }
  const Account made = granted(desk.make_account(name, role, passphrase), options);
  wipe(passphrase);
  write_standard_output(phrase(holds_setting_key(made.role) ? "store.user_added"
                               : made.role == Role::reader  ? "store.reader_added"
                                                            : "store.user_added_without_keys",
                               {{"name", name}, {"fingerprint", fingerprint(made.open)}}) +
                        "\n");
  return Exit::done;
}

int store_grant(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options);
  options.value("fingerprint", "DIGITS", "option.fingerprint");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  if (options.operands().empty() || !options.has("fingerprint"))
    options.refuse(phrase("store.grant_whom"));
  options.refuse_given(no_note);
  auto [setting, desk] = enter(options);
  const std::string& name = options.operands().front();
  (void)granted(desk.grant(name, options.text("fingerprint")), options);
  const auto accounts = granted(desk.accounts(), options);
  const bool is_reader = std::ranges::any_of(accounts, [&](const Account& each) {
    return each.active && each.name == name && each.role == Role::reader;
  });
  write_standard_output(phrase(is_reader ? "store.compared" : "store.granted", {{"name", name}}) +
                        "\n");
  return Exit::done;
}

int store_recover(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options, Asking::who);
  options.flag("renew", "option.renew_recovery_key");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  if (options.has("renew")) {
    require_no_operand(options);
    return renew_recovery_key(options);
  }
  if (options.operands().empty()) options.refuse(phrase("store.who"));
  if (const auto ready = prepare_for_secrets(); !ready)
    throw Stop{Exit::outside, phrase("store.no_secrets", {{"what", ready.error().message}})};
  const Places places = places_of(options);
  require_ring(places);
  Setting setting = granted(Setting::open(places, means_at_hand()), options, places.records);
  const std::string& name = options.operands().front();
  Passphrases passphrases{options};
  std::string printed_key = passphrases.ask(phrase("store.ask_recovery_key"));
  std::string passphrase = passphrases.ask_new(name);
  const auto done = setting.recover(printed_key, name, passphrase);
  wipe(printed_key);
  wipe(passphrase);
  (void)granted(done, options);
  write_standard_output(phrase("store.recovered", {{"name", name}}) + "\n");
  return Exit::done;
}

int store_share(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options);
  options.value("until", "DATE", "option.until").flag("end", "option.end_share");
  if (!options.parse(arguments, 0, 2)) return Exit::done;
  require_one_at_most(options, {"until", "end"});
  if (options.operands().size() != 2) options.refuse(phrase("store.share_whom"));
  const std::string& ref = options.operands().front();
  const std::string& name = options.operands().back();
  const Seconds until = until_of(options);
  auto [setting, desk] = enter(options);
  const Id child =
      child_of(desk, ref, options.has("end") ? "end_involvement" : "share", options).id;
  const std::string day = until == 0 ? "" : options.text("until");
  if (options.has("end")) {
    (void)granted(desk.end_involvement(child, name, purpose_of(options)), options);
    write_standard_output(phrase("store.share_ended", {{"child", ref}, {"name", name}}) + "\n");
    return Exit::done;
  }
  const auto accounts = granted(desk.accounts(), options);
  const bool is_reader = std::ranges::any_of(accounts, [&](const Account& each) {
    return each.active && each.name == name && each.role == Role::reader;
  });
  if (is_reader && until == 0) options.refuse(phrase("store.share_until"));
  (void)granted(is_reader ? desk.share(child, name, until, purpose_of(options))
                          : desk.assign(child, name, until, purpose_of(options)),
                options);
  const std::string said =
      is_reader    ? phrase("store.shared_until", {{"child", ref}, {"name", name}, {"day", day}})
      : until == 0 ? phrase("store.assigned", {{"child", ref}, {"name", name}})
                   : phrase("store.assigned_until", {{"child", ref}, {"name", name}, {"day", day}});
  write_standard_output(said + "\n");
  return Exit::done;
}

}  // namespace gcp2::cli
