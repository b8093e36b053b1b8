// What the log knows of erasures: the ring's word alone erases nobody, and keeps no request.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "gcp2/ring.h"

namespace gcp2 {

/// Whether it is confirmed, and not complete.
bool is_under_way(const Erasure& erasure);

/// Who asked for erasures and who confirmed them, as the log has it.
class Agreements {
 public:
  /// Every entry, in order.
  void see(const Entry& entry);
  /// Whether two people agreed on it, and nobody has withdrawn it since.
  [[nodiscard]] bool hold(const Erasure& erasure) const;
  /// Children whose erasure was asked for, and neither confirmed nor withdrawn since.
  [[nodiscard]] std::vector<Id> asked() const;

 private:
  struct People {
    std::set<Id> asked, confirmed;
  };
  std::map<Id, People> of_;
};

}  // namespace gcp2
