#include "gcp2/postgres.h"

#include <array>
#include <chrono>
#include <thread>

#include "embedded/postgresql_0001.h"
#include "postgres/session.h"
#include "postgres/statements.h"

namespace gcp2 {
namespace {

using Reading = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

constexpr int most_tries = 5;
/// How long a server may take to come back before it is given up to learn what became of a commit.
constexpr auto patience = std::chrono::seconds{30};

StoreError conflict() { return {Trouble::conflict, "another revision is there"}; }

std::span<const std::string_view> migrations() {
  static const std::array<std::string_view, 1> all{embedded::postgresql_0001};
  return all;
}

/// Runs `work` with a connection, and again where that may help and `may_again`, which is asked
/// about every fault, allows it. A server that cannot be reached is not tried again.
template <class Work, class May>
auto attempted(Session& session, const Work& work, const May& may_again)
    -> decltype(work(session.connection())) {
  for (int tries = 1;; ++tries) {
    bool connected = false;
    try {
      pqxx::connection& connection = session.connection();
      connected = true;
      return work(connection);
    } catch (const Damage& damage) {
      return StoreError{Trouble::damaged, damage.what};
    } catch (const pqxx::pqxx_exception& thrown) {
      const Fault fault = fault_of(thrown);
      if (fault.cut) session.drop();
      const bool may = may_again(fault);
      if (!may || !connected || tries >= most_tries || !(fault.cut || fault.again))
        return fault.error;
    }
  }
}
template <class Work>
auto attempted(Session& session, const Work& work) {
  return attempted(session, work, [](const Fault&) { return true; });
}

class PostgresStore final : public Store {
 public:
  PostgresStore(Session session, const Id& id) : session_{std::move(session)}, id_{id} {}

  [[nodiscard]] Id id() const override { return id_; }

  Stored<std::optional<Row>> row(RowKind table, const Id& id) override {
    return attempted(session_, [&](pqxx::connection& connection) -> Stored<std::optional<Row>> {
      Reading reading{connection};
      return find_row(reading, table, id);
    });
  }

  Stored<std::vector<Row>> rows_of(RowKind table, const Id& owner) override {
    return attempted(session_, [&](pqxx::connection& connection) -> Stored<std::vector<Row>> {
      Reading reading{connection};
      return find_rows_of(reading, table, owner);
    });
  }

  Stored<Done> every_row(RowKind table, const Visit& visit) override {
    return visited([&](pqxx::transaction_base& in, bool& begun) {
      visit_rows(in, table, [&](RowKind of, const Row& row) {
        begun = true;
        return visit(of, row);
      });
    });
  }

  Stored<Head> head() override {
    return attempted(session_, [&](pqxx::connection& connection) -> Stored<Head> {
      Reading reading{connection};
      return find_head(reading);
    });
  }

  Stored<Done> entries_from(std::int64_t number, const VisitEntry& visit) override {
    return visited([&](pqxx::transaction_base& in, bool& begun) {
      visit_entries(in, number, [&](const Entry& entry) {
        begun = true;
        return visit(entry);
      });
    });
  }

  Stored<Done> snapshot(const Visit& rows, const VisitEntry& entries) override {
    return visited([&](pqxx::transaction_base& in, bool& begun) {
      for (const RowKind table : all_tables)
        if (!visit_rows(in, table, [&](RowKind of, const Row& row) {
              begun = true;
              return rows(of, row);
            }))
          return;
      visit_entries(in, 1, [&](const Entry& entry) {
        begun = true;
        return entries(entry);
      });
    });
  }

  Stored<Head> commit(Batch batch) override {
    // Where COMMIT was sent and no answer came: the end of the log that it would have led to.
    std::optional<Head> in_doubt;
    const auto work = [&](pqxx::connection& connection) -> Stored<Head> {
      pqxx::work change{connection};
      // Whoever was in doubt about it waits here until it is decided.
      change.exec("SELECT 1 FROM gcp2.store FOR UPDATE");
      Head head = find_head(change);
      if (in_doubt && is_done(change, batch, *in_doubt)) return *in_doubt;
      in_doubt.reset();
      std::vector<const Put*> fresh;
      for (const Put& put : batch.puts)
        if (put.row.revision == 1) fresh.push_back(&put);
      if (!insert(change, fresh)) return conflict();
      for (const Put& put : batch.puts)
        if (put.row.revision != 1 && !replace(change, put)) return conflict();
      for (const Drop& drop : batch.drops) remove(change, drop);
      chain(head, batch.entries);
      insert(change, batch.entries);
      in_doubt = head;
      change.commit();
      return head;
    };
    Stored<Head> done = attempted(session_, work, [&](const Fault& fault) {
      if (!fault.cut) in_doubt.reset();
      return !in_doubt || reconnected();
    });
    if (!done && in_doubt)
      return StoreError{
          Trouble::outside,
          "cut off while committing, and not known what came of it: " + done.error().message};
    return done;
  }

  Stored<Done> fill(const std::vector<Put>& rows, const std::vector<Entry>& entries) override {
    return attempted(
        session_,
        [&](pqxx::connection& connection) -> Stored<Done> {
          pqxx::work change{connection};
          change.exec("SELECT 1 FROM gcp2.store FOR UPDATE");
          Head head = find_head(change);
          for (const Entry& entry : entries)
            if (!follows(head, entry)) return StoreError{Trouble::damaged, "entries out of order"};
          std::vector<const Put*> fresh;
          for (const Put& put : rows) fresh.push_back(&put);
          if (!insert(change, fresh)) return conflict();
          insert(change, entries);
          change.commit();
          return Done{};
        },
        [](const Fault& fault) { return fault.again; });
  }

 private:
  /// In one state of the database; not again once something has been shown.
  template <class Work>
  Stored<Done> visited(const Work& work) {
    bool begun = false;
    return attempted(
        session_,
        [&](pqxx::connection& connection) -> Stored<Done> {
          Reading reading{connection};
          work(reading, begun);
          return Done{};
        },
        [&](const Fault&) { return !begun; });
  }

  /// Whether a commit whose answer was lost has happened.
  static bool is_done(pqxx::transaction_base& in, const Batch& batch, const Head& led_to) {
    if (!batch.entries.empty()) return has_entry(in, led_to);
    if (batch.puts.empty()) return false;  // to drop twice is to drop
    const Put& last = batch.puts.back();
    const std::optional<Row> row = find_row(in, last.table, last.row.id);
    return row && row->revision == last.row.revision && row->sealed == last.row.sealed;
  }

  /// Waits for a server that is starting.
  bool reconnected() {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) try {
        session_.connection();
        return true;
      } catch (const pqxx::pqxx_exception&) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
      }
  }

  Session session_;
  Id id_;
};

struct Found {
  bool schema = false, store = false;
};
Found look(pqxx::transaction_base& in) {
  const pqxx::row found =
      in.exec1("SELECT to_regnamespace('gcp2') IS NOT NULL, to_regclass('gcp2.store') IS NOT NULL");
  return {found[0].as<bool>(), found[1].as<bool>()};
}

/// The store's version, and its name.
std::pair<std::int64_t, Id> read_store(pqxx::transaction_base& in, const char* locked = "") {
  const pqxx::result rows = in.exec(std::string{"SELECT version, id FROM gcp2.store"} + locked);
  if (rows.size() != 1) throw Damage{"not one store"};
  const std::optional<Id> id = Id::from(pqxx::binarystring{rows[0][1]}.str());
  const auto version = rows[0][0].as<std::int64_t>();
  if (!id || version < 1) throw Damage{"a store without a name or a version"};
  return {version, *id};
}

Stored<Done> make(pqxx::connection& connection, const Id& id) {
  pqxx::work change{connection};
  if (look(change).schema) return StoreError{Trouble::present, "there is a schema gcp2 already"};
  for (const std::string_view migration : migrations()) change.exec(std::string{migration});
  change.exec_params("INSERT INTO gcp2.store (id, version) VALUES ($1, $2)",
                     pqxx::binarystring(id.raw().data(), id.raw().size()),
                     static_cast<int>(migrations().size()));
  change.commit();
  return Done{};
}

/// The further migrations, each whole or not at all.
void migrate(pqxx::connection& connection) {
  for (;;) {
    pqxx::work change{connection};
    // Somebody else may have been faster.
    const auto version = static_cast<std::size_t>(read_store(change, " FOR UPDATE").first);
    if (version >= migrations().size()) return;
    change.exec(std::string{migrations()[version]});
    change.exec_params("UPDATE gcp2.store SET version = $1", static_cast<int>(version) + 1);
    change.commit();
  }
}

Stored<Id> open_existing(pqxx::connection& connection, Opening opening) {
  std::pair<std::int64_t, Id> store;
  {
    Reading reading{connection};
    const Found found = look(reading);
    if (!found.schema) return StoreError{Trouble::absent, "no store in this database"};
    if (!found.store) return StoreError{Trouble::not_a_store, "a schema gcp2 of something else"};
    store = read_store(reading);
  }
  const auto current = static_cast<std::int64_t>(migrations().size());
  const std::string version = "version " + std::to_string(store.first);
  if (store.first > current) return StoreError{Trouble::newer, version};
  if (store.first < current) {
    if (opening != Opening::migrate) return StoreError{Trouble::older, version};
    migrate(connection);
  }
  return store.second;
}

}  // namespace

Stored<std::unique_ptr<Store>> open_postgres(std::string_view name, Opening opening,
                                             const Id& fresh_id) {
  auto session = Session::named(name, opening == Opening::reading);
  if (!session) return session.error();
  const auto id = attempted(*session, [&](pqxx::connection& connection) -> Stored<Id> {
    if (makes_new(opening)) {
      const Id its_id = fresh_id.none() ? Id::random() : fresh_id;
      if (const auto made = make(connection, its_id); !made) return made.error();
    }
    return open_existing(connection, opening);
  });
  if (!id) {
    // Two that make it at once meet in the system's own tables.
    if (makes_new(opening) && id.error().trouble == Trouble::conflict)
      return StoreError{Trouble::present, id.error().message};
    return id.error();
  }
  return std::unique_ptr<Store>{std::make_unique<PostgresStore>(*std::move(session), *id)};
}

}  // namespace gcp2
