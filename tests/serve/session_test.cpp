// Links, log-in, time-out, cookies, form tokens, and who sees which page.
#include "serve/session.h"

#include <gmock/gmock.h>
#include <liboath/oath.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <set>
#include <thread>

#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Access;
using cli::web::Answer;
using cli::web::Route;
using testing::HasSubstr;
using testing::Not;

TEST(Session, NobodySeesTheLogInPageWithoutTheLink) {
  const School school;
  SchoolSite at{school};
  Browser browser{at.site};
  EXPECT_EQ(browser.get("/log-in").status, 403);
  EXPECT_EQ(browser.get("/enter/" + std::string(64, 'a')).status, 403);
  EXPECT_EQ(
      browser.post("/log-in", {{"name", "sue"}, {"passphrase", std::string{passphrase}}}).status,
      403);
  EXPECT_EQ(browser.get("/enter/" + at.site.sessions.link_token()).status, 200);
  // With accounts of a setting's server there is no link.
  SchoolSite open{school, false};
  EXPECT_EQ(Browser{open.site}.get("/log-in").status, 200);
}

TEST(Session, TheLinkLetsOneBrowserInAndChanges) {
  const School school;
  SchoolSite at{school};
  const std::string first = at.site.sessions.link_token();
  Browser browser{at.site};
  EXPECT_EQ(browser.log_in("sue"), "/children");
  EXPECT_NE(at.site.sessions.link_token(), first);
  Browser other{at.site};
  EXPECT_EQ(other.get("/enter/" + first).status, 403);
  // A link that was only looked at is not used up: programs look at links, too.
  const std::string second = at.site.sessions.link_token();
  (void)other.get("/enter/" + second);
  EXPECT_EQ(at.site.sessions.link_token(), second);
  // Who was let in logs in again without a link.
  (void)browser.get("/children");
  EXPECT_EQ(header_of(browser.post("/log-out", {}), "Location"), "/log-in");
  EXPECT_EQ(browser.get("/log-in").status, 200);
  EXPECT_EQ(
      header_of(browser.post("/log-in", {{"name", "sue"}, {"passphrase", std::string{passphrase}}}),
                "Location"),
      "/children");
}

TEST(Session, CookiesAreOutOfReachOfScriptsAndOtherSites) {
  const School school;
  SchoolSite at{school};
  Browser browser{at.site};
  const Answer page = browser.get("/enter/" + at.site.sessions.link_token());
  const std::string before = browser.cookie;
  EXPECT_THAT(std::string{header_of(page, "Set-Cookie")},
              HasSubstr("; Path=/; HttpOnly; SameSite=Strict"));
  EXPECT_THAT(std::string{header_of(page, "Set-Cookie")}, Not(HasSubstr("Secure")));
  (void)browser.log_in("sue");
  EXPECT_NE(browser.cookie, before) << "what was planted before is nobody's";
  Browser planted{at.site};
  planted.cookie = before;
  EXPECT_EQ(planted.get("/children").status, 403);
  at.site.door = {{"localhost:80"}, true};
  Browser encrypted{at.site};
  const Answer secure = encrypted.get("/");
  EXPECT_THAT(std::string{header_of(secure, "Set-Cookie")}, testing::StartsWith("__Host-gcp2="));
  EXPECT_THAT(std::string{header_of(secure, "Set-Cookie")}, HasSubstr("; Secure"));
}

TEST(Session, WrongPassphrasesWaitLongerAndLongerAndNeverForEver) {
  School school;
  SchoolSite at{school};
  Browser browser{at.site};
  const std::string link = at.site.sessions.link_token();
  (void)browser.get("/enter/" + link);
  const auto try_with = [&](std::string_view words) {
    return browser.post("/log-in",
                        {{"link", link}, {"name", "sue"}, {"passphrase", std::string{words}}});
  };
  Answer answer;
  for (int i = 0; i < 6; ++i) answer = try_with("some other words");
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(answer.body, HasSubstr("Too many wrong passphrases"));
  EXPECT_THAT(answer.body, Not(HasSubstr("some other words")));
  EXPECT_EQ(try_with(passphrase).status, 403);
  school.now += 86400;
  EXPECT_EQ(try_with(passphrase).status, 303);
}

TEST(Session, EndsByItselfWhenNobodyAsks) {
  School school;
  SchoolSite at{school};
  Browser browser{at.site};
  (void)browser.log_in("sue");
  school.now += 19 * 60;
  at.site.sessions.end_idle();
  EXPECT_EQ(browser.get("/children").status, 200);
  school.now += 19 * 60;
  at.site.sessions.end_idle();
  EXPECT_EQ(browser.get("/children").status, 200) << "the last request counts";
  std::weak_ptr<cli::web::Person> person = at.site.sessions.visitor(browser.cookie).person;
  school.now += 20 * 60;
  at.site.sessions.end_idle();
  EXPECT_TRUE(person.expired()) << "its keys are gone";
  EXPECT_EQ(header_of(browser.get("/children"), "Location"), "/log-in");
}

TEST(Session, EndsAlsoWhereNobodyLooksForIdleOnes) {
  School school;
  SchoolSite at{school};
  Browser browser{at.site};
  (void)browser.log_in("sue");
  std::weak_ptr<cli::web::Person> person = at.site.sessions.visitor(browser.cookie).person;
  school.now += 20 * 60;
  EXPECT_FALSE(at.site.sessions.is_logged_in(browser.cookie));
  EXPECT_FALSE(person.expired()) << "whoever only asks whether somebody is there changes nothing";
  EXPECT_EQ(header_of(browser.get("/children"), "Location"), "/log-in");
  EXPECT_TRUE(person.expired()) << "its keys are gone";
}

TEST(Session, IsNotKeptUpByWhatAPageAsksForByItself) {
  School school;
  SchoolSite at{school};
  Browser browser{at.site};
  (void)browser.log_in("sue");
  const auto by_itself = [&] {
    return browser.send({"GET", "/children", {{"gcp2-by-itself", "yes"}}});
  };
  for (int i = 0; i < 3; ++i) {
    school.now += 6 * 60;
    EXPECT_EQ(by_itself().status, 200);
  }
  school.now += 2 * 60;
  EXPECT_EQ(header_of(by_itself(), "Location"), "/log-in");
}

TEST(Session, EndsAlsoWhereTheClockIsSetBack) {
  School school;
  SchoolSite at{school};
  Browser browser{at.site};
  (void)browser.log_in("sue");
  std::weak_ptr<cli::web::Person> person = at.site.sessions.visitor(browser.cookie).person;
  school.set = Seconds{-86400};
  school.now += 20 * 60;
  at.site.sessions.end_idle();
  EXPECT_TRUE(person.expired());
}

/// What an authenticator shows that was given the key on the page.
std::string code_for(std::string_view page, Seconds at) {
  constexpr std::string_view before = "<strong class=\"key\">";
  const std::size_t start = page.find(before) + before.size();
  std::string key{page.substr(start, page.find('<', start) - start)};
  std::erase(key, ' ');
  char* bytes = nullptr;
  std::size_t length = 0;
  if (oath_base32_decode(key.data(), key.size(), &bytes, &length) != OATH_OK) return {};
  const std::unique_ptr<char, decltype(&std::free)> owned{bytes, &std::free};
  std::array<char, 7> digits{};
  oath_totp_generate(bytes, length, at, 30, 0, 6, digits.data());
  return digits.data();
}

TEST(Session, OverANetworkTakesASecondStep) {
  School school;
  SchoolSite at{school, false, true};
  const auto try_with = [&](Browser& browser, const std::string& code) {
    EXPECT_THAT(browser.get("/log-in").body, HasSubstr("name=\"code\""));
    return browser.post("/log-in",
                        {{"name", "sue"}, {"passphrase", std::string{passphrase}}, {"code", code}});
  };
  // The first time it is set up, before anything else is shown.
  Browser first{at.site};
  EXPECT_EQ(header_of(try_with(first, ""), "Location"), "/children");
  EXPECT_EQ(header_of(first.get("/children"), "Location"), "/second-step");
  const std::string offer = first.get("/second-step").body;
  EXPECT_EQ(header_of(first.post("/children/find", {{"ref", "C-1"}}), "Location"), "/second-step");
  EXPECT_THAT(offer, HasSubstr("<svg class=\"qr\""));
  EXPECT_EQ(code_for(offer, 0).size(), 6U);
  EXPECT_THAT(first.post("/second-step", {{"code", "12345"}}).body, HasSubstr("id=\"code-error\""));
  EXPECT_EQ(header_of(first.get("/children"), "Location"), "/second-step");
  EXPECT_EQ(
      header_of(first.post("/second-step", {{"code", code_for(offer, school.now)}}), "Location"),
      "/");
  EXPECT_EQ(first.get("/children").status, 200);
  EXPECT_EQ(header_of(first.get("/second-step"), "Location"), "/");
  // From then on a passphrase alone is as good as none, and a code lets in once.
  Browser next{at.site};
  school.now += 60;
  EXPECT_EQ(try_with(next, "").status, 403);
  EXPECT_EQ(try_with(next, code_for(offer, school.now - 600)).status, 403);
  const std::string code = code_for(offer, school.now);
  EXPECT_EQ(try_with(next, code).status, 303);
  Browser replayed{at.site};
  EXPECT_EQ(try_with(replayed, code.substr(0, 3) + " " + code.substr(3)).status, 403);
  EXPECT_EQ(header_of(replayed.get("/children"), "Location"), "/log-in");
  school.employ("otto", Role::auditor);
  Desk otto = school.at("otto");
  std::string newest;
  (void)allowed(otto.log_entries(1, [&](const Entry& entry) {
    if (entry.action == "log_in" && otto.account_name(entry.actor) == "sue") newest = entry.outcome;
    return true;
  }));
  EXPECT_EQ(newest, "refused.not_logged_in");
  // Whoever sat at the machine would not be asked.
  SchoolSite here{school};
  EXPECT_EQ(Browser{here.site}.log_in("sue"), "/children");
}

TEST(Session, ManyPeopleShareFewOpenSettings) {
  School school;
  school.employ("tea", Role::practitioner);
  SchoolSite at{school, true, false, 2};
  std::vector<Browser> people(7, Browser{at.site});
  std::set<const cli::web::Place*> places;
  for (std::size_t i = 0; i < people.size(); ++i) {
    (void)people[i].log_in(i % 2 == 0 ? "sue" : "tea");
    places.insert(at.site.sessions.visitor(people[i].cookie).person->place.get());
  }
  EXPECT_EQ(places.size(), 2U);
  // All at once, and some leave meanwhile.
  std::vector<std::jthread> busy;
  for (std::size_t i = 0; i < people.size(); ++i)
    busy.emplace_back([&people, i] {
      for (int times = 0; times < 20; ++times)
        EXPECT_THAT(people[i].get("/children").body, HasSubstr(i % 2 == 0 ? ">sue<" : ">tea<"));
      if (i < 3) (void)people[i].post("/log-out", {});
    });
  busy.clear();
  for (std::size_t i = 3; i < people.size(); ++i) EXPECT_EQ(people[i].get("/children").status, 200);
}

TEST(Session, FormsOfOtherPagesDoNothing) {
  const School school;
  SchoolSite at{school};
  Browser browser{at.site}, attacker{at.site};
  (void)browser.log_in("sue");
  (void)attacker.get("/");
  for (const std::string& token : {std::string{}, attacker.token, std::string(64, 'a')}) {
    Browser forged{at.site};
    forged.cookie = browser.cookie;
    forged.token = token;
    EXPECT_EQ(forged.post("/log-out", {}).status, 403);
  }
  EXPECT_EQ(browser.get("/children").status, 200);
  // Every route that changes something asks for the token.
  for (const Route& route : cli::web::routes()) {
    if (route.method != "POST") continue;
    Browser forged{at.site};
    forged.cookie = browser.cookie;
    std::string path{route.path};
    for (std::size_t i; (i = path.find("{id}")) != std::string::npos;) path.replace(i, 4, uuid(1));
    for (std::size_t i; (i = path.find("{word}")) != std::string::npos;) path.replace(i, 6, "A1");
    EXPECT_EQ(forged.post(path, {}).status, 403) << path;
  }
}

/// What the log says that an account of another role has tried.
std::vector<std::string> refused_by_role(const School& school, std::string_view name) {
  Desk sue = school.at("sue");
  std::vector<std::string> actions;
  (void)allowed(sue.log_entries(1, [&](const Entry& entry) {
    if (entry.outcome == "refused.role" && sue.account_name(entry.actor) == name)
      actions.push_back(entry.action);
    return true;
  }));
  return actions;
}

/// Every route by every role: whom it is not for gets no page of it, and is in the log.
TEST(Routes, AreForTheirRolesOnly) {
  School school;
  for (const Role role :
       {Role::practitioner, Role::records_manager, Role::trainer, Role::reader, Role::auditor})
    school.employ(std::string{name_of(role)}, role);
  SchoolSite at{school};
  std::size_t walked = 0;
  for (const auto& [name, role] : {std::pair<std::string, Role>{"practitioner", Role::practitioner},
                                   {"sue", Role::supervisor},
                                   {"records_manager", Role::records_manager},
                                   {"trainer", Role::trainer},
                                   {"reader", Role::reader},
                                   {"auditor", Role::auditor},
                                   {"adam", Role::administrator}}) {
    Browser browser{at.site};
    (void)browser.log_in(name);
    std::vector<std::string> refused;
    for (const Route& route : cli::web::routes()) {
      if (route.access != Access::person || route.path == "/log-out") continue;
      std::string path{route.path};
      for (std::size_t i; (i = path.find("{id}")) != std::string::npos;)
        path.replace(i, 4, uuid(1));
      for (std::size_t i; (i = path.find("{word}")) != std::string::npos;) path.replace(i, 6, "A1");
      const Answer answer = route.method == "GET" ? browser.get(path) : browser.post(path, {});
      const bool is_theirs = (route.roles & cli::web::only(role)) != 0;
      const bool is_refused =
          answer.body.find("not for an account of this role") != std::string::npos;
      EXPECT_EQ(is_refused, !is_theirs) << name << " " << path;
      if (is_refused) {
        EXPECT_EQ(answer.status, 403) << name << " " << path;
        refused.emplace_back(route.action);
      }
      EXPECT_NE(answer.status, 500) << name << " " << path;
      ++walked;
      Browser nobody{at.site};
      const Answer shut = route.method == "GET" ? nobody.get(path) : nobody.post(path, {});
      EXPECT_EQ(shut.status, 403) << path;
    }
    EXPECT_EQ(refused_by_role(school, name), refused) << name;
  }
  EXPECT_GT(walked, 100U);
}

TEST(Routes, SayWhatThereIsNot) {
  const School school;
  SchoolSite at{school};
  Browser browser{at.site};
  (void)browser.log_in("sue");
  for (const char* path : {"/nothing", "/children/", "/children/x", "/records", "/children/x/y/z",
                           "/assets/pages.css", "/assets/"})
    EXPECT_EQ(browser.get(path).status, 404) << path;
  EXPECT_EQ(browser.get("/children/find").status, 405);
  EXPECT_EQ(browser.send({"HEAD", "/children"}).status, 200);
}

}  // namespace
}  // namespace gcp2::test
