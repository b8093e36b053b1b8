#include "setting/rights.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gcp2/setting.h"

namespace gcp2 {
namespace {

constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }

constexpr unsigned p = bit(Role::practitioner);
constexpr unsigned s = bit(Role::supervisor);
constexpr unsigned r = bit(Role::records_manager);
constexpr unsigned t = bit(Role::trainer);
constexpr unsigned d = bit(Role::reader);
constexpr unsigned a = bit(Role::auditor);
constexpr unsigned m = bit(Role::administrator);
constexpr unsigned everyone = p | s | r | t | d | a | m;

struct Right {
  Action action;
  std::string_view name;
  unsigned roles;
  bool needs_reason;
  std::string_view own_reason{};
};
// By the number of the action.
constexpr std::array rights{
    Right{Action::log_in, "log_in", everyone, false},
    Right{Action::list, "list", p | s | r | d, false},
    Right{Action::list_all, "list_all", p | s | r, true},
    Right{Action::find, "find", p | s | r, false},
    Right{Action::add, "add", p | s, false},
    Right{Action::history, "history", p | s | r | d, false},
    Right{Action::read, "read", p | s | r | d, false},
    Right{Action::save_draft, "save_draft", p | s, false},
    Right{Action::sign, "sign", p | s, false},
    Right{Action::dismiss, "dismiss", s, false},
    Right{Action::amend, "amend", p | s, false},
    Right{Action::export_child, "export", p | s | r, true},
    Right{Action::assign, "assign", s, false},
    Right{Action::share, "share", s, true},
    Right{Action::end_involvement, "end_involvement", s, false},
    Right{Action::accounts, "accounts", s | a | m, false},
    Right{Action::make_account, "make_account", m, false},
    Right{Action::grant, "grant", s, false},
    Right{Action::end_account, "end_account", s | m, false},
    Right{Action::change_passphrase, "change_passphrase", everyone, false},
    Right{Action::recover, "recover", s, false},
    Right{Action::retention, "retention", r, false, "retention"},
    Right{Action::hold, "hold", r, true},
    Right{Action::ask_erasure, "ask_erasure", r, true},
    Right{Action::confirm_erasure, "confirm_erasure", s | r, true},
    Right{Action::audit, "audit", s | r | a, false},
    Right{Action::back_up_ring, "back_up_ring", s | r | m, false},
    Right{Action::back_up_records, "back_up_records", s | r | m, false},
    Right{Action::restore, "restore", s | r | m, false},
    Right{Action::make_key, "make_key", p | s | r, false},
    Right{Action::address, "address", s | r, false},
    Right{Action::confirm_partner, "confirm_partner", s | r, false},
    Right{Action::send, "send", r, true},
    Right{Action::receive, "receive", r, false, "transfer"},
    Right{Action::quarantine, "quarantine", s | r, false, "transfer"},
    Right{Action::accept, "accept", s, false, "transfer"},
    Right{Action::keep_receipt, "keep_receipt", r, false, "transfer"},
    Right{Action::found, "found", 0, false},
    Right{Action::renew_setting_key, "renew_setting_key", 0, false},
    Right{Action::erase_again, "erase_again", 0, false},
    Right{Action::renew_recovery_key, "renew_recovery_key", s, false},
    Right{Action::sign_off, "sign_off", s, false},
    Right{Action::erasures, "erasures", s | r, false, "retention"},
    Right{Action::withdraw_erasure, "withdraw_erasure", s | r, true},
    Right{Action::print, "print", p | s | r | d, false},
    Right{Action::sent_bundles, "sent_bundles", r, false, "transfer"},
    Right{Action::turn_down, "turn_down", s, false, "transfer"},
    Right{Action::show_receipt, "show_receipt", r, false, "transfer"},
    Right{Action::set_second_step, "set_second_step", everyone, false},
    Right{Action::drop_second_step, "drop_second_step", m, false},
    Right{Action::ring_copies, "ring_copies", s | r | m, false},
    Right{Action::involvements, "involvements", p | s | r, false},
    Right{Action::partners, "partners", s | r, false},
    Right{Action::train, "train", t, false},
    Right{Action::export_log, "export_log", s | r | a, true},
    Right{Action::set_retention, "set_retention", r, false},
    Right{Action::lift_hold, "lift_hold", r, true},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rights.size(); ++i)
    if (static_cast<std::size_t>(rights[i].action) != i) return false;
  return true;
}
static_assert(in_order());

constexpr std::array<std::string_view, 16> listed{
    "direct_work",    "cover",          "supervision",   "safeguarding",
    "referral",       "review_meeting", "family_asked",  "subject_access",
    "court_order",    "transfer",       "quality_audit", "retention",
    "record_mistake", "legal_hold",     "hold_over",     "sharing_agreement"};
static_assert(std::ranges::all_of(rights, [](const Right& each) {
  return each.own_reason.empty() || std::ranges::find(listed, each.own_reason) != listed.end();
}));

constexpr const Right& right(Action action) { return rights[static_cast<std::size_t>(action)]; }

}  // namespace

std::string_view name_of(Action action) noexcept { return right(action).name; }
std::optional<Action> action_from(std::string_view name) noexcept {
  const auto found = std::ranges::find(rights, name, &Right::name);
  return found == rights.end() ? std::nullopt : std::optional{found->action};
}
bool may(Role role, Action action) noexcept { return (right(action).roles & bit(role)) != 0; }
bool holds_setting_key(Role role) noexcept { return ((p | s | r) & bit(role)) != 0; }
bool always_needs_reason(Action action) noexcept { return right(action).needs_reason; }
std::string_view own_reason(Action action) noexcept { return right(action).own_reason; }

const std::vector<std::string_view>& reasons() noexcept {
  static const std::vector<std::string_view> all{listed.begin(), listed.end()};
  return all;
}

bool is_listed_reason(std::string_view code) noexcept {
  return std::ranges::find(reasons(), code) != reasons().end();
}

std::string_view name_of(Why why) noexcept {
  static constexpr std::array names{
      "store",          "not_logged_in",     "slow_down",     "weak_passphrase", "role",
      "not_granted",    "not_shared",        "reason_needed", "unknown_reason",  "no_such_child",
      "no_such_record", "no_such_account",   "name_taken",    "account_name",    "several_children",
      "other_child",    "test_numbers",      "live_numbers",  "training",        "invalid",
      "nameless",       "is_signed",         "not_signed",    "is_superseded",   "already_there",
      "not_a_draft",    "changed_meanwhile", "held",          "second_person",   "not_asked",
      "other_store",    "stale_ring",        "rolled_back",   "missing_keys",    "unsealable",
      "no_ring_backup", "no_partner",        "fingerprint",   "recovery",        "last_one",
      "replayed",       "not_for_us",        "not_genuine",   "own_setting",     "no_bundle",
      "no_receipt",     "no_such_bundle",    "too_large",     "wrong_code",      "bundle_waits",
      "other_role",     "not_compared",      "bad_backup",    "odd_reference",   "erasure_goes_on",
      "not_copied",     "day_is_over",       "out_of_range"};
  static_assert(names.size() == static_cast<std::size_t>(Why::out_of_range) + 1);
  return names[static_cast<std::size_t>(why)];
}

}  // namespace gcp2
