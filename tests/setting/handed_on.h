// A store before another one, to which it hands everything on: for what comes between.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "gcp2/store.h"

namespace gcp2::test {

class HandedOn : public Store {
 public:
  explicit HandedOn(std::unique_ptr<Store> real) : real_{std::move(real)} {}
  [[nodiscard]] Id id() const override { return real_->id(); }
  Stored<std::optional<Row>> row(RowKind table, const Id& id) override {
    return real_->row(table, id);
  }
  Stored<std::vector<Row>> rows_of(RowKind table, const Id& owner) override {
    return real_->rows_of(table, owner);
  }
  Stored<Done> every_row(RowKind table, const Visit& visit) override {
    return real_->every_row(table, visit);
  }
  Stored<Head> head() override { return real_->head(); }
  Stored<Done> entries_from(std::int64_t number, const VisitEntry& visit) override {
    return real_->entries_from(number, visit);
  }
  Stored<Done> snapshot(const Visit& rows, const VisitEntry& entries) override {
    return real_->snapshot(rows, entries);
  }
  Stored<Head> commit(Batch batch) override { return real_->commit(std::move(batch)); }
  Stored<Done> fill(const std::vector<Put>& rows, const std::vector<Entry>& entries) override {
    return real_->fill(rows, entries);
  }
  Stored<Done> finish() override { return real_->finish(); }

 private:
  std::unique_ptr<Store> real_;
};

}  // namespace gcp2::test
