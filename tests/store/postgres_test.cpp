// PostgreSQL alone: its errors, and connections and servers that are cut off.
#include "gcp2/postgres.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <pqxx/pqxx>
#include <thread>

#include "database.h"
#include "places.h"
#include "wire.h"

namespace gcp2::test {
namespace {

constexpr std::chrono::milliseconds short_while{5};

Batch batch_of(std::uint64_t number) {
  return {.puts = {{RowKind::record, row_of(number)}}, .entries = {entry_of(number)}};
}
/// Each commit that was acknowledged is there once, and nothing else.
void expect_exactly(Store& store, std::uint64_t number) {
  EXPECT_EQ(taken(store.head()).count, static_cast<std::int64_t>(number));
  EXPECT_EQ(rows_in(store, RowKind::record).size(), number);
  expect_whole_chain(store);
}

class Postgres : public testing::Test {
 protected:
  Database database;
  std::unique_ptr<Store> store = taken(open_postgres(database.name(), Opening::fresh));
};

TEST_F(Postgres, AsksForDurability) {
  // What the sessions have set is theirs alone; a server that is set otherwise does not matter.
  database.run("ALTER ROLE gcp2 IN DATABASE " + database.run("SELECT current_database()") +
               " SET synchronous_commit = off");
  const auto other = taken(open_postgres(database.name(), Opening::existing));
  taken(other->commit(batch_of(0)));
  database.run(
      "CREATE TABLE public.seen (setting text);"
      "CREATE FUNCTION public.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
      " INSERT INTO public.seen VALUES (current_setting('synchronous_commit'));"
      " RETURN NEW; END $$;"
      "CREATE TRIGGER see BEFORE INSERT ON gcp2.entries FOR EACH ROW EXECUTE FUNCTION "
      "public.see()");
  taken(other->commit(batch_of(1)));
  EXPECT_EQ(database.run("SELECT setting FROM public.seen"), "on");
}

TEST_F(Postgres, WhatCannotBeWasNotWrittenByUs) {
  taken(store->commit(batch_of(1)));
  database.run("UPDATE gcp2.rows SET standing = 77");
  EXPECT_EQ(store->row(RowKind::record, id_of(1)).error().trouble, Trouble::damaged);
  database.run("UPDATE gcp2.rows SET standing = 1, owner = '\\x00'");
  EXPECT_EQ(store->row(RowKind::record, id_of(1)).error().trouble, Trouble::damaged);
  database.run("DROP TABLE gcp2.entries");
  EXPECT_EQ(store->head().error().trouble, Trouble::damaged);
}

TEST_F(Postgres, PatienceWithAnotherWriterEnds) {
  pqxx::connection other{database.name()};
  pqxx::work holding{other};
  holding.exec("SELECT 1 FROM gcp2.store FOR UPDATE");
  const auto refused = store->commit(batch_of(1));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().trouble, Trouble::busy) << refused.error().message;
  holding.abort();
  taken(store->commit(batch_of(1)));
  expect_exactly(*store, 1);
}

TEST_F(Postgres, ADeadlockIsTriedAgain) {
  taken(store->commit(batch_of(1)));
  pqxx::connection other{database.name()};
  pqxx::work holding{other};
  holding.exec("SELECT 1 FROM gcp2.rows FOR UPDATE");
  std::thread blocker{[&] {
    // Behind the store's own wait for the row: then each waits for the other.
    while (database.run("SELECT count(*) FROM pg_locks WHERE NOT granted") == "0")
      std::this_thread::sleep_for(short_while);
    try {
      holding.exec("SELECT 1 FROM gcp2.store FOR UPDATE");
    } catch (const pqxx::pqxx_exception&) {
      // Or this one is chosen to give way.
    }
    holding.abort();
  }};
  Row next = row_of(1);
  next.revision = 2;
  const auto done = store->commit({.puts = {{RowKind::record, next}}, .entries = {entry_of(2)}});
  blocker.join();
  EXPECT_TRUE(done) << done.error().message;
  EXPECT_EQ(taken(store->row(RowKind::record, id_of(1))), next);
  EXPECT_EQ(taken(store->head()).count, 2);
}

TEST_F(Postgres, ASerialisationFailureIsTriedAgain) {
  database.run(
      "CREATE SEQUENCE public.tries; CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE "
      "plpgsql AS $$ BEGIN"
      " IF nextval('public.tries') < 3 THEN"
      " RAISE EXCEPTION 'not now' USING ERRCODE = 'serialization_failure'; END IF;"
      " RETURN NEW; END $$;"
      "CREATE TRIGGER fail BEFORE INSERT ON gcp2.entries FOR EACH ROW EXECUTE FUNCTION "
      "public.fail()");
  taken(store->commit(batch_of(1)));
  expect_exactly(*store, 1);
  database.run("ALTER SEQUENCE public.tries MINVALUE -1000 RESTART WITH -1000");
  const auto refused = store->commit(batch_of(2));
  ASSERT_FALSE(refused) << "but not for ever";
  EXPECT_EQ(refused.error().trouble, Trouble::busy);
  expect_exactly(*store, 1);
}

TEST_F(Postgres, SaysNothingOfWhatWasToBeStored) {
  database.run("ALTER TABLE gcp2.entries ADD CHECK (action <> 'forbidden')");
  for (const std::size_t number : {1U, 20U}) {
    Batch batch;
    for (std::size_t i = 0; i < number; ++i) {
      batch.entries.push_back(entry_of(i));
      batch.entries.back().action = "forbidden";
      batch.entries.back().reason = "tell-tale";
    }
    const auto refused = store->commit(std::move(batch));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().trouble, Trouble::outside);
    for (const char* word : {"forbidden", "tell-tale", "\\x"})
      EXPECT_EQ(refused.error().message.find(word), std::string::npos) << refused.error().message;
    EXPECT_NE(refused.error().message.find("23514"), std::string::npos);
  }
}

TEST_F(Postgres, AConnectionThatWasCutWhileIdleIsMadeAgain) {
  taken(store->commit(batch_of(0)));
  const auto cut = [&] {
    database.run(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  };
  cut();
  EXPECT_EQ(taken(store->head()).count, 1);
  cut();
  taken(store->commit(batch_of(1)));
  cut();
  EXPECT_EQ(rows_in(*store, RowKind::record).size(), 2U);
  cut();
  EXPECT_EQ(taken(store->row(RowKind::record, id_of(1))), row_of(1));
  // What has been shown in part is not begun again.
  int seen = 0;
  for (std::uint64_t i = 2; i < 60; ++i) taken(store->commit(batch_of(i)));
  const auto visited = store->every_row(RowKind::record, [&](RowKind, const Row&) {
    if (++seen == 1) cut();
    return true;
  });
  EXPECT_FALSE(visited);
  EXPECT_LT(seen, 60);
  expect_exactly(*store, 60);
}

TEST_F(Postgres, CommitsOnceThoughItsConnectionsAreTerminated) {
  std::atomic<bool> ended = false;
  std::thread terminator{[&] {
    while (!ended)
      database.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          " WHERE datname = current_database() AND pid <> pg_backend_pid()"
          " AND random() < 0.2");
  }};
  std::uint64_t acknowledged = 0, refused = 0;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const auto done = store->commit(batch_of(i));
    if (done)
      ++acknowledged;
    else
      ++refused;  // five times in a row
  }
  ended = true;
  terminator.join();
  EXPECT_GT(acknowledged, 100U);
  if (refused == 0) expect_exactly(*store, acknowledged);
  expect_whole_chain(*store);
}

class CutWire : public testing::TestWithParam<Wire::Cut> {};
INSTANTIATE_TEST_SUITE_P(At, CutWire,
                         testing::Values(Wire::Cut::before, Wire::Cut::during, Wire::Cut::after),
                         [](const auto& row) {
                           return row.param == Wire::Cut::before   ? "before"
                                  : row.param == Wire::Cut::during ? "during"
                                                                   : "after";
                         });

TEST_P(CutWire, InTheEndOfACopyLeavesAWholeOneOrNone) {
  const Database database;
  Wire wire{cluster_address()};
  const std::string name = wire.address() + database.name().substr(database.name().rfind('/') + 1);
  {
    const auto copy = taken(open_postgres(name, Opening::copy, id_of(1)));
    taken(copy->fill({{RowKind::record, row_of(1)}}, {}));
    wire.cut_next(GetParam());
    const auto done = copy->finish();
    EXPECT_EQ(wire.cuts(), 1);
    const auto whole = open_postgres(name, Opening::existing);
    EXPECT_EQ(static_cast<bool>(done), static_cast<bool>(whole));
    if (whole) {
      EXPECT_EQ(taken((*whole)->row(RowKind::record, id_of(1))), row_of(1));
      return;
    }
  }
  EXPECT_NE(GetParam(), Wire::Cut::after);
  const auto again = taken(open_postgres(name, Opening::copy, id_of(1)));
  taken(again->finish());
}

TEST_P(CutWire, InACommitLeavesNoDoubt) {
  const Database database;
  Wire wire{cluster_address()};
  const std::string name = wire.address() + database.name().substr(database.name().rfind('/') + 1);
  const auto store = taken(open_postgres(name, Opening::fresh));
  std::uint64_t number = 0;
  for (int time = 1; time <= 5; ++time) {
    taken(store->commit(batch_of(number++)));
    wire.cut_next(GetParam());
    const auto done = store->commit(batch_of(number++));
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_EQ(wire.cuts(), time);
    expect_exactly(*store, number);
  }
  // Without entries too: the rows tell.
  wire.cut_next(GetParam());
  EXPECT_TRUE(store->commit({.puts = {{RowKind::involvement, row_of(1)}}}));
  EXPECT_EQ(taken(store->row(RowKind::involvement, id_of(1))), row_of(1));
  wire.cut_next(GetParam());
  EXPECT_TRUE(store->commit({.drops = {{RowKind::involvement, id_of(1)}}}));
  EXPECT_EQ(taken(store->row(RowKind::involvement, id_of(1))), std::nullopt);
  EXPECT_EQ(wire.cuts(), 7);
}

TEST(PostgresServer, ThatCrashesLosesNothingThatWasCommitted) {
  Cluster cluster;
  const Database database{cluster.address()};
  taken(open_postgres(database.name(), Opening::fresh));
  constexpr int writers = 2, crashes = 2;
  std::atomic<bool> ended = false;
  std::vector<std::vector<std::uint64_t>> acknowledged(writers), unknown(writers);
  std::atomic<int> since = 0;
  std::vector<std::thread> threads;
  for (std::uint64_t writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] {
      const auto store = taken(open_postgres(database.name(), Opening::existing));
      for (std::uint64_t i = writer * 1'000'000; !ended; ++i) {
        const auto done = store->commit(batch_of(i));
        (done ? acknowledged : unknown)[writer].push_back(i);
        if (done) ++since;
        if (!done) std::this_thread::sleep_for(std::chrono::milliseconds{20});
      }
    });
  for (int crash = 0; crash < crashes; ++crash) {
    since = 0;
    while (since < 60) std::this_thread::sleep_for(short_while);
    cluster.restart();
  }
  since = 0;
  while (since < 20) std::this_thread::sleep_for(short_while);  // they go on by themselves
  ended = true;
  for (std::thread& thread : threads) thread.join();

  const auto store = taken(open_postgres(database.name(), Opening::existing));
  std::size_t all = 0, refused = 0;
  for (std::size_t writer = 0; writer < writers; ++writer) {
    all += acknowledged[writer].size();
    refused += unknown[writer].size();
    for (const std::uint64_t number : acknowledged[writer])
      ASSERT_TRUE(taken(store->row(RowKind::record, id_of(number)))) << number;
  }
  const std::size_t rows = rows_in(*store, RowKind::record).size();
  EXPECT_GE(rows, all);
  EXPECT_LE(rows, all + refused);
  EXPECT_EQ(static_cast<std::size_t>(taken(store->head()).count), rows) << "each once";
  expect_whole_chain(*store);
}

}  // namespace
}  // namespace gcp2::test
