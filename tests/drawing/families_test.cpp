// No family breaks a picture: large ones, knotted ones, odd names, and whatever chance makes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "drawing/families.h"
#include "support/always.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;

void expect_drawn(const Assessment& a) {
  for (const Picture& picture :
       {genogram(a, Language::english()), ecomap(a, Language::english())}) {
    expect_whole(picture);
    for (const FamilyMember& m : a.family.members)
      EXPECT_THAT(picture.description, HasSubstr(m.name));
    EXPECT_THAT(svg(picture, true), HasSubstr("</svg>"));
  }
}

/// No two symbols of a genogram lie on each other.
void expect_apart(const Picture& picture) {
  std::vector<std::pair<double, double>> middles;
  for (const PictureCircle& c : circles(picture)) middles.emplace_back(c.x, c.y);
  for (const PictureRect& r : squares(picture))
    middles.emplace_back(r.x + r.width / 2, r.y + r.height / 2);
  for (std::size_t i = 0; i < middles.size(); ++i)
    for (std::size_t j = i + 1; j < middles.size(); ++j)
      EXPECT_GT(std::hypot(middles[i].first - middles[j].first, middles[i].second - middles[j].second),
                40);
}

TEST(Families, OfFortyInFourGenerations) {
  std::vector<FamilyMember> members{member("C", "male", "2017", true)};
  std::vector<FamilyUnion> unions;
  // Every couple has two children, who marry in turn.
  std::vector<std::string> row{"C", "S"};
  members.push_back(member("S", "female", "2015", true));
  int number = 0;
  for (int generation = 0; generation < 3; ++generation) {
    std::vector<std::string> above;
    for (std::size_t i = 0; i + 1 < row.size() || i == 0; i += 2) {
      const std::string man = "M" + std::to_string(number);
      const std::string woman = "W" + std::to_string(number++);
      members.push_back(member(man, "male", std::to_string(1980 - generation * 25)));
      members.push_back(member(woman, "female", std::to_string(1982 - generation * 25)));
      unions.push_back(couple({man, woman}, "married", {row[i], row[i + 1]}));
      for (const std::string& one : {man, woman}) {
        above.push_back(one);
        above.push_back("B" + one);
        members.push_back(member("B" + one, "female", std::to_string(1985 - generation * 25)));
      }
    }
    row = above;
  }
  ASSERT_GE(members.size(), 30U);
  while (members.size() < 40) members.push_back(member("X" + std::to_string(members.size())));
  const Assessment a = record(std::move(members), std::move(unions));
  expect_drawn(a);
  expect_apart(genogram(a, Language::english()));
}

TEST(Families, ThatAreKnotted) {
  const auto cousins = record(
      {member("C"), member("X", "male"), member("Y", "female"), member("A", "male"), member("B", "female"), member("G", "male")},
      {couple({"X", "Y"}, "married", {"C"}), couple({"A"}, "", {"X"}), couple({"B"}, "", {"Y"}), couple({"G"}, "", {"A", "B"})});
  const auto uncle_and_niece = record(
      {member("C"), member("U", "male"), member("N", "female"), member("B", "male"), member("G", "male")},
      {couple({"U", "N"}, "partners", {"C"}), couple({"B"}, "", {"N"}), couple({"G"}, "", {"B", "U"})});
  const auto parent_and_child =
      record({member("C"), member("P", "male"), member("D", "female")}, {couple({"P"}, "", {"D"}), couple({"P", "D"}, "", {"C"})});
  const auto own_grandparent = record({member("C"), member("P"), member("G")},
                                      {couple({"P"}, "", {"C"}), couple({"G"}, "", {"P"}), couple({"C"}, "", {"G"})});
  const auto both_sides = record({member("C"), member("D"), member("A", "male"), member("B", "female")},
                                 {couple({"A", "B"}, "married", {"C"}), couple({"B", "A"}, "divorced", {"D"}), couple({"A"}, "", {"C"})});
  const auto exchange = record(
      {member("C"), member("A", "male"), member("B", "female"), member("D", "male"), member("E", "female"), member("G"), member("H")},
      {couple({"G"}, "", {"A", "B"}), couple({"H"}, "", {"D", "E"}), couple({"A", "E"}, "married", {"C"}), couple({"D", "B"}, "married", {})});
  for (const Assessment& a : {cousins, uncle_and_niece, parent_and_child, own_grandparent, both_sides, exchange}) {
    expect_drawn(a);
    expect_apart(genogram(a, Language::english()));
  }
}

TEST(Families, OfOneWithManyPartners) {
  std::vector<FamilyMember> members{member("C", "male", "2017", true), member("M", "female", "1990", true)};
  std::vector<FamilyUnion> unions;
  for (int i = 0; i < 6; ++i) {
    const std::string partner = "P" + std::to_string(i);
    const std::string child = i == 5 ? "C" : "K" + std::to_string(i);
    members.push_back(member(partner, "male", "1985", i == 5));
    if (i != 5) members.push_back(member(child, "female", std::to_string(2008 + i)));
    unions.push_back(couple({partner, "M"}, i == 5 ? "partners" : "separated", {child}));
  }
  const Assessment a = record(std::move(members), std::move(unions));
  expect_drawn(a);
  // The latest partner, who lives there, stands beside her and the one before on her other side.
  const Picture picture = genogram(a, Language::english());
  EXPECT_LT(label(picture, "M Ex").x, label(picture, "P5").x);
  EXPECT_LT(label(picture, "P4").x, label(picture, "M Ex").x);
  EXPECT_LT(label(picture, "P3").x, label(picture, "P4").x);
}

TEST(Families, WithOddNames) {
  Assessment a = record({member("C"), member("L"), member("R"), member("E"), member("N")},
                        {couple({"L", "R"}, "married", {"C"})}, {{"C", "L", "strong"}});
  a.family.members[1].name = std::string(300, 'W');
  a.family.members[2].name = "\u05e9\u05dd \u05dc\u05d3\u05d5\u05d2\u05de\u05d4";
  a.family.members[3].name = "A <b> & \"quoted\"";
  a.family.members[4].name = "\u4f8b\u5b50\u4f8b\u5b50\u4f8b\u5b50\u4f8b\u5b50\u4f8b\u5b50\u4f8b\u5b50";
  expect_drawn(a);
  const Picture picture = genogram(a, Language::english());
  EXPECT_LT(picture.width, 700);
  EXPECT_THAT(svg(picture, true), HasSubstr("A &lt;b&gt; &amp;"));
  a.family.members[1].name = "two\nlines\x01 of it ";
  EXPECT_THAT(genogram(a, Language::english()).description, HasSubstr("two lines of it,"));
  a.family.members[1].name = " \n";
  EXPECT_THAT(genogram(a, Language::english()).description, HasSubstr(" L,"));  // its ref
}

TEST(Families, ThatNobodyHas) {
  // Everybody is everybody's parent and partner: hundreds of generations, were it taken at its word.
  std::vector<FamilyMember> members;
  std::vector<FamilyUnion> unions;
  for (int i = 0; i < 120; ++i) members.push_back(member("M" + std::to_string(i), "male"));
  for (int i = 0; i < 120; ++i) {
    const auto other = [i](int step) { return "M" + std::to_string((i * step + step) % 120); };
    unions.push_back(couple({members[static_cast<std::size_t>(i)].ref, other(7)}, "married",
                            {other(1), other(11), other(13), other(29), other(31)}));
  }
  const Assessment a = record(std::move(members), std::move(unions));
  expect_drawn(a);
  expect_apart(genogram(a, Language::english()));
}

TEST(Families, TooLargeToDrawAreCutAndSayIt) {
  std::vector<FamilyMember> members;
  for (int i = 0; i < 300; ++i) members.push_back(member("M" + std::to_string(i), "male"));
  const Assessment a = record(std::move(members), {}, {{"M0", "M250", "weak"}});
  const Picture picture = genogram(a, Language::english());
  EXPECT_EQ(squares(picture).size(), 250U);
  EXPECT_THAT(picture.description, HasSubstr("left out"));
  EXPECT_THAT(ecomap(a, Language::english()).description, HasSubstr("left out"));
}

/// Whatever refs point at.
Assessment any_record() {
  const auto ref = [] { return "R" + std::to_string(*rc::gen::inRange(0, 9)); };
  Assessment a;
  for (int i = *rc::gen::inRange(0, 9); i > 0; --i) {
    FamilyMember m = member(ref(), *rc::gen::elementOf(std::vector<std::string>{"male", "female", ""}));
    if (*rc::gen::arbitrary<bool>()) m.born = Date::from(*rc::gen::inRange(1930, 2026), 1, 1);
    m.deceased = *rc::gen::inRange(0, 5) == 0;
    m.in_household = *rc::gen::arbitrary<bool>();
    m.is_child = *rc::gen::inRange(0, 4) == 0;
    a.family.members.push_back(m);
  }
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    FamilyUnion u;
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n) u.between.push_back(ref());
    for (int n = *rc::gen::inRange(0, 5); n > 0; --n) u.children.push_back(ref());
    if (*rc::gen::arbitrary<bool>()) u.twins = {{ref(), ref()}, u.children};
    u.kind = *rc::gen::elementOf(std::vector<std::string>{"married", "partners", "divorced", "odd", ""});
    a.family.unions.push_back(u);
  }
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i)
    a.family.ties.push_back({ref(), *rc::gen::arbitrary<bool>() ? ref() : "agency", "stressful"});
  if (*rc::gen::arbitrary<bool>()) a.agencies = {{.name = "agency", .involvement = "", .since = {}}};
  return a;
}

TEST(AnyFamily, IsDrawn) {
  expect_always("a family is drawn", [] {
    const Assessment a = any_record();
    expect_drawn(a);
    expect_apart(genogram(a, Language::english()));
    RC_ASSERT(!testing::Test::HasFailure());
  });
}

TEST(Families, AreDrawnTheSameEveryTime) {
  const Assessment a = sample("second");
  EXPECT_EQ(svg(genogram(a, Language::english()), true), svg(genogram(a, Language::english()), true));
  EXPECT_EQ(svg(ecomap(a, Language::english()), true), svg(ecomap(a, Language::english()), true));
}

}  // namespace
}  // namespace gcp2::test
