#include "drawing/words.h"

#include <algorithm>
#include <initializer_list>

#include "drawing/symbols.h"

namespace gcp2::drawing {
namespace {

constexpr double label_width = 82;
constexpr std::size_t most_lines = 3;

std::string_view known(std::string_view word, std::initializer_list<std::string_view> words) {
  const auto* found = std::ranges::find(words, word);
  return found == words.end() ? std::string_view{} : *found;
}

std::string person_in_words(const Person& p, const Language& language) {
  std::vector<std::string> parts{p.name};
  if (p.child) parts.push_back(language.say("kin.is_child"));
  if (!p.relation.empty()) parts.push_back(language.say("kin.carer", {{"relation", p.relation}}));
  parts.push_back(language.say(p.sex == Sex::female ? "kin.female"
                               : p.sex == Sex::male ? "kin.male"
                                                    : "kin.sex_unknown"));
  if (std::string years = years_of(p, language); !years.empty()) parts.push_back(std::move(years));
  if (p.household && !p.child) parts.push_back(language.say("kin.lives_there"));
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out + ".";
}

std::string union_in_words(const Union& u, const Kin& kin, const Language& language) {
  const auto names = [&](const std::vector<std::size_t>& people) {
    std::vector<std::string> all;
    for (const std::size_t one : people) all.push_back(kin.people[one].name);
    return listed(language, all);
  };
  std::string out;
  if (u.partners.size() == 2) {
    const std::string_view kind = known_union(u.kind);
    out = language.say("kin.union." + std::string{kind.empty() ? "unknown" : kind},
                       {{"names", names(u.partners)}});
  }
  if (!u.children.empty()) {
    if (!out.empty()) out += " ";
    out += u.partners.empty()
               ? language.say("kin.siblings", {{"children", names(u.children)}})
               : language.say(u.children.size() == 1 ? "kin.child_of" : "kin.children_of",
                              {{"parents", names(u.partners)}, {"children", names(u.children)}});
  }
  for (const auto& twins : u.twins)
    out += " " + language.say("kin.born_together", {{"names", names(twins)}});
  return out;
}

}  // namespace

std::vector<Line> label_of(const Person& p, const Language& language) {
  std::vector<Line> lines;
  for (std::string& line : broken(p.name, letter_size * 1.08, label_width, most_lines))
    lines.push_back({.text = std::move(line), .bold = p.child});
  const auto add = [&lines](std::string_view text, std::size_t most) {
    for (std::string& line : broken(text, letter_size, label_width, most))
      lines.push_back({.text = std::move(line), .ink = Ink::quiet});
  };
  if (p.relation != p.name) add(p.relation, 2);
  add(years_of(p, language), 2);
  return lines;
}

std::string years_of(const Person& p, const Language& language) {
  if (p.died) {
    const std::string died = std::to_string(*p.died);
    if (p.born)
      return language.say("kin.years", {{"born", std::to_string(*p.born)}, {"died", died}});
    return language.say("kin.died", {{"year", died}});
  }
  std::string born;
  if (p.born) born = language.say("kin.born", {{"year", std::to_string(*p.born)}});
  if (!p.deceased) return born;
  return born.empty() ? language.say("kin.deceased")
                      : born + ", " + language.say("kin.deceased");
}

std::string family_in_words(const Kin& kin, const Language& language) {
  std::string out;
  const auto add = [&out](const std::string& sentence) {
    out += (out.empty() ? "" : " ") + sentence;
  };
  for (const Person& p : kin.people) add(person_in_words(p, language));
  for (const Union& u : kin.unions) add(union_in_words(u, kin, language));
  if (kin.people.size() == 1 && kin.unions.empty()) add(language.say("kin.nobody_else"));
  if (!kin.child) add(language.say("kin.child_unknown"));
  if (!kin.whole) add(language.say("kin.left_out"));
  return out;
}

std::string tie_in_words(const Language& language, const std::string& from, const std::string& to,
                         std::string_view kind) {
  const std::string_view word = known_tie(kind);
  return language.say("kin.tie." + std::string{word.empty() ? "plain" : word},
                      {{"from", from}, {"to", to}});
}

std::string_view known_tie(std::string_view kind) {
  return known(kind, {"strong", "weak", "stressful"});
}

std::string_view known_union(std::string_view kind) {
  return known(kind, {"married", "partners", "separated", "divorced"});
}

}  // namespace gcp2::drawing
