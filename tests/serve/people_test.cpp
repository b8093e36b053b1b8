// Who works with a child, in the browser: caseloads, and shares with partner agencies.
#include <gmock/gmock.h>

#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

class PeoplePages : public testing::Test {
 protected:
  PeoplePages() {
    school.employ("tea", Role::practitioner);
    school.employ("tom", Role::practitioner);
    school.employ("rex", Role::records_manager);
    school.employ("rita", Role::reader);
    Desk desk = school.at("sue");
    id = allowed(desk.add(sample(child(1)), shipped_instruments(), none)).id;
    way = "/children/" + id.text();
    (void)sue.log_in("sue");
  }
  Answer assigned(const std::string& name, const std::string& until = "") {
    return sue.post(way + "/people/assign", {{"colleague", name}, {"assigned_until", until}});
  }
  Answer shared(const std::string& name, const std::string& until,
                const std::string& reason = "sharing_agreement") {
    return sue.post(way + "/people/share",
                    {{"reader", name}, {"shared_until", until}, {"reason", reason}});
  }
  std::size_t involved() { return allowed(school.at("sue").involvements(id, cover)).size(); }

  School school;
  SchoolSite at{school};
  Browser sue{at.site};
  Id id;
  std::string way;
};

TEST_F(PeoplePages, ASupervisorAssignsSharesAndEnds) {
  EXPECT_THAT(sue.get(way).body, HasSubstr(way + "/people"));
  EXPECT_THAT(sue.get(way + "/people").body, HasSubstr("tea (practitioner)"));
  EXPECT_EQ(header_of(assigned("tea"), "Location"), way + "/people");
  EXPECT_EQ(assigned("rex", "2026-03-01").status, 303);
  EXPECT_EQ(shared("rita", "2026-02-20").status, 303) << "today is a day, too";
  const Answer all = sue.get(way + "/people");
  EXPECT_THAT(all.body, HasSubstr("1 March 2026"));
  EXPECT_THAT(all.body, HasSubstr("20 February 2026"));
  EXPECT_THAT(all.body, HasSubstr("End now<span class=\"govuk-visually-hidden\"> for rita"));
  EXPECT_LT(all.body.size(), 20'000U);
  Browser rita{at.site};
  EXPECT_EQ(rita.log_in("rita"), "/children");
  EXPECT_EQ(rita.get(way).status, 200);
  EXPECT_EQ(sue.post(way + "/people/end", {{"name", "rita"}}).status, 303);
  EXPECT_EQ(rita.get(way).status, 403);
  EXPECT_EQ(shared("rita", "2026-02-20").status, 303);
  school.now += 14 * 3600 - 1;
  (void)rita.log_in("rita");
  EXPECT_EQ(rita.get(way).status, 200);
  school.now += 1;
  EXPECT_EQ(rita.get(way).status, 403) << "the day is over";
}

TEST_F(PeoplePages, WhatIsWrongStandsBesideItsField) {
  (void)sue.get(way + "/people");
  EXPECT_THAT(assigned("").body, HasSubstr("id=\"colleague-error\""));
  EXPECT_THAT(assigned("tea", "2026-02-19").body, HasSubstr("id=\"assigned_until-error\""));
  EXPECT_THAT(assigned("tea", "tomorrow").body, HasSubstr("id=\"assigned_until-error\""));
  EXPECT_THAT(assigned("rita").body, HasSubstr("id=\"colleague-error\""));
  const Answer empty = shared("", "", "");
  for (const char* error : {"reader-error", "shared_until-error", "reason-error"})
    EXPECT_THAT(empty.body, HasSubstr("id=\"" + std::string{error} + "\""));
  const Answer over = shared("rita", "2026-02-19");
  EXPECT_THAT(over.body, HasSubstr("it must lie ahead"));
  EXPECT_THAT(over.body, HasSubstr("<option value=\"rita\" selected>"));
  EXPECT_THAT(over.body, HasSubstr("<option value=\"sharing_agreement\" selected>"));
  EXPECT_THAT(shared("tea", "2026-03-01").body, HasSubstr("id=\"reader-error\""));
  EXPECT_THAT(shared("rita", "2026-03-01", "because").body, HasSubstr("There is a problem"));
  const Answer evil = sue.post(way + "/people/end", {{"name", "<script>alert(1)</script>"}});
  EXPECT_THAT(evil.body, HasSubstr("There is a problem"));
  EXPECT_THAT(evil.body, Not(HasSubstr("<script>alert")));
  const std::string quoted = "\"><script>alert(1)</script>";
  EXPECT_THAT(shared(quoted, quoted, quoted).body, Not(HasSubstr("<script>alert")));
  EXPECT_EQ(involved(), 1U);
}

TEST_F(PeoplePages, OthersSeeWhatTheyMayAndChangeNothing) {
  (void)allowed(school.at("sue").assign(id, "tea", 0, cover));
  (void)allowed(school.at("sue").share(id, "rita", school.now + 86400, cover));
  Browser tea{at.site}, tom{at.site}, rita{at.site};
  (void)tea.log_in("tea");
  (void)tom.log_in("tom");
  (void)rita.log_in("rita");
  const Answer seen = tea.get(way + "/people");
  EXPECT_THAT(seen.body, HasSubstr("rita"));
  EXPECT_THAT(seen.body, Not(HasSubstr("End now")));
  EXPECT_THAT(seen.body, Not(HasSubstr("Share with a partner agency")));
  EXPECT_EQ(rita.get(way).status, 200);
  EXPECT_THAT(rita.get(way).body, Not(HasSubstr("Who works with this child")));
  for (Browser* other : {&tom, &rita}) {
    const Answer refused = other->get(way + "/people");
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, Not(HasSubstr("Sample Child")));
  }
  for (Browser* other : {&tea, &tom, &rita}) {
    EXPECT_EQ(other->post(way + "/people/assign", {{"colleague", "tom"}}).status, 403);
    EXPECT_EQ(other->post(way + "/people/end", {{"name", "tea"}}).status, 403);
    EXPECT_EQ(other
                  ->post(way + "/people/share",
                         {{"reader", "rita"}, {"shared_until", "2030-01-01"}, {"reason", "cover"}})
                  .status,
              403);
  }
  EXPECT_EQ(involved(), 3U);
}

TEST_F(PeoplePages, AnotherFamilysChildIsBehindAReasonForSupervisorsToo) {
  const Id other = allowed(school.at("tom").add(sample(child(2)), shipped_instruments(), none)).id;
  const std::string there = "/children/" + other.text() + "/people";
  const Answer refused = sue.get(there);
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, Not(HasSubstr("Sample Child")));
  EXPECT_EQ(sue.get("/children/" + uuid(77) + "/people").status, 403);
  (void)sue.get("/children");
  (void)sue.post("/children/find", {{"ref", "C-1002"}, {"reason", "supervision"}});
  EXPECT_THAT(sue.get(there).body, HasSubstr("Sample Child 1002"));
  EXPECT_EQ(sue.post(there + "/assign", {{"colleague", "tea"}}).status, 303);
  // A reader of one child has nothing of the other.
  (void)allowed(school.at("sue").share(id, "rita", school.now + 86400, cover));
  Browser rita{at.site};
  (void)rita.log_in("rita");
  for (const std::string path : {"", "/records", "/compare", "/over-time.svg", "/people", "/send"})
    EXPECT_EQ(rita.get("/children/" + other.text() + path).status, 403) << path;
  EXPECT_EQ(rita.get("/records/" + uuid(2) + "/report").status, 403);
  EXPECT_EQ(rita.get("/records/" + uuid(2) + "/report.pdf").status, 403);
}

}  // namespace
}  // namespace gcp2::test
