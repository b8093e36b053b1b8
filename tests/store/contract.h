// What every engine keeps to: the store that a contract's tests are about.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>

#include "places.h"

namespace gcp2::test {

class Contract : public testing::TestWithParam<Engine> {
 protected:
  std::unique_ptr<Place> place = place_for(GetParam());
  std::unique_ptr<Store> store = place->store(Opening::fresh, id_of(77));

  Trouble trouble(Batch batch) {
    const Stored<Head> result = store->commit(std::move(batch));
    return result ? throw std::runtime_error("it was taken") : result.error().trouble;
  }
  Head commit(Batch batch) { return taken(store->commit(std::move(batch))); }
  std::optional<Row> row(std::uint64_t number, RowKind table = RowKind::record) {
    return taken(store->row(table, id_of(number)));
  }
};

inline std::string engine_of(const testing::TestParamInfo<Engine>& row) {
  return name_of(row.param);
}

/// Its successor, with other content.
inline Row changed(Row row) {
  ++row.revision;
  ++row.at;
  row.sealed += " changed";
  return row;
}

}  // namespace gcp2::test
