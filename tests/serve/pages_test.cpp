// A teacher's way from a new record to a signed one, two people on one record, and what attackers
// type into fields.
#include "pages.h"

#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "gcp2/keys.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

TEST_F(Pages, StartARecordAnswerAndSeeItAgain) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string record = start_record(tea, "C-1");
  ASSERT_THAT(record, testing::StartsWith("/records/"));
  EXPECT_THAT(tea.get("/children").body, HasSubstr("Robin Example"));
  EXPECT_THAT(tea.get(record).body, HasSubstr("0 of 13 pages are complete"));
  const Answer asked = tea.get(record + "/answers/A1");
  EXPECT_THAT(asked.body, HasSubstr("Quality of food"));
  EXPECT_THAT(asked.body, HasSubstr("name=\"grade.A1a\" value=\"5\""));
  const Answer saved = tea.post(record + "/answers/A1", {{"base.A1a", ""},
                                                         {"grade.A1a", "3"},
                                                         {"kind.A1a.0", "observed"},
                                                         {"on.A1a.0", "2026-01-14"},
                                                         {"text.A1a.0", "Crisps on three days."},
                                                         {"base.A1b", ""},
                                                         {"grade.A1b", "not_observed"},
                                                         {"reason.A1b", "Not at home."}});
  EXPECT_EQ(header_of(saved, "Location"), record + "/answers/A2");
  const Answer again = tea.get(record + "/answers/A1");
  EXPECT_THAT(again.body, HasSubstr("id=\"A1a-g3\" name=\"grade.A1a\" value=\"3\" checked"));
  EXPECT_THAT(again.body, HasSubstr("Crisps on three days."));
  EXPECT_THAT(again.body, HasSubstr("value=\"Not at home.\""));
  EXPECT_THAT(tea.get(record).body, HasSubstr("2 of 4"));
  // What was saved is in the store, with its author.
  const Id id = *Id::parse(record.substr(9));
  const Value kept = allowed(school.at("tea").read(id, {}));
  const Value& first = kept.find("observations")->items()[0];
  EXPECT_EQ(
      write_json(first, Layout::line),
      R"({"node":"A1a","grade":3,"evidence":[{"kind":"observed","on":"2026-01-14","text":"Crisps on three days."}],"by":"P1"})");
  // The same page sent once more changes nothing.
  const std::string base = hidden(again.body, "base.A1a");
  (void)tea.post(record + "/answers/A1", {{"base.A1a", base},
                                          {"grade.A1a", "3"},
                                          {"kind.A1a.0", "observed"},
                                          {"on.A1a.0", "2026-01-14"},
                                          {"text.A1a.0", "Crisps on three days."}});
  EXPECT_EQ(allowed(school.at("tea").read(id, {})), kept);
  // An answer can be taken back.
  (void)tea.post(record + "/answers/A1",
                 {{"base.A1a", base}, {"grade.A1a", ""}, {"text.A1a.0", ""}});
  EXPECT_THAT(tea.get(record).body, HasSubstr("1 of 4"));
}

TEST_F(Pages, CheckLeadsToWhatIsMissingAndSignsOnlyWhatIsWhole) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string record = start_record(tea, "C-1");
  (void)tea.post(record + "/answers/A1", {{"base.A1a", ""}, {"grade.A1a", "5"}});
  const Answer check = tea.get(record + "/check");
  EXPECT_EQ(check.status, 200);
  EXPECT_THAT(check.body, HasSubstr("Must be put right"));
  EXPECT_THAT(check.body, HasSubstr(record + "/answers/A1#A1a"));
  EXPECT_THAT(check.body, HasSubstr(record + "/details#view_child"));
  EXPECT_THAT(check.body, HasSubstr("Questions without an answer: "));
  EXPECT_THAT(check.body, HasSubstr(record + "/answers/A1#A1b"));
  EXPECT_THAT(check.body, Not(HasSubstr("Sign the record")));
  // Sent all the same, it is not signed.
  const Answer refused = tea.post(record + "/sign", {{"sure", "yes"}});
  EXPECT_THAT(refused.body, HasSubstr("There is a problem"));
  EXPECT_THAT(refused.body, HasSubstr("<title>Error: "));
}

TEST_F(Pages, ARecordThatIsBegunTwiceByOnePageIsOne) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string begins = hidden(tea.get("/start").body, "begins");
  const Fields fields{{"instrument", "gcp"},  {"begins", begins},     {"ref", "C-1"},
                      {"born", "2017-06-21"}, {"from", "2026-01-12"}, {"to", "2026-02-06"}};
  for (int press = 0; press < 2; ++press)
    EXPECT_EQ(header_of(tea.post("/start", fields), "Location"), "/records/" + begins);
  const Id child = allowed(school.at("tea").find({.ref = "C-1"}, {})).id;
  EXPECT_EQ(allowed(school.at("tea").history(child, {})).size(), 1U);
  EXPECT_NE(hidden(tea.get("/start").body, "begins"), begins);
}

TEST_F(Pages, ANewRecordTakesOverTheFamilyAndNothingThatWasObserved) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  (void)allowed(school.at("tea").add(sample({.id = uuid(7), .ref = "C-7", .is_signed = true}),
                                     shipped_instruments(), {}));
  const Id child = allowed(school.at("tea").find({.ref = "C-7"}, {})).id;
  const std::string path = "/children/" + child.text() + "/start";
  EXPECT_THAT(tea.get(path).body, HasSubstr("action=\"" + path + "\""));
  const auto begun = [&](const std::string& ref, const std::string& name) {
    const Answer started = tea.post(path, {{"instrument", "gcp"},
                                           {"ref", ref},
                                           {"name", name},
                                           {"born", "2017-06-21"},
                                           {"from", "2026-03-02"},
                                           {"to", "2026-03-20"}});
    const std::string record = std::string{header_of(started, "Location")}.substr(9);
    return allowed(school.at("tea").read(*Id::parse(record), {}));
  };
  const Value next = begun("C-7", "Robin Example");
  EXPECT_EQ(next.find("carers")->items().size(), 2U);
  EXPECT_NE(next.find("agencies"), nullptr);
  EXPECT_EQ(next.find("observations"), nullptr);
  (void)tea.get(path);
  EXPECT_EQ(begun("C-8", "Somebody Else").find("carers"), nullptr) << "another child's record";
}

TEST_F(Pages, TwoPeopleOnTheDetailsLoseNothing) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string record = start_record(tea, "C-1");
  const std::string details = record + "/details";
  EXPECT_THAT(tea.get(details).body, HasSubstr("name=\"was_view_practitioner\""));
  // Two pages were open; each person has changed another field.
  EXPECT_EQ(tea.post(details, {{"was_view_practitioner", ""},
                               {"view_practitioner", "Better at home."},
                               {"was_review_on", ""},
                               {"review_on", ""}})
                .status,
            303);
  EXPECT_EQ(tea.post(details, {{"was_view_practitioner", ""},
                               {"view_practitioner", ""},
                               {"was_review_on", ""},
                               {"review_on", "2026-09-30"}})
                .status,
            303);
  const std::string both = tea.get(details).body;
  EXPECT_THAT(both, HasSubstr("Better at home."));
  EXPECT_THAT(both, HasSubstr("2026-09-30"));
  // The same field: the second one is told, and decides.
  const Answer clash = tea.post(
      details, {{"was_view_practitioner", ""}, {"view_practitioner", "Worse, if anything."}});
  EXPECT_THAT(clash.body, HasSubstr("changed this meanwhile to: Better at home."));
  EXPECT_THAT(clash.body, HasSubstr("Worse, if anything."));
  EXPECT_THAT(tea.get(details).body, HasSubstr("Better at home."));
  EXPECT_EQ(
      tea.post(details, {{"was_view_practitioner", hidden(clash.body, "was_view_practitioner")},
                         {"view_practitioner", "Worse, if anything."}})
          .status,
      303);
  EXPECT_THAT(tea.get(details).body, HasSubstr("Worse, if anything."));
}

TEST_F(Pages, TwoPeopleLoseNothing) {
  Browser tea{at.site}, tom{at.site};
  (void)tea.log_in("tea");
  (void)tom.log_in("tom");
  const std::string record = start_record(tea, "C-1");
  const Id child = allowed(school.at("tea").find({.ref = "C-1"}, {})).id;
  (void)allowed(school.at("sue").assign(child, "tom", 0, cover));
  // Both have the empty page open; each answers another question.
  (void)tom.get(record + "/answers/A1");
  (void)tea.post(record + "/answers/A1", {{"base.A1a", ""}, {"grade.A1a", "2"}, {"base.A1b", ""}});
  EXPECT_EQ(
      tom.post(record + "/answers/A1", {{"base.A1a", ""}, {"base.A1b", ""}, {"grade.A1b", "4"}})
          .status,
      303);
  const Answer both = tea.get(record + "/answers/A1");
  EXPECT_THAT(both.body, HasSubstr("id=\"A1a-g2\" name=\"grade.A1a\" value=\"2\" checked"));
  EXPECT_THAT(both.body, HasSubstr("id=\"A1b-g4\" name=\"grade.A1b\" value=\"4\" checked"));
  // The same question, differently: the second one is told, keeps what was typed, and decides.
  const Answer clash = tom.post(record + "/answers/A1", {{"base.A1a", ""}, {"grade.A1a", "5"}});
  EXPECT_EQ(clash.status, 409);
  EXPECT_THAT(clash.body, HasSubstr("Somebody else gave grade 2 here meanwhile"));
  EXPECT_THAT(clash.body, HasSubstr("id=\"A1a-g5\" name=\"grade.A1a\" value=\"5\" checked"));
  EXPECT_EQ(tom.post(record + "/answers/A1",
                     {{"base.A1a", hidden(clash.body, "base.A1a")}, {"grade.A1a", "5"}})
                .status,
            303);
}

TEST_F(Pages, WhatSomebodyTypedIsNotSavedAsAnothers) {
  Browser browser{at.site};
  (void)browser.log_in("tea");
  const std::string page = start_record(browser, "C-1") + "/answers/A1";
  const Id child = allowed(school.at("tea").find({.ref = "C-1"}, {})).id;
  (void)allowed(school.at("sue").assign(child, "tom", 0, cover));
  const auto account = [&] {
    const std::string shown = browser.get(page).body, start = "data-account=\"";
    const std::size_t place = shown.find(start) + start.size();
    return shown.substr(place, shown.find('"', place) - place);
  };
  const std::string teas = account();
  // In another tab of the same browser, while the page is open.
  (void)browser.post("/log-out", {});
  (void)browser.log_in("tom");
  const std::string toms = account();
  EXPECT_NE(teas, toms);
  const Answer refused =
      browser.post(page, {{"typed_by", teas}, {"base.A1a", ""}, {"grade.A1a", "5"}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("Somebody else is logged in in this browser now"));
  EXPECT_EQ(hidden(browser.get(page).body, "base.A1a"), "");
  EXPECT_EQ(browser.post(page, {{"typed_by", toms}, {"base.A1a", ""}, {"grade.A1a", "2"}}).status,
            303);
}

TEST_F(Pages, AnotherFamilysRecordsNeedAReason) {
  Browser tea{at.site}, tom{at.site};
  (void)tea.log_in("tea");
  (void)tom.log_in("tom");
  const std::string record = start_record(tea, "C-1");
  const std::string child =
      "/children/" + allowed(school.at("tea").find({.ref = "C-1"}, {})).id.text();
  for (const std::string& path : {record, record + "/answers/A1", record + "/check",
                                  record + "/report", record + "/details", child}) {
    const Answer answer = tom.get(path);
    EXPECT_EQ(answer.status, 403) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("Robin"))) << path;
  }
  EXPECT_EQ(tom.post(record + "/answers/A1", {{"base.A1a", ""}, {"grade.A1a", "1"}}).status, 403);
  EXPECT_THAT(tom.get("/children").body, HasSubstr("No children"));
  EXPECT_THAT(tom.post("/children/find", {{"ref", "C-1"}}).body,
              HasSubstr("outside your caseload"));
  EXPECT_EQ(
      header_of(tom.post("/children/find", {{"ref", "C-1"}, {"reason", "cover"}}), "Location"),
      child);
  EXPECT_EQ(tom.get(child).status, 200);
  EXPECT_EQ(tom.get(record).status, 200);
}

TEST_F(Pages, WhatPeopleTypeIsTextAndNothingElse) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string evil = "\"><script>alert(1)</script>{{token}}{{{content}}}";
  const std::string record = start_record(tea, evil, evil);
  ASSERT_THAT(record, testing::StartsWith("/records/"));
  (void)tea.post(record + "/answers/A1", {{"base.A1a", ""},
                                          {"grade.A1a", "not_observed"},
                                          {"reason.A1a", evil},
                                          {"text.A1a.0", evil},
                                          {"kind.A1a.0", evil}});
  const std::string child =
      "/children/" + allowed(school.at("tea").find({.ref = evil}, {})).id.text();
  for (const std::string& path : {std::string{"/children"}, child, record, record + "/answers/A1",
                                  record + "/check", record + "/details"}) {
    const Answer answer = tea.get(path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("<script>"))) << path;
  }
  EXPECT_THAT(tea.get("/children").body, HasSubstr("&lt;script&gt;"));
  // In a page that says what is wrong, too.
  (void)tea.get("/start");
  const Answer wrong = tea.post("/start", {{"ref", evil}, {"from", evil}});
  EXPECT_THAT(wrong.body, Not(HasSubstr("<script>")));
  for (const char* beside : {"id=\"born-error\"", "aria-describedby=\"to-error\""})
    EXPECT_THAT(wrong.body, HasSubstr(beside));
  EXPECT_THAT(tea.post("/children/find", {{"ref", evil + "x"}}).body, Not(HasSubstr("<script>")));
}

TEST_F(Pages, TheScriptIsToldWhatIsKept) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string record = start_record(tea, "C-1");
  (void)tea.get(record + "/answers/A1");
  const Answer saved = tea.send({"POST",
                                 record + "/answers/A1",
                                 {{"origin", "http://localhost:80"},
                                  {"accept", "application/json"},
                                  {"content-type", "application/x-www-form-urlencoded"}},
                                 "token=" + tea.token + "&base.A1a=&grade.A1a=3"});
  EXPECT_EQ(saved.status, 200);
  Findings findings;
  const Value told = read_json(saved.body, findings);
  EXPECT_EQ(told.find("bases")->text_at("A1a"), R"({"node":"A1a","grade":3,"by":"P1"})");
  EXPECT_EQ(told.find("bases")->text_at("A1b"), "");
}

TEST_F(Pages, AreLight) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string record = start_record(tea, "C-1");
  const Answer front = tea.get("/children");
  std::size_t assets = 0;
  for (const std::string_view ending : {".css", ".js"}) {
    const std::size_t end = front.body.find(std::string{ending} + "\"") + ending.size();
    const std::size_t start = front.body.rfind("/assets/", end);
    const Answer asset = tea.get(front.body.substr(start, end - start));
    EXPECT_EQ(asset.status, 200);
    EXPECT_THAT(std::string{header_of(asset, "Cache-Control")}, HasSubstr("immutable"));
    assets += asset.body.size();
  }
  constexpr std::size_t first_load = 150'000, after = 20'000;
  EXPECT_LT(assets + front.body.size(), first_load);
  for (const std::string& path : {std::string{"/children"}, record, record + "/answers/A1",
                                  record + "/check", record + "/details"}) {
    const Answer page = tea.get(path);
    EXPECT_LT(page.body.size(), after) << path;
    EXPECT_EQ(header_of(page, "Cache-Control"), "no-store") << path;
  }
}

}  // namespace
}  // namespace gcp2::test
