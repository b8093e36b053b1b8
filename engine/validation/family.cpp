#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "validation/rules.h"

namespace gcp2::rules {
namespace {

using Places = std::unordered_map<std::string_view, std::size_t>;

std::string member_entry(std::size_t index, std::string_view key = {}) {
  return "/family" + entry("members", index, key);
}
std::string union_entry(std::size_t index, std::string_view key = {}) {
  return "/family" + entry("unions", index, key);
}

/// Where each ref stands first; a ref that stands again is found.
Places places(const Case& c) {
  Places all;
  const auto& members = c.assessment.family.members;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (!all.emplace(members[i].ref, i).second)
      c.add(Severity::error, "member_twice", member_entry(i, "ref"));
  return all;
}

void check_members(const Case& c) {
  const Assessment& a = c.assessment;
  bool has_child = false;
  for (std::size_t i = 0; i < a.family.members.size(); ++i) {
    const FamilyMember& m = a.family.members[i];
    if (m.is_child && std::exchange(has_child, true))
      c.add(Severity::error, "two_are_the_child", member_entry(i, "is_child"));
    if (m.is_child && m.born && a.child.date_of_birth && m.born != a.child.date_of_birth)
      c.add(Severity::query, "child_born_twice", member_entry(i, "born"));
    if (!m.carer.empty() && std::ranges::find(a.carers, m.carer, &Carer::ref) == a.carers.end())
      c.add(Severity::error, "unknown_carer", member_entry(i, "carer"));
    if (m.born && m.died && *m.died < *m.born)
      c.add(Severity::error, "died_before_born", member_entry(i, "died"));
    if (m.born && a.window_to && *a.window_to < *m.born)
      c.add(Severity::query, "born_after_window", member_entry(i, "born"));
    if (m.died && c.as_of < *m.died)
      c.add(Severity::query, "future_date", member_entry(i, "died"), {},
            {{"as_of", c.as_of.text()}});
  }
}

void check_refs(const Case& c, const Places& known, const std::vector<std::string>& refs,
                const std::string& pointer) {
  for (std::size_t i = 0; i < refs.size(); ++i)
    if (!known.contains(refs[i]))
      c.add(Severity::error, "unknown_member", pointer + "/" + std::to_string(i));
}

void check_twins(const Case& c, const Places& known, const FamilyUnion& u, std::size_t index) {
  const std::unordered_set<std::string_view> children{u.children.begin(), u.children.end()};
  for (std::size_t t = 0; t < u.twins.size(); ++t) {
    const std::string pointer = union_entry(index, "twins/" + std::to_string(t) + "/children");
    check_refs(c, known, u.twins[t], pointer);
    for (std::size_t i = 0; i < u.twins[t].size(); ++i)
      if (known.contains(u.twins[t][i]) && !children.contains(u.twins[t][i]))
        c.add(Severity::error, "twin_of_another_union", pointer + "/" + std::to_string(i));
  }
}

void check_unions(const Case& c, const Places& known) {
  const auto& unions = c.assessment.family.unions;
  for (std::size_t i = 0; i < unions.size(); ++i) {
    const FamilyUnion& u = unions[i];
    const std::string between = union_entry(i, "between");
    if (u.between.empty() || u.between.size() > 2)
      c.add(Severity::error, "union_of_how_many", between, {},
            {{"number", std::to_string(u.between.size())}});
    if (u.between.size() == 2 && u.between[0] == u.between[1])
      c.add(Severity::error, "union_with_oneself", between + "/1");
    check_refs(c, known, u.between, between);
    check_refs(c, known, u.children, union_entry(i, "children"));
    check_twins(c, known, u, i);
  }
}

/// From every member to others, one way or the other.
using Links = std::vector<std::vector<std::size_t>>;

/// Takes away whoever nobody is left above, until nobody can be taken.
void peel(std::vector<bool>& left, const Links& above, const Links& below) {
  std::vector<std::size_t> number_above(left.size());
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!left[i]) continue;
    number_above[i] = static_cast<std::size_t>(
        std::ranges::count_if(above[i], [&](std::size_t one) { return left[one]; }));
    if (number_above[i] == 0) free.push_back(i);
  }
  while (!free.empty()) {
    const std::size_t one = free.back();
    free.pop_back();
    left[one] = false;
    for (const std::size_t next : below[one])
      if (left[next] && --number_above[next] == 0) free.push_back(next);
  }
}

/// Whoever is left once everyone without parents and then everyone without children is taken away
/// stands in a circle of parents and children, or between two.
void check_ancestors(const Case& c, const Places& known) {
  const Family& family = c.assessment.family;
  Links parents(family.members.size());
  Links children(family.members.size());
  for (const FamilyUnion& u : family.unions)
    for (const std::string& parent : u.between)
      for (const std::string& child : u.children)
        if (const auto p = known.find(parent), k = known.find(child);
            p != known.end() && k != known.end()) {
          parents[k->second].push_back(p->second);
          children[p->second].push_back(k->second);
        }
  std::vector<bool> left(family.members.size(), true);
  peel(left, parents, children);
  peel(left, children, parents);
  for (std::size_t i = 0; i < left.size(); ++i)
    if (left[i]) c.add(Severity::error, "own_ancestor", member_entry(i));
}

void check_ties(const Case& c, const Places& known) {
  const auto& ties = c.assessment.family.ties;
  for (std::size_t i = 0; i < ties.size(); ++i) {
    const std::string place = "/family" + entry("ties", i);
    if (!known.contains(ties[i].from))
      c.add(Severity::error, "unknown_member", place + "/from");
    const auto& agencies = c.assessment.agencies;
    if (!known.contains(ties[i].to) &&
        std::ranges::find(agencies, ties[i].to, &Agency::name) == agencies.end())
      c.add(Severity::error, "unknown_tie", place + "/to");
  }
}

}  // namespace

void check_family(const Case& c) {
  const Places known = places(c);
  check_members(c);
  check_unions(c, known);
  check_ancestors(c, known);
  check_ties(c, known);
}

void check_events(const Case& c) {
  const auto& events = c.assessment.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!events[i].on)
      c.add(Severity::query, "event_undated", entry("events", i));
    else if (c.as_of < *events[i].on)
      c.add(Severity::query, "future_date", entry("events", i, "on"), {},
            {{"as_of", c.as_of.text()}});
  }
}

void check_earlier(const Case& c) {
  const Assessment& a = c.assessment;
  for (std::size_t i = 0; i < a.earlier.size(); ++i) {
    if (!is_uuid(a.earlier[i]))
      c.add(Severity::error, "not_a_uuid", entry("earlier", i));
    else if (a.earlier[i] == a.id)
      c.add(Severity::error, "earlier_than_itself", entry("earlier", i));
  }
}

}  // namespace gcp2::rules
