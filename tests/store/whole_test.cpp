// What every engine keeps to: handles, threads, snapshots and filling.
#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include "contract.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

class Whole : public Contract {};
INSTANTIATE_TEST_SUITE_P(Each, Whole, testing::ValuesIn(every_engine), engine_of);

TEST_P(Whole, OpenedForReadingItIsNotChanged) {
  commit({.puts = {{RowKind::record, row_of(1)}}, .entries = {entry_of(1)}});
  const auto reader = place->store(Opening::reading);
  EXPECT_EQ(taken(reader->row(RowKind::record, id_of(1))), row_of(1));
  expect_whole_chain(*reader);
  const auto committed = reader->commit({.entries = {entry_of(2)}});
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().trouble, Trouble::outside);
  EXPECT_FALSE(reader->fill({{RowKind::record, row_of(2)}}, {}));
  EXPECT_EQ(taken(store->head()).count, 1);
}

TEST_P(Whole, TwoHandlesSeeEachOther) {
  const auto other = place->store();
  commit({.puts = {{RowKind::record, row_of(1)}}, .entries = {entry_of(1)}});
  EXPECT_EQ(taken(other->row(RowKind::record, id_of(1))), row_of(1));
  taken(other->commit({.puts = {{RowKind::record, changed(row_of(1))}}, .entries = {entry_of(2)}}));
  EXPECT_EQ(trouble({.puts = {{RowKind::record, changed(row_of(1))}}}), Trouble::conflict);
  EXPECT_EQ(commit({.entries = {entry_of(3)}}).count, 3);
  expect_whole_chain(*other);
}

TEST_P(Whole, ThreadsWriteOneAfterTheOther) {
  constexpr std::uint64_t threads = 3, times = 20;
  std::vector<int> wins(threads, 0);
  std::vector<std::thread> all;
  for (std::uint64_t thread = 0; thread < threads; ++thread)
    all.emplace_back([&, thread] {
      const auto mine = place->store();
      for (std::uint64_t i = 0; i < times; ++i) {
        taken(mine->commit(
            {.puts = {{RowKind::record, row_of(100 * thread + i)}}, .entries = {entry_of(i)}}));
        // All want the same row: one of them gets it.
        const auto tried =
            mine->commit({.puts = {{RowKind::draft, row_of(i)}}, .entries = {entry_of(i)}});
        if (tried)
          ++wins[thread];
        else
          EXPECT_EQ(tried.error().trouble, Trouble::conflict) << tried.error().message;
      }
    });
  for (std::thread& thread : all) thread.join();
  int won = 0;
  for (const int number : wins) won += number;
  EXPECT_EQ(won, static_cast<int>(times));
  EXPECT_EQ(taken(store->head()).count, static_cast<std::int64_t>(threads * times + times));
  EXPECT_EQ(rows_in(*store, RowKind::record).size(), threads * times);
  expect_whole_chain(*store);
}

TEST_P(Whole, ASnapshotIsOfOneState) {
  Batch batch;
  for (std::uint64_t number = 0; number < 700; ++number) {
    batch.puts.push_back({number % 2 == 0 ? RowKind::subject : RowKind::bundle, row_of(number)});
    batch.entries.push_back(entry_of(number));
  }
  commit(std::move(batch));
  const auto writer = place->store();
  std::vector<std::pair<RowKind, Id>> rows;
  std::vector<Entry> entries;
  taken(store->snapshot(
      [&](RowKind table, const Row& row) {
        if (rows.empty())
          taken(writer->commit({.puts = {{RowKind::bundle, row_of(9999)}},
                                .drops = {{RowKind::bundle, id_of(1)}},
                                .entries = {entry_of(1)}}));
        EXPECT_EQ(row.revision, 1);
        rows.emplace_back(table, row.id);
        return true;
      },
      [&](const Entry& entry) {
        if (entries.empty()) taken(writer->commit({.entries = {entry_of(2)}}));
        entries.push_back(entry);
        return true;
      }));
  EXPECT_EQ(rows.size(), 700U);
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end()));
  EXPECT_NE(std::find(rows.begin(), rows.end(), std::pair{RowKind::bundle, id_of(1)}), rows.end());
  EXPECT_EQ(entries.size(), 700U);
  EXPECT_EQ(taken(store->head()).count, 702);

  int seen = 0, told = 0;
  taken(store->snapshot([&](RowKind, const Row&) { return ++seen < 2; },
                        [&](const Entry&) { return ++told < 2; }));
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(told, 0);
  taken(store->snapshot([&](RowKind, const Row&) { return true; },
                        [&](const Entry&) { return ++told < 2; }));
  EXPECT_EQ(told, 2);
}

TEST_P(Whole, ASnapshotFillsAFreshStoreOfAnyEngine) {
  Batch batch;
  for (std::uint64_t number = 0; number < 90; ++number) {
    batch.puts.push_back({all_tables[number % 7], row_of(number)});
    batch.entries.push_back(entry_of(number));
  }
  commit(std::move(batch));
  commit({.puts = {{all_tables[3], changed(row_of(3))}}, .drops = {{all_tables[4], id_of(4)}}});
  for (const Engine engine : every_engine) {
    const auto other_place = place_for(engine);
    auto other = other_place->store(Opening::copy, store->id());
    std::vector<Put> rows;
    std::vector<Entry> entries;
    const auto flush = [&] {
      taken(other->fill(rows, entries));
      rows.clear();
      entries.clear();
    };
    taken(store->snapshot(
        [&](RowKind table, const Row& row) {
          rows.push_back({table, row});
          if (rows.size() == 33) flush();
          return true;
        },
        [&](const Entry& entry) {
          entries.push_back(entry);
          if (entries.size() == 40) flush();
          return true;
        }));
    flush();
    taken(other->finish());
    other = other_place->store();
    EXPECT_EQ(other->id(), store->id());
    for (const RowKind table : all_tables)
      EXPECT_EQ(rows_in(*other, table), rows_in(*store, table));
    EXPECT_EQ(entries_in(*other), entries_in(*store));
    EXPECT_EQ(taken(other->head()), taken(store->head()));
    taken(other->commit(
        {.puts = {{all_tables[3], changed(changed(row_of(3)))}}, .entries = {entry_of(91)}}));
    expect_whole_chain(*other);
  }
}

TEST_P(Whole, WhatDoesNotFollowIsNotFilledIn) {
  Head head;
  std::vector<Entry> entries{entry_of(1), entry_of(2), entry_of(3)};
  chain(head, entries);
  const auto other = place_for(GetParam());
  const auto copy = other->store(Opening::copy);
  const auto refused = [&](const std::vector<Put>& rows, const std::vector<Entry>& some) {
    const auto filled = copy->fill(rows, some);
    return filled ? throw std::runtime_error("it was taken") : filled.error().trouble;
  };
  EXPECT_EQ(refused({{RowKind::record, row_of(1)}}, {entries[1]}), Trouble::damaged);
  EXPECT_EQ(refused({}, {entries[0], entries[2]}), Trouble::damaged);
  std::vector<Entry> forged = entries;
  forged[1].reason = "another";
  EXPECT_EQ(refused({}, forged), Trouble::damaged);
  EXPECT_EQ(refused({{RowKind::record, row_of(1)}, {RowKind::record, changed(row_of(1))}}, entries),
            Trouble::conflict);
  taken(copy->fill({{RowKind::record, row_of(1)}}, {entries[0]}));
  EXPECT_EQ(refused({{RowKind::record, row_of(1)}}, {}), Trouble::conflict);
  // So many that a server takes them all at once.
  std::vector<Put> many;
  for (std::uint64_t number = 30; number > 0; --number)
    many.push_back({RowKind::record, row_of(number)});
  EXPECT_EQ(refused(many, {}), Trouble::conflict);
  taken(copy->fill({}, {entries[1], entries[2]}));
  taken(copy->finish());
  const auto whole = other->store();
  EXPECT_EQ(rows_in(*whole, RowKind::record), std::vector{row_of(1)});
  EXPECT_EQ(taken(whole->head()), head);
}

TEST_P(Whole, ACopyIsSeenByNobodyUntilItIsFinished) {
  const auto other = place_for(GetParam());
  {
    const auto cut_off = other->store(Opening::copy, id_of(5));
    taken(cut_off->fill({{RowKind::record, row_of(1)}}, {}));
    EXPECT_EQ(other->open(Opening::existing).error().trouble, Trouble::absent);
    EXPECT_FALSE(cut_off->commit({.entries = {entry_of(1)}}));
  }
  EXPECT_EQ(other->open(Opening::existing).error().trouble, Trouble::absent);
  const auto copy = other->store(Opening::copy, id_of(6));
  taken(copy->finish());
  EXPECT_FALSE(copy->finish());
  EXPECT_FALSE(copy->fill({}, {}));
  const auto whole = other->store();
  EXPECT_EQ(whole->id(), id_of(6));
  EXPECT_THAT(rows_in(*whole, RowKind::record), IsEmpty());
  EXPECT_EQ(other->open(Opening::copy).error().trouble, Trouble::present);
  taken(whole->commit({.entries = {entry_of(1)}}));
}

TEST_P(Whole, WhatIsThereIsNoCopy) {
  EXPECT_EQ(store->fill({}, {}).error().trouble, Trouble::outside);
  EXPECT_EQ(store->finish().error().trouble, Trouble::outside);
  commit({.entries = {entry_of(1)}});
}

// On a server the second waits, and then finds the first.
TEST(Copies, OfTwoTheFirstThatIsFinishedStands) {
  for (const Engine engine : {Engine::memory, Engine::sqlite}) {
    const auto place = place_for(engine);
    const auto first = place->store(Opening::copy, id_of(1));
    const auto second = place->store(Opening::copy, id_of(2));
    taken(first->finish());
    EXPECT_EQ(second->finish().error().trouble, Trouble::present);
    EXPECT_EQ(place->store()->id(), id_of(1));
  }
}

TEST_P(Whole, AVisitMayThrow) {
  commit({.puts = {{RowKind::record, row_of(1)}}, .entries = {entry_of(1)}});
  const auto bad = [](RowKind, const Row&) -> bool { throw std::logic_error("a bug"); };
  EXPECT_THROW((void)store->every_row(RowKind::record, bad), std::logic_error);
  EXPECT_THROW((void)store->snapshot(bad, {}), std::logic_error);
  EXPECT_EQ(commit({.entries = {entry_of(2)}}).count, 2);
}

TEST(MemoryStore, IsGoneWithItsLastUser) {
  auto place = place_for(Engine::memory);
  auto one = place->store(Opening::fresh, id_of(1));
  auto other = place->store();
  one.reset();
  EXPECT_EQ(place->store()->id(), id_of(1));
  other.reset();
  EXPECT_EQ(place->open(Opening::existing).error().trouble, Trouble::absent);
  EXPECT_EQ(place->store(Opening::fresh, id_of(2))->id(), id_of(2));
}

TEST(Names, SayWhichEngine) {
  EXPECT_EQ(open_store("postgresql://nobody@localhost/x", Opening::existing).error().trouble,
            Trouble::outside);
  EXPECT_EQ(open_store("sqlite:/nowhere/at/all", Opening::existing).error().trouble,
            Trouble::absent);
  EXPECT_EQ(open_store("/nowhere/at/all", Opening::existing).error().trouble, Trouble::absent);
}

TEST(Numbers, StandInTheFilesForEver) {
  const std::vector<std::string_view> names{"subject", "family",      "record", "draft",
                                            "leaf",    "involvement", "bundle", "account"};
  for (std::int64_t number = -1; number < 20; ++number) {
    const auto table = table_from(number);
    ASSERT_EQ(table.has_value(), number >= 1 && number <= 8);
    if (table) {
      EXPECT_EQ(gcp2::name_of(*table), names[static_cast<std::size_t>(number - 1)]);
    }
    EXPECT_EQ(standing_from(number).has_value(), number >= 1 && number <= 5);
  }
  EXPECT_EQ(table_from(257), std::nullopt);
  EXPECT_EQ(standing_from(5), Standing::quarantined);
}

}  // namespace
}  // namespace gcp2::test
