// The key ring of a setting: who may do what, and every key, each under another one. Always a file
// of its own, never beside the records in their database: a backup of the records alone opens
// nothing, and what is dropped here is gone from every backup of the records too.
// The ring keeps wrapped bytes and never sees what is in them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gcp2/store.h"

namespace gcp2 {

/// The numbers stand in the file and never change.
enum class Role : std::uint8_t {
  practitioner = 1,
  supervisor = 2,
  records_manager = 3,
  trainer = 4,
  reader = 5,
  auditor = 6,
  administrator = 7,
};
std::string_view name_of(Role role) noexcept;
std::optional<Role> role_from(std::string_view name) noexcept;

struct Account {
  Id id;
  std::string name;  ///< to log in with; unique among those that are active
  Role role = Role::practitioner;
  bool active = true;
  Seconds made = 0, ended = 0;
  PublicKey open{};
  std::string wrapped_secret;  ///< the secret half of the pair, under the passphrase's key
  std::string salt;
  Hardness hardness;
  std::string setting_key;    ///< sealed to `open`; empty: granted by nobody (yet)
  bool is_compared = false;   ///< a reader's fingerprint; said by Desk::accounts alone
  std::int64_t failures = 0;  ///< log-ins that failed since the last good one
  Seconds failed_at = 0;
};

/// The key of a child or of a family, under the setting key.
struct RingKey {
  Id id, of;
  std::string wrapped;
};
/// A key sealed to one reader, until a day.
struct ReaderKey {
  Id account, key;
  std::string sealed;
  Seconds until = 0;
};
/// What a child can be found by: a keyed hash, and whom it finds.
struct LookUp {
  std::string hash;
  Id subject;
};

enum class ErasureStep : std::uint8_t {
  asked = 1,      ///< by one person; nothing has happened
  confirmed = 2,  ///< by a second; it will be carried through
  begun = 3,      ///< no way back: the keys go, and then the rows
  complete = 4,   ///< both are gone
  withdrawn = 5,  ///< what was asked, or confirmed, is so no longer
};
struct Erasure {
  Id subject;
  ErasureStep step = ErasureStep::asked;
  Id asked_by, confirmed_by;
  Seconds at = 0;      ///< of the last step
  std::string reason;  ///< a listed code
};

/// How long a copy of the ring is to be kept at most: keys that were dropped since are in it.
inline constexpr Seconds ring_copies_live = Seconds{30} * 86400;
/// A copy of this ring that was written and read back.
struct RingBackup {
  std::int64_t serial = 0;  ///< of the ring when it was copied
  Seconds at = 0;
  std::string digest;  ///< plain_hash of the copy
  std::string file;    ///< its whole path
};

/// How an account's log-ins went. Changes nothing else, and raises no serial.
struct LogIns {
  Id account;
  std::int64_t failures = 0;
  Seconds failed_at = 0;
};

/// What changes together: what is dropped first, so that the same batch can bring something else in
/// its stead. All of it is on disk before `commit` returns, or nothing ever is. Of wrapped bytes
/// that were dropped or replaced nothing is left in the file.
struct RingBatch {
  std::vector<Account> accounts{};       ///< new, or replaced by id
  std::vector<RingKey> keys{};           ///< new, or replaced by id
  std::vector<ReaderKey> reader_keys{};  ///< new, or replaced by account and key
  std::vector<LookUp> look_ups{};        ///< new ones; one that is there already stays
  std::vector<Erasure> erasures{};       ///< new, or from the step before, or the same step again
  std::vector<RingBackup> backups{};     ///< new ones
  std::vector<std::pair<std::string, std::string>> named{};  ///< other wrapped secrets, by name
  std::vector<Id> drop_keys_of{};  ///< keys, the readers' copies of them, and look-ups, of these
  std::vector<Id> drop_look_ups_of{};         ///< look-ups of these alone
  std::vector<ReaderKey> drop_reader_keys{};  ///< by account and key
  std::vector<LogIns> log_ins{};              ///< of accounts that are active
  std::optional<Head> head{};                 ///< of the records' log, as last seen
  /// Where what is brought was made from what the ring held: `busy` if the ring is at another
  /// serial by now, and nothing was changed.
  std::optional<std::int64_t> expected_serial{};
  /// What the log is yet to be told of this change, in words of the ring's owner; empty once it
  /// was.
  std::optional<std::string> untold{};
  /// What `untold` takes the place of: `busy` if that is something else by now, and nothing was
  /// changed.
  std::optional<std::string> expected_untold{};
};

class Ring {
 public:
  Ring(Ring&&) noexcept;
  Ring& operator=(Ring&&) noexcept;
  ~Ring();

  /// `store`: whose ring it is; for a fresh one, and otherwise for nothing.
  static Stored<Ring> open(const std::string& file, Opening opening, const Id& store = {});

  [[nodiscard]] Id store() const;
  [[nodiscard]] const std::string& file() const;
  /// One more at every commit that brings, replaces or drops a key, an account, a named secret or a
  /// look-up.
  Stored<std::int64_t> serial();

  Stored<std::vector<Account>> accounts();  ///< all that ever were, oldest first
  Stored<std::optional<Account>> account(const Id& id);
  Stored<std::optional<Account>> active_account(std::string_view name);
  Stored<std::optional<RingKey>> key(const Id& id);
  Stored<std::optional<RingKey>> key_of(const Id& subject_or_family);  ///< the newest
  Stored<std::vector<RingKey>> keys();
  Stored<std::vector<ReaderKey>> reader_keys(const Id& account);
  Stored<std::vector<LookUp>> look_ups();  ///< as they came
  Stored<std::vector<Id>> find(std::string_view hash);
  Stored<std::vector<Erasure>> erasures();
  Stored<std::vector<RingBackup>> backups();  ///< oldest first
  Stored<std::optional<std::string>> named(std::string_view name);
  /// Those whose names begin so, by their names.
  Stored<std::vector<std::pair<std::string, std::string>>> named_from(std::string_view beginning);
  Stored<Head> head();
  Stored<std::string> untold();  ///< of the last change that had any; empty: the log knows it

  /// `conflict`: two active accounts would have one name, or an erasure is not at the step before;
  /// `busy`: see `expected_serial` and `expected_untold`; nothing was changed.
  Stored<Done> commit(const RingBatch& batch);

  /// A consistent copy, while others may read and write: written to a new file (`present` where
  /// there is one), synced, read back and compared. Gives what to put into `RingBatch::backups`.
  /// `damaged` where the ring is not whole: its tables are looked through, and whether its indexes,
  /// which could be made anew, fit them only where that is wanted, as it takes ten times as long.
  enum class Look : std::uint8_t { tables, tables_and_indexes };
  Stored<RingBackup> copy_to(const std::string& file, Seconds at,
                             Look look = Look::tables_and_indexes);

 private:
  struct State;
  explicit Ring(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gcp2
