#include <algorithm>
#include <utility>

#include "gcp2/second_step.h"
#include "setting/facts.h"
#include "setting/inside.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

/// How many others could do what an account does.
std::size_t others(const std::vector<Account>& all, const Account& than) {
  return static_cast<std::size_t>(std::ranges::count_if(all, [&](const Account& each) {
    return each.active && each.role == than.role && each.id != than.id &&
           (!holds_setting_key(than.role) || !each.setting_key.empty());
  }));
}

}  // namespace

Allowed<std::vector<Account>> Desk::accounts() {
  Act act{*state_, Action::accounts};
  if (auto no = act.barred()) return *std::move(no);
  auto all = state_->ring().accounts();
  if (!all) return failed(all);
  if (const auto logged = act.done(); !logged) return logged.error();
  for (Account& each : *all) {
    wipe(each.wrapped_secret);
    each.wrapped_secret.clear();
    if (each.role != Role::reader) continue;
    const auto compared = state_->ring().named(compared_name(each.id));
    if (!compared) return failed(compared);
    each.is_compared = !compared->value_or("").empty();
  }
  return *std::move(all);
}

Allowed<Account> Desk::make_account(std::string_view name, Role role, std::string_view passphrase) {
  Act act{*state_, Action::make_account};
  if (auto no = act.barred()) return *std::move(no);
  if (!Setting::is_account_name(name)) return act.refuse(Why::account_name);
  if (!Setting::strong_enough(passphrase, name)) return act.refuse(Why::weak_passphrase);
  const auto all = state_->ring().accounts();
  if (!all) return failed(all);
  const auto is_like = [&](const Account& each) {
    return each.active && normal_name(each.name) == normal_name(name);
  };
  if (std::ranges::any_of(*all, is_like)) return act.refuse(Why::name_taken);
  auto made =
      new_account(state_->store_id(), std::string{name}, role, passphrase, state_->setting->means);
  if (!made) return act.refuse(made.error());
  RingBatch batch;
  batch.accounts.push_back(*made);
  if (const auto done = act.done(std::move(batch), *made, true); !done) return done.error();
  return made;
}

Allowed<Done> Desk::grant(std::string_view name, std::string_view compared) {
  Act act{*state_, Action::grant};
  if (auto no = act.barred()) return *std::move(no);
  const auto serial = state_->ring().serial();
  if (!serial) return failed(serial);
  if (const auto current = state_->catch_up(); !current) return act.refuse(current.error());
  const auto found = state_->ring().active_account(name);
  if (!found) return failed(found);
  if (!*found) return act.refuse(Why::no_such_account);
  act.about_row(RowKind::account, (*found)->id);
  Account account = **found;
  if (!is_fingerprint(compared, fingerprint(account.open))) return act.refuse(Why::fingerprint);
  RingBatch batch;
  batch.expected_serial = *serial;
  if (account.role != Role::reader && !holds_setting_key(account.role))
    return act.refuse(Why::other_role);
  auto mark = compared_mark(*state_, account);
  if (!mark) return act.refuse(mark.error());
  batch.named.emplace_back(compared_name(account.id), *std::move(mark));
  if (account.role == Role::reader) return act.done(std::move(batch), account, false);
  account.setting_key = seal_to(account.open, *state_->setting_key);
  batch.accounts.push_back(account);
  return act.done(std::move(batch), account, true);
}

Allowed<Done> Desk::end_account(std::string_view name) {
  Act act{*state_, Action::end_account};
  if (auto no = act.barred()) return *std::move(no);
  const auto serial = state_->ring().serial();
  if (!serial) return failed(serial);
  const auto found = state_->ring().active_account(name);
  if (!found) return failed(found);
  if (!*found) return act.refuse(Why::no_such_account);
  act.about_row(RowKind::account, (*found)->id);
  Account account = **found;
  const auto all = state_->ring().accounts();
  if (!all) return failed(all);
  const bool is_needed = account.role == Role::supervisor || account.role == Role::administrator;
  if (is_needed && others(*all, account) == 0) return act.refuse(Why::last_one);
  const bool held_key = !account.setting_key.empty();
  account.active = false;
  account.ended = state_->setting->now();
  account.wrapped_secret.clear();
  account.setting_key.clear();
  RingBatch batch;
  batch.expected_serial = *serial;
  const auto given = state_->ring().reader_keys(account.id);
  if (!given) return failed(given);
  batch.drop_reader_keys = *given;
  batch.accounts.push_back(account);
  batch.named.emplace_back(second_step_name(account.id), "");
  // An administrator has no keys: whoever logs in next and has them renews the setting key.
  if (held_key) batch.named.emplace_back("rotation_due", "yes");
  const auto ended = act.done(std::move(batch), account, true);
  // Nor has whoever has ended their own account.
  const bool can_renew = state_->setting_key && account.id != state_->account.id;
  if (!ended || !held_key || !can_renew) return ended;
  return rotate_setting_key(*state_, account.id);
}

Allowed<bool> Desk::has_second_step() {
  const auto sealed = state_->ring().named(second_step_name(state_->account.id));
  if (!sealed) return failed(sealed);
  return !sealed->value_or("").empty();
}

Allowed<Done> Desk::set_second_step(const Secret& secret, std::string_view code) {
  Act act{*state_, Action::set_second_step};
  const auto serial = state_->ring().serial();
  if (!serial) return failed(serial);
  // Before the keys are granted, too.
  if (const auto current = state_->catch_up(); !current) return act.refuse(current.error());
  if (!is_code(secret, code, state_->setting->now())) return act.refuse(Why::wrong_code);
  RingBatch batch;
  batch.expected_serial = *serial;
  batch.named.emplace_back(second_step_name(state_->account.id),
                           seal_to(state_->account.open, secret));
  return act.done(std::move(batch), state_->account, true);
}

Allowed<Done> Desk::drop_second_step(std::string_view name) {
  Act act{*state_, Action::drop_second_step};
  if (auto no = act.barred()) return *std::move(no);
  const auto serial = state_->ring().serial();
  if (!serial) return failed(serial);
  const auto found = state_->ring().active_account(name);
  if (!found) return failed(found);
  if (!*found) return act.refuse(Why::no_such_account);
  act.about_row(RowKind::account, (*found)->id);
  RingBatch batch;
  batch.expected_serial = *serial;
  batch.named.emplace_back(second_step_name((*found)->id), "");
  return act.done(std::move(batch), **found, true);
}

Allowed<Done> Desk::renew_recovery_key(
    const std::function<std::string(const std::string&)>& typed_back) {
  Act act{*state_, Action::renew_recovery_key};
  if (auto no = act.barred()) return *std::move(no);
  const KeyPair recovery = KeyPair::random();
  const auto back = from_print(typed_back(printed(recovery.secret)));
  if (!back || back->bytes() != recovery.secret.bytes()) return act.refuse(Why::recovery);
  // Typing takes minutes, in which others may have renewed the setting key.
  const auto serial = state_->ring().serial();
  if (!serial) return failed(serial);
  if (const auto current = state_->catch_up(); !current) return act.refuse(current.error());
  RingBatch batch;
  batch.expected_serial = *serial;
  const auto look_up = state_->named("look_up");
  if (!look_up) return act.refuse(look_up.error());
  batch.named = recovery_names(recovery.open, *state_->setting_key, *look_up);
  return act.done(std::move(batch), {}, true);
}

namespace {

/// Everything that is sealed to an account, for another pair of it.
Allowed<Done> reseal(Desk::State& desk, Account& account, const KeyPair& pair, RingBatch& batch) {
  if (desk.setting_key) account.setting_key = seal_to(pair.open, *desk.setting_key);
  auto given = desk.ring().reader_keys(account.id);
  if (!given) return failed(given);
  for (ReaderKey& each : *given) {
    const auto secret = unseal_from(desk.pair, each.sealed);
    if (!secret) return refusal(Why::unsealable);
    each.sealed = seal_to(pair.open, *secret);
  }
  batch.reader_keys = *std::move(given);
  // A reader's other pair is compared anew before anything more is shared.
  if (desk.setting_key) {
    auto mark = compared_mark(desk, account);
    if (!mark) return mark.error();
    batch.named.emplace_back(compared_name(account.id), *std::move(mark));
  } else {
    batch.named.emplace_back(compared_name(account.id), "");
  }
  const std::string second_step = second_step_name(account.id);
  const auto sealed = desk.ring().named(second_step);
  if (!sealed) return failed(sealed);
  if (sealed->value_or("").empty()) return Done{};
  const auto secret = unseal_from(desk.pair, **sealed);
  if (!secret) return refusal(Why::unsealable);
  batch.named.emplace_back(second_step, seal_to(pair.open, *secret));
  return Done{};
}

}  // namespace

Allowed<Done> Desk::change_passphrase(std::string_view passphrase) {
  Act act{*state_, Action::change_passphrase};
  // Before the keys are granted, too.
  if (!Setting::strong_enough(passphrase, state_->account.name))
    return act.refuse(Why::weak_passphrase);
  const auto serial = state_->ring().serial();
  if (!serial) return failed(serial);
  if (const auto current = state_->catch_up(); !current) return act.refuse(current.error());
  Account account = state_->account;
  account.salt = random_salt();
  account.hardness = state_->setting->means.hardness;
  const auto under = key_from_passphrase(passphrase, account.salt, account.hardness);
  if (!under) return refusal({.message = under.error().message});
  // Whoever knows the passphrase so far, and has a copy of the ring, has the pair so far.
  KeyPair pair = KeyPair::random();
  account.open = pair.open;
  account.wrapped_secret = wrap(pair.secret, *under, bound_account(state_->store_id(), account.id));
  RingBatch batch;
  batch.expected_serial = *serial;
  if (const auto sealed = reseal(*state_, account, pair, batch); !sealed)
    return act.refuse(sealed.error());
  batch.accounts.push_back(account);
  const auto done = act.done(std::move(batch), account, true);
  if (!done && done.error().why != Why::not_copied) return done;
  state_->account = std::move(account);
  state_->pair = std::move(pair);
  return done;
}

}  // namespace gcp2
