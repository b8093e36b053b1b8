// The lists of a draft: a practitioner's own grades of areas, targets, the family and its network.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "serve/page.h"
#include "support/records.h"
#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

class Lists : public testing::Test {
 protected:
  Lists() {
    school.employ("tea", Role::practitioner);
    (void)allowed(
        school.at("tea").add(sample({.id = uuid(7), .ref = "C-7"}), shipped_instruments(), {}));
    (void)tea.log_in("tea");
  }
  Value kept() { return allowed(school.at("tea").read(*Id::parse(uuid(7)), {})); }
  std::string base(const std::string& page) { return hidden(tea.get(page).body, "base"); }

  School school;
  SchoolSite at{school};
  Browser tea{at.site};
  const std::string record = "/records/" + uuid(7);
  const std::string lists = record + "/lists/", judgements = lists + "judgements",
                    targets = lists + "targets";
};

TEST_F(Lists, JudgementsStandBesideTheComputedGradeWithTheirReason) {
  EXPECT_THAT(tea.get(record).body, HasSubstr(judgements));
  const std::string empty = base(judgements);
  const Answer saved =
      tea.post(judgements,
               {{"base", empty}, {"node", "A1"}, {"grade", "4"}, {"words", "Worse at weekends."}});
  EXPECT_EQ(header_of(saved, "Location"), judgements);
  EXPECT_EQ(write_json(*kept().find("judgements"), Layout::line),
            R"([{"node":"A1","grade":4,"reason":"Worse at weekends."}])");
  const Answer shown = tea.get(judgements);
  EXPECT_THAT(shown.body, HasSubstr("Worse at weekends."));
  EXPECT_LT(shown.body.size(), 20'000U);
  // Another one for the same node would silently take somebody's words away.
  const Answer again = tea.post(
      judgements, {{"base", base(judgements)}, {"node", "A1"}, {"grade", "3"}, {"words", "x"}});
  EXPECT_THAT(again.body, HasSubstr("id=\"node-error\""));
  EXPECT_EQ(kept().find("judgements")->items().front().text_at("reason"), "Worse at weekends.");
  (void)tea.post(
      judgements,
      {{"base", base(judgements)}, {"entry", "0"}, {"node", "A1"}, {"grade", "3"}, {"words", "x"}});
  (void)tea.post(judgements,
                 {{"base", base(judgements)}, {"node", "B"}, {"grade", "2"}, {"words", "y"}});
  EXPECT_EQ(kept().find("judgements")->items().size(), 2U);
  (void)tea.post(judgements, {{"base", base(judgements)}, {"remove", "1"}});
  (void)tea.post(judgements, {{"base", base(judgements)}, {"remove", "0"}});
  EXPECT_EQ(kept().find("judgements"), nullptr);
}

TEST_F(Lists, JudgementsAreAskedForWhatIsMissingBesideItsField) {
  (void)tea.get(judgements);
  const Answer nothing = tea.post(judgements, {{"base", ""}});
  for (const char* id : {"node-error", "grade-error", "words-error"})
    EXPECT_THAT(nothing.body, HasSubstr("id=\"" + std::string{id} + "\""));
  EXPECT_THAT(nothing.body, HasSubstr("<a href=\"#words\">"));
  for (const char* node : {"A1a", "Z", "", "../A1"})
    EXPECT_THAT(
        tea.post(judgements, {{"base", ""}, {"node", node}, {"grade", "3"}, {"words", "x"}}).body,
        HasSubstr("id=\"node-error\""))
        << node;
  for (const char* grade : {"0", "6", "33", "-1", "x"})
    EXPECT_THAT(
        tea.post(judgements, {{"base", ""}, {"node", "A1"}, {"grade", grade}, {"words", "x"}}).body,
        HasSubstr("id=\"grade-error\""))
        << grade;
  EXPECT_EQ(kept().find("judgements"), nullptr);
}

TEST_F(Lists, TwoPeopleLoseNothing) {
  const std::string before = base(judgements);
  (void)tea.post(judgements,
                 {{"base", before}, {"node", "A1"}, {"grade", "4"}, {"words", "first"}});
  const Answer second =
      tea.post(judgements, {{"base", before}, {"node", "A1"}, {"grade", "1"}, {"words", "second"}});
  EXPECT_EQ(second.status, 409);
  EXPECT_THAT(second.body, HasSubstr("Somebody else has changed this list meanwhile"));
  EXPECT_THAT(second.body, HasSubstr("first"));
  EXPECT_THAT(second.body, HasSubstr(">second</textarea>"));
  EXPECT_EQ(kept().find("judgements")->items().front().text_at("reason"), "first");
}

TEST_F(Lists, AnEntryThatIsNotThereIsNotAdded) {
  for (const char* none : {"0", "99", "abc", "-1"}) {
    EXPECT_EQ(tea.post(judgements, {{"base", base(judgements)},
                                    {"entry", none},
                                    {"node", "A1"},
                                    {"grade", "3"},
                                    {"words", "x"}})
                  .status,
              404)
        << none;
    EXPECT_EQ(tea.post(judgements, {{"base", base(judgements)}, {"remove", none}}).status, 404);
  }
  EXPECT_EQ(kept().find("judgements"), nullptr);
}

TEST_F(Lists, SavingATargetTouchesNoOther) {
  const std::size_t before = kept().find("targets")->items().size();
  const auto add = [&](const char* node) {
    return tea.post(
        targets,
        {{"base", base(targets)}, {"node", node}, {"grade", "1"}, {"review_by", "2026-06-30"}});
  };
  EXPECT_EQ(add("A1a").status, 303);
  EXPECT_EQ(add("A1a").status, 303) << "a second one of the same question";
  ASSERT_EQ(kept().find("targets")->items().size(), before + 2);
  const std::string last = std::to_string(before + 1);
  // Another question's: the grades that were seen are not of this one.
  EXPECT_EQ(tea.post(targets, {{"base", base(targets)},
                               {"entry", last},
                               {"node", "A1b"},
                               {"grade", "1"},
                               {"review_by", "2026-06-30"}})
                .status,
            303);
  const Value document = kept();
  const auto& items = document.find("targets")->items();
  ASSERT_EQ(items.size(), before + 2);
  EXPECT_EQ(items.back().text_at("node"), "A1b");
  EXPECT_EQ(items.back().find("actual"), nullptr);
  for (const Value& each : document.find("observations")->items())
    if (each.text_at("node") == "A1b") {
      EXPECT_EQ(items.back().find("from")->text(), each.find("grade")->text());
    }
}

// Whoever comes next is given nothing that somebody who was taken out has said.
TEST_F(Lists, TheNumberOfSomebodyWhoWasTakenOutIsNotGivenAway) {
  const std::string contributors = lists + "contributors";
  const Value before = kept();
  const std::size_t people = before.find("assessors")->items().size();
  const std::string gone{before.find("assessors")->items().back().text_at("ref")};
  (void)tea.post(contributors,
                 {{"base", base(contributors)}, {"remove", std::to_string(people - 1)}});
  (void)tea.post(contributors,
                 {{"base", base(contributors)}, {"name", "New Comer"}, {"role", "caretaker"}});
  const Value after = kept();
  ASSERT_EQ(after.find("assessors")->items().size(), people);
  EXPECT_EQ(after.find("assessors")->items().back().text_at("name"), "New Comer");
  EXPECT_NE(after.find("assessors")->items().back().text_at("ref"), gone);
}

TEST_F(Lists, TargetsHaveADayAndStartFromTheGradeNow) {
  const std::string before = base(targets);
  EXPECT_THAT(
      tea.post(targets, {{"base", before}, {"node", "A1a"}, {"grade", "1"}, {"review_by", "soon"}})
          .body,
      HasSubstr("id=\"review_by-error\""));
  const Answer saved = tea.post(targets, {{"base", before},
                                          {"node", "A1a"},
                                          {"grade", "1"},
                                          {"review_by", "2026-06-30"},
                                          {"words", "<b>Breakfast club</b>"}});
  EXPECT_EQ(saved.status, 303);
  const Value document = kept();
  const Value& last = document.find("targets")->items().back();
  EXPECT_EQ(last.text_at("review_by"), "2026-06-30");
  EXPECT_NE(last.find("from"), nullptr);
  const Answer shown = tea.get(targets);
  EXPECT_THAT(shown.body, HasSubstr("&lt;b&gt;Breakfast club"));
  EXPECT_THAT(shown.body, Not(HasSubstr("<b>")));
  EXPECT_THAT(shown.body, HasSubstr("by 30 June 2026"));
  EXPECT_LT(shown.body.size(), 20'000U);
}

TEST_F(Lists, AnEntryIsChangedInItsPlaceAndKeepsWhatTheFormDoesNotAsk) {
  const std::string carers = lists + "carers";
  EXPECT_THAT(tea.get(record).body, HasSubstr(carers));
  EXPECT_THAT(tea.get(carers).body, HasSubstr("Main carer"));
  const Answer form = tea.get(carers + "/0");
  EXPECT_THAT(form.body, HasSubstr("value=\"Parent Example\""));
  EXPECT_THAT(form.body, HasSubstr("name=\"main_carer\" value=\"yes\" checked"));
  EXPECT_EQ(tea.post(carers, {{"base", hidden(form.body, "base")},
                              {"entry", "0"},
                              {"name", "Other Example"},
                              {"relationship", "stepmother"}})
                .status,
            303);
  EXPECT_EQ(write_json(kept().find("carers")->items().front(), Layout::line),
            R"({"ref":"K1","name":"Other Example","relationship":"stepmother"})");
  // A new one has a ref that nobody has.
  (void)tea.post(carers, {{"base", base(carers)}, {"relationship", "aunt"}, {"main_carer", "yes"}});
  const Value document = kept();
  EXPECT_EQ(write_json(document.find("carers")->items().back(), Layout::line),
            R"({"ref":"K3","relationship":"aunt","main":true})");
  for (const char* none : {"9", "-1", "x", "99999999999999999999"})
    EXPECT_EQ(tea.get(carers + "/" + none).status, 404) << none;
  EXPECT_EQ(tea.get(lists + "other").status, 404);
}

TEST_F(Lists, TheFamilyIsMadeOfPeopleTheirChildrenAndTies) {
  const std::string family = lists + "family", couples = lists + "couples", ties = lists + "ties";
  Value without = kept();
  const Value before = without;
  without.erase("family");
  (void)allowed(school.at("tea").save_draft(before, without, {}));
  const Answer first = tea.get(family);
  EXPECT_THAT(first.body, HasSubstr("value=\"Robin Example\"")) << "the child comes first";
  (void)tea.post(family, {{"base", ""},
                          {"name", "Robin Example"},
                          {"born", "2017-06-21"},
                          {"is_child", "yes"},
                          {"in_household", "yes"}});
  EXPECT_THAT(tea.get(family).body, Not(HasSubstr("value=\"Robin Example\"")));
  (void)tea.post(family, {{"base", base(family)}, {"name", "Parent Example"}, {"carer", "K1"}});
  EXPECT_THAT(tea.post(family, {{"base", base(family)}, {"name", "x"}, {"born", "long ago"}}).body,
              HasSubstr("id=\"born-error\""));
  EXPECT_THAT(tea.post(couples, {{"base", ""}}).body, HasSubstr("id=\"between-error\""));
  (void)tea.get(couples);
  (void)tea.post(couples, {{"base", ""}, {"between", "M2"}, {"children", "M1"}});
  EXPECT_THAT(tea.get(couples).body, HasSubstr("Children: Robin Example"));
  EXPECT_THAT(
      tea.post(ties, {{"base", ""}, {"from", "M1"}, {"to", "<b>"}, {"kind", "strong"}}).body,
      HasSubstr("id=\"to-error\""));
  (void)tea.post(ties, {{"base", ""}, {"from", "M1"}, {"to", "M2"}, {"kind", "strong"}});
  EXPECT_EQ(
      write_json(*kept().find("family"), Layout::line),
      R"({"members":[{"ref":"M1","name":"Robin Example","born":"2017-06-21","is_child":true,"in_household":true},{"ref":"M2","name":"Parent Example","carer":"K1"}],"unions":[{"between":["M2"],"children":["M1"]}],"ties":[{"from":"M1","to":"M2","kind":"strong"}]})");
  // Whoever is gone from the people is missing elsewhere, and the check says where.
  (void)tea.post(family, {{"base", base(family)}, {"remove", "1"}});
  const Answer check = tea.get(record + "/check");
  EXPECT_THAT(check.body, HasSubstr(couples + "/0#between"));
  EXPECT_THAT(check.body, HasSubstr(ties + "/0#to"));
  EXPECT_THAT(tea.get(couples + "/0").body, HasSubstr("value=\"M2\" checked"));
}

TEST_F(Lists, TheLeadProfessionalIsOneOfThoseWhoContribute) {
  const std::string contributors = lists + "contributors";
  const Answer form = tea.get(contributors + "/0");
  EXPECT_EQ(tea.post(contributors, {{"base", hidden(form.body, "base")},
                                    {"entry", "0"},
                                    {"name", "A. Teacher"},
                                    {"role", "head of year"},
                                    {"leads", "yes"}})
                .status,
            303);
  EXPECT_EQ(kept().text_at("lead_professional"), "P1");
  EXPECT_EQ(kept().find("assessors")->items().front().find("leads"), nullptr);
  EXPECT_THAT(tea.get(contributors).body, HasSubstr("Lead professional for this family"));
  (void)tea.post(contributors,
                 {{"base", base(contributors)}, {"entry", "0"}, {"name", "A. Teacher"}});
  EXPECT_EQ(kept().find("lead_professional"), nullptr);
}

TEST_F(Lists, AConditionsExceptionIsExplainedInAComment) {
  (void)tea.get(record + "/details");
  (void)tea.post(record + "/details",
                 {{"conditions", "asked"}, {"condition", "behavioural_difficulty"}});
  const std::string comments = lists + "comments", way = "href=\"" + comments + "\"";
  EXPECT_THAT(tea.get(record + "/check").body, HasSubstr(way));
  (void)tea.post(comments, {{"base", base(comments)}, {"node", "C2"}, {"words", "Said so."}});
  EXPECT_THAT(tea.get(comments).body, HasSubstr("Said so."));
  EXPECT_THAT(tea.get(record + "/check").body, Not(HasSubstr(way)));
}

TEST_F(Lists, AreLightAndShowWhatIsTypedAsText) {
  for (const char* name : {"carers", "family", "couples", "agencies", "ties", "contributors",
                           "events", "judgements", "comments", "targets"}) {
    const Answer page = tea.get(lists + name);
    EXPECT_EQ(page.status, 200) << name;
    EXPECT_LT(page.body.size(), 20'000U) << name;
  }
  const std::string agencies = lists + "agencies";
  const std::string evil = "\"><script>alert(1)</script>";
  (void)tea.post(agencies, {{"base", base(agencies)}, {"name", evil}, {"involvement", evil}});
  for (const std::string& path : {agencies, agencies + "/0", lists + "ties", record})
    EXPECT_THAT(tea.get(path).body, Not(HasSubstr("<script>"))) << path;
}

TEST(Sentence, NamesThePlacesOfAClashWhereThereAreSome) {
  Refusal clash{.why = Why::changed_meanwhile};
  EXPECT_THAT(cli::web::sentence(clash), HasSubstr("and faster."));
  clash.places = {"A1a", "targets"};
  EXPECT_THAT(cli::web::sentence(clash), HasSubstr("(A1a, targets)"));
}

TEST_F(Lists, OfASignedRecordNeverChange) {
  ASSERT_EQ(tea.sign(record).status, 303);
  EXPECT_EQ(tea.get(judgements).status, 409);
  (void)tea.get("/children");
  EXPECT_EQ(
      tea.post(judgements, {{"base", ""}, {"node", "A1"}, {"grade", "4"}, {"words", "x"}}).status,
      409);
}

}  // namespace
}  // namespace gcp2::test
