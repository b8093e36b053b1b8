// What every engine keeps to: rows.
#include <gmock/gmock.h>

#include <algorithm>

#include "contract.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Rows : public Contract {};
INSTANTIATE_TEST_SUITE_P(Each, Rows, testing::ValuesIn(every_engine), engine_of);

std::vector<Id> ids(const std::vector<Row>& rows) {
  std::vector<Id> all;
  for (const Row& row : rows) all.push_back(row.id);
  return all;
}

TEST_P(Rows, AStoreHasTheNameThatItWasGiven) {
  EXPECT_EQ(store->id(), id_of(77));
  EXPECT_EQ(place->store()->id(), id_of(77));
  EXPECT_EQ(place->store(Opening::migrate)->id(), id_of(77));
  EXPECT_EQ(place->store(Opening::reading)->id(), id_of(77));
  const auto other = place_for(GetParam());
  EXPECT_FALSE(other->store(Opening::fresh)->id().none()) << "one is made up";
}

TEST_P(Rows, IsThereOrNot) {
  const auto other = place_for(GetParam());
  for (const Opening opening : {Opening::existing, Opening::migrate, Opening::reading}) {
    const auto opened = other->open(opening);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().trouble, Trouble::absent);
  }
  const auto again = place->open(Opening::fresh, id_of(78));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().trouble, Trouble::present);
  EXPECT_EQ(place->store()->id(), id_of(77));
}

TEST_P(Rows, AFreshStoreIsEmpty) {
  EXPECT_EQ(taken(store->head()), Head{});
  EXPECT_THAT(entries_in(*store), IsEmpty());
  for (const RowKind table : all_tables) {
    EXPECT_THAT(rows_in(*store, table), IsEmpty());
    EXPECT_EQ(row(1, table), std::nullopt);
    EXPECT_THAT(taken(store->rows_of(table, id_of(1))), IsEmpty());
  }
  EXPECT_EQ(commit({}), Head{});
}

TEST_P(Rows, WhatIsPutIsThereInEveryField) {
  std::vector<Row> rows;
  for (std::uint64_t number = 0; number < 300; ++number) {
    Row row = row_of(number, number % 7);
    row.standing = *standing_from(static_cast<std::int64_t>(number % 5 + 1));
    row.at = number % 2 == 0 ? -5 : std::int64_t{1} << 62U;
    if (number % 5 == 0) row.owner = row.key = Id{};
    rows.push_back(std::move(row));
  }
  rows[10].sealed = "";
  rows[11].sealed = std::string(std::size_t{1} << 20U, '\0');
  rows[12].sealed = std::string(3, '\0');
  rows[13].sealed = "\\.";
  for (std::size_t i = 0; i < 256; ++i) rows[14].sealed += static_cast<char>(i);
  Batch many;
  for (const Row& row : rows) many.puts.push_back({RowKind::record, row});
  commit(std::move(many));
  for (const Row& one : rows) EXPECT_EQ(taken(store->row(RowKind::record, one.id)), one);
  // One at a time too, and in every table.
  for (const RowKind table : all_tables) {
    if (table == RowKind::record) continue;
    for (std::size_t i = 8; i < 16; ++i) commit({.puts = {{table, rows[i]}}});
    for (std::size_t i = 8; i < 16; ++i)
      EXPECT_EQ(taken(store->row(table, rows[i].id)), rows[i]) << name_of(table);
  }
  const auto again = place->store();
  EXPECT_EQ(rows_in(*again, RowKind::record).size(), rows.size());
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
  EXPECT_EQ(rows_in(*again, RowKind::record), rows);
}

TEST_P(Rows, ARowIsReplacedByItsSuccessorAlone) {
  const Row first = row_of(1), second = changed(first);
  commit({.puts = {{RowKind::record, first}}});
  EXPECT_EQ(trouble({.puts = {{RowKind::record, first}}}), Trouble::conflict);
  EXPECT_EQ(trouble({.puts = {{RowKind::record, changed(second)}}}), Trouble::conflict);
  Row none = first;
  for (const std::int64_t revision : {-1, 0, 1}) {
    none.revision = revision;
    EXPECT_EQ(trouble({.puts = {{RowKind::record, none}}}), Trouble::conflict) << revision;
  }
  EXPECT_EQ(row(1), first);
  commit({.puts = {{RowKind::record, second}}});
  EXPECT_EQ(row(1), second);
  EXPECT_EQ(trouble({.puts = {{RowKind::record, second}}}), Trouble::conflict);
  EXPECT_EQ(
      trouble({.puts = {{RowKind::record, row_of(2)}, {RowKind::record, changed(row_of(3))}}}),
      Trouble::conflict);
  // The same id in another table is another row.
  commit({.puts = {{RowKind::draft, first}}});
  EXPECT_EQ(row(1, RowKind::draft), first);
  EXPECT_EQ(row(1), second);
}

TEST_P(Rows, ABatchIsInOrder) {
  const Row first = row_of(1);
  commit({.puts = {{RowKind::leaf, first}, {RowKind::leaf, changed(first)}}});
  EXPECT_EQ(row(1, RowKind::leaf), changed(first));
  EXPECT_EQ(trouble({.puts = {{RowKind::leaf, row_of(2)}, {RowKind::leaf, row_of(2)}}}),
            Trouble::conflict);
  commit(
      {.puts = {{RowKind::leaf, changed(changed(first))}, {RowKind::leaf, row_of(3)}},
       .drops = {{RowKind::leaf, id_of(1)}, {RowKind::leaf, id_of(1)}, {RowKind::leaf, id_of(9)}}});
  EXPECT_THAT(rows_in(*store, RowKind::leaf), ElementsAre(row_of(3))) << "drops come after puts";
  commit({.puts = {{RowKind::leaf, first}}});
  EXPECT_EQ(row(1, RowKind::leaf), first) << "what was dropped may come again";
}

TEST_P(Rows, WhatABatchNeedsHasToBeThere) {
  commit({.puts = {{RowKind::subject, row_of(1)}}});
  commit({.puts = {{RowKind::record, row_of(2)}}, .needs = {{RowKind::subject, id_of(1)}}});
  for (const Need& absent : {Need{RowKind::subject, id_of(2)}, Need{RowKind::record, id_of(1)}})
    EXPECT_EQ(trouble({.puts = {{RowKind::record, row_of(3)}},
                       .entries = {entry_of(1)},
                       .needs = {{RowKind::subject, id_of(1)}, absent}}),
              Trouble::conflict);
  EXPECT_THAT(rows_in(*store, RowKind::record), ElementsAre(row_of(2)));
  // Before anything else happens: what comes with it is not there yet.
  EXPECT_EQ(
      trouble({.puts = {{RowKind::subject, row_of(4)}}, .needs = {{RowKind::subject, id_of(4)}}}),
      Trouble::conflict);
  commit({.drops = {{RowKind::subject, id_of(1)}}, .needs = {{RowKind::subject, id_of(1)}}});
  EXPECT_EQ(taken(store->head()).count, 0);
}

TEST_P(Rows, ADropCanBeOfOneRevisionAlone) {
  const Row first = row_of(1);
  commit({.puts = {{RowKind::family, first}}});
  commit({.puts = {{RowKind::family, changed(first)}}});
  for (const std::int64_t revision : {1, 3})
    EXPECT_EQ(trouble({.puts = {{RowKind::record, row_of(3)}},
                       .drops = {{RowKind::family, id_of(1), revision}}}),
              Trouble::conflict);
  EXPECT_EQ(trouble({.drops = {{RowKind::family, id_of(2), 1}}}), Trouble::conflict);
  EXPECT_THAT(rows_in(*store, RowKind::record), IsEmpty());
  commit({.drops = {{RowKind::family, id_of(1), 2}}});
  EXPECT_THAT(rows_in(*store, RowKind::family), IsEmpty());
  commit({.puts = {{RowKind::leaf, row_of(5)}}, .drops = {{RowKind::leaf, id_of(5), 1}}});
  EXPECT_THAT(rows_in(*store, RowKind::leaf), IsEmpty());
}

TEST_P(Rows, AllOfABatchOrNothing) {
  commit({.puts = {{RowKind::record, row_of(1)}}, .entries = {entry_of(1)}});
  const Head before = taken(store->head());
  for (const bool many : {false, true}) {
    Batch batch;
    if (many)
      for (std::uint64_t i = 100; i < 400; ++i) batch.puts.push_back({RowKind::record, row_of(i)});
    batch.puts.push_back({RowKind::record, row_of(2)});
    batch.puts.push_back({RowKind::record, row_of(1)});  // is there
    batch.drops = {{RowKind::record, id_of(1)}};
    batch.entries = {entry_of(2), entry_of(3)};
    EXPECT_EQ(trouble(std::move(batch)), Trouble::conflict);
    EXPECT_THAT(rows_in(*store, RowKind::record), ElementsAre(row_of(1)));
    EXPECT_EQ(taken(store->head()), before);
    EXPECT_EQ(entries_in(*store).size(), 1U);
  }
  commit({.puts = {{RowKind::record, row_of(2)}}});
}

TEST_P(Rows, AnOwnersRowsComeOldestFirst) {
  Batch batch;
  for (std::uint64_t number = 0; number < 40; ++number) {
    Row row = row_of(number, number % 2);
    row.at = static_cast<Seconds>(100 - number / 4);  // twos of one owner at the same time
    batch.puts.push_back({RowKind::record, row});
  }
  batch.puts.push_back({RowKind::draft, row_of(50, 0)});
  commit(std::move(batch));
  const std::vector<Row> rows = taken(store->rows_of(RowKind::record, id_of(0)));
  EXPECT_EQ(rows.size(), 20U);
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [](const Row& left, const Row& right) {
    return std::tie(left.at, left.id) < std::tie(right.at, right.id);
  }));
  for (const Row& one : rows) EXPECT_EQ(one.owner, id_of(0));

  Row moved = changed(rows.front());
  moved.owner = id_of(5);
  commit({.puts = {{RowKind::record, moved}}});
  EXPECT_THAT(taken(store->rows_of(RowKind::record, id_of(5))), ElementsAre(moved));
  EXPECT_EQ(taken(store->rows_of(RowKind::record, id_of(0))).size(), 19U);
  commit({.drops = {{RowKind::record, moved.id}}});
  EXPECT_THAT(taken(store->rows_of(RowKind::record, id_of(5))), IsEmpty());
}

TEST_P(Rows, ATableIsVisitedById) {
  Batch batch;
  for (std::uint64_t number = 0; number < 1500; ++number)
    batch.puts.push_back(
        {number % 3 == 0 ? RowKind::involvement : RowKind::record, row_of(number)});
  commit(std::move(batch));
  const std::vector<Id> all = ids(rows_in(*store, RowKind::record));
  EXPECT_EQ(all.size(), 1000U);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  int seen = 0;
  taken(store->every_row(RowKind::record, [&](RowKind, const Row&) { return ++seen < 3; }));
  EXPECT_EQ(seen, 3);
  EXPECT_TRUE(store->head()) << "usable after a visit that was broken off";
}

}  // namespace
}  // namespace gcp2::test
