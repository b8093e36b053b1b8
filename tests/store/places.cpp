#include "places.h"

#include <atomic>
#include <ostream>
#include <tuple>

#include "database.h"
#include "folder.h"
#include "gcp2/postgres.h"

namespace gcp2 {
namespace {
auto fields(const Row& row) {
  return std::tie(row.id, row.owner, row.key, row.revision, row.standing, row.at, row.sealed);
}
auto fields(const Entry& entry) {
  return std::tie(entry.number, entry.at, entry.actor, entry.action, entry.outcome, entry.reason,
                  entry.subject, entry.table, entry.row, entry.revision, entry.digest,
                  entry.note_key, entry.note, entry.hash);
}
}  // namespace

bool operator==(const Row& left, const Row& right) { return fields(left) == fields(right); }
bool operator==(const Entry& left, const Entry& right) { return fields(left) == fields(right); }
void PrintTo(const Row& row, std::ostream* out) {
  *out << "row " << testing::PrintToString(row.id.bytes) << " revision " << row.revision << " at "
       << row.at << ", " << row.sealed.size() << " bytes";
}
void PrintTo(const Entry& entry, std::ostream* out) {
  *out << "entry " << entry.number << " at " << entry.at << " " << entry.action;
}
void PrintTo(const Head& head, std::ostream* out) {
  *out << "head " << head.count << " at " << head.at << " " << testing::PrintToString(head.hash);
}
void PrintTo(Trouble trouble, std::ostream* out) {
  constexpr const char* names[] = {"conflict", "no_room", "busy",   "not_a_store", "older",
                                   "newer",    "damaged", "absent", "present",     "outside"};
  *out << names[static_cast<std::size_t>(trouble)];
}
}  // namespace gcp2

namespace gcp2::test {
namespace {

class MemoryPlace final : public Place {
 public:
  Stored<std::unique_ptr<Store>> open(Opening opening, const Id& fresh_id) override {
    return open_store(name_, opening, fresh_id);
  }

 private:
  static std::string next() {
    static std::atomic<int> last = 0;
    return "memory:" + std::to_string(++last);
  }
  std::string name_ = next();
};

class SqlitePlace final : public Place {
 public:
  Stored<std::unique_ptr<Store>> open(Opening opening, const Id& fresh_id) override {
    return open_store("sqlite:" + folder_.path("store"), opening, fresh_id);
  }

 private:
  Folder folder_;
};

class PostgresPlace final : public Place {
 public:
  Stored<std::unique_ptr<Store>> open(Opening opening, const Id& fresh_id) override {
    return open_postgres(database_.name(), opening, fresh_id);
  }

 private:
  Database database_;
};

}  // namespace

std::string name_of(Engine engine) {
  switch (engine) {
    case Engine::memory: return "memory";
    case Engine::sqlite: return "sqlite";
    case Engine::postgres: return "postgres";
  }
  return "";
}

std::unique_ptr<Store> Place::store(Opening opening, const Id& fresh_id) {
  return taken(open(opening, fresh_id));
}

std::unique_ptr<Place> place_for(Engine engine) {
  switch (engine) {
    case Engine::memory: return std::make_unique<MemoryPlace>();
    case Engine::sqlite: return std::make_unique<SqlitePlace>();
    case Engine::postgres: return std::make_unique<PostgresPlace>();
  }
  return nullptr;
}

Id id_of(std::uint64_t number) {
  // Scattered, as random ones are; every byte value is met.
  const std::string hash = plain_hash("id " + std::to_string(number));
  return *Id::from(std::string_view{hash}.substr(0, 16));
}

Row row_of(std::uint64_t number, std::uint64_t owner) {
  Row row;
  row.id = id_of(number);
  row.owner = id_of(owner);
  row.key = id_of(owner + 1'000'000);
  row.revision = 1;
  row.at = static_cast<Seconds>(1'700'000'000 + number);
  row.sealed = "sealed " + std::to_string(number) + std::string("\0\n\t\\N'\"\xff\x80", 10);
  return row;
}

Put put_of(RowKind table, Row row) { return {table, std::move(row)}; }

Entry entry_of(std::uint64_t number) {
  Entry entry;
  entry.at = static_cast<Seconds>(1'700'000'000 + number);
  entry.actor = id_of(number);
  entry.action = "record.sign";
  entry.outcome = "done";
  entry.reason = "reason " + std::to_string(number);
  entry.subject = id_of(number + 1);
  entry.table = RowKind::record;
  entry.row = id_of(number + 2);
  entry.revision = static_cast<std::int64_t>(number);
  entry.digest = plain_hash("digest");
  entry.note_key = id_of(number + 3);
  entry.note = std::string("\0note\\", 6);
  return entry;
}

std::vector<Row> rows_in(Store& store, RowKind table) {
  std::vector<Row> rows;
  taken(store.every_row(table, [&](RowKind of, const Row& row) {
    EXPECT_EQ(of, table);
    rows.push_back(row);
    return true;
  }));
  return rows;
}

std::vector<Entry> entries_in(Store& store, std::int64_t from) {
  std::vector<Entry> entries;
  taken(store.entries_from(from, [&](const Entry& entry) {
    entries.push_back(entry);
    return true;
  }));
  return entries;
}

void expect_whole_chain(Store& store) {
  Head head;
  for (const Entry& entry : entries_in(store)) ASSERT_TRUE(follows(head, entry)) << entry.number;
  EXPECT_EQ(taken(store.head()), head);
}

}  // namespace gcp2::test
