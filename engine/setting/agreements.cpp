#include "setting/agreements.h"

#include "setting/rights.h"

namespace gcp2 {

bool is_under_way(const Erasure& erasure) {
  return erasure.step == ErasureStep::confirmed || erasure.step == ErasureStep::begun;
}

void Agreements::see(const Entry& entry) {
  if (entry.outcome != "done") return;
  if (entry.action == name_of(Action::ask_erasure)) of_[entry.subject].asked.insert(entry.actor);
  if (entry.action == name_of(Action::withdraw_erasure)) of_.erase(entry.subject);
  const auto people = of_.find(entry.subject);
  if (people != of_.end() && entry.action == name_of(Action::confirm_erasure))
    people->second.confirmed.insert(entry.actor);
}

bool Agreements::hold(const Erasure& erasure) const {
  const auto people = of_.find(erasure.subject);
  return people != of_.end() && erasure.asked_by != erasure.confirmed_by &&
         people->second.asked.contains(erasure.asked_by) &&
         people->second.confirmed.contains(erasure.confirmed_by);
}

std::vector<Id> Agreements::asked() const {
  std::vector<Id> out;
  for (const auto& [child, people] : of_)
    if (people.confirmed.empty()) out.push_back(child);
  return out;
}

}  // namespace gcp2
