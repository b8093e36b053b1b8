// One SQLite file, opened the way that both the records and the ring need it.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gcp2/store.h"
#include "store/new_file.h"

namespace gcp2 {

/// What a kind of file is known by, and the migrations that lead to this version, the first first:
/// a file's version is how many of them it has seen. None of them begins or ends a transaction.
struct FileKind {
  int application_id;
  std::span<const std::string_view> migrations;
};

/// Opens with synchronous=FULL, secure_delete and foreign keys; checks that it is of the kind and
/// of this version, and has the tables and indexes that its migrations make, and no others. For
/// reading alone, as whoever looks for damage does, the whole file is checked. A fresh file is made
/// whole under another name and put in place, readable by its owner alone: none is ever seen half
/// made. `wal`: readers and one writer at once. `first` writes what a fresh file holds from the
/// beginning.
Stored<std::unique_ptr<SQLite::Database>> open_sqlite(
    const std::string& file, const FileKind& kind, Opening opening, bool wal,
    const std::function<void(SQLite::Database&)>& first = {});

/// What is in the file, from its beginning and in pieces, of one that has no -wal file: for as long
/// as a transaction is open that has read something, nobody changes it.
Unfinished::Pieces pieces_of(SQLite::Database& database);

/// A fresh file under another name, to be filled: nothing of it is synced before it is put in its
/// place.
struct BegunFile {
  fs::path place;
  std::unique_ptr<Unfinished> file;
  std::unique_ptr<SQLite::Database> database;
};
Stored<BegunFile> begin_sqlite(const std::string& file, const FileKind& kind,
                               const std::function<void(SQLite::Database&)>& first);

/// What SQLite's exception means to the caller; to be asked before anything else goes wrong in this
/// thread, as a full disk is told from a broken one by `errno`.
StoreError trouble_of(const SQLite::Exception& fault);

/// Runs `work` and gives its result; what SQLite throws becomes a StoreError.
template <class Work>
auto guarded(const Work& work) -> decltype(work()) {
  try {
    return work();
  } catch (const SQLite::Exception& fault) {
    return trouble_of(fault);
  }
}

}  // namespace gcp2
