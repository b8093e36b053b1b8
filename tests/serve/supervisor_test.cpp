// What only supervisors do with records: signing off what others signed, dismissing indications.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "support/records.h"
#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

/// A school whose teacher has one child with a draft that can be signed; the supervisor works with
/// the child, too.
class Supervisor : public testing::Test {
 protected:
  Supervisor() {
    school.employ("tea", Role::practitioner);
    child = allowed(school.at("tea").add(sample({.id = uuid(7), .ref = "C-7"}),
                                         shipped_instruments(), {}))
                .id;
    (void)allowed(school.at("sue").assign(child, "sue", 0, cover));
    (void)tea.log_in("tea");
    (void)sue.log_in("sue");
  }
  void sign(Browser& by) { ASSERT_EQ(by.sign(record).status, 303); }

  School school;
  SchoolSite at{school};
  Browser tea{at.site}, sue{at.site};
  Id child;
  const std::string record = "/records/" + uuid(7);
};

TEST_F(Supervisor, SignsOffWhatSomebodyElseSigned) {
  EXPECT_THAT(sue.get("/children").body, HasSubstr("href=\"/sign-offs\""));
  EXPECT_THAT(tea.get("/children").body, Not(HasSubstr("/sign-offs")));
  EXPECT_THAT(sue.get("/sign-offs").body, HasSubstr("Nothing is waiting"));
  EXPECT_EQ(header_of(sue.get(record + "/sign-off"), "Location"), record + "/report");
  sign(tea);
  const Answer waiting = sue.get("/sign-offs");
  EXPECT_THAT(waiting.body, HasSubstr("tea, 20 February 2026"));
  EXPECT_THAT(waiting.body, HasSubstr("Robin Example"));
  EXPECT_LT(waiting.body.size(), 20'000U);
  const std::string page = "/children/" + child.text();
  EXPECT_THAT(sue.get(page).body, HasSubstr("Signed here by tea. Nobody has signed it off yet."));
  EXPECT_THAT(sue.get(page).body, HasSubstr(record + "/sign-off"));
  EXPECT_THAT(tea.get(page).body, Not(HasSubstr(record + "/sign-off")));
  EXPECT_THAT(sue.get(record + "/report").body, HasSubstr("Nobody has signed it off yet."));
  EXPECT_THAT(sue.get(record + "/sign-off").body, HasSubstr(record + "/report"));
  EXPECT_THAT(sue.post(record + "/sign-off", {}).body, HasSubstr("href=\"#sure\""));
  EXPECT_EQ(header_of(sue.post(record + "/sign-off", {{"sure", "yes"}}), "Location"), "/sign-offs");
  EXPECT_THAT(sue.get("/sign-offs").body, HasSubstr("Nothing is waiting"));
  const std::string said = "Signed here by tea. Signed off by sue on 20 February 2026.";
  for (const std::string& path : {page, page + "/records", record + "/report"})
    EXPECT_THAT(tea.get(path).body, HasSubstr(said)) << path;
  EXPECT_EQ(allowed(school.at("sue").history(child, {})).front().signed_off_by,
            school.at("sue").account().id);
}

TEST_F(Supervisor, SignsOffNothingOfTheirOwn) {
  sign(sue);
  EXPECT_THAT(sue.get("/sign-offs").body, HasSubstr("Nothing is waiting"));
  EXPECT_EQ(header_of(sue.get(record + "/sign-off"), "Location"), record + "/report");
  (void)sue.get("/children");
  EXPECT_EQ(sue.post(record + "/sign-off", {{"sure", "yes"}}).status, 403);
  EXPECT_TRUE(allowed(school.at("sue").history(child, {})).front().signed_off_by.none());
}

TEST_F(Supervisor, SeesAndSignsOffNothingOfOtherCaseloadsWithoutAReason) {
  school.employ("sam", Role::supervisor);
  sign(tea);
  Browser sam{at.site};
  (void)sam.log_in("sam");
  EXPECT_THAT(sam.get("/sign-offs").body, HasSubstr("Nothing is waiting"));
  EXPECT_EQ(sam.get(record + "/sign-off").status, 403);
  (void)sam.get("/children");
  EXPECT_EQ(sam.post(record + "/sign-off", {{"sure", "yes"}}).status, 403);
  (void)sam.get("/children");
  ASSERT_EQ(sam.post("/children/find", {{"ref", "C-7"}, {"reason", "supervision"}}).status, 303);
  EXPECT_THAT(sam.get("/children/" + child.text()).body, HasSubstr(record + "/sign-off"));
  (void)sam.get(record + "/sign-off");
  EXPECT_EQ(sam.post(record + "/sign-off", {{"sure", "yes"}}).status, 303);
}

/// A draft in which something is urgent: a grade 5 where nobody watches over the child.
class Dismissal : public Supervisor {
 protected:
  Dismissal() {
    const Value before = kept();
    Value changed = before;
    for (Value& each : changed.find("observations")->items())
      if (each.text_at("node") == "B2") each.set("grade", Value::number(std::int64_t{5}));
    (void)allowed(school.at("tea").save_draft(before, changed, {}));
    const std::string page = sue.get(check).body, start = "href=\"" + record + "/dismissals/";
    const std::size_t at_first = page.find(start) + start.size();
    rule = page.substr(at_first, page.find('"', at_first) - at_first);
    way = record + "/dismissals/" + rule;
  }
  Value kept() { return allowed(school.at("tea").read(*Id::parse(uuid(7)), {})); }

  const std::string check = record + "/check";
  const std::string top = "class=\"govuk-warning-text urgent\"";
  std::string rule, way;
};

TEST_F(Dismissal, HasAReasonThatIsKeptAndShownAndUrgentStaysOnTop) {
  const Answer form = sue.get(way);
  ASSERT_EQ(form.status, 200);
  EXPECT_THAT(form.body, HasSubstr(top));
  EXPECT_THAT(form.body, HasSubstr("level-urgent"));
  for (const char* nothing : {"", " \n "})
    EXPECT_THAT(sue.post(way, {{"words", nothing}}).body, HasSubstr("id=\"words-error\""));
  EXPECT_EQ(kept().find("dismissed"), nullptr);
  EXPECT_EQ(header_of(sue.post(way, {{"words", "A neighbour <b>was</b> there."}}), "Location"),
            check + "#indications");
  const Value document = kept();
  EXPECT_EQ(document.find("dismissed")->items().front().text_at("indication"), rule);
  const std::string said =
      "Dismissed by sue. Reason given: A neighbour &lt;b&gt;was&lt;/b&gt; there.";
  for (Browser* each : {&sue, &tea}) {
    const Answer shown = each->get(check);
    EXPECT_THAT(shown.body, HasSubstr(said));
    EXPECT_THAT(shown.body, HasSubstr(top));
    EXPECT_LT(shown.body.size(), 20'000U);
  }
  EXPECT_THAT(sue.post(way, {{"words", "Once more."}}).body,
              HasSubstr("has dismissed it meanwhile"));
  // It goes on into the report of the signed record.
  sign(tea);
  EXPECT_THAT(tea.get(record + "/report").body, HasSubstr(said));
  EXPECT_EQ(sue.get(way).status, 409);
  EXPECT_EQ(sue.post(way, {{"words", "Too late."}}).status, 409);
}

TEST_F(Dismissal, IsTakenBack) {
  (void)sue.get(way);
  ASSERT_EQ(sue.post(way, {{"words", "A neighbour was there."}}).status, 303);
  EXPECT_THAT(sue.get(way).body, HasSubstr("Take the dismissal back"));
  EXPECT_EQ(sue.post(way, {{"take_back", "yes"}}).status, 303);
  EXPECT_EQ(kept().find("dismissed"), nullptr);
  EXPECT_THAT(sue.get(check).body, Not(HasSubstr("A neighbour was there.")));
}

TEST_F(Dismissal, IsForSupervisorsAndOfWhatIsIndicated) {
  EXPECT_THAT(tea.get(check).body, Not(HasSubstr("/dismissals/")));
  EXPECT_EQ(tea.get(way).status, 403);
  (void)tea.get(check);
  EXPECT_EQ(tea.post(way, {{"words", "No concern of mine."}}).status, 403);
  for (const char* other : {"no_such_rule", "A1", "%3Cscript%3E"})
    EXPECT_EQ(sue.get(record + "/dismissals/" + other).status, 404) << other;
  (void)sue.get(check);
  EXPECT_EQ(sue.post(record + "/dismissals/no_such_rule", {{"words", "x"}}).status, 404);
  EXPECT_EQ(kept().find("dismissed"), nullptr);
}

}  // namespace
}  // namespace gcp2::test
