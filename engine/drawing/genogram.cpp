#include <algorithm>

#include "drawing/household.h"
#include "drawing/plan.h"
#include "drawing/symbols.h"
#include "drawing/words.h"
#include "gcp2/drawing.h"

namespace gcp2 {
namespace {

using namespace drawing;

constexpr double half_symbol = symbol_size / 2;

void add_bond(Picture& picture, const Union& u, const Bond& bond, const Plan& plan) {
  if (bond.beside) {
    Point left = plan.places[u.partners[0]].middle;
    Point right = plan.places[u.partners[1]].middle;
    if (right.x < left.x) std::swap(left, right);
    left.x += half_symbol;
    right.x -= half_symbol;
    return add_union_line(picture, left, right, known_union(u.kind));
  }
  for (std::size_t i = 0; i < u.partners.size(); ++i) {
    const Place& place = plan.places[u.partners[i]];
    const double top = plan.rows[place.row].label_top + height_of(place.label, letter_size);
    const double end = bond.stubs.size() == 2 ? bond.bar_y : bond.drop.y;
    add_line(picture, {bond.stubs[i], top}, {bond.stubs[i], end});
  }
  if (bond.stubs.size() != 2) return;
  const auto [from, to] = std::ranges::minmax(bond.stubs);
  add_union_line(picture, {from, bond.bar_y}, {to, bond.bar_y}, known_union(u.kind));
}

/// The child's line ends at the top of its symbol.
Point top_of(const Plan& plan, std::size_t person) {
  const Point middle = plan.places[person].middle;
  return {middle.x, middle.y - half_symbol};
}

void add_children(Picture& picture, const Union& u, const Bond& bond, const Plan& plan) {
  if (u.children.empty()) return;
  std::vector<double> hang{bond.drop.x};
  std::vector<std::size_t> alone = u.children;
  for (const auto& twins : u.twins) {
    double apex = 0;
    for (const std::size_t one : twins)
      apex += plan.places[one].middle.x / static_cast<double>(twins.size());
    hang.push_back(apex);
    for (const std::size_t one : twins) {
      add_line(picture, {apex, bond.sibship_y}, top_of(plan, one));
      std::erase(alone, one);
    }
  }
  for (const std::size_t one : alone) {
    const Point top = top_of(plan, one);
    hang.push_back(top.x);
    add_line(picture, {top.x, bond.sibship_y}, top);
  }
  const auto [from, to] = std::ranges::minmax(hang);
  add_line(picture, bond.drop, {bond.drop.x, bond.sibship_y});
  add_line(picture, {from, bond.sibship_y}, {to, bond.sibship_y});
}

std::vector<KeyEntry> key_of(const Kin& kin, std::size_t outlines, const Language& language) {
  std::vector<KeyEntry> key;
  const auto add_person = [&](bool used, Person person, std::string_view word) {
    if (used) key.push_back({.person = std::move(person), .text = language.say(word)});
  };
  const auto anyone = [&kin](auto is) { return std::ranges::any_of(kin.people, is); };
  const auto of_sex = [&](Sex sex) { return anyone([sex](const Person& p) { return p.sex == sex; }); };
  add_person(of_sex(Sex::male), {.sex = Sex::male}, "kin.key.male");
  add_person(of_sex(Sex::female), {.sex = Sex::female}, "kin.key.female");
  add_person(of_sex(Sex::unknown), {.sex = Sex::unknown}, "kin.key.sex_unknown");
  if (kin.child)
    add_person(true, {.sex = kin.people[*kin.child].sex, .child = true}, "kin.key.child");
  add_person(anyone([](const Person& p) { return p.deceased; }), {.sex = Sex::male, .deceased = true},
             "kin.key.deceased");
  for (const std::string_view kind : {"married", "partners", "separated", "divorced", ""})
    if (std::ranges::any_of(kin.unions, [kind](const Union& u) {
          return u.partners.size() == 2 && known_union(u.kind) == kind;
        }))
      key.push_back({.kind = KeyEntry::Kind::union_line,
                     .word = std::string{kind},
                     .text = language.say("kin.key." + std::string{kind.empty() ? "union" : kind})});
  if (std::ranges::any_of(kin.unions, [](const Union& u) { return !u.twins.empty(); }))
    key.push_back({.kind = KeyEntry::Kind::twins, .text = language.say("kin.key.twins")});
  if (outlines != 0)
    key.push_back({.kind = KeyEntry::Kind::household,
                   .text = language.say(outlines == 1 ? "kin.key.household"
                                                      : "kin.key.household_apart")});
  return key;
}

}  // namespace

Picture genogram(const Assessment& assessment, const Language& language) {
  const Kin kin = kin_of(assessment, language);
  std::vector<std::vector<Line>> labels;
  for (const Person& p : kin.people) labels.push_back(label_of(p, language));
  const Plan plan = plan_of(kin, std::move(labels));

  Picture picture;
  picture.width = plan.width;
  picture.height = plan.height;
  const std::string child = child_name(assessment, kin, language);
  picture.title = language.say("kin.genogram", {{"child", child}});
  picture.description = family_in_words(kin, language);
  const std::size_t outlines = kin.household_known() ? add_household(picture, kin, plan) : 0;
  for (std::size_t i = 0; i < kin.unions.size(); ++i) {
    add_bond(picture, kin.unions[i], plan.bonds[i], plan);
    add_children(picture, kin.unions[i], plan.bonds[i], plan);
  }
  for (std::size_t i = 0; i < kin.people.size(); ++i) {
    const Place& place = plan.places[i];
    add_symbol(picture, place.middle, kin.people[i]);
    add_lines(picture, {place.middle.x, plan.rows[place.row].label_top}, place.label, letter_size);
  }
  add_key(picture, key_of(kin, outlines, language));
  return picture;
}

}  // namespace gcp2
