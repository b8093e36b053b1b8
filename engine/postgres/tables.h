// The tables of a store in a database: what is there, and how they are made and brought up to date.
#pragma once

#include <pqxx/pqxx>

#include "gcp2/store.h"

namespace gcp2 {

using Reading = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

/// Until whoever makes tables in this database has done so, or was cut off.
void wait_for_makers(pqxx::transaction_base& in);
/// `present` where there is something of that name already.
Stored<Done> make_tables(pqxx::transaction_base& in, const Id& id);
/// Migrates where that is asked for; gives the store's name.
Stored<Id> open_tables(pqxx::connection& connection, Opening opening);
/// Whether there is a store, of that name.
bool has_store(pqxx::transaction_base& in, const Id& id);

}  // namespace gcp2
