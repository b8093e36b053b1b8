#include "setting/told.h"

#include "setting/rights.h"

namespace gcp2 {

void Told::see(const Entry& entry) {
  if (entry.table != RowKind::account || entry.digest.empty()) return;
  if (entry.action == name_of(Action::log_in))
    log_in(entry);
  else
    tell(entry);
}

std::vector<std::pair<Id, std::int64_t>> Told::others() const {
  auto out = others_;
  for (const auto& [account, early] : early_) out.emplace_back(account, early.number);
  return out;
}

// Somebody can log in while another changes the account, and is before or behind that in the log.
void Told::log_in(const Entry& entry) {
  constexpr Seconds moment = 60;
  const auto known = now_.find(entry.row);
  if (known != now_.end() && known->second == entry.digest) return;
  const auto before = before_.find(entry.row);
  if (before != before_.end() && before->second.digest == entry.digest &&
      entry.at <= before->second.until + moment)
    return;
  const auto [early, is_first] = early_.emplace(entry.row, Early{entry.digest, entry.number});
  if (!is_first && early->second.digest != entry.digest)
    others_.emplace_back(entry.row, entry.number);
}

void Told::tell(const Entry& entry) {
  std::string& known = now_[entry.row];
  before_[entry.row] = {std::exchange(known, entry.digest), entry.at};
  const auto early = early_.find(entry.row);
  if (early == early_.end()) return;
  if (early->second.digest != entry.digest) others_.emplace_back(entry.row, early->second.number);
  early_.erase(early);
}

}  // namespace gcp2
