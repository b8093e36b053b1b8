// Accounts and passphrases in the browser.
#include <gmock/gmock.h>

#include "gcp2/keys.h"
#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

const std::string others = "other quiet words of theirs";

class AccountPages : public testing::Test {
 protected:
  AccountPages() {
    (void)adam.log_in("adam");
    (void)sue.log_in("sue");
    (void)adam.get("/accounts");
    (void)sue.get("/accounts");
  }
  Account account(std::string_view name) {
    for (const Account& each : allowed(school.at("adam").accounts()))
      if (each.name == name) return each;
    throw std::runtime_error{"no such account"};
  }
  Answer made(const std::string& name, const std::string& role = "practitioner") {
    return adam.post("/accounts",
                     {{"name", name}, {"role", role}, {"passphrase", others}, {"again", others}});
  }

  School school;
  SchoolSite at{school};
  Browser adam{at.site}, sue{at.site};
};

TEST_F(AccountPages, AreMadeGrantedAndEnded) {
  EXPECT_EQ(header_of(made("tea"), "Location"), "/accounts");
  const Account tea = account("tea");
  const std::string way = "/accounts/" + tea.id.text();
  EXPECT_THAT(sue.get("/accounts").body, HasSubstr("What tea (practitioner) reads out"));
  EXPECT_THAT(sue.post(way + "/grant", {{"fingerprint", "1234"}}).body,
              HasSubstr("href=\"#fingerprint-" + tea.id.text() + "\""));
  EXPECT_TRUE(account("tea").setting_key.empty());
  EXPECT_EQ(sue.post(way + "/grant", {{"fingerprint", fingerprint(tea.open)}}).status, 303);
  EXPECT_FALSE(account("tea").setting_key.empty());
  EXPECT_EQ(why(school.open().log_in("tea", others)), "done");
  EXPECT_THAT(adam.post(way + "/end", {}).body, HasSubstr("Confirm that the account is to end"));
  EXPECT_TRUE(account("tea").active);
  EXPECT_EQ(adam.post(way + "/end", {{"sure", "yes"}}).status, 303);
  EXPECT_FALSE(account("tea").active);
  // The last ones stay.
  (void)sue.get("/accounts");
  EXPECT_EQ(sue.post("/accounts/" + account("sue").id.text() + "/end", {{"sure", "yes"}}).status,
            200);
  EXPECT_TRUE(account("sue").active);
}

TEST_F(AccountPages, SayWhatIsWrongWithANewOne) {
  for (const char* error : {"name-error", "role-error", "passphrase-error"})
    EXPECT_THAT(adam.post("/accounts", {}).body, HasSubstr("id=\"" + std::string{error} + "\""));
  EXPECT_THAT(
      adam.post("/accounts",
                {{"name", "tea"}, {"role", "reader"}, {"passphrase", others}, {"again", "x"}})
          .body,
      HasSubstr("id=\"again-error\""));
  EXPECT_THAT(
      adam.post("/accounts",
                {{"name", "tea"}, {"role", "reader"}, {"passphrase", "short"}, {"again", "short"}})
          .body,
      HasSubstr("id=\"passphrase-error\""));
  EXPECT_THAT(made("sue").body, HasSubstr("id=\"name-error\""));
  const Answer evil = made("<script>alert(1)</script>");
  EXPECT_THAT(evil.body, HasSubstr("id=\"name-error\""));
  EXPECT_THAT(evil.body, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(evil.body, Not(HasSubstr(others)));
}

TEST_F(AccountPages, APassphraseIsChangedByItsOwner) {
  (void)made("tina", "trainer");
  Browser tina{at.site};
  (void)tina.get("/passphrase");
  (void)sue.get("/passphrase");
  const std::string now{passphrase};
  EXPECT_THAT(sue.post("/passphrase", {{"passphrase", others}, {"again", "x"}}).body,
              HasSubstr("id=\"again-error\""));
  EXPECT_THAT(
      sue.post("/passphrase", {{"now", now}, {"passphrase", "short"}, {"again", "short"}}).body,
      HasSubstr("id=\"passphrase-error\""));
  EXPECT_EQ(why(school.open().log_in("sue", passphrase)), "done");
  for (const std::string& wrong : {std::string{}, others})
    EXPECT_THAT(
        sue.post("/passphrase", {{"now", wrong}, {"passphrase", others}, {"again", others}}).body,
        HasSubstr("id=\"now-error\""));
  EXPECT_EQ(why(school.open().log_in("sue", passphrase)), "done");
  const std::string changed =
      sue.post("/passphrase", {{"now", now}, {"passphrase", others}, {"again", others}}).body;
  EXPECT_THAT(changed, HasSubstr("From now on"));
  const Desk again = allowed(school.open().log_in("sue", others));
  EXPECT_THAT(changed, HasSubstr(fingerprint(again.account().open))) << "it is another one";
  EXPECT_EQ(why(school.open().log_in("sue", others)), "done");
  EXPECT_EQ(why(school.open().log_in("sue", passphrase)), "not_logged_in");
  EXPECT_EQ(sue.get("/children").status, 200) << "whoever changed it stays";
}

}  // namespace
}  // namespace gcp2::test
