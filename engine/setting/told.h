// What the log tells of accounts: the ring's word alone makes nobody another one.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gcp2/store.h"

namespace gcp2 {

/// The digests that entries tell, one after another, and those that accounts had when they logged
/// in. Of no account (an id that is none) they are of the setting's own secrets.
class Told {
 public:
  /// Every entry, in order.
  void see(const Entry& entry);
  /// The last digest of each.
  [[nodiscard]] const std::map<Id, std::string>& now() const { return now_; }
  /// Log-ins, by account and entry, of accounts that were what no entry tells of them.
  [[nodiscard]] std::vector<std::pair<Id, std::int64_t>> others() const;

 private:
  struct Before {
    std::string digest;
    Seconds until = 0;
  };
  struct Early {
    std::string digest;
    std::int64_t number = 0;
  };
  void log_in(const Entry& entry);
  void tell(const Entry& entry);

  std::map<Id, std::string> now_;
  std::map<Id, Before> before_;
  std::map<Id, Early> early_;  ///< the change is told behind the log-in, or never
  std::vector<std::pair<Id, std::int64_t>> others_;
};

}  // namespace gcp2
