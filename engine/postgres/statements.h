// Rows and entries as PostgreSQL takes and gives them.
#pragma once

#include <functional>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "gcp2/store.h"

namespace gcp2 {

/// Something in the database that this program cannot have written.
struct Damage {
  const char* what;
};

void prepare_statements(pqxx::connection& connection);

std::optional<Row> find_row(pqxx::transaction_base& in, RowKind table, const Id& id);
std::vector<Row> find_rows_of(pqxx::transaction_base& in, RowKind table, const Id& owner);
Head find_head(pqxx::transaction_base& in);
/// Whether the log has that entry at that place.
bool has_entry(pqxx::transaction_base& in, const Head& last);

/// In pieces, so that memory does not grow with what is there. False where `visit` said stop.
bool visit_rows(pqxx::transaction_base& in, RowKind table, const Store::Visit& visit);
bool visit_entries(pqxx::transaction_base& in, std::int64_t from, const Store::VisitEntry& visit);

/// False: one of them is there already. After that, or a unique_violation, nothing else can be
/// done.
bool insert(pqxx::transaction_base& in, const std::vector<const Put*>& fresh);
bool replace(pqxx::transaction_base& in, const Put& put);
/// False: it is not at the revision at which it was to be.
bool remove(pqxx::transaction_base& in, const Drop& drop);
bool is_met(pqxx::transaction_base& in, const Need& need);
void insert(pqxx::transaction_base& in, const std::vector<Entry>& entries);

}  // namespace gcp2
