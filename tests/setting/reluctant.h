// A school whose store can be told to write no more.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "school.h"

namespace gcp2::test {

/// A store that can be told to write no more.
class Reluctant final : public Store {
 public:
  Reluctant(std::unique_ptr<Store> real, const bool& willing)
      : real_{std::move(real)}, willing_{willing} {}
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
  Stored<Head> commit(Batch batch) override {
    if (!willing_) return StoreError{Trouble::outside, "not now"};
    return real_->commit(std::move(batch));
  }
  Stored<Done> fill(const std::vector<Put>& rows, const std::vector<Entry>& entries) override {
    return real_->fill(rows, entries);
  }
  Stored<Done> finish() override { return real_->finish(); }

 private:
  std::unique_ptr<Store> real_;
  const bool& willing_;
};

/// The means of the school, with a store that writes while it is willing.
inline Means reluctant(const School& school, const bool& willing) {
  Means means = school.means;
  means.open_records = [&willing](std::string_view name, Opening opening,
                                  const Id& id) -> Stored<std::unique_ptr<Store>> {
    auto real = open_store(name, opening, id);
    if (!real) return real.error();
    return std::unique_ptr<Store>{std::make_unique<Reluctant>(*std::move(real), willing)};
  };
  return means;
}

}  // namespace gcp2::test
