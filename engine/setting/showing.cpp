#include <utility>

#include "setting/kept.h"

namespace gcp2 {
namespace {

/// Logs what was looked at, then sees where the log ends: what is given is in it.
Allowed<Shown> shown(Desk::State& desk, Act& act, ChildFacts child, std::vector<Kept> all) {
  for (const Kept& each : all) act.looked_at(each.table, each.row);
  if (const auto logged = act.done(); !logged) return logged.error();
  const auto head = desk.store().head();
  if (!head) return failed(head);
  Shown out{std::move(child), {}, {}, *head};
  for (Kept& each : all) {
    if (each.row.standing == Standing::superseded)
      out.superseded.emplace_back(each.document.text_at("id"));
    out.documents.push_back(std::move(each.document));
  }
  return out;
}

Allowed<Shown> whole_child(Desk::State& desk, Act& act, const Id& child) {
  if (auto no = act.barred()) return *std::move(no);
  if (auto no = act.barred_from(child)) return *std::move(no);
  auto facts = desk.facts(child);
  if (!facts) return act.refuse(facts.error());
  auto all = all_kept(desk, child);
  if (!all) return act.refuse(all.error());
  return shown(desk, act, *std::move(facts), *std::move(all));
}

constexpr Action action_of(Showing showing) {
  if (showing == Showing::hand_out) return Action::export_child;
  return showing == Showing::print ? Action::print : Action::read;
}

}  // namespace

Allowed<Shown> Desk::show(const std::vector<Id>& records, Showing showing, const Purpose& purpose) {
  Act act{*state_, action_of(showing), purpose};
  if (auto no = act.barred()) return *std::move(no);
  std::optional<Id> child;
  for (const Id& record : records) {
    const auto owner = owner_of(*state_, record);
    if (!owner) return act.refuse(owner.error());
    if (child && *child != *owner) return act.refuse(Why::several_children);
    child = *owner;
  }
  if (!child) return act.refuse(Why::no_such_record);
  if (auto no = act.barred_from(*child)) return *std::move(no);
  auto facts = state_->facts(*child);
  if (!facts) return act.refuse(facts.error());
  std::vector<Kept> all;
  for (const Id& record : records) {
    auto one = kept(*state_, record);
    if (!one) return act.refuse(one.error());
    all.push_back(*std::move(one));
  }
  return shown(*state_, act, *std::move(facts), std::move(all));
}

Allowed<Shown> Desk::show_child(const Id& child, Showing showing, const Purpose& purpose) {
  Act act{*state_, action_of(showing), purpose};
  return whole_child(*state_, act, child);
}

Allowed<Shown> Desk::export_child(const Id& child, const Purpose& purpose) {
  Act act{*state_, Action::export_child, purpose};
  return whole_child(*state_, act, child);
}

}  // namespace gcp2
