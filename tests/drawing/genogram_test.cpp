// The genogram: symbols, rows, unions, twins, the household, and the words that say the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "drawing/families.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::Not;

Picture drawn(const Assessment& a) {
  Picture picture = genogram(a, Language::english());
  expect_whole(picture);
  return picture;
}

/// Strokes of a person's or union's weight that touch a point.
std::size_t lines_from(const Picture& picture, double x, double y) {
  std::size_t number = 0;
  for (const PictureLine& l : all<PictureLine>(picture))
    if ((std::abs(l.x1 - x) < 0.01 && std::abs(l.y1 - y) < 0.01) ||
        (std::abs(l.x2 - x) < 0.01 && std::abs(l.y2 - y) < 0.01))
      ++number;
  return number;
}

bool has_text(const Picture& picture, std::string_view text) {
  for (const PictureText& t : all<PictureText>(picture))
    if (t.text == text) return true;
  return false;
}

TEST(Genogram, HasASymbolForEveryMemberOfTheSample) {
  const Assessment a = sample("first");
  const Picture picture = drawn(a);
  EXPECT_EQ(circles(picture).size(), 6U);  // women and girls
  EXPECT_EQ(squares(picture).size(), 3U);  // men and boys
  for (const FamilyMember& m : a.family.members) EXPECT_THAT(picture.description, HasSubstr(m.name));
  EXPECT_EQ(picture.title, "Family tree (genogram) of Robin Example");
  for (const std::string_view said :
       {"Robin Example, the child of this record, female, born 2017.",
        "Parent Example, mother (carer), female, born 1990, lives with the child.",
        "Grandfather Example, male, 1959 to 2021.",
        "Grandfather Example and Grandparent Example are married.",
        "Children of Grandfather Example and Grandparent Example, oldest first: Aunt Example and Parent Example.",
        "Other Parent Example and Parent Example are separated.",
        "Child of Other Parent Example and Parent Example: Robin Example.",
        "Other Parent Example and New Partner Example are partners.",
        "Ash Example and Elm Example were born together."})
    EXPECT_THAT(picture.description, HasSubstr(std::string{said}));
  EXPECT_TRUE(has_text(picture, "1959 to 2021"));
  EXPECT_THAT(picture.description, Not(HasSubstr("left out")));
}

TEST(Genogram, MarksTheChildWithASecondOutline) {
  for (const std::string sex : {"female", "male", ""}) {
    const auto shapes = [&sex](bool child) {
      Assessment a = record({member("C", sex)});
      a.family.members[0].is_child = child;
      return drawn(a).shapes.size();
    };
    // The outline itself, the same again in the key, and the key's words.
    EXPECT_EQ(shapes(true) - shapes(false), sex.empty() ? 4U + 8U + 1U : 1U + 2U + 1U) << sex;
  }
}

TEST(Genogram, CrossesOutWhoHasDied) {
  Assessment a = record({member("C", "male"), member("G", "male", "1950")});
  const std::size_t alive = all<PictureLine>(drawn(a)).size();
  a.family.members[1].deceased = true;
  EXPECT_EQ(all<PictureLine>(drawn(a)).size(), alive + 2 + 2);  // and in the key
  EXPECT_THAT(drawn(a).description, HasSubstr("G Example, male, born 1950, deceased."));
}

TEST(Genogram, StandsInRowsByGenerationWithTheOldestSiblingLeft) {
  const Picture picture = drawn(record(
      {member("C", "female", "2017"), member("Old", "male", "2010"), member("Young", "male", "2020"),
       member("Undated", "male"), member("Mum", "female"), member("Dad", "male"), member("Gran", "female")},
      {couple({"Mum", "Dad"}, "married", {"Undated", "Young", "C", "Old"}),
       couple({"Gran"}, "", {"Mum"})}));
  const auto at = [&picture](std::string_view name) { return label(picture, name); };
  EXPECT_EQ(at("C Ex").y, at("Old").y);
  EXPECT_LT(at("Mum").y, at("Old").y);
  EXPECT_EQ(at("Mum").y, at("Dad").y);
  EXPECT_LT(at("Gran").y, at("Mum").y);
  EXPECT_LT(at("Old").x, at("C Ex").x);
  EXPECT_LT(at("C Ex").x, at("Young").x);
  EXPECT_LT(at("Young").x, at("Undated").x);
  EXPECT_LT(at("Dad").x, at("Mum").x);
}

TEST(Genogram, TwinsMeetAtOnePoint) {
  Assessment a = record({member("C", "male", "2017"), member("T", "female", "2017"), member("Mum", "female")},
                        {couple({"Mum"}, "", {"C", "T"})});
  a.family.unions[0].twins = {{"C", "T"}};
  const Picture picture = drawn(a);
  const double between = (label(picture, "C Ex").x + label(picture, "T Ex").x) / 2;
  std::size_t slanting = 0;
  for (const PictureLine& l : all<PictureLine>(picture))
    if (std::abs(l.x1 - between) < 0.01 && std::abs(l.x2 - l.x1) > 1 && std::abs(l.y2 - l.y1) > 1)
      ++slanting;
  EXPECT_EQ(slanting, 2U);
  EXPECT_THAT(picture.description, HasSubstr("C Example and T Example were born together."));
  EXPECT_TRUE(has_text(picture, "born together"));
}

struct Stroke {
  std::string kind;
  bool dashed;
  std::size_t slashes;
  std::string key, words;
};

TEST(Genogram, DrawsEachKindOfUnionInItsOwnWay) {
  for (const Stroke& s :
       {Stroke{"married", false, 0, "married", "are married."}, {"partners", true, 0, "partners", "are partners."},
        {"separated", false, 1, "separated", "are separated."}, {"divorced", false, 2, "divorced", "are divorced."},
        {"", false, 0, "are or were together; how is not recorded", "are or were together."}}) {
    const Picture picture =
        drawn(record({member("C", "male"), member("W", "female")}, {couple({"C", "W"}, s.kind, {})}));
    std::size_t strokes = 0;
    std::size_t slashes = 0;
    for (const PictureLine& l : all<PictureLine>(picture)) {
      if (l.y1 == l.y2 && l.width == 1.6 && l.dashed == s.dashed) ++strokes;
      if (std::abs(std::abs(l.y2 - l.y1) - 14) < 0.01 && std::abs(l.x2 - l.x1) == 6) ++slashes;
    }
    EXPECT_EQ(strokes, 2U) << s.kind;  // in the picture and in its key
    EXPECT_EQ(slashes, 2 * s.slashes) << s.kind;
    EXPECT_TRUE(has_text(picture, s.key));
    EXPECT_EQ(has_text(picture, "?"), s.kind.empty());
    EXPECT_THAT(picture.description, HasSubstr("C Example and W Example " + s.words));
  }
}

TEST(Genogram, PartnersWhoAreNoNeighboursAreJoinedBelowTheirNames) {
  // Each stands with their own brothers and sisters, so that others stand between them.
  const Picture picture = drawn(
      record({member("C", "male", "2015"), member("Dad", "male", "1980"), member("Uncle", "male", "1985"),
              member("Mum", "female", "1985"), member("Aunt", "female", "1980"), member("G", "female"), member("H", "male")},
             {couple({"Dad", "Mum"}, "divorced", {"C"}), couple({"G"}, "", {"Dad", "Uncle"}),
              couple({"H"}, "", {"Aunt", "Mum"})}));
  const double below = label(picture, "Dad").y;
  std::size_t strokes = 0;
  for (const PictureLine& l : all<PictureLine>(picture))
    if (l.y1 == l.y2 && l.width == 1.6 && l.y1 > below && l.y1 < label(picture, "C Ex").y) ++strokes;
  EXPECT_EQ(strokes, 1U);
  EXPECT_LT(label(picture, "Aunt").x, label(picture, "Mum").x);
}

TEST(Genogram, OutlinesTheHouseholdTogetherOrApart) {
  const auto with = [](bool everybody) {
    return drawn(record({member("C", "male", "2017", true), member("S", "female", "2015", everybody),
                         member("B", "male", "2013", true), member("M", "female", "", everybody)},
                        {couple({"M"}, "", {"B", "S", "C"})}));
  };
  EXPECT_TRUE(has_text(with(true), "lives with the child"));
  EXPECT_TRUE(has_text(with(false), "live with the child: all those in a dashed outline, one"));
  EXPECT_THAT(with(false).description, HasSubstr("B Example, male, born 2013, lives with the child."));
  // Nobody said is not the same as nobody there.
  const Picture unsaid = drawn(record({member("C", "male"), member("M", "female")}));
  EXPECT_FALSE(has_text(unsaid, "lives with the child"));
}

TEST(Genogram, DrawsTheChildAloneWhereNoFamilyIsRecorded) {
  Assessment a;
  EXPECT_THAT(drawn(a).description, HasSubstr("the child"));
  a.child.name = "Sam Example";
  const Picture picture = drawn(a);
  EXPECT_THAT(picture.description, HasSubstr("Nobody else of the family is recorded."));
  EXPECT_NO_THROW(label(picture, "Sam Example"));
}

TEST(Genogram, SaysWhatItCannotDraw) {
  const std::vector<FamilyMember> two{member("C", "male"), member("M", "female")};
  const auto said = [&two](std::vector<FamilyUnion> unions) {
    return drawn(record(two, std::move(unions))).description;
  };
  EXPECT_THAT(said({couple({"M"}, "", {"C"})}), Not(HasSubstr("left out")));
  EXPECT_THAT(said({couple({"M", "X"}, "", {"C"})}), HasSubstr("left out"));
  EXPECT_THAT(said({couple({"M"}, "", {"C", "X"})}), HasSubstr("left out"));
  EXPECT_THAT(said({couple({"M"}, "", {"C"}), couple({"C"}, "", {"M"})}), HasSubstr("left out"));
  EXPECT_THAT(said({couple({"M"}, "", {"M"})}), HasSubstr("left out"));
  Assessment nobody = record(two);
  nobody.family.members[0].is_child = false;
  EXPECT_THAT(drawn(nobody).description, HasSubstr("does not say which of them is its child"));
}

TEST(Genogram, TheLineToAChildEndsAtItsSymbol) {
  const Picture picture =
      drawn(record({member("C", "male"), member("M", "female")}, {couple({"M"}, "", {"C"})}));
  const PictureRect child = squares(picture).at(0);
  EXPECT_EQ(lines_from(picture, child.x + child.width / 2, child.y), 1U);
}

}  // namespace
}  // namespace gcp2::test
