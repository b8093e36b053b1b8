// Where sealed rows are kept, and the log of what was done with them. A store knows no key: what it
// holds in clear is only what `Row` and `Entry` show beside `sealed` (docs/store.md lists it).
// Three engines stand behind one interface: memory, SQLite, PostgreSQL.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/keys.h"

namespace gcp2 {

/// Seconds since 1970-01-01 UTC.
using Seconds = std::int64_t;

/// What kinds of rows there are; the numbers stand in the files and never change.
enum class RowKind : std::uint8_t {
  subject = 1,      ///< a child; owner: its family
  family = 2,       ///< a family
  record = 3,       ///< a signed assessment; owner: its child
  draft = 4,        ///< an assessment being written, without its leaves; owner: its child
  leaf = 5,         ///< one leaf of a draft; owner: the draft
  involvement = 6,  ///< who works with a child, and until when; owner: the child
  bundle = 7,       ///< what came from or went to another setting; owner: the child, or none
  account = 8,      ///< in entries of the log alone: accounts stand in the key ring
};
/// Those that rows are of.
inline constexpr RowKind all_tables[] = {RowKind::subject, RowKind::family, RowKind::record,
                                         RowKind::draft,   RowKind::leaf,   RowKind::involvement,
                                         RowKind::bundle};
std::string_view name_of(RowKind table) noexcept;
std::optional<RowKind> table_from(std::int64_t number) noexcept;

/// Numbers stand in the files and never change.
enum class Standing : std::uint8_t {
  live = 1,
  superseded = 2,   ///< a signed record that has a successor
  held = 3,         ///< a child under legal hold
  ended = 4,        ///< a involvement that is over
  quarantined = 5,  ///< received, and accepted by nobody yet
};
std::optional<Standing> standing_from(std::int64_t number) noexcept;

struct Row {
  Id id, owner, key;          ///< `key`: which key it is sealed with
  std::int64_t revision = 0;  ///< from 1, one more at every change
  Standing standing = Standing::live;
  Seconds at = 0;  ///< of the last change
  std::string sealed;
};

/// One line of the log. `number` and `hash` are the store's to set: entries are numbered from 1,
/// and each hash is over the one before it and everything else in the entry (`chained`).
struct Entry {
  std::int64_t number = 0;
  Seconds at = 0;
  Id actor;                     ///< the account; none where nobody is logged in
  std::string action, outcome;  ///< codes of docs/store.md
  std::string reason;           ///< a listed code, or empty
  Id subject;                   ///< the child; none where it is about no child
  RowKind table = RowKind::subject;
  Id row;                     ///< none where it is about no row, or about a list of them
  std::int64_t revision = 0;  ///< of the row; of a list, how many rows; of an act on the key ring,
                              ///< the ring's serial
  std::string digest;  ///< of the row, 32 bytes; of a list, the hash of its rows' digests by id;
                       ///< empty for a removal
  Id note_key;
  std::string note;  ///< further words, sealed; empty where there are none
  std::string hash;  ///< 32 bytes
};

/// The end of the log: how many entries there are, the hash of the last one (32 zero bytes where
/// there is none), and when that was.
struct Head {
  std::int64_t count = 0;
  std::string hash = std::string(32, '\0');
  Seconds at = 0;
  friend bool operator==(const Head&, const Head&) = default;
};
/// The hash of an entry behind `before`; takes the number from there.
std::string chained(const Head& before, const Entry& entry);
/// Numbers and chains entries behind `head`, which is moved to the last of them.
void chain(Head& head, std::vector<Entry>& entries);
/// Whether an entry is the one that was chained behind `head`; if so, it is moved there.
bool follows(Head& head, const Entry& entry);

struct Put {
  RowKind table = RowKind::subject;
  Row row;  ///< its revision is one more than that of the row that it replaces, 1 for a new one
};
/// After the puts: a row that is put and dropped together is gone, but was at that revision.
struct Drop {
  RowKind table = RowKind::subject;
  Id id;
  std::int64_t revision = 0;  ///< at which it has to be; 0: it need not be there
};
/// A row that has to be there when a batch begins.
struct Need {
  RowKind table = RowKind::subject;
  Id id;
};
/// What changes together, in this order: all of it is on disk before `commit` returns, or nothing
/// ever is.
struct Batch {
  std::vector<Put> puts{};
  std::vector<Drop> drops{};
  std::vector<Entry> entries{};
  std::vector<Need> needs{};
};

/// What kept a store from doing what was asked.
enum class Trouble : std::uint8_t {
  conflict,     ///< a row is not at the revision that was to be replaced, or is needed and gone
  no_room,      ///< the disk is full
  busy,         ///< somebody else is writing; patience is over
  not_a_store,  ///< the file or database is something else
  older,        ///< made by an earlier version: `gcp2 store migrate`
  newer,        ///< made by a later version of the program
  damaged,      ///< cannot be what was written
  absent,       ///< there is nothing at that name
  present,      ///< there is something at that name already
  outside,      ///< whatever else the system says
};
std::string_view name_of(Trouble trouble) noexcept;
struct StoreError {
  Trouble trouble = Trouble::outside;
  std::string message;  ///< what the engine said; for the log of a technician, without content
};

template <class T>
using Stored = Result<T, StoreError>;

/// One thread at a time each; open as many as there are threads. Nothing is thrown.
class Store {
 public:
  Store() = default;
  virtual ~Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// The random name that the store was given when it was made; its ring knows it by that.
  [[nodiscard]] virtual Id id() const = 0;

  virtual Stored<std::optional<Row>> row(RowKind table, const Id& id) = 0;
  /// Those of an owner, oldest change first, then by id.
  virtual Stored<std::vector<Row>> rows_of(RowKind table, const Id& owner) = 0;
  /// All rows of a table, by id; `visit` gives false to stop and must not call the store.
  using Visit = std::function<bool(RowKind, const Row&)>;
  virtual Stored<Done> every_row(RowKind table, const Visit& visit) = 0;

  virtual Stored<Head> head() = 0;
  /// Entries from a number on, in order, to the end; `visit` gives false to stop.
  using VisitEntry = std::function<bool(const Entry&)>;
  virtual Stored<Done> entries_from(std::int64_t number, const VisitEntry& visit) = 0;

  /// The whole store in one state, whatever is written meanwhile: every row (by table, then id),
  /// then every entry.
  virtual Stored<Done> snapshot(const Visit& rows, const VisitEntry& entries) = 0;

  /// Gives the new end of the log. `conflict`: nothing was changed.
  virtual Stored<Head> commit(Batch batch) = 0;

  /// Takes over what a snapshot of another store gave, entries with their numbers and hashes, in as
  /// many calls as it takes. Only where it was opened as `copy`, which can do nothing else until
  /// it is finished. `damaged`: the entries do not follow those that are there.
  virtual Stored<Done> fill(const std::vector<Put>& rows, const std::vector<Entry>& entries) = 0;
  /// Puts a copy in its place, whole and on disk; the last call. `present`: something came there
  /// meanwhile.
  virtual Stored<Done> finish() = 0;
};

/// How a store is opened: one that is there; a new one (`present` where there is something
/// already); one of an earlier version, which is brought up to this one; for reading alone
/// (read-only media); a new one that is filled: nobody sees any of it until it is finished, and
/// what is cut off before has never been. Where that is a file, nothing stands beside it.
enum class Opening : std::uint8_t { existing, fresh, migrate, reading, copy };
constexpr bool makes_new(Opening opening) noexcept {
  return opening == Opening::fresh || opening == Opening::copy;
}
/// `memory:NAME` (shared in this process, gone with its last user) or `sqlite:FILE`; a name without
/// such a beginning is a file's. `fresh_id` names a fresh store. PostgreSQL: gcp2/postgres.h.
Stored<std::unique_ptr<Store>> open_store(std::string_view name, Opening opening,
                                          const Id& fresh_id = {});

}  // namespace gcp2
