#include "postgres/spare_room.h"

#include <cstdint>

namespace gcp2 {
namespace {

constexpr std::int64_t whole = std::int64_t{1} << 20;

/// What was filled in and not committed takes up room too.
std::int64_t kept(pqxx::transaction_base& in) {
  return in.exec1("SELECT pg_relation_size('gcp2.spare')")[0].as<std::int64_t>();
}

}  // namespace

void keep_spare_room(pqxx::transaction_base& in) {
  const std::int64_t missing = whole - kept(in);
  if (missing <= 0) return;
  // With its header and its place in the page a row takes 36 bytes.
  in.exec_params("INSERT INTO gcp2.spare SELECT generate_series(1, $1::bigint / 36)", missing);
}

bool give_back_spare_room(pqxx::transaction_base& in) {
  if (kept(in) == 0) return false;
  in.exec("TRUNCATE gcp2.spare");
  return true;
}

}  // namespace gcp2
