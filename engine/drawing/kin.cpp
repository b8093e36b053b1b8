#include "drawing/kin.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace gcp2::drawing {
namespace {

constexpr std::size_t most_people = 250;

using Refs = std::unordered_map<std::string_view, std::size_t>;

std::optional<int> year(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return static_cast<int>(date->calendar().year());
}

std::string first_written(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts)
    if (std::string one = plain(text); !one.empty()) return one;
  return {};
}

Person person(const FamilyMember& m, const Assessment& a, const Language& language) {
  const auto carer = std::ranges::find(a.carers, m.carer, &Carer::ref);
  const bool is_carer = !m.carer.empty() && carer != a.carers.end();
  Person p;
  p.name = first_written({m.name, m.is_child ? a.child.name : "", is_carer ? carer->name : "",
                          is_carer ? carer->relationship : "", m.ref,
                          language.say("kin.no_name")});
  if (is_carer) p.relation = plain(carer->relationship);
  p.sex = m.sex == "female" ? Sex::female : m.sex == "male" ? Sex::male : Sex::unknown;
  p.born = year(m.born);
  p.died = year(m.died);
  p.deceased = m.deceased || m.died;
  p.household = m.in_household;
  return p;
}

void insert_once(std::vector<std::size_t>& all, std::size_t one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

/// Whether `ancestor` stands above `person` by the unions so far.
bool is_above(const Kin& kin, std::size_t ancestor, std::size_t person) {
  std::vector<bool> seen(kin.people.size());
  std::vector<std::size_t> open{ancestor};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (at == person) return true;
    if (seen[at]) continue;
    seen[at] = true;
    for (const std::size_t u : kin.unions_of(at))
      open.insert(open.end(), kin.unions[u].children.begin(), kin.unions[u].children.end());
  }
  return false;
}

void add_partners(Kin& kin, Union& u, const FamilyUnion& written, const Refs& refs) {
  for (const std::string& ref : written.between)
    if (const auto found = refs.find(ref); found != refs.end() && u.partners.size() < 2)
      insert_once(u.partners, found->second);
  kin.whole = kin.whole && u.partners.size() == written.between.size();
  // The man stands left where there is one; otherwise the order is the record's.
  if (u.partners.size() == 2 && kin.people[u.partners[1]].sex == Sex::male &&
      kin.people[u.partners[0]].sex != Sex::male)
    std::swap(u.partners[0], u.partners[1]);
}

void add_children(Kin& kin, std::size_t index, const FamilyUnion& written, const Refs& refs) {
  for (const std::string& ref : written.children) {
    const auto found = refs.find(ref);
    const auto& partners = kin.unions[index].partners;
    if (found == refs.end() || std::ranges::any_of(partners, [&](std::size_t partner) {
          return is_above(kin, found->second, partner);
        }))
      kin.whole = false;
    else
      insert_once(kin.unions[index].children, found->second);
  }
}

/// Twins stand together by the earliest date of theirs.
void sort_children(Union& u, const FamilyUnion& written, const Assessment& a, const Refs& refs) {
  const auto& members = a.family.members;
  const auto place = [&u](std::size_t one) { return std::ranges::find(u.children, one); };
  std::vector<std::optional<std::size_t>> group(members.size());
  std::vector<std::optional<Date>> dates(written.twins.size());
  for (std::size_t t = 0; t < written.twins.size(); ++t)
    for (const std::string& ref : written.twins[t]) {
      const auto found = refs.find(ref);
      if (found == refs.end() || place(found->second) == u.children.end()) continue;
      group[found->second] = t;
      const auto& born = members[found->second].born;
      if (born && (!dates[t] || *born < *dates[t])) dates[t] = born;
    }
  std::vector<std::size_t> order(members.size());
  for (std::size_t i = 0; i < u.children.size(); ++i) order[u.children[i]] = i;
  // Undated last; among equals the record's order, with twins of one birth side by side.
  const auto key = [&](std::size_t one) {
    const auto& date = group[one] ? dates[*group[one]] : members[one].born;
    return std::tuple{!date, date, group[one] ? *group[one] : written.twins.size(), order[one]};
  };
  std::ranges::sort(u.children, {}, key);
  u.twins.resize(written.twins.size());
  for (const std::size_t one : u.children)
    if (group[one]) u.twins[*group[one]].push_back(one);
  std::erase_if(u.twins, [](const auto& twins) { return twins.size() < 2; });
}

void mark_child(Kin& kin, const std::vector<FamilyMember>& members) {
  for (std::size_t i = 0; i < kin.people.size() && !kin.child; ++i)
    if (members[i].is_child) kin.child = i;
  if (kin.child) kin.people[*kin.child].child = kin.people[*kin.child].household = true;
}

}  // namespace

bool Kin::household_known() const {
  return std::ranges::any_of(people, [](const Person& p) { return p.household && !p.child; });
}

std::vector<std::size_t> Kin::unions_of(std::size_t person) const {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < unions.size(); ++i)
    if (std::ranges::find(unions[i].partners, person) != unions[i].partners.end())
      all.push_back(i);
  return all;
}

std::optional<std::size_t> Kin::parents_of(std::size_t person) const {
  for (std::size_t i = 0; i < unions.size(); ++i)
    if (std::ranges::find(unions[i].children, person) != unions[i].children.end()) return i;
  return std::nullopt;
}

Kin kin_of(const Assessment& a, const Language& language) {
  Kin kin;
  if (a.family.members.empty()) {
    kin.people.push_back({.name = child_name(a, kin, language),
                          .born = year(a.child.date_of_birth),
                          .child = true,
                          .household = true});
    kin.child = 0;
    kin.whole = a.family.unions.empty();
    return kin;
  }
  const auto& members = a.family.members;
  Refs refs;
  for (std::size_t i = 0; i < std::min(members.size(), most_people); ++i) {
    kin.people.push_back(person(members[i], a, language));
    kin.whole = refs.emplace(members[i].ref, i).second && kin.whole;
  }
  kin.members = kin.people.size();
  kin.whole = kin.whole && members.size() <= most_people && a.family.unions.size() <= most_people;
  mark_child(kin, members);
  for (const FamilyUnion& written : a.family.unions) {
    if (kin.unions.size() == most_people) break;
    Union& u = kin.unions.emplace_back();
    u.kind = written.kind;
    add_partners(kin, u, written, refs);
    add_children(kin, kin.unions.size() - 1, written, refs);
    sort_children(u, written, a, refs);
    if (u.partners.size() + u.children.size() < 2) {
      kin.whole = false;
      kin.unions.pop_back();
    }
  }
  return kin;
}

std::optional<std::size_t> person_of(const Assessment& a, const Kin& kin, std::string_view ref) {
  const auto& members = a.family.members;
  const auto found = std::ranges::find(members, ref, &FamilyMember::ref);
  const auto index = static_cast<std::size_t>(found - members.begin());
  if (found == members.end() || index >= kin.members) return std::nullopt;
  return index;
}

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool gap = byte <= 0x20 || byte == 0x7f;
    if (!gap) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string listed(const Language& language, const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += i + 1 == parts.size() ? " " + language.say("word.and") + " " : ", ";
    out += parts[i];
  }
  return out;
}

std::string child_name(const Assessment& a, const Kin& kin, const Language& language) {
  if (kin.child && !kin.people.empty()) return kin.people[*kin.child].name;
  return first_written({a.child.name, a.child.ref, language.say("kin.the_child")});
}

}  // namespace gcp2::drawing
