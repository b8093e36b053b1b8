// A practitioner's own grades of areas, and targets.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "support/records.h"
#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

class Judgements : public testing::Test {
 protected:
  Judgements() {
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
  const std::string judgements = record + "/judgements", targets = record + "/targets";
};

TEST_F(Judgements, StandBesideTheComputedGradeWithTheirReason) {
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
  // Another one for the same node replaces it; two nodes have one each.
  (void)tea.post(judgements,
                 {{"base", base(judgements)}, {"node", "A1"}, {"grade", "3"}, {"words", "x"}});
  (void)tea.post(judgements,
                 {{"base", base(judgements)}, {"node", "B"}, {"grade", "2"}, {"words", "y"}});
  EXPECT_EQ(kept().find("judgements")->items().size(), 2U);
  (void)tea.post(judgements, {{"base", base(judgements)}, {"remove", "A1"}});
  (void)tea.post(judgements, {{"base", base(judgements)}, {"remove", "B"}});
  EXPECT_EQ(kept().find("judgements"), nullptr);
}

TEST_F(Judgements, AreAskedForWhatIsMissingBesideItsField) {
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

TEST_F(Judgements, TwoPeopleLoseNothing) {
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

TEST_F(Judgements, TargetsHaveADayAndStartFromTheGradeNow) {
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

TEST_F(Judgements, OfASignedRecordNeverChange) {
  (void)tea.get(record + "/check");
  ASSERT_EQ(tea.post(record + "/sign", {{"sure", "yes"}}).status, 303);
  EXPECT_EQ(tea.get(judgements).status, 409);
  (void)tea.get("/children");
  EXPECT_EQ(
      tea.post(judgements, {{"base", ""}, {"node", "A1"}, {"grade", "4"}, {"words", "x"}}).status,
      409);
}

}  // namespace
}  // namespace gcp2::test
