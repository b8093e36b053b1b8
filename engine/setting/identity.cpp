#include "setting/identity.h"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <utility>

namespace gcp2 {
namespace {

/// The children that any of the hashes leads to.
Allowed<std::set<Id>> led_to(Ring& ring, const std::vector<std::string>& hashes) {
  std::set<Id> found;
  for (const std::string& hash : hashes) {
    const auto here = ring.find(hash);
    if (!here) return failed(here);
    found.insert(here->begin(), here->end());
  }
  return found;
}

/// Whether not a word of two names is the same.
bool are_other_names(const std::string& left, const std::string& right) {
  const auto words = [](const std::string& name) {
    std::istringstream in{normal_name(name)};
    return std::set<std::string>{std::istream_iterator<std::string>{in}, {}};
  };
  const auto one = words(left), another = words(right);
  return !one.empty() && !another.empty() &&
         std::ranges::none_of(one, [&](const std::string& word) { return another.contains(word); });
}

}  // namespace

bool differ(const ChildFacts& known, const ChildFacts& said, const Purpose& purpose) {
  if (known.ref != said.ref) return true;
  if (purpose.code == "record_mistake") return false;
  if (have_other_numbers(known, said)) return true;
  const bool know_birthday = known.date_of_birth && said.date_of_birth;
  if (know_birthday && known.date_of_birth != said.date_of_birth) return true;
  const auto same = [](const std::string& left, const std::string& right) {
    return !left.empty() && left == right;
  };
  return !know_birthday && !same(known.nhs_number, said.nhs_number) && !same(known.upn, said.upn) &&
         are_other_names(known.name, said.name);
}

Allowed<std::vector<Id>> with_rows(Desk::State& desk, std::vector<Id> children) {
  std::vector<Id> kept;
  for (const Id& child : children) {
    const auto row = desk.store().row(RowKind::subject, child);
    if (!row) return failed(row);
    if (*row) kept.push_back(child);
  }
  return kept;
}

Allowed<std::optional<ChildFacts>> known_by_identity(Desk::State& desk, const ChildFacts& said) {
  const auto look_up = desk.named("look_up");
  if (!look_up) return look_up.error();
  ChildFacts without_reference = said;
  without_reference.ref.clear();
  const auto found = led_to(desk.ring(), hashes_of(without_reference, *look_up));
  if (!found) return found.error();
  const auto here = with_rows(desk, {found->begin(), found->end()});
  if (!here) return here.error();
  if (here->size() != 1) return std::optional<ChildFacts>{};
  auto facts = desk.facts(here->front());
  if (!facts) return facts.error();
  if (have_other_numbers(*facts, said)) return std::optional<ChildFacts>{};
  return std::optional{*std::move(facts)};
}

Allowed<std::set<Id>> candidates(Desk::State& desk, const ChildFacts& said, const Secret& look_up) {
  ChildFacts nameless = said;
  nameless.name.clear();
  auto found = led_to(desk.ring(), hashes_of(nameless, look_up));
  if (!found) return found;
  ChildFacts named;
  named.name = said.name;
  named.date_of_birth = said.date_of_birth;
  const auto by_name = led_to(desk.ring(), hashes_of(named, look_up));
  if (!by_name) return by_name;
  const auto is_one = [&](const Id& id) { return by_name->contains(id); };
  if (std::ranges::any_of(*found, is_one)) return found;
  for (const Id& id : *by_name) {
    const auto known = desk.facts(id);
    if (!known && known.error().why != Why::no_such_child && known.error().why != Why::missing_keys)
      return known.error();
    if (!known || known->ref == said.ref || !have_other_numbers(*known, said)) found->insert(id);
  }
  return found;
}

}  // namespace gcp2
