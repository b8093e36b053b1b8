// A PostgreSQL server whose disk is full: what is read is logged all the same.
#include <gtest/gtest.h>

#include "database.h"
#include "folder.h"
#include "gcp2/postgres.h"
#include "places.h"
#include "small_disk.h"

namespace gcp2::test {
namespace {

constexpr std::int64_t whole = std::int64_t{1} << 20;

Batch record(std::uint64_t number) {
  Row row = row_of(number, number % 5);
  row.sealed.resize(40'000, static_cast<char>(number));
  return {.puts = {{RowKind::record, row}}, .entries = {entry_of(number)}};
}

TEST(FullServer, StillLetsReadingBeLogged) {
  const Folder folder;
  on_small_disk(folder.path(), 24, [&] {
    const Cluster cluster;
    const Database database{cluster.address(), folder.path()};
    const auto kept = [&] {
      return std::stoll(database.run("SELECT pg_relation_size('gcp2.spare')"));
    };
    const auto store = taken(open_postgres(database.name(), Opening::fresh));
    expect_there(kept() >= whole, "the room is kept from the beginning");
    std::uint64_t number = 0;
    for (; number < 50; ++number) taken(store->commit(record(number)));
    fill_up(folder.path());
    for (;; ++number) {
      const auto done = store->commit(record(number));
      if (done) continue;
      expect_there(done.error().trouble == Trouble::no_room, done.error().message.c_str());
      break;
    }
    // In the end with the room that was kept, and then for long.
    std::int64_t logged = 0, behind = 0;
    for (; behind < 500 && logged < 20'000; ++logged) {
      const auto done = store->commit({.entries = {entry_of(1)}});
      expect_there(bool{done}, done ? "logged" : done.error().message.c_str());
      behind += kept() < whole;
    }
    expect_there(behind == 500, "the room was given back");
    const auto again = taken(open_postgres(database.name(), Opening::existing));
    expect_there(bool{again->commit({.entries = {entry_of(1)}})}, "logged after opening again");
    for (const auto* each : {store.get(), again.get()}) {
      const auto refused = const_cast<Store*>(each)->commit(record(number));
      expect_there(!refused && refused.error().trouble == Trouble::no_room,
                   "what was given back is for the log alone");
    }
    expect_there(bool{store->commit({.entries = {entry_of(1)}})}, "logged after that");
    expect_there(rows_in(*store, RowKind::record).size() == number, "all rows are there");
    Head head;
    for (const Entry& entry : entries_in(*store))
      expect_there(follows(head, entry), "the chain is whole");

    std::filesystem::remove(folder.path("full"));
    expect_there(bool{store->commit(record(number))}, "there is room again");
    expect_there(kept() >= whole, "and it is kept again");
  });
}

}  // namespace
}  // namespace gcp2::test
