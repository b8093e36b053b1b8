// Which role may do what: the whole table, and the listed codes of actions and reasons.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gcp2/ring.h"

namespace gcp2 {

enum class Action : std::uint8_t {
  log_in,
  list,
  list_all,
  find,
  add,
  history,
  read,
  save_draft,
  sign,
  dismiss,
  amend,
  export_child,
  assign,
  share,
  end_involvement,
  accounts,
  make_account,
  grant,
  end_account,
  change_passphrase,
  recover,
  retention,
  hold,
  ask_erasure,
  confirm_erasure,
  audit,
  back_up_ring,
  back_up_records,
  restore,
  make_key,
  address,
  confirm_partner,
  send,
  receive,
  quarantine,
  accept,
  keep_receipt,
  // The program's own acts.
  found,
  renew_setting_key,
  erase_again,
  // And again people's.
  renew_recovery_key,
  sign_off,
  erasures,
  withdraw_erasure,
  print,
  sent_bundles,
  turn_down,
  show_receipt,
  set_second_step,
  drop_second_step,
  ring_copies,
  involvements,
  partners,
  train,
  export_log,
  set_retention,
  lift_hold,
};

/// As the log has it, and back; nullopt: there is no such.
std::string_view name_of(Action action) noexcept;
std::optional<Action> action_from(std::string_view name) noexcept;
/// Whether an account of the role may.
bool may(Role role, Action action) noexcept;
/// Whether a reason has to be given, wherever the child is.
bool always_needs_reason(Action action) noexcept;
/// The listed reason of what is done for one alone, such as an office's list, where none other is
/// given; empty where there is no such.
std::string_view own_reason(Action action) noexcept;
bool is_listed_reason(std::string_view code) noexcept;

}  // namespace gcp2
