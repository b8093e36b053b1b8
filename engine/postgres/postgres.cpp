#include "gcp2/postgres.h"

#include <chrono>
#include <thread>

#include "postgres/session.h"
#include "postgres/spare_room.h"
#include "postgres/statements.h"
#include "postgres/tables.h"

namespace gcp2 {
namespace {

constexpr int most_tries = 5;
/// How long a server may take to come back before it is given up to learn what became of a commit.
constexpr auto patience = std::chrono::seconds{30};

StoreError conflict() { return {Trouble::conflict, "another revision is there"}; }

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
  /// `whole` where it is a copy: everything that is filled in is one transaction of the session.
  PostgresStore(Session session, const Id& id, std::unique_ptr<pqxx::work> whole = nullptr)
      : session_{std::move(session)}, id_{id}, whole_{std::move(whole)} {}

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
    if (whole_) return StoreError{Trouble::outside, "a copy that is not finished"};
    Stored<Head> done = tried_commit(batch);
    const bool is_full = !done && done.error().trouble == Trouble::no_room;
    if (is_full && batch.puts.empty() && given_back()) done = tried_commit(batch);
    return done;
  }

  Stored<Done> fill(const std::vector<Put>& rows, const std::vector<Entry>& entries) override {
    if (!whole_) return no_copy();
    const Stored<Done> done = only_tried([&]() -> Stored<Done> {
      whole_->exec("SAVEPOINT piece");
      Head head = filled_;
      for (const Entry& entry : entries)
        if (!follows(head, entry)) return StoreError{Trouble::damaged, "entries out of order"};
      std::vector<const Put*> fresh;
      for (const Put& put : rows) fresh.push_back(&put);
      if (!insert(*whole_, fresh)) return conflict();
      insert(*whole_, entries);
      whole_->exec("RELEASE SAVEPOINT piece");
      filled_ = head;
      return Done{};
    });
    if (!done && whole_)
      (void)only_tried([&]() -> Stored<Done> {
        whole_->exec("ROLLBACK TO SAVEPOINT piece");
        return Done{};
      });
    return done;
  }

  Stored<Done> finish() override {
    if (!whole_) return no_copy();
    const Stored<Done> done = only_tried([&]() -> Stored<Done> {
      whole_->commit();
      return Done{};
    });
    const bool is_cut = whole_ == nullptr;
    whole_.reset();
    if (done || !is_cut) return done;
    // No answer came: whether it has happened is seen by what is there.
    if (!reconnected()) return done;
    return attempted(session_, [&](pqxx::connection& connection) -> Stored<Done> {
      // The server may be at it still.
      pqxx::work waiting{connection};
      wait_for_makers(waiting);
      waiting.commit();
      Reading reading{connection};
      const bool is_there = has_store(reading, id_) && find_head(reading) == filled_;
      return is_there ? Stored<Done>{Done{}} : done.error();
    });
  }

 private:
  Stored<Head> tried_commit(Batch& batch) {
    // Where COMMIT was sent and no answer came: the end of the log that it would have led to.
    std::optional<Head> in_doubt;
    bool sent = false;
    const auto work = [&](pqxx::connection& connection) -> Stored<Head> {
      sent = false;
      pqxx::work change{connection};
      // Whoever was in doubt about it waits here until it is decided.
      change.exec("SELECT 1 FROM gcp2.store FOR UPDATE");
      Head head = find_head(change);
      if (in_doubt && is_done(change, batch, *in_doubt)) return *in_doubt;
      in_doubt.reset();
      for (const Need& need : batch.needs)
        if (!is_met(change, need)) return conflict();
      std::vector<const Put*> fresh;
      for (const Put& put : batch.puts)
        if (put.row.revision == 1) fresh.push_back(&put);
      if (!insert(change, fresh)) return conflict();
      for (const Put& put : batch.puts)
        if (put.row.revision != 1 && !replace(change, put)) return conflict();
      for (const Drop& drop : batch.drops)
        if (!remove(change, drop)) return conflict();
      // Room that was given back is for the log alone, until it can be kept again.
      if (!batch.puts.empty()) keep_spare_room(change);
      chain(head, batch.entries);
      insert(change, batch.entries);
      in_doubt = head;
      sent = true;
      change.commit();
      return head;
    };
    Stored<Head> done = attempted(session_, work, [&](const Fault& fault) {
      // An answer to COMMIT ends the doubt; one to what came before it in a later try does not.
      if (sent && !fault.cut) in_doubt.reset();
      return !in_doubt || reconnected();
    });
    if (!done && in_doubt)
      return StoreError{
          Trouble::outside,
          "cut off while committing, and not known what came of it: " + done.error().message};
    return done;
  }

  /// Whether there was room to give back to a full disk.
  bool given_back() {
    const Stored<bool> done = attempted(session_, [](pqxx::connection& connection) -> Stored<bool> {
      pqxx::work change{connection};
      const bool given = give_back_spare_room(change);
      change.commit();
      return given;
    });
    return done && *done;
  }

  static StoreError no_copy() { return {Trouble::outside, "no copy, or a finished one"}; }

  /// What cannot be begun again, as it is a part of a transaction; that is gone with its
  /// connection.
  template <class Work>
  Stored<Done> only_tried(const Work& work) {
    try {
      return work();
    } catch (const pqxx::pqxx_exception& thrown) {
      const Fault fault = fault_of(thrown);
      if (fault.cut) {
        whole_.reset();
        session_.drop();
      }
      return fault.error;
    }
  }

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
  std::unique_ptr<pqxx::work> whole_;  ///< of a copy
  Head filled_;                        ///< the end of what was filled in
};

}  // namespace

Stored<std::unique_ptr<Store>> open_postgres(std::string_view name, Opening opening,
                                             const Id& fresh_id) {
  auto session = Session::named(name, opening == Opening::reading);
  if (!session) return session.error();
  const Id its_id = makes_new(opening) && fresh_id.none() ? Id::random() : fresh_id;
  std::unique_ptr<pqxx::work> whole;
  const auto id = attempted(*session, [&](pqxx::connection& connection) -> Stored<Id> {
    if (!makes_new(opening)) return open_tables(connection, opening);
    auto change = std::make_unique<pqxx::work>(connection);
    if (const auto made = make_tables(*change, its_id); !made) return made.error();
    if (opening == Opening::copy)
      whole = std::move(change);
    else
      change->commit();
    return its_id;
  });
  if (!id) {
    // Two that make it at once meet in the system's own tables.
    if (makes_new(opening) && id.error().trouble == Trouble::conflict)
      return StoreError{Trouble::present, id.error().message};
    return id.error();
  }
  return std::unique_ptr<Store>{
      std::make_unique<PostgresStore>(*std::move(session), *id, std::move(whole))};
}

}  // namespace gcp2
