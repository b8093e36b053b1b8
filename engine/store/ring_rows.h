// The rows of the key ring's file: how each is read, and what a batch does to them.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <vector>

#include "gcp2/ring.h"
#include "store/query.h"

namespace gcp2::ring {

#define ACCOUNT_COLUMNS                                                              \
  "id, name, role, active, made, ended, open, wrapped_secret, salt, passes, bytes, " \
  "setting_key, failures, failed_at"

Account read_account(Query& run);
RingKey read_key(Query& run);           ///< of id, of, wrapped
ReaderKey read_reader_key(Query& run);  ///< of account, key, sealed, until
Erasure read_erasure(Query& run);       ///< of subject, step, asked_by, confirmed_by, at, reason
RingBackup read_backup(Query& run);     ///< of serial, at, digest, file

/// All that a query gives, each read by `read`; of a value where it asks for one.
template <class Read, class... Value>
auto all(SQLite::Database& database, const char* query, const Read& read, const Value&... value) {
  SQLite::Statement statement{database, query};
  Query run{statement};
  (run.with(value), ...);
  std::vector<decltype(read(run))> found;
  while (run.step()) found.push_back(read(run));
  return found;
}

/// The first that a query gives.
template <class Read, class... Value>
auto first(SQLite::Database& database, const char* query, const Read& read, const Value&... value) {
  SQLite::Statement statement{database, query};
  Query run{statement};
  (run.with(value), ...);
  std::optional<decltype(read(run))> found;
  if (run.step()) found = read(run);
  return found;
}

/// Within the caller's transaction. False where two active accounts would have one name.
bool write(SQLite::Database& database, const RingBatch& batch);

}  // namespace gcp2::ring
