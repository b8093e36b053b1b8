// Keeping in the browser: retention, erasure by two people, backups.
#include "keeping.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace gcp2::test {
namespace {

namespace fs = std::filesystem;
using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

TEST_F(Keeping, EachRoleBeginsWhereItsWorkIs) {
  for (const auto& [name, start] : {std::pair{"otto", "/log"},
                                    {"rex", "/retention"},
                                    {"sue", "/children"},
                                    {"adam", "/accounts"}}) {
    Browser browser{at.site};
    EXPECT_EQ(browser.log_in(name), start);
  }
  Browser otto = at_work("otto"), rex = at_work("rex"), tess = at_work("tess");
  const std::string of_otto = otto.get("/log").body, of_rex = rex.get("/log").body;
  EXPECT_THAT(of_otto, HasSubstr("href=\"/log\" aria-current=\"page\""));
  EXPECT_THAT(of_otto, HasSubstr("href=\"/accounts\""));
  EXPECT_THAT(of_otto, Not(HasSubstr("href=\"/retention\"")));
  for (const char* link : {"\"/retention\"", "\"/erasures\"", "\"/backup\"", "\"/log\""})
    EXPECT_THAT(of_rex, HasSubstr(link));
  EXPECT_THAT(tess.get("/children").body, Not(HasSubstr("class=\"menu\"")));
}

TEST_F(Keeping, ChildrenStandByTheDayOfReviewAndWhatIsDueIsMarked) {
  Browser rex = at_work("rex");
  const std::string list = rex.get("/retention").body;
  EXPECT_THAT(list, HasSubstr("Children: 3. Due now: <strong>1</strong>"));
  EXPECT_LT(list.find("Number1"), list.find("Number2"));
  EXPECT_THAT(list, HasSubstr("1 May 2024 <strong class=\"govuk-tag govuk-tag--red\">Due"));
  EXPECT_EQ(count_of(list, ">Due</strong>"), 1U);
  EXPECT_EQ(rex.get("/retention/pages/2").status, 404);
  EXPECT_EQ(rex.get("/retention/pages/0").status, 404);
  EXPECT_EQ(rex.get("/retention/" + uuid(77)).status, 404);
}

TEST_F(Keeping, TheYearsUntilReviewAreTheSettingsOwn) {
  Browser rex = at_work("rex");
  const std::string usual = rex.get("/retention").body;
  EXPECT_THAT(usual, HasSubstr("at the age of 25: "));
  EXPECT_THAT(usual, HasSubstr("value=\"25\""));
  for (const char* wrong : {"", "0", "101", "1.5", "<b>"}) {
    const std::string said = rex.post("/retention", {{"years", wrong}}).body;
    EXPECT_THAT(said, HasSubstr("id=\"years-error\"")) << wrong;
    EXPECT_THAT(said, HasSubstr("enter a whole number of years")) << wrong;
    EXPECT_THAT(said, HasSubstr("at the age of 25: ")) << wrong;
    EXPECT_THAT(said, Not(HasSubstr("<b>"))) << wrong;
  }
  EXPECT_EQ(header_of(rex.post("/retention", {{"years", "1"}}), "Location"), "/retention");
  const std::string changed = rex.get("/retention").body;
  EXPECT_THAT(changed, HasSubstr("at the age of 1: "));
  EXPECT_THAT(changed, HasSubstr("1 May 2000 "));
  EXPECT_THAT(changed, HasSubstr("Due now: <strong>3</strong>"));
  EXPECT_THAT(at_work("ria").get("/retention/" + ids[0].text()).body, HasSubstr("1 May 2000"));
  Browser otto = at_work("otto");
  EXPECT_EQ(otto.post("/retention", {{"years", "30"}}).status, 403);
  const std::string log = otto.get("/log").body;
  EXPECT_EQ(count_of(log, "Changed when files are reviewed"), 7U);
  EXPECT_THAT(log, HasSubstr("out of range"));
}

TEST_F(Keeping, ManyChildrenAreShownInPages) {
  Desk tess = school.at("tess");
  for (int i = 10; i < 58; ++i)
    (void)allowed(tess.add(sample(child(i)), shipped_instruments(), {}));
  Browser rex = at_work("rex");
  const std::string first = rex.get("/retention").body, second = rex.get("/retention/pages/2").body;
  EXPECT_LT(first.size(), 20'000U);
  EXPECT_EQ(count_of(first, "<tr><th scope=\"row\">"), 50U);
  EXPECT_EQ(count_of(second, "<tr><th scope=\"row\">"), 1U);
  EXPECT_THAT(first, HasSubstr("href=\"/retention/pages/2\""));
  EXPECT_THAT(second, HasSubstr("href=\"/retention/pages/1\""));
  EXPECT_EQ(rex.get("/retention/pages/3").status, 404);
}

TEST_F(Keeping, AHoldIsSetAndLiftedWithAReason) {
  Browser rex = at_work("rex");
  const std::string way = "/retention/" + ids[0].text();
  (void)rex.get(way);
  EXPECT_THAT(rex.post(way, {{"act", "hold"}}).body, HasSubstr("id=\"reason-error\""));
  EXPECT_EQ(rex.post(way, {{"act", "hold"}, {"reason", "legal_hold"}}).status, 303);
  EXPECT_THAT(rex.get("/retention").body, HasSubstr("Legal hold</strong>"));
  EXPECT_THAT(rex.get(way).body, HasSubstr("Lift the hold"));
  EXPECT_THAT(rex.get(way).body, Not(HasSubstr("Ask for erasure")));
  EXPECT_THAT(rex.post(way, {{"act", "ask"}, {"reason", "retention"}}).body,
              HasSubstr("The child is under a legal hold"));
  EXPECT_EQ(rex.post(way, {{"act", "lift"}, {"reason", "hold_over"}}).status, 303);
  EXPECT_THAT(rex.get(way).body, HasSubstr("Ask for erasure"));
  EXPECT_EQ(rex.post(way, {{"act", "ask"}, {"reason", "because"}}).status, 200);
  EXPECT_EQ(rex.post(way, {{"act", "other"}, {"reason", "retention"}}).status, 400);
}

TEST_F(Keeping, AnErasureTakesTwoPeopleATickAndTheReference) {
  Browser rex = at_work("rex"), ria = at_work("ria"), sue = at_work("sue");
  const std::string way = "/erasures/" + ids[0].text();
  (void)rex.get("/retention/" + ids[0].text());
  EXPECT_EQ(
      rex.post("/retention/" + ids[0].text(), {{"act", "ask"}, {"reason", "retention"}}).status,
      303);
  EXPECT_THAT(rex.get("/retention").body, HasSubstr("Requests for erasure that wait: 1"));
  // Whoever asked for it.
  EXPECT_THAT(rex.get(way).body, Not(HasSubstr("Erase for ever")));
  EXPECT_THAT(rex.post(way, {{"typed", "C-1001"}, {"sure", "yes"}, {"reason", "retention"}}).body,
              HasSubstr("a second person has to"));
  // Somebody else, who leaves things out.
  EXPECT_THAT(ria.get("/erasures").body, HasSubstr("by rex on 20 February 2026"));
  (void)ria.get(way);
  const std::string wrong = ria.post(way, {{"typed", "C-1002"}}).body;
  for (const char* field : {"typed", "sure", "reason"})
    EXPECT_THAT(wrong, HasSubstr("id=\"" + std::string{field} + "-error\""));
  EXPECT_EQ(allowed(school.at("sue").erasure_requests()).size(), 1U);
  school.now += 60;
  // Somebody who does it.
  (void)sue.get(way);
  const Answer done =
      sue.post(way, {{"typed", "C-1001"}, {"sure", "yes"}, {"reason", "retention"}});
  EXPECT_EQ(header_of(done, "Location"), way + "/certificate");
  const std::string certificate = sue.get(way + "/certificate").body;
  EXPECT_THAT(certificate, HasSubstr("C-1001"));
  EXPECT_THAT(certificate, HasSubstr(">rex<"));
  EXPECT_THAT(certificate, HasSubstr(">sue<"));
  EXPECT_THAT(certificate, HasSubstr("is to be gone by 22 March 2026"));
  EXPECT_THAT(certificate, Not(HasSubstr("Number1")));
  EXPECT_THAT(ria.get(way + "/certificate").body, HasSubstr("no longer known"));
  EXPECT_EQ(ria.get("/erasures/" + uuid(77) + "/certificate").status, 404);
  EXPECT_EQ(sue.get(way).status, 403);
  EXPECT_EQ(why(school.at("sue").history(ids[0], {.code = "cover", .words = ""})), "no_such_child");
  EXPECT_THAT(rex.get("/retention").body, HasSubstr("Children: 2."));
}

TEST_F(Keeping, ARequestIsWithdrawnByEither) {
  for (const char* name : {"rex", "sue"}) {
    ask_erasure(ids[1]);
    Browser browser = at_work(name);
    const std::string way = "/erasures/" + ids[1].text();
    (void)browser.get(way);
    EXPECT_THAT(browser.post(way + "/withdraw", {}).body, HasSubstr("id=\"reason-error\""));
    EXPECT_EQ(
        header_of(browser.post(way + "/withdraw", {{"reason", "record_mistake"}}), "Location"),
        "/erasures");
    EXPECT_THAT(browser.get("/erasures").body, HasSubstr("No request waits"));
  }
}

TEST_F(Keeping, WhatIsCalledLikeACommandIsTextOnEveryPage) {
  const std::string evil = "<script>alert(1)</script>{{token}}";
  Sample wanted = child(9);
  wanted.ref = evil;
  wanted.name = evil;
  const Id id = allowed(school.at("tess").add(sample(wanted), shipped_instruments(), {})).id;
  ask_erasure(id);
  Browser rex = at_work("rex"), sue = at_work("sue");
  for (const std::string& path : {std::string{"/retention"}, "/retention/" + id.text(),
                                  std::string{"/erasures"}, "/erasures/" + id.text()}) {
    EXPECT_THAT(rex.get(path).body, Not(HasSubstr("<script>alert"))) << path;
    EXPECT_THAT(rex.get(path).body, HasSubstr("&lt;script&gt;")) << path;
  }
  (void)sue.get("/erasures/" + id.text());
  const Answer done = sue.post("/erasures/" + id.text(),
                               {{"typed", evil}, {"sure", "yes"}, {"reason", "retention"}});
  EXPECT_THAT(sue.get(std::string{header_of(done, "Location")}).body,
              Not(HasSubstr("<script>alert")));
}

TEST_F(Keeping, WithoutFoldersThePageSaysWhatToDo) {
  Browser adam = at_work("adam");
  const std::string said = adam.get("/backup").body;
  EXPECT_THAT(said, HasSubstr("gcp2 store backup"));
  EXPECT_THAT(said, Not(HasSubstr("Back up now")));
  EXPECT_THAT(adam.post("/backup", {}).body, HasSubstr("gcp2 store backup"));
}

TEST_F(Keeping, ABackupIsBothCopiesUnderNamesOfTheMoment) {
  at.site.backups = folders();
  Browser adam = at_work("adam");
  EXPECT_THAT(adam.get("/backup").body, HasSubstr("None is there."));
  const std::string made = adam.post("/backup", {{"file", "../elsewhere"}}).body;
  const std::string ring = school.path("ring-copies/ring-2026-02-20T100000Z");
  const std::string records = school.path("backups/records-2026-02-20T100000Z");
  EXPECT_TRUE(fs::exists(ring));
  EXPECT_TRUE(fs::exists(records + ".manifest"));
  EXPECT_THAT(made, HasSubstr("The key ring is in " + ring));
  EXPECT_THAT(made, HasSubstr("destroy it by 22 March 2026"));
  EXPECT_THAT(made, HasSubstr("The records are in " + records));
  const std::string later = adam.get("/backup").body;
  EXPECT_THAT(later, HasSubstr("20 February 2026, 10:00:00 (UTC), " + ring));
  EXPECT_THAT(later, HasSubstr("20 February 2026, 10:00:00 (UTC), " + records));
  EXPECT_THAT(later, Not(HasSubstr("have to be destroyed")));
  // In the same moment there is something already, and it stays.
  EXPECT_THAT(adam.post("/backup", {}).body, HasSubstr("there is something at that name already"));
}

// Those that the program knows again go by themselves; any other one is said, and left to people.
TEST_F(Keeping, OldCopiesOfTheRingAreDestroyedOrSaid) {
  at.site.backups = folders();
  for (const char* copy : {"ring-copies/by-hand", "ring-copies/changed", "elsewhere"})
    (void)allowed(school.at("sue").back_up_ring(school.path(copy)));
  std::ofstream{school.path("ring-copies/changed"), std::ios::app} << "changed";
  school.now += Seconds{30} * 86400;
  Browser rex = at_work("rex");
  for (const char* copy : {"ring-copies/by-hand", "elsewhere"})
    EXPECT_FALSE(fs::exists(school.path(copy))) << copy;
  const std::string said = rex.get("/backup").body;
  EXPECT_THAT(said, HasSubstr("have to be destroyed"));
  EXPECT_THAT(said, HasSubstr("<li>" + school.path("ring-copies/changed")));
  EXPECT_EQ(count_of(said, "<li>" + school.path("ring-copies")), 1U);
  EXPECT_THAT(said, Not(HasSubstr(school.path("elsewhere"))));
  fs::remove(school.path("ring-copies/changed"));
  EXPECT_THAT(rex.post("/backup", {}).body, Not(HasSubstr("have to be destroyed")));
}

TEST_F(Keeping, ABackupThatFailsSaysWhy) {
  at.site.backups = folders();
  fs::remove(school.path("backups"));
  std::ofstream{school.path("backups")} << "not a folder";
  Browser sue = at_work("sue");
  EXPECT_THAT(sue.get("/backup").body, HasSubstr("Not there"));
  const std::string half = sue.post("/backup", {}).body;
  EXPECT_THAT(half, HasSubstr("The key ring is in"));
  EXPECT_THAT(half, HasSubstr("The records were not copied"));
  EXPECT_THAT(half, HasSubstr("cannot be written to"));
  ++school.now;
  fs::remove_all(school.path("ring-copies"));
  const std::string nothing = sue.post("/backup", {}).body;
  EXPECT_THAT(nothing, HasSubstr("The key ring was not copied"));
  EXPECT_THAT(nothing, HasSubstr("cannot be written to"));
  EXPECT_THAT(nothing, Not(HasSubstr("Written")));
}

}  // namespace
}  // namespace gcp2::test
