// A training session in a room: a facilitator, twelve trainees, and what each of them gets to see.
#include <gmock/gmock.h>

#include "gcp2/case_files.h"
#include "gcp2/json.h"
#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using cli::web::Route;
using cli::web::TrainingSessions;
using testing::HasSubstr;
using testing::Not;

/// A text as it stands in a page.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\'' ? "&apos;" : c == '"' ? "&quot;" : std::string(1, c);
  return out;
}

/// A school with a facilitator "tara", who has opened a session on the first profile of a case.
class Training : public testing::Test {
 protected:
  Training() {
    school.employ("tara", Role::trainer);
    (void)tara.log_in("tara");
    const Case& told = shipped_cases().front();
    of = {&told, &told.profiles.front()};
    session = opened(tara);
    code = code_in(tara.get(session).body);
  }

  std::string opened(Browser& browser) {
    (void)browser.get("/training");
    return std::string{header_of(
        browser.post("/training", {{"case", of.told->id + "." + of.profile->id}}), "Location")};
  }
  static std::string code_in(std::string_view page) {
    constexpr std::string_view before = "<p class=\"code\">";
    const std::size_t at = page.find(before);
    return at == std::string_view::npos ? "" : std::string{page.substr(at + before.size(), 7)};
  }
  static Answer join(Browser& browser, const std::string& code, const std::string& name,
                     const std::string& back = {}) {
    (void)browser.get("/train");
    return browser.post("/train", {{"code", code}, {"name", name}, {"back", back}});
  }
  /// A trainee's own code, as their list of pages has it.
  static std::string own_code(Browser& browser) {
    constexpr std::string_view before = "your own code <strong>";
    const std::string page = browser.get("/train/room").body;
    return page.substr(page.find(before) + before.size(), 7);
  }
  /// The paths of the pages to be graded.
  static std::vector<std::string> pages_in(std::string_view list) {
    constexpr std::string_view before = "href=\"/train/room/";
    std::vector<std::string> out;
    for (std::size_t at = 0; (at = list.find(before, at)) != std::string_view::npos;) {
      at += std::string_view{"href=\""}.size();
      out.emplace_back(list.substr(at, list.find('"', at) - at));
    }
    return out;
  }
  /// Grades all that the key asks for; a trainee of an odd number is a grade harsher on one item.
  void grade_all(Browser& browser, int number) {
    for (const std::string& path : pages_in(browser.get("/train/room").body)) {
      const Answer page = browser.get(path);
      std::string body = "token=" + browser.token;
      for (std::size_t i = 0; i < of.profile->key.size(); ++i) {
        const KeyEntry& entry = of.profile->key[i];
        const std::string field = "grade." + of.told->instrument->node(entry.node).code;
        if (page.body.find("name=\"" + field + "\"") == std::string::npos) continue;
        const int grade = entry.grade ? entry.grade->number() : 0;
        const bool is_apart = number % 2 == 1 && i == 0;
        body += "&" + field + "=" +
                (grade == 0 ? "not_observed" : std::to_string(is_apart ? grade % 5 + 1 : grade));
      }
      const Answer saved = browser.send({"POST",
                                         path,
                                         {{"origin", "http://localhost:80"},
                                          {"content-type", "application/x-www-form-urlencoded"}},
                                         body});
      EXPECT_EQ(saved.status, 303) << path;
    }
  }
  [[nodiscard]] std::string all_of() const {
    const std::string all = std::to_string(of.profile->key.size());
    return all + " of " + all;
  }

  School school;
  SchoolSite at{school};
  Browser tara{at.site};
  ToldCase of;
  std::string session, code;
};

TEST_F(Training, TwelveTraineesGradeBlindAndAreMarkedAfterwards) {
  ASSERT_EQ(code.size(), 7U);
  std::vector<Browser> room(12, Browser{at.site});
  for (std::size_t i = 0; i < room.size(); ++i)
    EXPECT_EQ(header_of(join(room[i], code, "Person " + std::to_string(i + 1)), "Location"),
              "/train/room");
  EXPECT_THAT(tara.get(session).body, HasSubstr("Trainees: 12"));
  for (std::size_t i = 0; i < room.size(); ++i) grade_all(room[i], static_cast<int>(i));
  const Answer live = tara.get(session);
  EXPECT_THAT(live.body, HasSubstr("<span>Person 12</span> <span>" + all_of()));
  EXPECT_THAT(live.body, HasSubstr("Trainees who have begun: 12"));
  EXPECT_LT(live.body.size(), 20'000U);
  EXPECT_THAT(tara.get(session + "/items/1").body, HasSubstr("<td>6</td>"));
  EXPECT_THAT(room[3].get("/train/room").body, HasSubstr("That is all."));

  // Neither marks nor the report before the grading is closed: both hold the key.
  EXPECT_EQ(room[0].get("/train/room/1").status, 409);
  EXPECT_EQ(tara.get(session + "/report/names.html").status, 409);
  (void)tara.get(session);
  EXPECT_EQ(header_of(tara.post(session + "/close", {}), "Location"), session);

  const Answer marks = room[0].get("/train/room/1");
  EXPECT_EQ(marks.status, 200);
  EXPECT_THAT(marks.body, HasSubstr(of.profile->key.front().quotes.empty()
                                        ? of.profile->vignette.front()
                                        : of.profile->key.front().quotes.front()));
  EXPECT_THAT(std::string{header_of(marks, "Content-Security-Policy")},
              HasSubstr("style-src 'sha256-"));
  EXPECT_THAT(room[0].get("/train/room").body, HasSubstr("The grading is closed."));
  const std::string page = "/train/room/1/" + std::string{"A1"};
  EXPECT_EQ(header_of(room[0].get(page), "Location"), "/train/room");
  EXPECT_EQ(room[0].post(page, {{"grade.A1a", "5"}}).status, 409);

  const Answer names = tara.get(session + "/report/names.html");
  EXPECT_THAT(names.body, HasSubstr("Person 7"));
  const Answer numbers = tara.get(session + "/report/numbers.csv");
  EXPECT_EQ(header_of(numbers, "Content-Type"), "text/csv; charset=utf-8");
  EXPECT_THAT(std::string{header_of(numbers, "Content-Disposition")},
              HasSubstr("training-numbers.csv"));
  EXPECT_THAT(numbers.body, Not(HasSubstr("Person")));
  EXPECT_THAT(tara.get(session + "/report/names.csv").body, HasSubstr("Person 7"));
  Findings findings;
  const Value report = read_json(tara.get(session + "/report/numbers.json").body, findings);
  EXPECT_EQ(report.find("format")->text(), "gcp2/session/1");
  EXPECT_TRUE(report.find("anonymous")->truth());
  for (const char* none : {"names", "names.pdf", "numbers.", "other.csv", "names.csv.csv"})
    EXPECT_EQ(tara.get(session + "/report/" + none).status, 404) << none;

  EXPECT_EQ(header_of(tara.post(session + "/end", {}), "Location"), "/training");
  EXPECT_EQ(tara.get(session).status, 404);
  EXPECT_EQ(header_of(room[0].get("/train/room"), "Location"), "/train");
}

TEST_F(Training, NothingOfTheKeyReachesATraineeBeforeItIsClosed) {
  Browser ben{at.site};
  (void)join(ben, code, "Ben");
  std::string sent = ben.get("/train/room").body;
  for (const std::string& path : pages_in(sent)) sent += ben.get(path).body;
  EXPECT_THAT(sent, HasSubstr("name=\"grade."));
  for (const KeyEntry& entry : of.profile->key) {
    if (!entry.rationale.empty()) {
      EXPECT_THAT(sent, Not(HasSubstr(escaped(entry.rationale))));
    }
    if (!entry.cannot.empty()) {
      EXPECT_THAT(sent, Not(HasSubstr(escaped(entry.cannot))));
    }
  }
  EXPECT_THAT(sent, Not(HasSubstr(code))) << "who looks over a shoulder cannot join";
}

TEST_F(Training, ATraineeGetsAtNothingElse) {
  Browser ben{at.site}, nobody{at.site};
  (void)join(ben, code, "Ben");
  (void)nobody.get("/train");
  const std::string id = session.substr(session.rfind('/') + 1);
  for (const Route& route : cli::web::routes()) {
    std::string path{route.path};
    for (std::size_t i; (i = path.find("{id}")) != std::string::npos;) path.replace(i, 4, id);
    for (std::size_t i; (i = path.find("{word}")) != std::string::npos;) path.replace(i, 6, "1");
    const auto visited = [&](Browser& browser) {
      return route.method == "GET" ? browser.get(path) : browser.post(path, {});
    };
    if (route.access == cli::web::Access::person || route.access == cli::web::Access::let_in) {
      EXPECT_EQ(visited(ben).status, 403) << path;
    }
    if (route.access == cli::web::Access::trainee) {
      EXPECT_EQ(header_of(visited(nobody), "Location"), "/train") << path;
    }
  }
}

TEST_F(Training, OthersSessionsAreOutOfReach) {
  school.employ("tim", Role::trainer);
  Browser tim{at.site};
  (void)tim.log_in("tim");
  EXPECT_THAT(tim.get("/training").body, Not(HasSubstr(code)));
  for (const char* part : {"", "/items/1", "/key/1", "/report/names.csv"})
    EXPECT_EQ(tim.get(session + part).status, 404) << part;
  EXPECT_EQ(tim.post(session + "/close", {}).status, 404);
  (void)tim.post(session + "/end", {});
  EXPECT_EQ(tara.get(session).status, 200);
  EXPECT_EQ(tara.get(session + "/key/1").status, 200);
  for (const char* none : {"/key/0", "/key/2", "/key/x", "/items/99999999999999999999"})
    EXPECT_EQ(tara.get(session + none).status, 404) << none;
}

TEST_F(Training, HostileInputIsShownAsText) {
  Browser mallory{at.site};
  const std::string name = "=cmd<script>alert(1)</script>";
  EXPECT_THAT(join(mallory, "000 000", name).body, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(join(mallory, "", "  ").body, HasSubstr("There is a problem"));
  EXPECT_THAT(join(mallory, code, std::string(61, 'a')).body, HasSubstr("href=\"#name\""));
  std::string typed = code;
  std::erase(typed, ' ');
  for (char& c : typed)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  EXPECT_EQ(join(mallory, typed, name).status, 303);
  Browser second{at.site};
  EXPECT_THAT(join(second, code, name).body, HasSubstr("called that already"));
  const std::string page = pages_in(mallory.get("/train/room").body).front();
  (void)mallory.get(page);
  const std::string item = of.told->instrument->node(of.profile->key.front().node).code;
  for (const char* grade : {"0", "6", "x", "not_applicable", "<b>"})
    (void)mallory.post(page, {{"grade." + item, grade}, {"lines." + item, "\"><b>"}});
  EXPECT_THAT(mallory.get(page).body, Not(HasSubstr("\"><b>")));
  EXPECT_THAT(mallory.get("/train/room").body, HasSubstr("0 of "));
  (void)mallory.post(page, {{"grade." + item, "2"}});
  EXPECT_THAT(tara.get(session).body, Not(HasSubstr("<script>alert")));
  (void)tara.post(session + "/close", {});
  EXPECT_THAT(tara.get(session + "/report/names.csv").body, Not(HasSubstr("\n=cmd")));
  EXPECT_THAT(tara.get(session + "/report/names.csv").body, Not(HasSubstr(",=cmd")));
  for (const char* none : {"/train/room/2", "/train/room/1/Z9", "/train/room/x/A1"})
    EXPECT_EQ(mallory.get(none).status, 404) << none;
}

TEST_F(Training, GuessedCodesAreSlowedDown) {
  Browser guesser{at.site};
  for (int i = 0; i < 40; ++i)
    EXPECT_THAT(join(guesser, "AAA " + std::to_string(100 + i), "x").body,
                HasSubstr("No session has this code"));
  EXPECT_THAT(join(guesser, code, "x").body, HasSubstr("Too many codes"));
  school.now += 60;
  EXPECT_EQ(join(guesser, code, "x").status, 303);
}

TEST_F(Training, ATraineeComesBackByTheirOwnCode) {
  Browser first{at.site};
  (void)join(first, code, "Ben");
  grade_all(first, 0);
  const std::string own = own_code(first);
  Browser second{at.site};
  EXPECT_THAT(join(second, code, "Ben").body, HasSubstr("enter your own code as well"));
  EXPECT_THAT(join(second, code, "Ben", "AAA AAA").body, HasSubstr("id=\"back-error\""));
  EXPECT_EQ(join(second, "AAA AAA", "Ben", own).status, 200) << "only with the session's code";
  // Also when no new ones are let in any more.
  (void)tara.get(session);
  (void)tara.post(session + "/close", {});
  EXPECT_EQ(header_of(join(second, code, "Ben", own), "Location"), "/train/room");
  EXPECT_EQ(second.get("/train/room/1").status, 200);
  EXPECT_EQ(header_of(first.get("/train/room"), "Location"), "/train") << "one browser at a time";
  EXPECT_THAT(tara.get(session).body, Not(HasSubstr(own)));
}

TEST_F(Training, WhoGuessesAnOwnCodeIsBarred) {
  Browser ben{at.site}, mallory{at.site};
  (void)join(ben, code, "Ben");
  const std::string own = own_code(ben);
  for (std::size_t i = 0; i < TrainingSessions::most_wrong_backs; ++i)
    EXPECT_EQ(join(mallory, code, "Ben", "AAA " + std::to_string(100 + i)).status, 200);
  EXPECT_THAT(join(mallory, code, "Ben", own).body, HasSubstr("Too many wrong codes"));
  EXPECT_EQ(ben.get("/train/room").status, 200) << "who is in stays in";
  EXPECT_EQ(join(mallory, code, "Someone").status, 303);
}

TEST_F(Training, EndsWhenNobodyUsesItAndTakesSoMany) {
  std::vector<Browser> room(TrainingSessions::most_trainees, Browser{at.site});
  for (std::size_t i = 0; i < room.size(); ++i)
    ASSERT_EQ(join(room[i], code, std::to_string(i)).status, 303);
  Browser late{at.site};
  EXPECT_THAT(join(late, code, "late").body, HasSubstr("as many trainees as it can take"));
  const Answer page = tara.get(session);
  EXPECT_LT(page.body.size(), 20'000U);
  EXPECT_THAT(page.body, HasSubstr("Not begun: 200."));
  const Answer last = tara.get(session + "/trainees/4");
  EXPECT_THAT(last.body, HasSubstr("Trainees 151 to 200 of 200"));
  EXPECT_THAT(last.body, HasSubstr("<span>99</span>"));
  EXPECT_LT(last.body.size(), 20'000U);
  EXPECT_EQ(tara.get(session + "/trainees/5").status, 404);
  school.now += TrainingSessions::idle - 1;
  at.site.trainings.end_idle();
  EXPECT_EQ(room[0].get("/train/room").status, 200) << "the last request counts";
  school.now += TrainingSessions::idle;
  at.site.trainings.end_idle();
  EXPECT_EQ(header_of(room[0].get("/train/room"), "Location"), "/train");
}

TEST_F(Training, OpensOnCasesThatThereAre) {
  (void)tara.get("/training");
  EXPECT_THAT(tara.post("/training", {}).body, HasSubstr("Choose what the trainees grade"));
  EXPECT_THAT(tara.post("/training", {{"case", "no.such"}}).body, HasSubstr("There is a problem"));
  while (header_of(tara.post("/training", {{"case", of.told->id + "." + of.profile->id}}),
                   "Location") != "") {
  }
  EXPECT_THAT(tara.get("/training").body, HasSubstr(code));
  std::size_t open = 0;
  const std::string list = tara.get("/training").body;
  for (std::size_t i = 0; (i = list.find(">Session ", i)) != std::string::npos; ++i) ++open;
  EXPECT_EQ(open, TrainingSessions::most_sessions);
}

}  // namespace
}  // namespace gcp2::test
