#include <set>

#include "store/ring_rows.h"

namespace gcp2::ring {
namespace {

std::string_view raw(const PublicKey& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

template <class Number>
std::int64_t number(Number value) {
  return static_cast<std::int64_t>(value);
}

/// Of two who take an erasure on from where it was, one comes first and the other one learns it.
bool may_follow(std::int64_t before, ErasureStep after) {
  const auto is = [before](ErasureStep step) { return before == number(step); };
  if (is(after)) return true;
  switch (after) {
    case ErasureStep::asked: return is(ErasureStep::withdrawn);
    case ErasureStep::confirmed: return is(ErasureStep::asked);
    case ErasureStep::begun: return is(ErasureStep::confirmed);
    case ErasureStep::complete: return is(ErasureStep::begun);
    case ErasureStep::withdrawn: return is(ErasureStep::asked) || is(ErasureStep::confirmed);
  }
  return false;
}

/// Carries a batch out in the transaction of its caller.
class Writing {
 public:
  explicit Writing(SQLite::Database& database) : database_{database} {}

  bool all_of(const RingBatch& batch) {
    // What goes makes room for what comes.
    drop_keys_of(batch.drop_keys_of);
    drop_look_ups_of(batch.drop_look_ups_of);
    drop(batch.drop_reader_keys);
    if (!put(batch.accounts)) return false;
    put(batch.keys);
    put(batch.reader_keys);
    put(batch.named);
    put(batch.look_ups);
    if (!put(batch.erasures)) return false;
    put(batch.backups);
    put(batch.log_ins);
    if (batch.head) put(*batch.head);
    if (batch.untold) put_untold(*batch.untold);
    for (const std::string_view table : gone_) forget(std::string{table});
    if (is_other_) database_.exec("UPDATE ring SET serial = serial + 1");
    return true;
  }

 private:
  void drop_keys_of(const std::vector<Id>& subjects) {
    if (subjects.empty()) return;
    SQLite::Statement copies{database_,
                             "DELETE FROM reader_keys WHERE key IN (SELECT id FROM keys"
                             " WHERE of = ?)"};
    SQLite::Statement keys{database_, "DELETE FROM keys WHERE of = ?"};
    for (const Id& subject : subjects) {
      if (Query{copies}.with(subject).exec() != 0) is_gone("reader_keys");
      if (Query{keys}.with(subject).exec() != 0) is_gone("keys");
    }
    drop_look_ups_of(subjects);
  }

  void drop_look_ups_of(const std::vector<Id>& subjects) {
    if (subjects.empty()) return;
    SQLite::Statement look_ups{database_, "DELETE FROM look_ups WHERE subject = ?"};
    for (const Id& subject : subjects)
      if (Query{look_ups}.with(subject).exec() != 0) is_gone("look_ups");
  }

  void drop(const std::vector<ReaderKey>& keys) {
    if (keys.empty()) return;
    SQLite::Statement copies{database_, "DELETE FROM reader_keys WHERE account = ? AND key = ?"};
    for (const ReaderKey& key : keys)
      if (Query{copies}.with(key.account).with(key.key).exec() != 0) is_gone("reader_keys");
  }

  bool put(const std::vector<Account>& accounts) {
    if (accounts.empty()) return true;
    SQLite::Statement other{database_,
                            "SELECT 1 FROM accounts WHERE name = ? AND active = 1 AND id <> ?"};
    SQLite::Statement old{
        database_,
        "SELECT 1 FROM accounts WHERE id = ? AND (wrapped_secret <> ? OR setting_key <> ?)"};
    SQLite::Statement account_row{
        database_,
        "INSERT INTO accounts (" ACCOUNT_COLUMNS
        ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " name = excluded.name, role = excluded.role, active = excluded.active,"
        " made = excluded.made, ended = excluded.ended, open = excluded.open,"
        " wrapped_secret = excluded.wrapped_secret, salt = excluded.salt,"
        " passes = excluded.passes, bytes = excluded.bytes, setting_key = excluded.setting_key,"
        " failures = excluded.failures, failed_at = excluded.failed_at"};
    // Those that are over come first, so that their names are free.
    for (const bool active : {false, true})
      for (const Account& account : accounts) {
        if (account.active != active) continue;
        if (active && Query{other}.with_text(account.name).with(account.id).step()) return false;
        if (Query{old}
                .with(account.id)
                .with(account.wrapped_secret)
                .with(account.setting_key)
                .step())
          is_gone("accounts");
        Query{account_row}
            .with(account.id)
            .with_text(account.name)
            .with(number(account.role))
            .with(number(account.active))
            .with(account.made)
            .with(account.ended)
            .with(raw(account.open))
            .with(account.wrapped_secret)
            .with(account.salt)
            .with(number(account.hardness.passes))
            .with(number(account.hardness.bytes))
            .with(account.setting_key)
            .with(account.failures)
            .with(account.failed_at)
            .exec();
      }
    is_other_ = true;
    return true;
  }

  void put(const std::vector<RingKey>& keys) {
    if (keys.empty()) return;
    SQLite::Statement old{database_, "SELECT 1 FROM keys WHERE id = ? AND wrapped <> ?"};
    SQLite::Statement key_row{
        database_,
        "INSERT INTO keys (id, of, wrapped) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET of = excluded.of, wrapped = excluded.wrapped"};
    for (const RingKey& key : keys) {
      if (Query{old}.with(key.id).with(key.wrapped).step()) is_gone("keys");
      Query{key_row}.with(key.id).with(key.of).with(key.wrapped).exec();
    }
    is_other_ = true;
  }

  void put(const std::vector<ReaderKey>& keys) {
    if (keys.empty()) return;
    SQLite::Statement old{
        database_, "SELECT 1 FROM reader_keys WHERE account = ? AND key = ? AND sealed <> ?"};
    SQLite::Statement key_row{
        database_,
        "INSERT INTO reader_keys (account, key, sealed, until) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account, key) DO UPDATE SET sealed = excluded.sealed,"
        " until = excluded.until"};
    for (const ReaderKey& key : keys) {
      if (Query{old}.with(key.account).with(key.key).with(key.sealed).step())
        is_gone("reader_keys");
      Query{key_row}.with(key.account).with(key.key).with(key.sealed).with(key.until).exec();
    }
    is_other_ = true;
  }

  void put(const std::vector<std::pair<std::string, std::string>>& named) {
    if (named.empty()) return;
    SQLite::Statement old{database_, "SELECT 1 FROM named WHERE name = ? AND wrapped <> ?"};
    SQLite::Statement named_row{
        database_,
        "INSERT INTO named (name, wrapped) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
        " SET wrapped = excluded.wrapped"};
    for (const auto& [name, wrapped] : named) {
      if (Query{old}.with_text(name).with(wrapped).step()) is_gone("named");
      Query{named_row}.with_text(name).with(wrapped).exec();
    }
    is_other_ = true;
  }

  void put(const std::vector<LookUp>& look_ups) {
    SQLite::Statement look_up_row{
        database_, "INSERT INTO look_ups (hash, subject) VALUES (?, ?) ON CONFLICT DO NOTHING"};
    for (const LookUp& each : look_ups)
      if (Query{look_up_row}.with(each.hash).with(each.subject).exec() != 0) is_other_ = true;
  }

  bool put(const std::vector<Erasure>& erasures) {
    SQLite::Statement known{database_, "SELECT step, asked_by FROM erasures WHERE subject = ?"};
    SQLite::Statement erasure_row{
        database_,
        "INSERT INTO erasures (subject, step, asked_by, confirmed_by, at, reason)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET step = excluded.step,"
        " asked_by = excluded.asked_by, confirmed_by = excluded.confirmed_by,"
        " at = excluded.at, reason = excluded.reason"};
    for (const Erasure& each : erasures) {
      Query before{known};
      before.with(each.subject);
      if (before.step()) {
        const std::int64_t step = before.number();
        const bool is_other = before.id() != each.asked_by;
        if (!may_follow(step, each.step) || (is_other && each.step != ErasureStep::asked))
          return false;
      }
      Query{erasure_row}
          .with(each.subject)
          .with(number(each.step))
          .with(each.asked_by)
          .with(each.confirmed_by)
          .with(each.at)
          .with_text(each.reason)
          .exec();
    }
    return true;
  }

  void put(const std::vector<RingBackup>& backups) {
    SQLite::Statement backup_row{
        database_, "INSERT INTO backups (serial, at, digest, file) VALUES (?, ?, ?, ?)"};
    for (const RingBackup& each : backups)
      Query{backup_row}
          .with(each.serial)
          .with(each.at)
          .with(each.digest)
          .with_text(each.file)
          .exec();
  }

  void put(const std::vector<LogIns>& log_ins) {
    SQLite::Statement row{
        database_, "UPDATE accounts SET failures = ?, failed_at = ? WHERE id = ? AND active = 1"};
    for (const LogIns& each : log_ins)
      Query{row}.with(each.failures).with(each.failed_at).with(each.account).exec();
  }

  void put_untold(const std::string& untold) {
    SQLite::Statement row{database_, "UPDATE ring SET untold = ?"};
    Query{row}.with(untold).exec();
  }

  void put(const Head& head) {
    SQLite::Statement seen{database_, "UPDATE ring SET head_count = ?, head_hash = ?, head_at = ?"};
    Query{seen}.with(head.count).with(head.hash).with(head.at).exec();
  }

  void is_gone(std::string_view table) {
    gone_.insert(table);
    is_other_ = true;
  }

  /// What SQLite deletes it overwrites, but where rows moved to other pages before, copies can be
  /// left between the rows: so the table's pages are cleared as a whole, and written anew.
  void forget(const std::string& table) {
    database_.exec("CREATE TEMP TABLE kept AS SELECT * FROM main." + table);
    database_.exec("DELETE FROM main." + table);
    database_.exec("INSERT INTO main." + table + " SELECT * FROM temp.kept");
    database_.exec("DROP TABLE temp.kept");
  }

  SQLite::Database& database_;
  std::set<std::string_view> gone_;  ///< tables of which something is gone
  bool is_other_ = false;            ///< whether the serial rises
};

}  // namespace

bool write(SQLite::Database& database, const RingBatch& batch) {
  return Writing{database}.all_of(batch);
}

}  // namespace gcp2::ring
