#include "gcp2/ring.h"

#include <array>

#include "embedded/ring_0001.h"
#include "store/new_file.h"
#include "store/ring_rows.h"
#include "store/sqlite_file.h"

namespace gcp2 {
namespace {

const FileKind& kind_of_file() {
  static const std::array<std::string_view, 1> migrations{embedded::ring_0001};
  static const FileKind kind{0x67637072, migrations};  // "gcpr"
  return kind;
}

constexpr std::array<std::string_view, 7> role_names = {
    "practitioner", "supervisor", "records_manager", "trainer",
    "reader",       "auditor",    "administrator"};

constexpr auto read_id = [](Query& run) { return run.id(); };
constexpr auto read_number = [](Query& run) { return run.number(); };
constexpr auto read_bytes = [](Query& run) { return run.bytes(); };

}  // namespace

std::string_view name_of(Role role) noexcept {
  return role_names[static_cast<std::size_t>(role) - 1];
}

std::optional<Role> role_from(std::string_view name) noexcept {
  for (std::size_t at = 0; at < role_names.size(); ++at)
    if (role_names[at] == name) return static_cast<Role>(at + 1);
  return std::nullopt;
}

struct Ring::State {
  std::unique_ptr<SQLite::Database> database;
  Id store;
  std::string file;
};

Ring::Ring(std::unique_ptr<State> state) : state_{std::move(state)} {}
Ring::Ring(Ring&&) noexcept = default;
Ring& Ring::operator=(Ring&&) noexcept = default;
Ring::~Ring() = default;

Stored<Ring> Ring::open(const std::string& file, Opening opening, const Id& store) {
  auto database = open_sqlite(file, kind_of_file(), opening, false, [&](SQLite::Database& fresh) {
    SQLite::Statement row{fresh,
                          "INSERT INTO ring (store, serial, head_count, head_hash, head_at, untold)"
                          " VALUES (?, 0, 0, zeroblob(32), 0, x'')"};
    Query{row}.with(store).exec();
  });
  if (!database) return database.error();
  try {
    const std::optional<Id> found = ring::first(**database, "SELECT store FROM ring", read_id);
    if (!found) return StoreError{Trouble::damaged, "a ring without a store"};
    return Ring{std::make_unique<State>(State{*std::move(database), *found, file})};
  } catch (const SQLite::Exception& fault) {
    // A table that is missing is no error of a kind of its own.
    if (fault.getErrorCode() == SQLITE_ERROR) return StoreError{Trouble::damaged, fault.what()};
    return trouble_of(fault);
  }
}

Id Ring::store() const { return state_->store; }
const std::string& Ring::file() const { return state_->file; }

Stored<std::int64_t> Ring::serial() {
  return guarded([&]() -> Stored<std::int64_t> {
    return ring::first(*state_->database, "SELECT serial FROM ring", read_number).value_or(0);
  });
}

Stored<std::vector<Account>> Ring::accounts() {
  return guarded([&]() -> Stored<std::vector<Account>> {
    return ring::all(*state_->database, "SELECT " ACCOUNT_COLUMNS " FROM accounts ORDER BY number",
                     ring::read_account);
  });
}

Stored<std::optional<Account>> Ring::account(const Id& id) {
  return guarded([&]() -> Stored<std::optional<Account>> {
    return ring::first(*state_->database, "SELECT " ACCOUNT_COLUMNS " FROM accounts WHERE id = ?",
                       ring::read_account, id);
  });
}

Stored<std::optional<Account>> Ring::active_account(std::string_view name) {
  return guarded([&]() -> Stored<std::optional<Account>> {
    return ring::first(*state_->database,
                       "SELECT " ACCOUNT_COLUMNS
                       " FROM accounts WHERE name = CAST(? AS TEXT) AND active = 1",
                       ring::read_account, name);
  });
}

Stored<std::optional<RingKey>> Ring::key(const Id& id) {
  return guarded([&]() -> Stored<std::optional<RingKey>> {
    return ring::first(*state_->database, "SELECT id, of, wrapped FROM keys WHERE id = ?",
                       ring::read_key, id);
  });
}

Stored<std::optional<RingKey>> Ring::key_of(const Id& subject_or_family) {
  return guarded([&]() -> Stored<std::optional<RingKey>> {
    return ring::first(*state_->database,
                       "SELECT id, of, wrapped FROM keys WHERE of = ? ORDER BY number DESC",
                       ring::read_key, subject_or_family);
  });
}

Stored<std::vector<RingKey>> Ring::keys() {
  return guarded([&]() -> Stored<std::vector<RingKey>> {
    return ring::all(*state_->database, "SELECT id, of, wrapped FROM keys ORDER BY number",
                     ring::read_key);
  });
}

Stored<std::vector<ReaderKey>> Ring::reader_keys(const Id& account) {
  return guarded([&]() -> Stored<std::vector<ReaderKey>> {
    return ring::all(*state_->database,
                     "SELECT account, key, sealed, until FROM reader_keys WHERE account = ?"
                     " ORDER BY number",
                     ring::read_reader_key, account);
  });
}

Stored<std::vector<LookUp>> Ring::look_ups() {
  return guarded([&]() -> Stored<std::vector<LookUp>> {
    const auto read_look_up = [](Query& run) { return LookUp{run.bytes(), run.id()}; };
    return ring::all(*state_->database, "SELECT hash, subject FROM look_ups ORDER BY number",
                     read_look_up);
  });
}

Stored<std::vector<Id>> Ring::find(std::string_view hash) {
  return guarded([&]() -> Stored<std::vector<Id>> {
    return ring::all(*state_->database,
                     "SELECT subject FROM look_ups WHERE hash = ? ORDER BY number", read_id, hash);
  });
}

Stored<std::vector<Erasure>> Ring::erasures() {
  return guarded([&]() -> Stored<std::vector<Erasure>> {
    return ring::all(*state_->database,
                     "SELECT subject, step, asked_by, confirmed_by, at, reason FROM erasures"
                     " ORDER BY number",
                     ring::read_erasure);
  });
}

Stored<std::vector<RingBackup>> Ring::backups() {
  return guarded([&]() -> Stored<std::vector<RingBackup>> {
    return ring::all(*state_->database,
                     "SELECT serial, at, digest, file FROM backups ORDER BY number",
                     ring::read_backup);
  });
}

Stored<std::optional<std::string>> Ring::named(std::string_view name) {
  return guarded([&]() -> Stored<std::optional<std::string>> {
    return ring::first(*state_->database, "SELECT wrapped FROM named WHERE name = CAST(? AS TEXT)",
                       read_bytes, name);
  });
}

Stored<std::vector<std::pair<std::string, std::string>>> Ring::named_from(
    std::string_view beginning) {
  return guarded([&]() -> Stored<std::vector<std::pair<std::string, std::string>>> {
    const auto read_named = [](Query& run) {
      std::string name = run.bytes();
      return std::pair{std::move(name), run.bytes()};
    };
    return ring::all(*state_->database,
                     "SELECT name, wrapped FROM named"
                     " WHERE instr(name, CAST(? AS TEXT)) = 1 ORDER BY name",
                     read_named, beginning);
  });
}

Stored<Head> Ring::head() {
  return guarded([&]() -> Stored<Head> {
    const auto read_head = [](Query& run) {
      Head head;
      head.count = run.number();
      head.hash = run.bytes();
      head.at = run.number();
      return head;
    };
    return ring::first(*state_->database, "SELECT head_count, head_hash, head_at FROM ring",
                       read_head)
        .value_or(Head{});
  });
}

Stored<std::string> Ring::untold() {
  return guarded([&]() -> Stored<std::string> {
    return ring::first(*state_->database, "SELECT untold FROM ring", read_bytes).value_or("");
  });
}

Stored<Done> Ring::commit(const RingBatch& batch) {
  return guarded([&]() -> Stored<Done> {
    SQLite::Transaction change{*state_->database, SQLite::TransactionBehavior::IMMEDIATE};
    if (batch.expected_serial && ring::first(*state_->database, "SELECT serial FROM ring",
                                             read_number) != batch.expected_serial)
      return failed(Trouble::busy, "the ring has changed meanwhile");
    if (batch.expected_untold && ring::first(*state_->database, "SELECT untold FROM ring",
                                             read_bytes) != batch.expected_untold)
      return failed(Trouble::busy, "the log is yet to be told of another change");
    if (!ring::write(*state_->database, batch))
      return failed(Trouble::conflict, "an active account has that name, or an erasure went on");
    change.commit();
    return Done{};
  });
}

Stored<RingBackup> Ring::copy_to(const std::string& file, Seconds at, Look look) {
  return guarded([&]() -> Stored<RingBackup> {
    const Stored<fs::path> place = place_of(file);
    if (!place) return place.error();
    if (auto failure = taken(*place)) return *failure;

    // Ends with a rollback, as it changes nothing. The state is that of the first read.
    SQLite::Database& database = *state_->database;
    const SQLite::Transaction state{database};
    const auto serial = ring::first(database, "SELECT serial FROM ring", read_number);
    const char* check = look == Look::tables ? "PRAGMA quick_check" : "PRAGMA integrity_check";
    if (!serial || database.execAndGet(check).getString() != "ok")
      return failed(Trouble::damaged, "the ring is not whole");

    Unfinished unfinished{*place};
    if (unfinished.code() != 0) return system_error("make a file", unfinished.code());
    const auto digest = unfinished.write(pieces_of(database));
    if (!digest) return digest.error();
    if (auto failure = unfinished.put_at(*place)) return *failure;
    return RingBackup{*serial, at, *digest, place->string()};
  });
}

}  // namespace gcp2
