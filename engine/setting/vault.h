// Accounts and the setting key: made, sealed to people, and renewed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "setting/inside.h"

namespace gcp2 {

/// The secrets of a ring that are under the setting key: for look-ups; the setting's own pairs, to
/// be sealed to and to sign with.
inline constexpr std::string_view look_up_name = "look_up";
inline constexpr std::string_view wrapped_names[] = {look_up_name, "seal_to", "signed_by"};

/// What they are bound to: a demonstration's ring cannot be made a live one.
std::string_view kind_of(bool demonstration) noexcept;
std::string bound_secret(const Id& store, std::string_view name, bool demonstration);
/// What an account's secret half is bound to.
std::string bound_account(const Id& store, const Id& account);

/// An account with a pair of its own; without the setting key.
Allowed<Account> new_account(const Id& store, std::string name, Role role,
                             std::string_view passphrase, const Means& means);

/// An account whose passphrase was given, with its pair; or why not. A failure is kept in the ring
/// and makes the next try wait.
struct Unlocked {
  Id who;  ///< none: no account of that name
  std::optional<Refusal> refusal;
  std::optional<Account> account;
  std::optional<KeyPair> pair;
};
Unlocked unlock(Ring& ring, const Means& means, std::string_view name, std::string_view passphrase,
                std::optional<std::string_view> code);

/// Under which name the ring keeps the secret of an account's second step, sealed to the account.
/// Empty: there is none.
std::string second_step_name(const Id& account);

/// What in the ring others could exchange for their own, although no key opens it, stands beside a
/// mark that only who holds, or once held, the setting key can make.
std::string mark_of(const Secret& look_up, std::string_view name, std::string_view content);
Allowed<std::string> mark_of(Desk::State& desk, std::string_view name, std::string_view content);
/// Under which name the ring keeps that an account's fingerprint was compared, or that it took the
/// place of one that was; empty: it was not.
std::string compared_name(const Id& account);
/// What stands there then, for the pair that the account has.
std::string compared_mark(const Secret& look_up, const Account& account);
Allowed<std::string> compared_mark(Desk::State& desk, const Account& account);
/// The open half of the printed recovery key, the mark beside it, and the setting key sealed to it.
inline constexpr std::string_view recovery_name = "recovery", recovery_mark = "recovery_mark",
                                  recovery_key_name = "recovery_key";
/// All three.
std::vector<std::pair<std::string, std::string>> recovery_names(const PublicKey& open,
                                                                const Secret& setting_key,
                                                                const Secret& look_up);
/// What the log says of an account as it is in the ring once that has been changed; of none, what
/// it says of the setting's own secrets: whoever exchanges the setting key exchanges them, too.
Stored<std::string> digest_of(Ring& ring, const Account& account, const RingBatch& change = {});

/// Commits, and copies, what `make` gives: wrapped or sealed with the desk's setting key. Where
/// others changed the ring meanwhile, the setting key perhaps, it is made anew.
Allowed<Done> under_setting_key(Desk::State& desk, const std::function<Allowed<RingBatch>()>& make);

/// A new setting key, for all that hold the old one but `without`: every key is put under it.
Allowed<Done> rotate_setting_key(Desk::State& desk, const Id& without);

}  // namespace gcp2
