#include <sqlite3.h>

#include <array>
#include <limits>

#include "embedded/sqlite_0001.h"
#include "store/engines.h"
#include "store/query.h"
#include "store/spare.h"
#include "store/sqlite_file.h"

namespace gcp2 {
namespace {

const FileKind& kind_of_file() {
  static const std::array<std::string_view, 1> migrations{embedded::sqlite_0001};
  static const FileKind kind{0x67637032, migrations};  // "gcp2"
  return kind;
}

#define ROW_COLUMNS "id, owner, key, revision, standing, at, sealed"
#define ENTRY_COLUMNS                                                                     \
  "number, at, actor, action, outcome, reason, subject, kind, row_id, revision, digest, " \
  "note_key, note, hash"

Row read_row(Query& run) {
  Row row;
  row.id = run.id();
  row.owner = run.id();
  row.key = run.id();
  row.revision = run.number();
  const std::optional<Standing> standing = standing_from(run.number());
  if (!standing || row.revision < 1) throw SQLite::Exception{"no such row", SQLITE_CORRUPT};
  row.standing = *standing;
  row.at = run.number();
  row.sealed = run.bytes();
  return row;
}

Entry read_entry(Query& run) {
  Entry entry;
  entry.number = run.number();
  entry.at = run.number();
  entry.actor = run.id();
  entry.action = run.bytes();
  entry.outcome = run.bytes();
  entry.reason = run.bytes();
  entry.subject = run.id();
  const std::optional<RowKind> table = table_from(run.number());
  if (!table) throw SQLite::Exception{"no such table", SQLITE_CORRUPT};
  entry.table = *table;
  entry.row = run.id();
  entry.revision = run.number();
  entry.digest = run.bytes();
  entry.note_key = run.id();
  entry.note = run.bytes();
  entry.hash = run.bytes();
  return entry;
}

class SqliteStore final : public Store {
 public:
  /// `begun` where it is a copy; none of its file any more where it is not.
  SqliteStore(BegunFile begun, const Id& id, std::unique_ptr<Spare> spare)
      : place_{std::move(begun.place)},
        unfinished_{std::move(begun.file)},
        database_{std::move(begun.database)},
        id_{id},
        spare_{std::move(spare)} {
    // Children come in no order, and so do the pages of rows_by_owner that change: the more of them
    // a checkpoint (64 MiB of the -wal file) brings together, the fewer are written.
    database_->exec("PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=16384");
    // The file grows in such steps; without them there is no SIZE_HINT.
    int step = 1 << 18;
    sqlite3_file_control(database_->getHandle(), "main", SQLITE_FCNTL_CHUNK_SIZE, &step);
  }

  [[nodiscard]] Id id() const override { return id_; }

  Stored<std::optional<Row>> row(RowKind table, const Id& id) override {
    return guarded([&]() -> Stored<std::optional<Row>> {
      Query run{row_};
      run.with(table).with(id);
      return run.step() ? std::optional{read_row(run)} : std::nullopt;
    });
  }

  Stored<std::vector<Row>> rows_of(RowKind table, const Id& owner) override {
    return guarded([&]() -> Stored<std::vector<Row>> {
      std::vector<Row> rows;
      Query run{rows_of_};
      run.with(table).with(owner);
      while (run.step()) rows.push_back(read_row(run));
      return rows;
    });
  }

  Stored<Done> every_row(RowKind table, const Visit& visit) override {
    return guarded([&]() -> Stored<Done> {
      visit_rows(table, visit);
      return Done{};
    });
  }

  Stored<Head> head() override {
    return guarded([&]() -> Stored<Head> { return read_head(); });
  }

  Stored<Done> entries_from(std::int64_t number, const VisitEntry& visit) override {
    return guarded([&]() -> Stored<Done> {
      visit_entries(number, visit);
      return Done{};
    });
  }

  Stored<Done> snapshot(const Visit& rows, const VisitEntry& entries) override {
    return guarded([&]() -> Stored<Done> {
      // Ends with a rollback, as it changes nothing. The state is that of the first read.
      const SQLite::Transaction state{*database_};
      for (const RowKind table : all_tables)
        if (!visit_rows(table, rows)) return Done{};
      visit_entries(1, entries);
      return Done{};
    });
  }

  Stored<Head> commit(Batch batch) override {
    if (unfinished_) return StoreError{Trouble::outside, "a copy that is not finished"};
    Stored<Head> done = attempt(batch);
    if (done && spare_ && !batch.puts.empty()) spare_->refill();
    const auto is_full = [&] {
      return !done && done.error().trouble == Trouble::no_room && batch.puts.empty();
    };
    if (!is_full()) return done;
    do {
      // What has been copied from the -wal file leaves room in it.
      database_->tryExec("PRAGMA wal_checkpoint(PASSIVE)");
      done = attempt(batch);
    } while (is_full() && spare_ && spare_->give_back());
    return done;
  }

  Stored<Done> fill(const std::vector<Put>& rows, const std::vector<Entry>& entries) override {
    if (!unfinished_) return no_copy();
    return guarded([&]() -> Stored<Done> {
      SQLite::Transaction change{*database_, SQLite::TransactionBehavior::IMMEDIATE};
      for (const Put& put : rows)
        if (!insert(put)) return conflict();
      Head head = read_head();
      for (const Entry& entry : entries) {
        if (!follows(head, entry)) return StoreError{Trouble::damaged, "entries out of order"};
        insert(entry);
      }
      change.commit();
      return Done{};
    });
  }

  Stored<Done> finish() override {
    if (!unfinished_) return no_copy();
    return guarded([&]() -> Stored<Done> {
      // It has no journal that others would know of.
      database_->exec("PRAGMA query_only=ON");
      const Failure failure = unfinished_->put_at(place_);
      // Its handle goes before anybody else has the file open: it would take away their locks.
      unfinished_.reset();
      if (failure) return *failure;
      return Done{};
    });
  }

 private:
  static StoreError no_copy() { return {Trouble::outside, "no copy, or a finished one"}; }
  static StoreError conflict() { return {Trouble::conflict, "another revision is there"}; }

  Stored<Head> attempt(Batch& batch) {
    return guarded([&]() -> Stored<Head> {
      SQLite::Transaction change{*database_, SQLite::TransactionBehavior::IMMEDIATE};
      for (const Need& need : batch.needs)
        if (!Query{is_there_}.with(need.table).with(need.id).step()) return conflict();
      for (const Put& put : batch.puts)
        if (put.row.revision == 1 ? !insert(put) : !replace(put)) return conflict();
      for (const Drop& drop : batch.drops)
        if (Query{drop_}.with(drop.table).with(drop.id).with(drop.revision).exec() == 0 &&
            drop.revision != 0)
          return conflict();
      Head head = read_head();
      chain(head, batch.entries);
      for (const Entry& entry : batch.entries) insert(entry);
      if (!batch.puts.empty()) make_room();
      change.commit();
      return head;
    });
  }

  /// For what the -wal file holds too, so that on a full disk it can be copied, and used again for
  /// entries.
  void make_room() {
    sqlite3_int64 size = 0;
    {
      Query run{page_count_};
      run.step();
      size = run.number() * page_size_;
    }
    if (sqlite3_file_control(database_->getHandle(), "main", SQLITE_FCNTL_SIZE_HINT, &size) !=
        SQLITE_OK)
      throw SQLite::Exception{"no room in the file", SQLITE_FULL};
  }

  /// How many rows a statement changed that takes all columns of one.
  static int run(SQLite::Statement& statement, const Put& put) {
    const Row& row = put.row;
    return Query{statement}
        .with(put.table)
        .with(row.id)
        .with(row.owner)
        .with(row.key)
        .with(row.revision)
        .with(static_cast<std::int64_t>(row.standing))
        .with(row.at)
        .with(row.sealed)
        .exec();
  }
  bool insert(const Put& put) { return run(insert_row_, put) == 1; }
  bool replace(const Put& put) { return run(replace_row_, put) == 1; }
  void insert(const Entry& entry) {
    Query{insert_entry_}
        .with(entry.number)
        .with(entry.at)
        .with(entry.actor)
        .with_text(entry.action)
        .with_text(entry.outcome)
        .with_text(entry.reason)
        .with(entry.subject)
        .with(entry.table)
        .with(entry.row)
        .with(entry.revision)
        .with(entry.digest)
        .with(entry.note_key)
        .with(entry.note)
        .with(entry.hash)
        .exec();
  }

  Head read_head() {
    Head head;
    Query run{head_};
    if (!run.step()) return head;
    head.count = run.number();
    head.at = run.number();
    head.hash = run.bytes();
    return head;
  }
  /// Whether there was no stop.
  bool visit_rows(RowKind table, const Visit& visit) {
    Query run{every_row_};
    run.with(table);
    while (run.step())
      if (!visit(table, read_row(run))) return false;
    return true;
  }
  void visit_entries(std::int64_t number, const VisitEntry& visit) {
    Query run{entries_};
    run.with(number);
    while (run.step())
      if (!visit(read_entry(run))) return;
  }

  fs::path place_;
  std::unique_ptr<Unfinished> unfinished_;  ///< of a copy
  std::unique_ptr<SQLite::Database> database_;
  Id id_;
  std::unique_ptr<Spare> spare_;  ///< none where nothing is to be written but a copy
  std::int64_t page_size_ = database_->execAndGet("PRAGMA page_size").getInt64();

  SQLite::Statement page_count_{*database_, "PRAGMA page_count"};
  SQLite::Statement row_{*database_, "SELECT " ROW_COLUMNS " FROM rows WHERE kind = ? AND id = ?"};
  SQLite::Statement rows_of_{
      *database_, "SELECT " ROW_COLUMNS " FROM rows WHERE kind = ? AND owner = ? ORDER BY at, id"};
  SQLite::Statement every_row_{*database_,
                               "SELECT " ROW_COLUMNS " FROM rows WHERE kind = ? ORDER BY id"};
  SQLite::Statement head_{*database_,
                          "SELECT number, at, hash FROM entries ORDER BY number DESC LIMIT 1"};
  SQLite::Statement entries_{
      *database_, "SELECT " ENTRY_COLUMNS " FROM entries WHERE number >= ? ORDER BY number"};
  SQLite::Statement insert_row_{*database_,
                                "INSERT INTO rows (kind, " ROW_COLUMNS
                                ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"};
  SQLite::Statement replace_row_{
      *database_,
      "UPDATE rows SET owner = ?3, key = ?4, revision = ?5, standing = ?6, at = ?7, sealed = ?8"
      " WHERE kind = ?1 AND id = ?2 AND revision = ?5 - 1"};
  SQLite::Statement drop_{*database_,
                          "DELETE FROM rows WHERE kind = ?1 AND id = ?2 AND ?3 IN (0, revision)"};
  SQLite::Statement is_there_{*database_, "SELECT 1 FROM rows WHERE kind = ? AND id = ?"};
  SQLite::Statement insert_entry_{*database_,
                                  "INSERT INTO entries (" ENTRY_COLUMNS
                                  ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
};

}  // namespace

Stored<std::unique_ptr<Store>> open_sqlite_store(const std::string& file, Opening opening,
                                                 const Id& fresh_id) {
  const auto first = [&](SQLite::Database& fresh) {
    SQLite::Statement name{fresh, "INSERT INTO store (id) VALUES (?)"};
    Query{name}.with(fresh_id).exec();
  };
  const auto open = [&]() -> Stored<BegunFile> {
    if (opening == Opening::copy) return begin_sqlite(file, kind_of_file(), first);
    auto database = open_sqlite(file, kind_of_file(), opening, true, first);
    if (!database) return database.error();
    return BegunFile{{}, nullptr, *std::move(database)};
  };
  auto opened = open();
  // On a full disk the files beside it want room that is kept for them, so that reading goes on.
  if (opening == Opening::existing)
    while (!opened && opened.error().trouble == Trouble::no_room && Spare{file}.give_back())
      opened = open();
  if (!opened) return opened.error();
  try {
    Id id;
    {
      SQLite::Statement query{*opened->database, "SELECT id FROM store"};
      Query run{query};
      if (!run.step()) return StoreError{Trouble::damaged, "a store without a name"};
      id = run.id();
    }
    const bool is_used = opening != Opening::reading && opening != Opening::copy;
    auto spare = is_used ? std::make_unique<Spare>(file) : nullptr;
    return std::unique_ptr<Store>{
        std::make_unique<SqliteStore>(*std::move(opened), id, std::move(spare))};
  } catch (const SQLite::Exception& fault) {
    // A table that is missing is no error of a kind of its own.
    if (fault.getErrorCode() == SQLITE_ERROR) return StoreError{Trouble::damaged, fault.what()};
    return trouble_of(fault);
  }
}

}  // namespace gcp2
