// Records of siblings, started together and graded apart; evidence that is entered once.
#include "serve/siblings.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "gcp2/json.h"
#include "serve/answers.h"
#include "serve/members.h"
#include "support/records.h"
#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

Sample of_family(int number, const std::string& name) {
  Sample out = child(number);
  out.family = "F-1";
  out.name = name;
  return out;
}

/// Two children of one family and one of another, each with a draft.
class Siblings : public testing::Test {
 protected:
  Siblings() {
    school.employ("tea", Role::practitioner);
    robin = keep(of_family(1, "Robin Example"));
    sam = keep(of_family(2, "Sam Example"));
    (void)keep(child(3));
    (void)tea.log_in("tea");
  }
  Id keep(const Sample& of) {
    return allowed(school.at("tea").add(sample(of), shipped_instruments(), {})).id;
  }
  /// Of the days that are typed below.
  std::vector<Value> drafts_of(const Id& of) {
    std::vector<Value> out;
    Desk desk = school.at("tea");
    for (const RecordLine& line : allowed(desk.history(of, {})))
      if (line.window_from == "2026-03-02") out.push_back(allowed(desk.read(line.id, {})));
    return out;
  }
  Answer start(const std::string& from, const std::string& tick, const std::string& ref = "",
               const std::string& born = "") {
    (void)tea.get(from);
    return tea.post(from, {{"instrument", "gcp"},
                           {"ref", "C-1001"},
                           {"family", "F-1"},
                           {"name", "Robin Example"},
                           {"born", "2017-06-21"},
                           {"from", "2026-03-02"},
                           {"to", "2026-03-20"},
                           {"consent", "given"},
                           {"consent_on", "2026-03-01"},
                           {"view_child", "Only mine."},
                           {tick.empty() ? "unticked" : "sibling", tick},
                           {"sibling_ref", ref},
                           {"sibling_born", born}});
  }

  School school;
  SchoolSite at{school};
  Browser tea{at.site};
  Id robin, sam;
};

TEST_F(Siblings, AreStartedTogetherInOneActAndShareNoGrades) {
  const std::string page = "/children/" + robin.text() + "/start";
  const Answer form = tea.get(page);
  EXPECT_THAT(form.body, HasSubstr("Start a record of Sam Example, too"));
  EXPECT_THAT(form.body, Not(HasSubstr("Sample Child")));
  EXPECT_THAT(form.body, HasSubstr("value=\"C-1001\""));
  EXPECT_LT(form.body.size(), 20'000U);
  const Answer started = start(page, sam.text(), "C-1009", "2022-02-02");
  ASSERT_EQ(started.status, 303);
  const Value own = drafts_of(robin).front();
  Desk desk = school.at("tea");
  const ChildFacts newborn = allowed(desk.find({.ref = "C-1009"}, {}));
  EXPECT_EQ(newborn.family_ref, "F-1");
  for (const Id& each : {sam, newborn.id}) {
    const auto drafts = drafts_of(each);
    ASSERT_EQ(drafts.size(), 1U);
    for (const char* shared : {"instrument", "window", "consent", "assessors", "lead_professional"})
      EXPECT_EQ(*drafts.front().find(shared), *own.find(shared)) << shared;
    for (const char* apart : {"observations", "views", "judgements", "targets"})
      EXPECT_EQ(drafts.front().find(apart), nullptr) << apart;
  }
  EXPECT_EQ(drafts_of(sam).front().find("child")->text_at("name"), "Sam Example");
}

TEST_F(Siblings, AreAskedForWhatIsMissingBeforeAnythingIsStarted) {
  const std::string page = "/children/" + robin.text() + "/start";
  EXPECT_THAT(start(page, sam.text(), "", "2022-02-02").body,
              HasSubstr("id=\"sibling_ref-error\""));
  EXPECT_THAT(start(page, sam.text(), "C-1009", "").body, HasSubstr("id=\"sibling_born-error\""));
  EXPECT_TRUE(drafts_of(robin).empty());
  EXPECT_THAT(start(page, "", "C-1009", "").body, HasSubstr("Start a record of Sam Example, too"));
  (void)tea.get("/start");
  EXPECT_THAT(tea.post("/start", {{"sibling", sam.text()}}).body, HasSubstr("href=\"#family\""));
}

TEST_F(Siblings, OfADraftAreStartedFromItsListAndNeverTwice) {
  const std::string record{header_of(start("/start", ""), "Location")};
  const std::string way = record + "/siblings";
  EXPECT_THAT(tea.get(record).body, HasSubstr(way));
  EXPECT_THAT(tea.get(way).body, HasSubstr("Start a record of Sam Example, too"));
  EXPECT_THAT(tea.post(way, {}).body, HasSubstr("href=\"#sibling_ref\""));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(tea.post(way, {{"sibling", sam.text()}}).status, 303);
  EXPECT_EQ(drafts_of(sam).size(), 1U);
  const Answer shown = tea.get(way);
  EXPECT_THAT(shown.body, HasSubstr("Go on<span class=\"govuk-visually-hidden\"> with the record "
                                    "of Sam Example</span>"));
  EXPECT_THAT(shown.body, Not(HasSubstr("Start a record of Sam")));
  EXPECT_THAT(tea.post(way, {{"sibling_ref", "C-1002"}, {"sibling_born", "2017-06-21"}}).body,
              HasSubstr("has a record of the same days already"));
}

TEST_F(Siblings, WhoMovedToAnotherFamilyIsNotOfferedAndNotMovedBack) {
  Sample moved = of_family(2, "Sam Example");
  moved.id = uuid(7);
  moved.family = "F-9";
  EXPECT_EQ(keep(moved), sam);
  const std::string record{header_of(start("/start", ""), "Location")};
  const std::string way = record + "/siblings";
  EXPECT_THAT(tea.get(way).body, Not(HasSubstr("Sam Example")));
  (void)tea.post(way, {{"sibling", sam.text()}});
  EXPECT_EQ(drafts_of(sam).size(), 0U);
}

TEST(FollowUp, IsOfTheFamilyThatTheChildHasMovedTo) {
  ChildFacts known;
  known.ref = "C-1001";
  known.family_ref = "F-9";
  const Value begun =
      cli::web::begun_from(Value::object(), sample(of_family(1, "Robin Example")), known);
  EXPECT_EQ(cli::web::said_in(begun, "child", "family"), "F-9");
}

TEST_F(Siblings, OfOtherCaseloadsAndFamiliesStayOut) {
  school.employ("tom", Role::practitioner);
  const Sample elsewhere = of_family(4, "Secret Example");
  const Id other = allowed(school.at("tom").add(sample(elsewhere), shipped_instruments(), {})).id;
  const Answer started = start("/start", other.text());
  const std::string record{header_of(started, "Location")};
  ASSERT_THAT(record, testing::StartsWith("/records/"));
  EXPECT_THAT(tea.get(record + "/siblings").body, Not(HasSubstr("Secret")));
  EXPECT_EQ(allowed(school.at("tom").history(other, {})).size(), 1U);
  // By the reference it is refused like any other child of another caseload.
  const Answer refused =
      tea.post(record + "/siblings", {{"sibling_ref", "C-1004"}, {"sibling_born", "2017-06-21"}});
  EXPECT_THAT(refused.body, HasSubstr("outside your caseload"));
  EXPECT_THAT(refused.body, Not(HasSubstr("Secret")));
  EXPECT_EQ(allowed(school.at("tom").history(other, {})).size(), 1U);
}

/// As a partner's file can bring one in.
TEST(HostileRecord, WithoutAChildIsFollowedByOneOfTheChildThatIsKnown) {
  ChildFacts known;
  known.ref = "C-1001";
  known.name = "Robin Example";
  Value earlier = Value::object();
  earlier.set("agencies", Value::list());
  for (const Value& wrong : {Value{}, Value::text("text"), Value::list(), Value::boolean(true)}) {
    earlier.set("child", wrong);
    const Value begun = cli::web::begun_from(Value::object(), earlier, known);
    ASSERT_NE(begun.find("child"), nullptr);
    EXPECT_EQ(begun.find("child")->text_at("ref"), "C-1001");
    EXPECT_EQ(begun.find("child")->text_at("name"), "Robin Example");
    EXPECT_NE(begun.find("agencies"), nullptr);
  }
  earlier.set("child", Value::object()).set("name", Value::text("Called otherwise"));
  const Value begun = cli::web::begun_from(Value::object(), earlier, known);
  EXPECT_EQ(begun.find("child")->text_at("name"), "Called otherwise");
  EXPECT_EQ(begun.find("child")->text_at("ref"), "C-1001");
}

/// What is answered is kept, whatever stands in its place.
TEST(HostileRecord, WithMembersOfOtherFormsTakesAnswers) {
  Value draft = Value::object();
  for (const char* key : {"child", "observations", "assessors"})
    draft.set(key, Value::text("text"));
  cli::web::object_in(draft, "child").set("ref", Value::text("C-1001"));
  const std::string by = cli::web::assessor_ref(draft, "tea");
  Value observation = Value::object();
  observation.set("node", Value::text("A1a"));
  draft = cli::web::with_observation(draft, "A1a", &observation);
  EXPECT_EQ(
      write_json(draft, Layout::line),
      R"({"child":{"ref":"C-1001"},"observations":[{"node":"A1a"}],"assessors":[{"ref":"P1","name":"tea"}]})");
  EXPECT_EQ(by, "P1");
}

/// Both have a draft of the same days; one has evidence.
class SharedEvidence : public Siblings {
 protected:
  SharedEvidence() {
    record = header_of(start("/children/" + robin.text() + "/start", sam.text()), "Location");
    (void)tea.post(record + "/answers/A1", {{"base.A1a", ""},
                                            {"grade.A1a", "4"},
                                            {"kind.A1a.0", "observed"},
                                            {"on.A1a.0", "2026-03-04"},
                                            {"text.A1a.0", "The fridge was empty."},
                                            {"base.A1b", ""},
                                            {"text.A1b.0", "About <b>one</b> alone."}});
    way = record + "/siblings/A1";
    sams = *Id::parse(drafts_of(sam).front().text_at("id"));
  }
  std::string entry() { return hidden(tea.get(way).body, "evidence"); }

  std::string record, way;
  Id sams;
};

TEST_F(SharedEvidence, IsCopiedToTheSameQuestionAndGradesAreNot) {
  EXPECT_THAT(tea.get(record + "/answers/A1").body, HasSubstr("name=\"then\" value=\"copy\""));
  EXPECT_EQ(header_of(tea.post(record + "/answers/A1", {{"then", "copy"}}), "Location"), way);
  const Answer form = tea.get(way);
  EXPECT_THAT(form.body, HasSubstr("are never copied"));
  EXPECT_THAT(form.body, HasSubstr("About &lt;b&gt;one&lt;/b&gt; alone."));
  EXPECT_LT(form.body.size(), 20'000U);
  const Answer done = tea.post(way, {{"evidence", entry()}, {"target", sams.text()}});
  EXPECT_THAT(done.body, HasSubstr("Sam Example: 1 copied into the draft."));
  const Value kept = allowed(school.at("tea").read(sams, {}));
  ASSERT_NE(kept.find("observations"), nullptr);
  EXPECT_EQ(
      write_json(*kept.find("observations"), Layout::line),
      R"([{"node":"A1a","evidence":[{"kind":"observed","on":"2026-03-04","text":"The fridge was empty."}],"by":"P1"}])");
  // Once more, nothing is there twice.
  EXPECT_THAT(tea.post(way, {{"evidence", entry()}, {"target", sams.text()}}).body,
              HasSubstr("Sam Example: nothing was copied"));
  EXPECT_EQ(allowed(school.at("tea").read(sams, {})), kept);
}

TEST_F(SharedEvidence, LeavesTheSiblingsOwnAnswersAndTheirAuthorsAsTheyAre) {
  school.employ("tom", Role::practitioner);
  (void)allowed(school.at("sue").assign(sam, "tom", 0, cover));
  Browser tom{at.site};
  (void)tom.log_in("tom");
  const std::string theirs = "/records/" + sams.text() + "/answers/A1";
  (void)tom.get(theirs);
  ASSERT_EQ(tom.post(theirs, {{"base.A1a", ""}, {"grade.A1a", "2"}}).status, 303);
  (void)tea.post(way, {{"evidence", entry()}, {"target", sams.text()}});
  const Value kept = allowed(school.at("tea").read(sams, {}));
  const Value& answer = kept.find("observations")->items().front();
  EXPECT_EQ(answer.find("grade")->text(), "2");
  EXPECT_EQ(answer.text_at("by"), "P2");
  EXPECT_EQ(answer.find("evidence")->items().size(), 1U);
}

TEST_F(SharedEvidence, IsWhatStandsThereAndGoesToSiblingsAlone) {
  const std::string one = entry();
  const Answer nothing = tea.post(way, {});
  EXPECT_THAT(nothing.body, HasSubstr("href=\"#evidence\""));
  EXPECT_THAT(nothing.body, HasSubstr("href=\"#targets\""));
  EXPECT_THAT(
      tea.post(way, {{"evidence", R"(A1a {"text":"Made up."})"}, {"target", sams.text()}}).body,
      HasSubstr("href=\"#evidence\""));
  // Neither a record of another family nor one of other days is a sibling's draft.
  for (const std::string& other : {uuid(2), uuid(3), std::string{"x"}}) {
    const Answer answer = tea.post(way, {{"evidence", one}, {"target", other}});
    EXPECT_THAT(answer.body, Not(HasSubstr("copied into the draft."))) << other;
  }
  EXPECT_EQ(allowed(school.at("tea").read(sams, {})).find("observations"), nullptr);
  EXPECT_EQ(tea.get(record + "/siblings/A1a").status, 404);
  EXPECT_EQ(tea.get(record + "/siblings/x").status, 404);
}

}  // namespace
}  // namespace gcp2::test
