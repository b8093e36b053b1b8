#include "postgres/tables.h"

#include <array>
#include <span>

#include "embedded/postgresql_0001.h"
#include "embedded/postgresql_0002.h"
#include "postgres/spare_room.h"
#include "postgres/statements.h"

namespace gcp2 {
namespace {

std::span<const std::string_view> migrations() {
  static const std::array<std::string_view, 2> all{embedded::postgresql_0001,
                                                   embedded::postgresql_0002};
  return all;
}

struct Found {
  bool schema = false, store = false;
};
Found look(pqxx::transaction_base& in) {
  const pqxx::row found =
      in.exec1("SELECT to_regnamespace('gcp2') IS NOT NULL, to_regclass('gcp2.store') IS NOT NULL");
  return {found[0].as<bool>(), found[1].as<bool>()};
}

/// Whether there is something in the schema that no migration makes, and that could have rows and
/// entries vanish, or look like others: a trigger, a rule, a view, a policy, a function.
bool is_planted(pqxx::transaction_base& in) {
  return in
      .exec1(
          "WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = 'gcp2'), tables AS"
          " (SELECT * FROM pg_class WHERE relnamespace IN (SELECT oid FROM ours)) SELECT"
          " EXISTS (SELECT FROM tables WHERE relkind NOT IN ('r', 'i') OR relrowsecurity)"
          " OR EXISTS (SELECT FROM pg_trigger WHERE NOT tgisinternal"
          " AND tgrelid IN (SELECT oid FROM tables))"
          " OR EXISTS (SELECT FROM pg_rewrite WHERE ev_class IN (SELECT oid FROM tables))"
          " OR EXISTS (SELECT FROM pg_proc WHERE pronamespace IN (SELECT oid FROM ours))"
          " OR EXISTS (SELECT FROM pg_operator WHERE oprnamespace IN (SELECT oid FROM ours))")[0]
      .as<bool>();
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

}  // namespace

void wait_for_makers(pqxx::transaction_base& in) {
  in.exec("SELECT pg_advisory_xact_lock(hashtext('gcp2'))");
}

Stored<Done> make_tables(pqxx::transaction_base& in, const Id& id) {
  wait_for_makers(in);
  if (look(in).schema) return StoreError{Trouble::present, "there is a schema gcp2 already"};
  for (const std::string_view migration : migrations()) in.exec(std::string{migration});
  in.exec_params("INSERT INTO gcp2.store (id, version) VALUES ($1, $2)",
                 pqxx::binarystring(id.raw().data(), id.raw().size()),
                 static_cast<int>(migrations().size()));
  keep_spare_room(in);
  return Done{};
}

Stored<Id> open_tables(pqxx::connection& connection, Opening opening) {
  std::pair<std::int64_t, Id> store;
  {
    Reading reading{connection};
    const Found found = look(reading);
    if (!found.schema) return StoreError{Trouble::absent, "no store in this database"};
    if (!found.store) return StoreError{Trouble::not_a_store, "a schema gcp2 of something else"};
    if (is_planted(reading)) return StoreError{Trouble::damaged, "a trigger, a rule or a view"};
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

bool has_store(pqxx::transaction_base& in, const Id& id) {
  return look(in).store && read_store(in).second == id;
}

}  // namespace gcp2
