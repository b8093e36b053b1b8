// A record is signed as it was read, and what comes of it: a report, and the record that follows.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "gcp2/keys.h"
#include "pages.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

TEST_F(Pages, ARecordWithoutAGradeIsSignedOnlyByWhoKnowsIt) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string record = start_record(tea, "C-1");
  EXPECT_THAT(tea.get(record + "/check").body, HasSubstr("Nothing is graded."));
  const Answer asked = tea.sign(record);
  EXPECT_THAT(asked.body, HasSubstr("href=\"#nothing\""));
  const Id id = *Id::parse(record.substr(9));
  EXPECT_EQ(allowed(school.at("tea").read(id, {})).text_at("status"), "draft");
  // A grade, and there is nothing to be known.
  (void)tea.post(record + "/answers/A1", {{"base.A1a", ""}, {"grade.A1a", "3"}});
  EXPECT_THAT(tea.get(record + "/check").body, Not(HasSubstr("Nothing is graded.")));
  const std::string other = start_record(tea, "C-2", "Kim Sample");
  const std::string checked = hidden(tea.get(other + "/check").body, "checked");
  const Answer done =
      tea.post(other + "/sign", {{"sure", "yes"}, {"nothing", "yes"}, {"checked", checked}});
  EXPECT_EQ(header_of(done, "Location"), other + "/report");
}

TEST_F(Pages, OnlyWhatWasReadIsSigned) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  Desk desk = school.at("tea");
  const Value draft = sample({.id = uuid(7), .ref = "C-7"});
  (void)allowed(desk.add(draft, shipped_instruments(), {}));
  const std::string record = "/records/" + uuid(7);
  const std::string checked = hidden(tea.get(record + "/check").body, "checked");
  Value changed = draft;
  changed.find("observations")->items().front().set("grade", Value::number(5));
  (void)allowed(desk.save_draft(draft, changed, {}));
  const Answer refused = tea.post(record + "/sign", {{"sure", "yes"}, {"checked", checked}});
  EXPECT_THAT(refused.body, HasSubstr("Somebody has changed the record since"));
  EXPECT_EQ(allowed(desk.read(*Id::parse(uuid(7)), {})).text_at("status"), "draft");
  EXPECT_THAT(tea.post(record + "/sign", {{"sure", "yes"}}).body,
              HasSubstr("Somebody has changed the record since"));
  EXPECT_EQ(tea.sign(record).status, 303);
}

TEST_F(Pages, AReportIsPrintedInTheLogAndSaysWhereThatEnded) {
  const Value draft = sample({.id = uuid(7), .ref = "C-7"});
  const Id child = allowed(school.at("tea").add(draft, shipped_instruments(), {})).id;
  std::optional<LogState> on_paper;
  at.site.printing.pdf = [&](const View& view) -> Result<std::string> {
    on_paper = view.log;
    return std::string{"%PDF"};
  };
  const std::string record = "/records/" + uuid(7);
  Browser tom{at.site};
  (void)tom.log_in("tom");
  EXPECT_EQ(tom.get(record + "/report").status, 403) << "another's child";
  (void)tom.post("/children/find", {{"ref", "C-7"}, {"reason", "cover"}});
  (void)tom.get("/children/" + child.text() + "/records");
  Desk sue = school.at("sue");
  std::vector<std::string> printed;
  std::int64_t last = 0;
  const auto look = [&] {
    printed.clear();
    (void)allowed(sue.log_entries(last + 1, [&](const Entry& entry) {
      last = entry.number;
      if (on_paper && entry.number == on_paper->entries) {
        EXPECT_EQ(hexadecimal(entry.hash), on_paper->hash);
      }
      if (sue.account_name(entry.actor) == "tom" && entry.action != "history")
        printed.push_back(entry.action + " " + entry.row.text() + " " + entry.reason);
      return true;
    }));
  };
  look();
  EXPECT_THAT(tom.get(record + "/report").body, HasSubstr("State of the log when this was made"));
  EXPECT_EQ(tom.get(record + "/report.pdf").status, 200);
  look();
  EXPECT_THAT(printed,
              testing::ElementsAre("print " + uuid(7) + " cover", "print " + uuid(7) + " cover"));
  ASSERT_TRUE(on_paper);
  EXPECT_EQ(on_paper->entries, last - 1) << "but for the look at it";
}

TEST_F(Pages, TitlesThatABrowserRemembersNameNoChild) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const std::string record = start_record(tea, "C-7");
  const Answer draft = tea.get(record);
  EXPECT_THAT(draft.body, HasSubstr("<title>Record – "));
  EXPECT_THAT(draft.body, HasSubstr("Record of Robin Example</h1>"));
  (void)tea.post(record + "/sign",
                 {{"sure", "yes"},
                  {"nothing", "yes"},
                  {"checked", hidden(tea.get(record + "/check").body, "checked")}});
  const Answer report = tea.get(record + "/report");
  EXPECT_THAT(report.body, HasSubstr("<title>Report</title>"));
  EXPECT_THAT(report.body, testing::ContainsRegex("<h1[^>]*>[^<]*Robin Example"));
  EXPECT_EQ(tea.get(record + "/report.pdf").body, "%PDF of: Report");
  const Id child = allowed(school.at("tea").find({.ref = "C-7"}, {})).id;
  const Answer page = tea.get("/children/" + child.text());
  EXPECT_THAT(page.body, HasSubstr("<title>Child – "));
  EXPECT_THAT(page.body, HasSubstr("Robin Example</h1>"));
}

TEST_F(Pages, ASignedRecordHasAReportAndIsShownBesideTheNextOne) {
  Browser tea{at.site};
  (void)tea.log_in("tea");
  const Value draft = sample({.id = uuid(7), .ref = "C-7"});
  (void)allowed(school.at("tea").add(draft, shipped_instruments(), {}));
  const std::string record = "/records/" + uuid(7);
  const Answer check = tea.get(record + "/check");
  EXPECT_THAT(check.body, HasSubstr("Sign the record"));
  EXPECT_THAT(tea.post(record + "/sign", {{"checked", hidden(check.body, "checked")}}).body,
              HasSubstr("Confirm that you have read"));
  EXPECT_EQ(header_of(tea.sign(record), "Location"), record + "/report");
  const Answer report = tea.get(record + "/report");
  EXPECT_EQ(report.status, 200);
  EXPECT_THAT(std::string{header_of(report, "Content-Security-Policy")},
              HasSubstr("style-src 'sha256-"));
  EXPECT_THAT(std::string{header_of(report, "Content-Security-Policy")}, Not(HasSubstr("unsafe")));
  EXPECT_EQ(header_of(tea.get(record + "/report.pdf"), "Content-Type"), "application/pdf");
  EXPECT_EQ(tea.get(record + "/answers/A1").status, 409);
  const Id child = allowed(school.at("tea").find({.ref = "C-7"}, {})).id;
  EXPECT_THAT(tea.get("/children/" + child.text()).body,
              HasSubstr("Grades (1 is best, 5 is worst)"));
  (void)tea.get("/children/" + child.text() + "/start");
  const std::string next = start_record(tea, "C-7");
  EXPECT_THAT(tea.get(next + "/answers/A1").body,
              HasSubstr("Last signed record, 6 February 2026: grade 3."));
  const Answer due = tea.get("/reviews");
  EXPECT_THAT(due.body, HasSubstr("15 May 2026"));
  EXPECT_THAT(due.body, Not(HasSubstr("Overdue")));
  at.site.today = [] { return *Date::from(2026, 5, 16); };
  EXPECT_THAT(tea.get("/reviews").body, HasSubstr("Overdue"));
  // A mistake is amended by a draft that follows it.
  const std::string amended{header_of(tea.post(record + "/amend", {}), "Location")};
  EXPECT_THAT(amended, testing::StartsWith("/records/"));
  EXPECT_EQ(tea.get(amended).status, 200);
  const std::string notice = "a later record stands in its place";
  EXPECT_THAT(tea.get(record + "/report").body, Not(HasSubstr(notice))) << "not yet";
  EXPECT_EQ(tea.sign(amended).status, 303);
  EXPECT_THAT(tea.get(record + "/report").body, HasSubstr(notice));
  EXPECT_THAT(tea.get(amended + "/report").body, Not(HasSubstr(notice)));
}

}  // namespace
}  // namespace gcp2::test
