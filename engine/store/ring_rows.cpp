#include "store/ring_rows.h"

#include <algorithm>

namespace gcp2::ring {
namespace {

[[noreturn]] void damaged(const char* what) { throw SQLite::Exception{what, SQLITE_CORRUPT}; }

/// A value of an enumeration whose numbers run from 1 to `last`.
template <class Enum>
Enum numbered(std::int64_t number, Enum last) {
  if (number < 1 || number > static_cast<std::int64_t>(last)) damaged("no such number");
  return static_cast<Enum>(number);
}

}  // namespace

Account read_account(Query& run) {
  Account account;
  account.id = run.id();
  account.name = run.bytes();
  account.role = numbered(run.number(), Role::administrator);
  account.active = run.number() != 0;
  account.made = run.number();
  account.ended = run.number();
  const std::string open = run.bytes();
  if (open.size() != account.open.size()) damaged("a key of another length");
  std::copy(open.begin(), open.end(), account.open.begin());
  account.wrapped_secret = run.bytes();
  account.salt = run.bytes();
  account.hardness.passes = static_cast<std::uint64_t>(run.number());
  account.hardness.bytes = static_cast<std::uint64_t>(run.number());
  account.setting_key = run.bytes();
  account.failures = run.number();
  account.failed_at = run.number();
  return account;
}

RingKey read_key(Query& run) {
  RingKey key;
  key.id = run.id();
  key.of = run.id();
  key.wrapped = run.bytes();
  return key;
}

ReaderKey read_reader_key(Query& run) {
  ReaderKey key;
  key.account = run.id();
  key.key = run.id();
  key.sealed = run.bytes();
  key.until = run.number();
  return key;
}

Erasure read_erasure(Query& run) {
  Erasure erasure;
  erasure.subject = run.id();
  erasure.step = numbered(run.number(), ErasureStep::withdrawn);
  erasure.asked_by = run.id();
  erasure.confirmed_by = run.id();
  erasure.at = run.number();
  erasure.reason = run.bytes();
  return erasure;
}

RingBackup read_backup(Query& run) {
  RingBackup backup;
  backup.serial = run.number();
  backup.at = run.number();
  backup.digest = run.bytes();
  backup.file = run.bytes();
  return backup;
}

}  // namespace gcp2::ring
