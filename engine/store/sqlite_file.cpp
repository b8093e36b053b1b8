#include "store/sqlite_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>

#include "store/new_file.h"

namespace gcp2 {
namespace {

using Opened = Stored<std::unique_ptr<SQLite::Database>>;

constexpr int patience_ms = 5000;
constexpr sqlite3_int64 piece_size = 1 << 16;  ///< of a file, read at a time

bool has_bytes(const std::string& path) {
  struct stat found{};
  return stat(path.c_str(), &found) == 0 && found.st_size > 0;
}

/// In a folder where nothing can be written, SQLite has to be told how to read a file that was made
/// with a -wal file, as it wants to make one, or its index: that nobody has the file open, where
/// there is no -wal file, or that nobody else reads it, where its writer was killed.
std::string_view way_to_read(const fs::path& place) {
  if (faccessat(AT_FDCWD, place.parent_path().c_str(), W_OK, AT_EACCESS) == 0 ||
      has_bytes(place.string() + "-journal"))
    return "";
  if (!is_there(place.string() + "-wal")) return "?immutable=1";
  return is_there(place.string() + "-shm") ? "" : "?vfs=unix-none";
}

std::string uri_of(const fs::path& place, std::string_view way) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char letter : place.string()) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isalnum(byte) || letter == '/') {
      uri += letter;
    } else {
      uri += '%';
      uri += digits[byte >> 4U];
      uri += digits[byte & 15U];
    }
  }
  return uri.append(way);
}

int number(SQLite::Database& database, const char* query) {
  return database.execAndGet(query).getInt();
}

/// SQLite's own handle: to open and close the file beside it would take away the locks that this
/// process holds on it. nullptr: there is no file.
sqlite3_file* file_behind(SQLite::Database& database) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file == nullptr || file->pMethods == nullptr ? nullptr : file;
}

Failure check_header(SQLite::Database& database, const FileKind& kind) {
  sqlite3_file* file = file_behind(database);
  std::array<unsigned char, 100> header{};
  if (file == nullptr) return failed(Trouble::outside, "no file behind the database");
  const int code = file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0);
  if (code == SQLITE_IOERR_SHORT_READ) return failed(Trouble::not_a_store, "too short a file");
  if (code != SQLITE_OK) return trouble_of(SQLite::Exception{"read the header", code});
  unsigned id = 0;
  for (std::size_t i = 68; i < 72; ++i) id = id << 8U | header[i];
  if (std::memcmp(header.data(), "SQLite format 3", 16) != 0 ||
      id != static_cast<unsigned>(kind.application_id))
    return failed(Trouble::not_a_store, "another kind of file");
  return {};
}

void set_safety(SQLite::Database& database) {
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  database.exec(
      "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"
      "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON");
}

/// What stands in a file's schema, whatever pages it is on.
using Schema = std::vector<std::array<std::string, 4>>;
Schema schema_of(SQLite::Database& database) {
  Schema out;
  SQLite::Statement each{database,
                         "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"
                         " ORDER BY 1, 2, 3, 4"};
  while (each.executeStep())
    out.push_back({each.getColumn(0).getString(), each.getColumn(1).getString(),
                   each.getColumn(2).getString(), each.getColumn(3).getString()});
  return out;
}

/// As the first migrations make it.
Schema schema_after(std::span<const std::string_view> migrations) {
  SQLite::Database made{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  for (const std::string_view each : migrations) made.exec(std::string{each});
  return schema_of(made);
}

/// Those from `version` on, each whole or not at all.
void migrate(SQLite::Database& database, const FileKind& kind) {
  for (;;) {
    SQLite::Transaction migration{database, SQLite::TransactionBehavior::IMMEDIATE};
    // Somebody else may have been faster.
    const auto version = static_cast<std::size_t>(number(database, "PRAGMA user_version"));
    if (version >= kind.migrations.size()) return;
    database.exec(std::string{kind.migrations[version]});
    database.exec("PRAGMA user_version=" + std::to_string(version + 1));
    migration.commit();
  }
}

Failure check_schema(SQLite::Database& database, const FileKind& kind, bool may_migrate) {
  // Ends with a rollback, as it changes nothing: somebody else may be migrating.
  const SQLite::Transaction state{database};
  const int current = static_cast<int>(kind.migrations.size());
  const int version = number(database, "PRAGMA user_version");
  if (version < 1) return failed(Trouble::damaged, "a file without a version");
  if (version > current) return failed(Trouble::newer, "version " + std::to_string(version));
  if (version < current && !may_migrate)
    return failed(Trouble::older, "version " + std::to_string(version));
  // A trigger, a constraint or an index of somebody else's could have entries of the log vanish as
  // they are written, or rows as they are read.
  if (schema_of(database) != schema_after(kind.migrations.first(static_cast<std::size_t>(version))))
    return failed(Trouble::damaged, "other tables, indexes, triggers or views than were made");
  return {};
}

/// By its content, too: an index without some of its entries hides rows.
Failure check_whole(SQLite::Database& database) {
  const std::string found = database.execAndGet("PRAGMA integrity_check(1)").getString();
  return found == "ok" ? Failure{} : failed(Trouble::damaged, found);
}

/// A pipe would never end, and a link leads to somebody's file.
Failure check_beside(const fs::path& place) {
  for (const char* beside : {"-journal", "-wal", "-shm"}) {
    struct stat found{};
    const std::string file = place.string() + beside;
    if (lstat(file.c_str(), &found) == 0 && !S_ISREG(found.st_mode))
      return failed(Trouble::outside, file + ": not an ordinary file");
  }
  return {};
}

Opened open_existing(const fs::path& place, const FileKind& kind, Opening opening, bool wal) {
  struct stat found{};
  if (stat(place.c_str(), &found) != 0) return system_error("open", errno);
  if (!S_ISREG(found.st_mode)) return failed(Trouble::not_a_store, "not a regular file");
  if (auto failure = check_beside(place)) return *failure;

  const bool reading = opening == Opening::reading;
  const std::string_view way = reading && wal ? way_to_read(place) : "";
  auto database = std::make_unique<SQLite::Database>(
      way.empty() ? place.string() : uri_of(place, way),
      (reading ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE) |
          (way.empty() ? 0 : SQLite::OPEN_URI),
      patience_ms);
  // The index of the -wal file is then in memory.
  if (!way.empty()) database->exec("PRAGMA locking_mode=EXCLUSIVE");
  if (auto failure = check_header(*database, kind)) return *failure;
  // SQLite opens for reading what it may not write, and says so at the first change only.
  if (!reading && sqlite3_db_readonly(database->getHandle(), "main") != 0)
    return failed(Trouble::outside, "the file cannot be written");
  set_safety(*database);
  database->execAndGet("SELECT count(*) FROM sqlite_schema");
  if (auto failure = check_schema(*database, kind, opening == Opening::migrate)) return *failure;
  if (reading)
    if (auto failure = check_whole(*database)) return *failure;
  if (!reading) {
    const std::string mode = wal ? "wal" : "truncate";
    if (database->execAndGet("PRAGMA journal_mode=" + mode).getString() != mode)
      return failed(Trouble::outside, "no journal mode " + mode + " here");
  }
  if (opening == Opening::migrate) migrate(*database, kind);
  return database;
}

}  // namespace

StoreError trouble_of(const SQLite::Exception& fault) {
  const int system_code = errno;
  const int code =
      fault.getExtendedErrorCode() > 0 ? fault.getExtendedErrorCode() : fault.getErrorCode();
  const auto is = [&](Trouble trouble) { return StoreError{trouble, fault.what()}; };
  switch (code & 0xff) {
    case SQLITE_FULL: return is(Trouble::no_room);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return is(Trouble::busy);
    case SQLITE_CORRUPT: return is(Trouble::damaged);
    case SQLITE_NOTADB: return is(Trouble::not_a_store);
    case SQLITE_IOERR:
      // Only the growing of the -shm file has a code of its own.
      if (code == SQLITE_IOERR_SHMSIZE || system_code == ENOSPC || system_code == EDQUOT ||
          system_code == EFBIG)
        return is(Trouble::no_room);
      return is(Trouble::outside);
    default: return is(Trouble::outside);
  }
}

Unfinished::Pieces pieces_of(SQLite::Database& database) {
  return [file = file_behind(database), piece = std::string(piece_size, '\0'),
          at = sqlite3_int64{0}]() mutable -> Stored<std::string_view> {
    if (file == nullptr) return failed(Trouble::outside, "no file behind the database");
    sqlite3_int64 size = 0;
    if (const int code = file->pMethods->xFileSize(file, &size); code != SQLITE_OK)
      return trouble_of(SQLite::Exception{"read the size", code});
    const auto length = static_cast<int>(std::min(piece_size, size - at));
    if (length == 0) return std::string_view{};
    if (const int code = file->pMethods->xRead(file, piece.data(), length, at); code != SQLITE_OK)
      return trouble_of(SQLite::Exception{"read the file", code});
    at += length;
    return std::string_view{piece}.substr(0, static_cast<std::size_t>(length));
  };
}

Stored<BegunFile> begin_sqlite(const std::string& file, const FileKind& kind,
                               const std::function<void(SQLite::Database&)>& first) {
  return guarded([&]() -> Stored<BegunFile> {
    const Stored<fs::path> place = place_of(file);
    if (!place) return place.error();
    if (auto failure = taken(*place)) return *failure;
    BegunFile begun{*place, std::make_unique<Unfinished>(*place), nullptr};
    if (begun.file->code() != 0) return system_error("make a file", begun.file->code());
    begun.database =
        std::make_unique<SQLite::Database>(begun.file->name(), SQLite::OPEN_READWRITE, patience_ms);
    SQLite::Database& database = *begun.database;
    set_safety(database);
    database.exec("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA application_id=" +
                  std::to_string(kind.application_id));
    migrate(database, kind);
    if (first) {
      SQLite::Transaction filling{database, SQLite::TransactionBehavior::IMMEDIATE};
      first(database);
      filling.commit();
    }
    return begun;
  });
}

Opened open_sqlite(const std::string& file, const FileKind& kind, Opening opening, bool wal,
                   const std::function<void(SQLite::Database&)>& first) {
  return guarded([&]() -> Opened {
    const Stored<fs::path> place = place_of(file);
    if (!place) return place.error();
    if (opening == Opening::fresh) {
      Stored<BegunFile> begun = begin_sqlite(file, kind, first);
      if (!begun) return begun.error();
      begun->database.reset();
      if (auto failure = begun->file->put_at(*place)) return *failure;
    }
    // What a killed writer left has to be rolled back first, which reading alone cannot.
    if (opening == Opening::reading && has_bytes(place->string() + "-journal"))
      (void)open_existing(*place, kind, Opening::existing, wal);
    return open_existing(*place, kind, opening, wal);
  });
}

}  // namespace gcp2
