// From a request for erasure to the end of it.
#pragma once

#include <map>
#include <set>

#include "setting/inside.h"

namespace gcp2 {

/// A hold ends what was asked for or confirmed; `no_such_child` where the erasure has begun.
Allowed<Done> end_erasure(Desk::State& desk, const Id& child, const Purpose& purpose);

/// Where the erasure of a child is; nullopt: none was ever asked for.
Stored<std::optional<Erasure>> erasure_of(Ring& ring, const Id& child);
/// Families whose last child is being erased, or may be the last one.
Stored<std::set<Id>> families_being_erased(Ring& ring);
/// Whether it is confirmed, and not complete.
bool is_under_way(const Erasure& erasure);

/// Who asked for erasures and who confirmed them, as the log has it: what stands in the ring alone
/// erases nobody.
class Agreements {
 public:
  /// Every entry, in order.
  void see(const Entry& entry);
  /// Whether two people agreed on it, and nobody has withdrawn it since.
  [[nodiscard]] bool hold(const Erasure& erasure) const;

 private:
  struct People {
    std::set<Id> asked, confirmed;
  };
  std::map<Id, People> of_;
};

}  // namespace gcp2
