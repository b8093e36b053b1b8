// A school whose store can be told to write no more, or in whose store others are at work.
#pragma once

#include <functional>
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

/// A store behind whose next commit others do something.
class Interrupted final : public HandedOn {
 public:
  Interrupted(std::unique_ptr<Store> real, std::function<void()>& meanwhile)
      : HandedOn{std::move(real)}, meanwhile_{meanwhile} {}
  Stored<Head> commit(Batch batch) override {
    auto done = HandedOn::commit(std::move(batch));
    if (meanwhile_) std::exchange(meanwhile_, nullptr)();
    return done;
  }

 private:
  std::function<void()>& meanwhile_;
};

/// The means of the school, with that before its store.
template <class Between, class Told>
Means with(const School& school, Told& told) {
  Means means = school.means;
  means.open_records = [&told](std::string_view name, Opening opening,
                               const Id& id) -> Stored<std::unique_ptr<Store>> {
    auto real = open_store(name, opening, id);
    if (!real) return real.error();
    return std::unique_ptr<Store>{std::make_unique<Between>(*std::move(real), told)};
  };
  return means;
}
inline Means reluctant(const School& school, const bool& willing) {
  return with<Reluctant>(school, willing);
}
inline Means interrupted(const School& school, std::function<void()>& meanwhile) {
  return with<Interrupted>(school, meanwhile);
}

}  // namespace gcp2::test
