// The ecomap: the household in the middle, ties by their kind, agencies and who leads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "drawing/families.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::Not;

Picture drawn(const Assessment& a) {
  Picture picture = ecomap(a, Language::english());
  expect_whole(picture);
  return picture;
}

bool has_text(const Picture& picture, std::string_view text) {
  for (const PictureText& t : all<PictureText>(picture))
    if (t.text == text) return true;
  return false;
}

TEST(Ecomap, SaysEveryTieAndAgencyOfTheSamples) {
  for (const std::string_view name : {"first", "second"}) {
    const Assessment a = sample(name);
    const Picture picture = drawn(a);
    const auto named = [&a](const std::string& ref) {
      for (const FamilyMember& m : a.family.members)
        if (m.ref == ref) return m.name;
      return ref;
    };
    for (const FamilyTie& tie : a.family.ties) {
      const std::string kind = tie.kind == "strong" ? "Strong" : tie.kind == "weak" ? "Weak" : "Stressful";
      EXPECT_THAT(picture.description,
                  HasSubstr(kind + " tie: " + named(tie.from) + " and " + named(tie.to) + "."));
    }
    for (const Agency& agency : a.agencies)
      EXPECT_THAT(picture.description, HasSubstr("Agency: " + agency.name + " (" + agency.involvement));
    for (const FamilyMember& m : a.family.members)
      EXPECT_THAT(picture.description, HasSubstr(m.name));
    EXPECT_THAT(picture.description, HasSubstr("Lead professional: B. Lead, primary school."));
    EXPECT_THAT(picture.description, Not(HasSubstr("left out")));
    EXPECT_TRUE(has_text(picture, "Lead professional: B. Lead"));
  }
  EXPECT_THAT(drawn(sample("first")).description,
              HasSubstr("No tie is recorded between the family and school nursing."));
}

/// Two people of one household and one tie, so that every stroke but the key's belongs to it.
std::vector<PictureLine> strokes(std::string kind) {
  const Picture picture = drawn(record({member("C", "male", "", true), member("M", "female", "", true)}, {},
                                       {{"C", "M", std::move(kind)}}));
  auto lines = all<PictureLine>(picture);
  std::erase_if(lines, [key = key_top(picture)](const PictureLine& l) { return l.y1 >= key; });
  return lines;
}

TEST(Ecomap, TiesDifferInShape) {
  ASSERT_EQ(strokes("strong").size(), 1U);
  EXPECT_GT(strokes("strong")[0].width, 3);
  ASSERT_EQ(strokes("weak").size(), 1U);
  EXPECT_TRUE(strokes("weak")[0].dashed);
  EXPECT_GE(strokes("stressful").size(), 3U);
  ASSERT_EQ(strokes("").size(), 1U);
  EXPECT_FALSE(strokes("")[0].dashed);
  EXPECT_LT(strokes("")[0].width, strokes("weak")[0].width);
}

TEST(Ecomap, TwoTiesOfTheSamePeopleLieSideBySide) {
  const Picture picture = drawn(record({member("C", "male", "", true), member("M", "female", "", true)}, {},
                                       {{"C", "M", "strong"}, {"M", "C", "weak"}}));
  const PictureLine* strong = nullptr;
  const PictureLine* weak = nullptr;
  const auto lines = all<PictureLine>(picture);
  for (const PictureLine& l : lines) {
    if (l.y1 >= key_top(picture)) continue;
    if (l.width > 3) strong = &l;
    if (l.dashed && l.width == 1.4) weak = &l;
  }
  ASSERT_TRUE(strong != nullptr && weak != nullptr);
  EXPECT_NEAR(std::abs(strong->y1 - weak->y1), 10, 0.1);
}

TEST(Ecomap, ShowsWhoIsTiedOrCaresAndNamesTheOthers) {
  Assessment a = record({member("C", "male", "", true), member("M", "female", "", true), member("Gran", "female"),
                         member("Carer", "female"), member("Far", "male"), member("Dead", "male"),
                         member("Mourned", "male")},
                        {}, {{"M", "Gran", "strong"}, {"C", "Mourned", "strong"}});
  a.carers = {{.ref = "K1", .name = "", .relationship = "childminder", .main = false}};
  a.family.members[3].carer = "K1";
  a.family.members[5].deceased = a.family.members[6].deceased = true;
  const Picture picture = drawn(a);
  EXPECT_THAT(picture.description, HasSubstr("Household: C Example and M Example."));
  EXPECT_THAT(picture.description,
              HasSubstr("Outside the household: Gran Example, Carer Example and Mourned Example."));
  EXPECT_THAT(picture.description, HasSubstr("Without a recorded tie and not drawn: Far Example and Dead Example."));
  EXPECT_EQ(circles(picture).size(), 3U);
  EXPECT_EQ(squares(picture).size(), 2U);
}

TEST(Ecomap, MarksTheAgencyOfTheLeadProfessional) {
  Assessment a = record({member("C", "male", "", true)});
  a.agencies = {{.name = "early help", .involvement = "visits", .since = {}}};
  a.assessors = {{.ref = "P1", .name = "A. Worker", .role = "", .agency = "early help", .trained_on = {}}};
  const std::size_t unmarked = all<PictureRect>(drawn(a)).size();
  a.lead_professional = "P1";
  const Picture picture = drawn(a);
  EXPECT_EQ(all<PictureRect>(picture).size(), unmarked + 1 + 2);  // a second outline, and the key's two
  EXPECT_TRUE(has_text(picture, "Lead professional: A. Worker"));
  // An agency that the record does not list is drawn for its lead professional's sake.
  a.assessors[0].agency = "primary school";
  EXPECT_TRUE(has_text(drawn(a), "primary school"));
  a.assessors[0].agency = "";
  EXPECT_THAT(drawn(a).description, HasSubstr("Lead professional: A. Worker"));
  a.lead_professional = "P9";
  EXPECT_THAT(drawn(a).description, Not(HasSubstr("Lead professional")));
}

TEST(Ecomap, TheChildAloneIsAPictureToo) {
  Assessment a;
  EXPECT_THAT(drawn(a).title, HasSubstr("the child"));
  EXPECT_THAT(drawn(a).description, HasSubstr("Who lives with the child is not recorded."));
  a.family.members = {member("M", "female", "", true)};  // and nobody is the child
  a.child.name = "Sam Example";
  EXPECT_THAT(drawn(a).description, HasSubstr("Household: Sam Example and M Example."));
}

TEST(Ecomap, SaysWhichTiesItCannotDraw) {
  for (const FamilyTie& tie : {FamilyTie{"C", "X", "strong"}, FamilyTie{"X", "C", "weak"}, FamilyTie{"C", "C", "weak"}})
    EXPECT_THAT(drawn(record({member("C", "male", "", true)}, {}, {tie})).description, HasSubstr("left out"));
}

TEST(Ecomap, NoNamesLieOnEachOther) {
  Assessment a = record({member("C", "male", "2015", true)});
  for (int i = 0; i < 14; ++i) {
    a.family.members.push_back(member("M" + std::to_string(i), i % 2 == 0 ? "female" : "male", "1990", i < 5));
    a.family.ties.push_back({"C", "M" + std::to_string(i), "weak"});
  }
  const auto texts = all<PictureText>(drawn(a));
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = i + 1; j < texts.size(); ++j)
      if (std::abs(texts[i].y - texts[j].y) < 8 && texts[i].anchor == PictureText::Anchor::middle &&
          texts[j].anchor == PictureText::Anchor::middle) {
        EXPECT_GT(std::abs(texts[i].x - texts[j].x), 45) << texts[i].text << ", " << texts[j].text;
      }
}

}  // namespace
}  // namespace gcp2::test
