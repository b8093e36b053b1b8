// Stores of every engine, each in a place of its own that is gone with the test.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "gcp2/store.h"

namespace gcp2::test {

enum class Engine { memory, sqlite, postgres };
inline constexpr Engine every_engine[] = {Engine::memory, Engine::sqlite, Engine::postgres};
std::string name_of(Engine engine);

class Place {
 public:
  Place() = default;
  virtual ~Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual Stored<std::unique_ptr<Store>> open(Opening opening, const Id& fresh_id = {}) = 0;

  /// Must succeed.
  std::unique_ptr<Store> store(Opening opening = Opening::existing, const Id& fresh_id = {});
};
std::unique_ptr<Place> place_for(Engine engine);

/// The same number, the same id; none of them is none.
Id id_of(std::uint64_t number);
/// A row of that id, revision 1, and something sealed that is its own.
Row row_of(std::uint64_t number, std::uint64_t owner = 1);
Put put_of(RowKind table, Row row);
/// An entry with something in every field.
Entry entry_of(std::uint64_t number);

/// The result must be there.
template <class T>
T taken(Stored<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

std::vector<Row> rows_in(Store& store, RowKind table);
std::vector<Entry> entries_in(Store& store, std::int64_t from = 1);
/// Whether the entries are the whole chain that leads to the head.
void expect_whole_chain(Store& store);

}  // namespace gcp2::test

namespace gcp2 {
bool operator==(const Row& left, const Row& right);
bool operator==(const Entry& left, const Entry& right);
void PrintTo(const Row& row, std::ostream* out);
void PrintTo(const Entry& entry, std::ostream* out);
void PrintTo(const Head& head, std::ostream* out);
void PrintTo(Trouble trouble, std::ostream* out);
}  // namespace gcp2
