// A prepared statement of SQLite, run once.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "gcp2/store.h"

namespace gcp2 {

/// One run of a prepared statement: its values in order, then its rows; reset at the end.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_{statement} {}
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// What is bound must outlive the run.
  Query& with(std::string_view blob) {
    statement_.bindNoCopy(++bound_, static_cast<const void*>(blob.data()), size(blob));
    return *this;
  }
  Query& with(const Id& id) { return with(id.raw()); }
  Query& with(std::int64_t number) {
    statement_.bind(++bound_, number);
    return *this;
  }
  Query& with(RowKind table) { return with(static_cast<std::int64_t>(table)); }
  Query& with_text(const std::string& text) {
    statement_.bindNoCopy(++bound_, text);
    return *this;
  }
  bool step() {
    read_ = 0;
    return statement_.executeStep();
  }
  /// How many rows it changed.
  int exec() { return statement_.exec(); }

  std::int64_t number() { return statement_.getColumn(read_++).getInt64(); }
  std::string bytes() { return statement_.getColumn(read_++).getString(); }
  Id id() {
    const std::optional<Id> id = Id::from(bytes());
    if (!id) throw SQLite::Exception{"an id of another length", SQLITE_CORRUPT};
    return *id;
  }

 private:
  static int size(std::string_view blob) {
    if (blob.size() > std::size_t{std::numeric_limits<int>::max()})
      throw SQLite::Exception{"too many bytes", SQLITE_TOOBIG};
    return static_cast<int>(blob.size());
  }

  SQLite::Statement& statement_;
  int bound_ = 0, read_ = 0;
};

}  // namespace gcp2
