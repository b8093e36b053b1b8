#include "setting/vault.h"

#include <algorithm>
#include <utility>

#include "gcp2/second_step.h"
#include "setting/erased_list.h"
#include "setting/ring_copies.h"
#include "setting/slow_down.h"
#include "setting/untold.h"

namespace gcp2 {
namespace {

std::string raw_text(const PublicKey& key) { return {key.begin(), key.end()}; }

}  // namespace

std::string_view kind_of(bool demonstration) noexcept {
  return demonstration ? "demonstration" : "live";
}
std::string bound_secret(const Id& store, std::string_view name, bool demonstration) {
  return bound_name(store, std::string{name} + "/" + std::string{kind_of(demonstration)});
}

std::string bound_account(const Id& store, const Id& account) {
  return bound_name(store, "account/" + account.text());
}

Allowed<Account> new_account(const Id& store, std::string name, Role role,
                             std::string_view passphrase, const Means& means) {
  Account account;
  account.id = Id::random();
  account.name = std::move(name);
  account.role = role;
  account.made = means.clock();
  account.salt = random_salt();
  account.hardness = means.hardness;
  const auto under = key_from_passphrase(passphrase, account.salt, account.hardness);
  if (!under) return refusal({.message = under.error().message});
  const KeyPair pair = KeyPair::random();
  account.open = pair.open;
  account.wrapped_secret = wrap(pair.secret, *under, bound_account(store, account.id));
  return account;
}

std::string second_step_name(const Id& account) { return "second_step/" + account.text(); }

std::string mark_of(const Secret& look_up, std::string_view name, std::string_view content) {
  return keyed_hash(look_up, std::string{name} + ":" + std::string{content});
}
Allowed<std::string> mark_of(Desk::State& desk, std::string_view name, std::string_view content) {
  const auto look_up = desk.named("look_up");
  if (!look_up) return look_up.error();
  return mark_of(*look_up, name, content);
}

std::string compared_name(const Id& account) { return "compared/" + account.text(); }
Allowed<std::string> compared_mark(Desk::State& desk, const Account& account) {
  return mark_of(desk, compared_name(account.id), raw_text(account.open));
}
std::string compared_mark(const Secret& look_up, const Account& account) {
  return mark_of(look_up, compared_name(account.id), raw_text(account.open));
}

std::vector<std::pair<std::string, std::string>> recovery_names(const PublicKey& open,
                                                                const Secret& setting_key,
                                                                const Secret& look_up) {
  return {{std::string{recovery_name}, raw_text(open)},
          {std::string{recovery_mark}, mark_of(look_up, recovery_name, raw_text(open))},
          {std::string{recovery_key_name}, seal_to(open, setting_key)}};
}

namespace {

/// As it is once the ring has been changed; empty where there is no such name.
Stored<std::string> named_after(Ring& ring, const RingBatch& change, std::string_view name) {
  const auto changed = std::ranges::find(change.named, name, [](auto& each) { return each.first; });
  if (changed != change.named.end()) return changed->second;
  const auto kept = ring.named(name);
  if (!kept) return kept.error();
  return kept->value_or("");
}

Stored<std::string> digest_of_secrets(Ring& ring, const RingBatch& change) {
  std::vector<std::string_view> names{"kind", erased_list_key, recovery_name, recovery_mark,
                                      recovery_key_name};
  names.insert(names.end(), std::begin(wrapped_names), std::end(wrapped_names));
  std::string hashes = "gcp2/secrets/1";
  for (const std::string_view name : names) {
    const auto secret = named_after(ring, change, name);
    if (!secret) return secret.error();
    hashes += plain_hash(std::string{name} + '\n' + *secret);
  }
  return plain_hash(hashes);
}

}  // namespace

Stored<std::string> digest_of(Ring& ring, const Account& account, const RingBatch& change) {
  if (account.id.none()) return digest_of_secrets(ring, change);
  const auto second_step = named_after(ring, change, second_step_name(account.id));
  if (!second_step) return second_step.error();
  return digest_of(ring.store(), account, *second_step);
}

namespace {

/// Whether the code is the account's, where it has a second step.
Allowed<bool> is_second_step(Ring& ring, const Account& account, const KeyPair& pair,
                             std::string_view code, Seconds now) {
  const auto sealed = ring.named(second_step_name(account.id));
  if (!sealed) return failed(sealed);
  if (sealed->value_or("").empty()) return true;
  const auto secret = unseal_from(pair, **sealed);
  if (!secret) return refusal(Why::unsealable);
  return is_code(*secret, code, now);
}

}  // namespace

Unlocked unlock(Ring& ring, const Means& means, std::string_view name, std::string_view passphrase,
                std::optional<std::string_view> code) {
  Unlocked out;
  const Seconds now = means.clock();
  const auto refuse = [&](Refusal why) {
    out.refusal = std::move(why);
    return std::move(out);
  };
  auto found = ring.active_account(name);
  if (!found) return refuse(failed(found));
  const auto slow_down = [&](Seconds wait) {
    Refusal why = refusal(Why::slow_down);
    why.wait = wait;
    return refuse(std::move(why));
  };
  if (!*found) {
    if (const Seconds wait = Strangers::left_to_wait(ring.store(), name, now))
      return slow_down(wait);
    // As long as for an account that there is.
    const auto nothing = key_from_passphrase(passphrase, random_salt(), means.hardness);
    if (!nothing) return refuse(refusal({.message = nothing.error().message}));
    Strangers::fail(ring.store(), name, now);
    return refuse(refusal(Why::not_logged_in));
  }
  Account account = **std::move(found);
  out.who = account.id;
  if (const Seconds wait = left_to_wait(account.failures, account.failed_at, now))
    return slow_down(wait);
  const auto under = key_from_passphrase(passphrase, account.salt, account.hardness);
  if (!under) return refuse(refusal({.message = under.error().message}));
  auto secret = unwrap(account.wrapped_secret, *under, bound_account(ring.store(), account.id));
  std::optional<KeyPair> pair;
  if (secret) pair = KeyPair::of(*std::move(secret));
  bool good = pair.has_value();
  if (good && code) {
    const auto second = is_second_step(ring, account, *pair, *code, now);
    if (!second) return refuse(second.error());
    good = *second;
  }
  const bool failed_before = account.failures != 0;
  account.failures = good ? 0 : account.failures + 1;
  account.failed_at = now;
  if (!good || failed_before) {
    RingBatch batch;
    batch.log_ins.push_back({account.id, account.failures, account.failed_at});
    // Nobody is kept from reading because earlier failures cannot be forgotten on a full disk.
    if (const auto done = ring.commit(batch); !done && !good) return refuse(failed(done));
  }
  if (!good) return refuse(refusal(Why::not_logged_in));
  // Others may have ended or changed the account while the passphrase was tried.
  auto current = ring.account(account.id);
  if (!current) return refuse(failed(current));
  if (!*current || !(*current)->active || (*current)->wrapped_secret != account.wrapped_secret)
    return refuse(refusal(Why::not_logged_in));
  out.account = **std::move(current);
  out.pair = std::move(pair);
  return out;
}

Allowed<Done> under_setting_key(Desk::State& desk,
                                const std::function<Allowed<RingBatch>()>& make) {
  constexpr int most_tries = 20;
  if (const auto ready = expect_room_for_copy(desk.ring(), desk.setting->places); !ready)
    return failed(ready);
  for (int tries = 0;; ++tries) {
    const auto serial = desk.ring().serial();
    if (!serial) return failed(serial);
    if (const auto current = desk.catch_up(); !current) return current;
    auto batch = make();
    if (!batch) return batch.error();
    batch->expected_serial = *serial;
    const auto done = desk.ring().commit(*batch);
    if (!done && (done.error().trouble != Trouble::busy || tries == most_tries))
      return failed(done);
    if (!done) continue;
    if (const auto kept = desk.setting->keep_ring_copy(); !kept) return failed(kept);
    return Done{};
  }
}

namespace {

/// The open half of the recovery key that somebody printed, and not one that was put there since.
Allowed<PublicKey> printed_key_of(Desk::State& desk) {
  const auto kept = desk.ring().named(recovery_name);
  if (!kept) return failed(kept);
  const auto mark = desk.ring().named(recovery_mark);
  if (!mark) return failed(mark);
  const auto own = mark_of(desk, recovery_name, kept->value_or(""));
  if (!own) return own.error();
  PublicKey open{};
  if (mark->value_or("") != *own || kept->value_or("").size() != open.size())
    return refusal({Trouble::damaged, "key ring: another recovery key"});
  std::ranges::copy(**kept, open.begin());
  return open;
}

/// Whether it is the pair that was compared, and not one that was put there since.
Allowed<bool> is_compared(Desk::State& desk, const Account& account) {
  if (account.id == desk.account.id) return true;  // by its passphrase
  const auto own = compared_mark(desk, account);
  if (!own) return own.error();
  const auto kept = desk.ring().named(compared_name(account.id));
  if (!kept) return failed(kept);
  return kept->value_or("") == *own;
}

/// Once: `busy` where others changed the ring meanwhile.
Allowed<Done> rotate_once(Desk::State& desk, const Id& without) {
  const Id store = desk.store_id();
  Ring& ring = desk.ring();
  const auto serial = ring.serial();
  if (!serial) return failed(serial);
  if (const auto current = desk.catch_up(); !current) return current;
  const Secret renewed = Secret::random();
  RingBatch batch;
  batch.expected_serial = *serial;
  auto keys = ring.keys();
  if (!keys) return failed(keys);
  for (RingKey& key : *keys) {
    const auto secret = unwrap(key.wrapped, *desk.setting_key, bound_key(store, key));
    if (!secret) return refusal(Why::unsealable);
    key.wrapped = wrap(*secret, renewed, bound_key(store, key));
  }
  batch.keys = std::move(*keys);
  for (const std::string_view name : wrapped_names) {
    const auto secret = desk.named(name);
    if (!secret) return secret.error();
    batch.named.emplace_back(
        name, wrap(*secret, renewed, bound_secret(store, name, desk.setting->demonstration)));
  }
  const auto printed = printed_key_of(desk);
  if (!printed) return printed.error();
  const auto look_up = desk.named("look_up");
  if (!look_up) return look_up.error();
  for (auto& each : recovery_names(*printed, renewed, *look_up))
    batch.named.push_back(std::move(each));
  batch.named.emplace_back("rotation_due", "");
  auto accounts = ring.accounts();
  if (!accounts) return failed(accounts);
  for (Account& account : *accounts) {
    if (!account.active || account.setting_key.empty() || account.id == without) continue;
    const auto compared = is_compared(desk, account);
    if (!compared) return compared.error();
    // Others have to be granted the key anew.
    account.setting_key = *compared ? seal_to(account.open, renewed) : std::string{};
    batch.accounts.push_back(std::move(account));
  }
  auto entry = entry_about(*desk.setting, Action::renew_setting_key, desk.account.id, {}, batch);
  if (!entry) return failed(entry);
  return change_ring(*desk.setting, std::move(batch), {*std::move(entry)});
}

}  // namespace

Allowed<Done> rotate_setting_key(Desk::State& desk, const Id& without) {
  constexpr int most_tries = 5;
  for (int tries = 0;; ++tries) {
    const auto done = rotate_once(desk, without);
    // Whose key is another one now, this desk's too, it finds out by itself.
    if (done) return desk.catch_up();
    if (done.error().store.trouble != Trouble::busy || done.error().why != Why::store ||
        tries == most_tries)
      return done;
  }
}

}  // namespace gcp2
