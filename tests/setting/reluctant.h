// A school whose store can be told to write no more.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "handed_on.h"
#include "school.h"

namespace gcp2::test {

/// A store that writes nothing while it is not willing.
class Reluctant final : public HandedOn {
 public:
  Reluctant(std::unique_ptr<Store> real, const bool& willing)
      : HandedOn{std::move(real)}, willing_{willing} {}
  Stored<Head> commit(Batch batch) override {
    if (!willing_) return StoreError{Trouble::outside, "not now"};
    return HandedOn::commit(std::move(batch));
  }

 private:
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
