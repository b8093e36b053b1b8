// What is handed over to a child or a family names nobody else of the family.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "gcp2/report.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::Not;

Value record() {
  return changed(parsed(source_file("schemas/samples/first.json")),
                 {{"/carers/0/name", R"("Marigold Testperson")"},
                  {"/family", R"({"members":[
                     {"ref":"M1","name":"Robin Example","is_child":true,"born":"2017-06-21"},
                     {"ref":"M2","name":"Ottoline Testperson","born":"2019-08-09"}],
                     "unions":[{"between":["M2"],"children":["M1"]}]})"},
                  {"/comments", R"([{"node":"A","by":"P1","text":"Robin says that marigold's )"
                                R"(sister Ottoline, born 9 August 2019, cooks."}])"},
                  {"/views/child", R"("I live with Ottoline")"}});
}

TEST(WithoutThirdParties, NamesOfOthersAreGoneFromEveryText) {
  const std::string text = write_json(without_third_parties({record()}).front());
  for (const char* name :
       {"Marigold", "marigold", "Ottoline", "Testperson", "2019-08-09", "9 August"})
    EXPECT_THAT(text, Not(HasSubstr(name))) << name;
}

TEST(WithoutThirdParties, TheChildAndTheProfessionalsStay) {
  const Value document = without_third_parties({record()}).front();
  const std::string text = write_json(document);
  EXPECT_EQ(*document.find("child"), *record().find("child"));
  EXPECT_EQ(*document.find("assessors"), *record().find("assessors"));
  EXPECT_THAT(text, HasSubstr("Robin says that […]'s sister […]"));
  EXPECT_EQ(at(document, "/family/members/0/born")->text(), "2017-06-21");
}

TEST(WithoutThirdParties, WhatElseIsSaidOfTheChildAndTheProfessionalsNamesNobody) {
  const Value document =
      without_third_parties(
          {changed(record(), {{"/child/conditions",
                               R"(["behavioural_difficulty","asthma, as Ottoline has"])"},
                              {"/assessors/0/role", R"("teacher of Ottoline")"}})})
          .front();
  EXPECT_EQ(write_json(*at(document, "/child/conditions"), Layout::line),
            R"(["behavioural_difficulty","asthma, as […] has"])");
  EXPECT_EQ(at(document, "/assessors/0/role")->text(), "teacher of […]");
}

TEST(WithoutThirdParties, ApostrophesMakeNoOtherName) {
  for (const char* kept : {"O'Connor", "O’Connor", "OConnor"})
    for (const char* said : {"O'Connor", "O’Connor", "OConnor", "o`connor"}) {
      const auto quoted = [](std::string_view text) { return '"' + std::string{text} + '"'; };
      const Value document =
          without_third_parties(
              {changed(record(),
                       {{"/family/members/1/name", quoted("Sinead " + std::string{kept})},
                        {"/views/child", quoted("Mrs " + std::string{said} + "'s dog")}})})
              .front();
      EXPECT_EQ(at(document, "/views/child")->text(), "Mrs […]'s dog") << kept << " " << said;
    }
}

TEST(WithoutThirdParties, ANameThatOneRecordKnowsIsTakenOutOfAll) {
  Value other = parsed(source_file("schemas/samples/second.json"));
  apply(other, {"/comments", R"([{"node":"A","text":"Ottoline helps","by":"P1"}])"});
  const auto documents = without_third_parties({record(), other});
  EXPECT_THAT(write_json(documents[1]), Not(HasSubstr("Ottoline")));
}

TEST(WithoutThirdParties, GradesAndOrderStay) {
  const auto before = judged(record());
  const auto after = judged(without_third_parties({record()}).front());
  ASSERT_EQ(before.sheet.marks.size(), after.sheet.marks.size());
  for (std::size_t i = 0; i < before.sheet.marks.size(); ++i)
    EXPECT_EQ(before.sheet.marks[i].grade, after.sheet.marks[i].grade);
}

TEST(WithoutThirdParties, WhatIsHandedOverCanBeReadAndSaysNoDateOfOthers) {
  // Somebody's name holds a word of the format, and something happened on somebody's birthday.
  const Value whole =
      changed(record(), {{"/family/members/1/name", R"("Ottoline Partners Married")"},
                         {"/family/unions", R"([{"between":["M2"],"kind":"partners"}])"},
                         {"/consent/on", R"("2026-01-09")"},
                         {"/events", R"([{"on":"2019-08-09","text":"A sister was born."},
                                         {"on":"2020-01-02","text":"A move."}])"}});
  const Value document = without_third_parties({whole}).front();
  EXPECT_EQ(at(document, "/family/unions/0/kind")->text(), "partners");
  EXPECT_EQ(at(document, "/events/0/on"), nullptr);
  EXPECT_EQ(at(document, "/events/1/on")->text(), "2020-01-02");
  EXPECT_EQ(at(document, "/consent/on")->text(), "2026-01-09");
  EXPECT_THAT(write_json(document), Not(HasSubstr("2019-08-09")));
  for (const char* sample : {"first", "second", "teenager", "toddler", "unborn"}) {
    const Value kept = parsed(source_file("schemas/samples/" + std::string{sample} + ".json"));
    EXPECT_FALSE(any(judged(kept).findings, Severity::invalid)) << sample;
    EXPECT_FALSE(any(judged(without_third_parties({kept}).front()).findings, Severity::invalid))
        << sample;
  }
}

}  // namespace
}  // namespace gcp2::test
