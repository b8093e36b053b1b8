// An education setting's case store: its records, its key ring, and the door to both. Who may do
// what is decided here, beneath every surface; every refusal is logged.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/findings.h"
#include "gcp2/ring.h"
#include "gcp2/store.h"

namespace gcp2 {

/// Why something was not done.
enum class Why : std::uint8_t {
  store,            ///< the records or the ring could not: `Refusal::store` says more
  not_logged_in,    ///< name and passphrase do not belong together, or no such account
  slow_down,        ///< too many failed log-ins just now; `wait` says how long
  weak_passphrase,  ///< too short, or made of what is guessed first
  role,             ///< not for this role
  not_granted,      ///< the account has no keys (yet)
  not_shared,       ///< not one of the children that this reader was given, or no longer
  reason_needed,    ///< outside the own caseload, or an export: a reason has to be given
  unknown_reason,   ///< not one of `reasons`
  no_such_child,
  no_such_record,
  no_such_account,
  name_taken,
  account_name,      ///< not a name that can be told from others at sight
  several_children,  ///< the identifiers belong to more than one child
  other_child,       ///< the record is about another child than its draft was
  test_numbers,      ///< an NHS number of the test range in a live store
  live_numbers,      ///< an NHS number outside the test range in a demonstration store
  training,          ///< a record made in training, in a live store
  invalid,           ///< `findings`: cannot be signed, or cannot be read at all
  nameless,          ///< a record without an id, or of a child without a reference
  is_signed,         ///< signed records never change
  not_signed,
  is_superseded,  ///< there is a later record in its place
  already_there,  ///< a draft of that id is kept already
  not_a_draft,
  changed_meanwhile,  ///< somebody else changed the same leaf (`places`) since it was read
  held,               ///< a legal hold is on the child
  second_person,      ///< whoever asked for it or signed it, under whichever account of that name,
                      ///< cannot agree to it
  not_asked,          ///< nobody asked for this erasure
  other_store,        ///< ring and records are not of one setting
  stale_ring,         ///< the ring is older than the records: restore a newer copy of it
  rolled_back,        ///< the records are older than the ring says: restore a newer backup
  missing_keys,       ///< the ring lacks keys of these records
  unsealable,         ///< a row does not open with its key: changed, or moved from elsewhere
  no_ring_backup,     ///< no verified backup of the ring covers the keys of these records
  no_partner,         ///< no setting of that id whose fingerprint was confirmed
  fingerprint,        ///< not the fingerprint that was compared
  recovery,           ///< not the recovery key that was printed
  last_one,           ///< the last who could grant keys or manage accounts cannot be removed
  replayed,           ///< this bundle was received before; of a record in it, that id
  not_for_us,         ///< the bundle is for another setting
  not_genuine,        ///< signed by nobody whose fingerprint was confirmed, or changed since
  own_setting,        ///< the partner is this setting itself
  no_bundle,          ///< something else than a bundle, or one that was cut off
  no_receipt,         ///< something else than a receipt
  no_such_bundle,     ///< none of that id waits, or was sent
  too_large,          ///< more than a record may hold, or fits into a bundle
  wrong_code,         ///< not what an authenticator with that secret shows
  bundle_waits,       ///< one about the same child, in quarantine
  other_role,         ///< of the account that was named
  not_compared,       ///< a reader's fingerprint
  bad_backup,         ///< not what was written
  odd_reference,      ///< of a child: nobody could tell it from another one at sight
  erasure_goes_on,    ///< it is confirmed, and was cut off (`store`); the child's id is in `places`
  not_copied,         ///< it is done; the ring could not be copied (`store`)
  day_is_over,        ///< by the latest time that clock, log and ring have seen
  out_of_range,       ///< years from birth to review that no setting has
};
std::string_view name_of(Why why) noexcept;

struct Refusal {
  Why why = Why::store;
  StoreError store = {};
  Findings findings = {};
  std::vector<std::string> places = {};  ///< nodes, for `changed_meanwhile`
  Seconds wait = 0;
};
template <class T>
using Allowed = Result<T, Refusal>;

/// Why somebody looks at or gives out a record: a listed code, and further words that are sealed
/// under the child's key.
struct Purpose {
  std::string code, words;
};
/// The listed codes.
const std::vector<std::string_view>& reasons() noexcept;
/// Whether a supervisor grants the setting key to accounts of the role.
bool holds_setting_key(Role role) noexcept;

/// Where the parts of a store are. `records` is the URL-like name; the others are files. The list
/// of what was erased and the anchors are appended to, never rewritten.
struct Places {
  std::string records = {}, ring = {};
  std::string erased = {};        ///< outside both, so that it outlives a restore of either
  std::string ring_backups = {};  ///< a folder; empty: nothing is copied by itself
  std::string anchor = {};        ///< empty: none
};

/// What opens a name such as `postgresql://...` that `open_store` does not know.
using OpenRecords =
    std::function<Stored<std::unique_ptr<Store>>(std::string_view, Opening, const Id&)>;

/// Time comes in at the edge.
using Clock = std::function<Seconds()>;

/// With which means a store is opened.
struct Means {
  OpenRecords open_records;
  Clock clock;
  Hardness hardness = {};  ///< of new passphrases
};

class Desk;

class Setting {
 public:
  Setting(Setting&&) noexcept;
  Setting& operator=(Setting&&) noexcept;
  ~Setting();

  /// A passphrase of an account: at least 14 characters, without the account's name, and hard to
  /// guess for whoever knows what people choose (45 bits by zxcvbn).
  static bool strong_enough(std::string_view passphrase, std::string_view name);
  /// A name to log in with: at most 64 bytes of letters, digits and " .-_'@+", no blank at either
  /// end, and not of Latin and other letters mixed, which look alike.
  static bool is_account_name(std::string_view name);

  /// A new setting: an empty store, its ring, and a first account each for a supervisor and an
  /// administrator. `typed_back` is asked for the recovery key that it was shown; unless they
  /// agree, nothing is left behind (`recovery`). A demonstration store takes only NHS numbers of
  /// the test range and can never become a live one.
  struct Founder {
    std::string name, passphrase;
    Role role = Role::supervisor;
  };
  static Allowed<Done> found(const Places& places, const Means& means,
                             const std::vector<Founder>& founders, bool demonstration,
                             const std::function<std::string(const std::string&)>& typed_back);

  /// Opens what is there, and carries on with erasures that were cut off. Refuses a ring of another
  /// setting, a stale ring, and records that were rolled back.
  static Allowed<Setting> open(const Places& places, const Means& means,
                               Opening opening = Opening::existing);

  /// The desk of an account. Every try is logged; after failures the next one has to wait longer
  /// and longer, but never for ever. `code`: of the second step, asked for over a network; where
  /// the account has one, a wrong code is as good as a wrong passphrase.
  Allowed<Desk> log_in(std::string_view name, std::string_view passphrase,
                       std::optional<std::string_view> code = {});

  /// A supervisor's new passphrase and keys, by the printed recovery key.
  Allowed<Done> recover(std::string_view printed_key, std::string_view name,
                        std::string_view passphrase);

  [[nodiscard]] bool demonstration() const;
  [[nodiscard]] const Places& places() const;

  struct State;

 private:
  friend class Desk;
  explicit Setting(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace gcp2
