// The log in the browser: read in pages, narrowed, taken away.
#include "store/log.h"

#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "keeping.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

TEST_F(Keeping, TheLogIsReadInPagesOfActsTheNewestFirst) {
  Desk sue = school.at("sue");
  for (int i = 0; i < 60; ++i) {
    ++school.now;
    (void)allowed(sue.accounts());
  }
  Browser otto = at_work("otto");
  const std::string newest = otto.get("/log").body;
  EXPECT_EQ(count_of(newest, "<tr><td>"), 50U);
  EXPECT_LT(newest.size(), 20'000U);
  EXPECT_THAT(newest, HasSubstr("Looked at the accounts"));
  EXPECT_THAT(newest, HasSubstr("20 February 2026, 10:01:00"));
}

TEST_F(Keeping, RowsOfOneActAreOneLine) {
  Browser otto = at_work("otto");
  const std::string log = otto.get("/log").body;
  EXPECT_THAT(log, HasSubstr("Took in a record ("));
  EXPECT_EQ(count_of(log, "Took in a record"), 3U);
  EXPECT_THAT(log, HasSubstr("child " + ids[0].text()));
  EXPECT_THAT(log, Not(HasSubstr("Number1")));
}

TEST_F(Keeping, ActsOnTwoAccountsAreTwoLinesAlsoInOneSecond) {
  Desk adam = school.at("adam");
  for (const char* name : {"nell", "nora"})
    (void)allowed(adam.make_account(name, Role::trainer, passphrase));
  Browser otto = at_work("otto");
  const std::string log = otto.get("/log").body;
  EXPECT_THAT(log, HasSubstr("Made an account: nell"));
  EXPECT_THAT(log, HasSubstr("Made an account: nora"));
}

TEST_F(Keeping, AnActThatWasCutOffSaysSo) {
  auto ring = *Ring::open(school.places.ring, Opening::existing);
  RingBatch note;
  note.untold = R"([{"at":1771581600,"actor":")" + uuid(1) +
                R"(","action":"end_involvement","outcome":"cut_off","account":")" + uuid(2) +
                R"("}])";
  ASSERT_TRUE(ring.commit(note));
  Browser otto = at_work("otto");
  EXPECT_THAT(otto.get("/log").body, HasSubstr("Cut off: done only if"));
}

TEST_F(Keeping, EveryActIsOnOnePageOfTheLog) {
  Desk sue = school.at("sue");
  for (int i = 0; i < 120; ++i) {
    ++school.now;
    (void)allowed(sue.accounts());
  }
  Browser otto = at_work("otto");
  std::size_t seen = 0;
  std::string path = "/log";
  for (int pages = 0; !path.empty() && pages < 10; ++pages) {
    const std::string body = otto.get(path).body;
    seen += count_of(body, "Looked at the accounts");
    const std::size_t next = body.find("/log/before/");
    path = next == std::string::npos ? "" : body.substr(next, body.find('"', next) - next);
  }
  EXPECT_EQ(seen, 120U);
  EXPECT_EQ(otto.get("/log/before/0").status, 404);
  EXPECT_EQ(otto.get("/log/before/x").status, 404);
}

TEST_F(Keeping, TheLogIsNarrowedToDaysAnAccountAndAChild) {
  school.now += 86400;
  (void)allowed(school.at("rex").hold(ids[1], true, {.code = "legal_hold", .words = ""}));
  Browser otto = at_work("otto");
  (void)otto.get("/log");
  const auto only = [&](Fields fields) {
    const std::string to{header_of(otto.post("/log", fields), "Location")};
    EXPECT_THAT(to, testing::StartsWith("/log/parts/"));
    EXPECT_THAT(to, Not(HasSubstr("rex")));
    return otto.get(to).body;
  };
  const std::string of_rex = only({{"account", "rex"}});
  EXPECT_THAT(of_rex, HasSubstr("Placed a legal hold"));
  EXPECT_THAT(of_rex, HasSubstr("Granted keys: rex"));
  EXPECT_THAT(of_rex, Not(HasSubstr("<td>tess</td>")));
  const std::string of_child = only({{"child", ids[1].text()}});
  EXPECT_THAT(of_child, HasSubstr("Legal hold"));
  EXPECT_THAT(of_child, Not(HasSubstr("child " + ids[0].text())));
  const std::string of_day = only({{"since", "2026-02-21"}, {"until", "2026-02-21"}});
  EXPECT_THAT(of_day, HasSubstr("legal hold"));
  EXPECT_THAT(of_day, Not(HasSubstr("Took in a record")));
  EXPECT_THAT(of_day, HasSubstr("value=\"2026-02-21\""));
  EXPECT_THAT(only({{"account", "rex"}, {"until", "2020-01-01"}}), HasSubstr("The log has nothing of that."));
  EXPECT_EQ(header_of(otto.post("/log", {}), "Location"), "/log");
  const std::string wrong =
      otto.post("/log", {{"since", "2026-02-30"}, {"child", "<script>"}}).body;
  EXPECT_THAT(wrong, HasSubstr("id=\"since-error\""));
  EXPECT_THAT(wrong, HasSubstr("id=\"child-error\""));
  EXPECT_THAT(wrong, HasSubstr("value=\"2026-02-30\""));
  EXPECT_THAT(wrong, Not(HasSubstr("<script>")));
  EXPECT_THAT(otto.post("/log", {{"since", "2026-02-22"}, {"until", "2026-02-21"}}).body,
              HasSubstr("id=\"until-error\""));
  EXPECT_THAT(otto.post("/log", {{"account", "rexx"}}).body, HasSubstr("id=\"account-error\""));
  // Another person's part of it is nobody else's, and goes with them.
  Browser rex = at_work("rex");
  EXPECT_EQ(header_of(rex.get("/log/parts/" + uuid(1)), "Location"), "/log");
}

TEST_F(Keeping, TheLogIsTakenAwayAsTheCommandWritesIt) {
  (void)allowed(school.at("adam").make_account("@cmd", Role::trainer, passphrase));
  Browser otto = at_work("otto");
  const auto taken = [&](const std::string& way, const std::string& kind) {
    return otto.post(way + "/file", {{"kind", kind}, {"reason", "quality_audit"}});
  };
  const Answer csv = taken("/log", "csv");
  EXPECT_EQ(header_of(csv, "Content-Disposition"), "attachment; filename=\"audit.csv\"");
  Desk desk = school.at("otto");
  cli::AccountNames names{desk};
  auto entries = allowed(cli::wanted_entries(desk, 1, {}, names, {}));
  // What came after: another log-in, and this reading.
  entries.resize(entries.size() - 2);
  EXPECT_EQ(csv.body, cli::log_csv(entries, desk, names));
  EXPECT_THAT(csv.body, HasSubstr(",'@cmd\r\n"));
  Findings findings;
  const Value json = read_json(taken("/log", "json").body, findings);
  EXPECT_EQ(json.text_at("format"), "gcp2/audit/1");
  EXPECT_GT(json.find("entries")->items().size(), entries.size());
  // The second is about a founder's account.
  for (const char* key : {"/entries/1/number", "/entries/1/revision"}) {
    const Value* number = gcp2::at(json, key);
    ASSERT_NE(number, nullptr) << key;
    EXPECT_EQ(number->kind(), Value::Kind::number) << key;
  }
  EXPECT_EQ(taken("/log", "exe").status, 400);
  const std::string part{header_of(otto.post("/log", {{"account", "rex"}}), "Location")};
  EXPECT_LT(taken(part, "csv").body.size(), csv.body.size());
}

TEST_F(Keeping, TheLogIsTakenAwayWithAListedReasonOnly) {
  Browser otto = at_work("otto");
  const std::string page = otto.get("/log").body;
  EXPECT_THAT(page, HasSubstr("<option value=\"quality_audit\">"));
  // They would be kept with a child's key.
  EXPECT_THAT(page, Not(HasSubstr("In further words")));
  const std::string part{header_of(otto.post("/log", {{"account", "rex"}}), "Location")};
  for (const std::string& way : {std::string{"/log"}, part})
    for (const char* reason : {"", "because"}) {
      const Answer refused = otto.post(way + "/file", {{"kind", "csv"}, {"reason", reason}});
      EXPECT_EQ(header_of(refused, "Content-Disposition"), "") << reason;
      EXPECT_THAT(refused.body, HasSubstr("id=\"reason-error\"")) << reason;
      EXPECT_THAT(refused.body, HasSubstr("action=\"" + way + "/file\"")) << reason;
      EXPECT_EQ(count_of(refused.body, "value=\"rex\""), way == part ? 1U : 0U) << reason;
    }
  EXPECT_EQ(otto.get("/log/file").status, 405);
  EXPECT_EQ(otto.post(part + "/file", {{"kind", "csv"}, {"reason", "quality_audit"}}).status, 200);
  otto.token = "of another page";
  EXPECT_EQ(otto.post("/log/file", {{"kind", "csv"}, {"reason", "quality_audit"}}).status, 403);
  std::vector<std::string> acts;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
    if (entry.action == "export_log") acts.push_back(entry.outcome + " " + entry.reason);
    return true;
  }));
  EXPECT_THAT(acts, testing::ElementsAre("refused.reason_needed ", "refused.unknown_reason ",
                                         "refused.reason_needed ", "refused.unknown_reason ",
                                         "done quality_audit"));
}

}  // namespace
}  // namespace gcp2::test
