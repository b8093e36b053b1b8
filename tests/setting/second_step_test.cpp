// The second step of logging in over a network.
#include "gcp2/second_step.h"

#include <liboath/oath.h>

#include <array>

#include "school.h"

namespace gcp2::test {
namespace {

/// With the twenty bytes of RFC 6238, Appendix B.
Secret published() { return *Secret::from("12345678901234567890............"); }

/// What an authenticator that was given the key shows at that time.
std::string shown_at(const Secret& secret, Seconds at) {
  std::array<char, 7> digits{};
  oath_totp_generate(secret.bytes().data(), 20, at, 30, 0, 6, digits.data());
  return digits.data();
}

TEST(SecondStep, IsWhatTheStandardPublishes) {
  const Secret secret = published();
  EXPECT_EQ(authenticator_key(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  // The last six of the eight published digits.
  EXPECT_TRUE(is_code(secret, "287082", 59));
  EXPECT_TRUE(is_code(secret, "081804", 1111111109));
  EXPECT_TRUE(is_code(secret, "050471", 1111111111));
  EXPECT_TRUE(is_code(secret, "005924", 1234567890));
  EXPECT_TRUE(is_code(secret, "279037", 2000000000));
  EXPECT_TRUE(is_code(secret, "353130", 20000000000));
}

TEST(SecondStep, IsGoodForNowAndHalfAMinuteAway) {
  const Secret secret = published();
  EXPECT_TRUE(is_code(secret, "279 037", 2000000000));
  EXPECT_TRUE(is_code(secret, "279037", 2000000000 + 30));
  EXPECT_TRUE(is_code(secret, "279037", 2000000000 - 30));
  EXPECT_FALSE(is_code(secret, "279037", 2000000000 + 60));
  EXPECT_FALSE(is_code(secret, "279037", 2000000000 - 60));
  for (const std::string_view wrong :
       {"", "27903", "2790370", "69279037", "abcdef", "-27903", "２７９０３７"})
    EXPECT_FALSE(is_code(secret, wrong, 2000000000)) << wrong;
}

TEST(SecondStep, ItsAddressHoldsWhatPeopleAreCalled) {
  EXPECT_EQ(authenticator_uri(published(), "Zoë O'Neil"),
            "otpauth://totp/"
            "gcp2:Zo%c3%ab%20O%27Neil?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=gcp2");
}

TEST(SecondStep, IsAskedForOverANetworkOnceItIsThere) {
  School school;
  Setting setting = school.open();
  const Secret secret = Secret::random();
  {
    // There is none yet: whoever has the passphrase sets it up.
    Desk sue = allowed(setting.log_in("sue", passphrase, ""));
    EXPECT_FALSE(allowed(sue.has_second_step()));
    EXPECT_EQ(why(sue.set_second_step(secret, "000000")), "wrong_code");
    EXPECT_FALSE(allowed(sue.has_second_step()));
    (void)allowed(sue.set_second_step(secret, shown_at(secret, school.now)));
    EXPECT_TRUE(allowed(sue.has_second_step()));
  }
  EXPECT_EQ(why(setting.log_in("sue", passphrase, "")), "not_logged_in");
  EXPECT_EQ(why(setting.log_in("sue", passphrase, shown_at(secret, school.now - 300))),
            "not_logged_in");
  EXPECT_EQ(why(setting.log_in("sue", "another one altogether", shown_at(secret, school.now))),
            "not_logged_in");
  // Wrong codes make wait like wrong passphrases, also for the next good one.
  EXPECT_EQ(why(setting.log_in("sue", passphrase, shown_at(secret, school.now))), "slow_down");
  school.now += 600;
  EXPECT_EQ(why(setting.log_in("sue", passphrase, shown_at(secret, school.now))), "done");
  // At the machine itself nothing more is asked for.
  EXPECT_EQ(why(setting.log_in("sue", passphrase)), "done");
  // Another account's is its own.
  EXPECT_EQ(why(setting.log_in("adam", passphrase, "")), "done");
}

TEST(SecondStep, IsTakenAwayByAnAdministratorAlone) {
  School school;
  school.employ("tea", Role::practitioner);
  const Secret secret = Secret::random();
  (void)allowed(school.at("tea").set_second_step(secret, shown_at(secret, school.now)));
  EXPECT_EQ(why(school.at("sue").drop_second_step("tea")), "role");
  EXPECT_EQ(why(school.at("tea").drop_second_step("tea")), "role");
  EXPECT_EQ(why(school.at("adam").drop_second_step("nobody")), "no_such_account");
  EXPECT_TRUE(allowed(school.at("tea").has_second_step()));
  (void)allowed(school.at("adam").drop_second_step("tea"));
  EXPECT_FALSE(allowed(school.at("tea").has_second_step()));
  // The log knows both, and whose it was.
  std::vector<std::string> seen;
  Desk sue = school.at("sue");
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.action.ends_with("second_step") && e.outcome != "refused.role")
      seen.push_back(e.action + " " + e.outcome + " " + sue.whom_name(e));
    return true;
  }));
  EXPECT_EQ(seen, (std::vector<std::string>{"set_second_step done tea",
                                            "drop_second_step refused.no_such_account ",
                                            "drop_second_step done tea"}));
  EXPECT_EQ(school.all_bytes().find(secret.bytes()), std::string::npos);
}

// Sealed to the account, whose pair is another one with a new passphrase.
TEST(SecondStep, StaysWithANewPassphraseAndTheLogWhole) {
  School school;
  school.employ("tea", Role::practitioner);
  Desk open = school.at("tea");
  const std::string other = "five other quiet words of ours";
  const Secret secret = Secret::random();
  Desk tea = school.at("tea");
  (void)allowed(tea.set_second_step(secret, shown_at(secret, school.now)));
  (void)allowed(tea.change_passphrase(other));
  EXPECT_EQ(why(open.set_second_step(secret, shown_at(secret, school.now))), "not_logged_in");
  Setting setting = school.open();
  EXPECT_EQ(why(setting.log_in("tea", other, "000000")), "not_logged_in");
  EXPECT_EQ(why(setting.log_in("tea", other, shown_at(secret, school.now))), "done");
  EXPECT_TRUE(allowed(verify(school.places, school.means)).flaws.empty());
}

TEST(SecondStep, GoesWithAPassphraseThatIsRecovered) {
  School school;
  const Secret secret = Secret::random();
  (void)allowed(school.at("sue").set_second_step(secret, shown_at(secret, school.now)));
  (void)allowed(school.open().recover(school.recovery_key, "sue", "kettle violin meadow"));
  EXPECT_TRUE(allowed(verify(school.places, school.means)).flaws.empty());
  Setting setting = school.open();
  EXPECT_FALSE(allowed(allowed(setting.log_in("sue", "kettle violin meadow")).has_second_step()));
  EXPECT_EQ(*Ring::open(school.places.ring, Opening::reading)->named("rotation_due"), "");
}

TEST(SecondStep, TakenOutOfTheRingByHandIsFound) {
  School school;
  school.employ("tea", Role::practitioner);
  const Secret secret = Secret::random();
  Desk tea = school.at("tea");
  const auto flaws = [&] {
    std::vector<std::string> codes;
    for (const Flaw& flaw : allowed(verify(school.places, school.means)).flaws)
      codes.emplace_back(flaw.code);
    return codes;
  };
  (void)allowed(tea.set_second_step(secret, shown_at(secret, school.now)));
  (void)allowed(tea.change_passphrase("five other quiet words of ours"));
  EXPECT_EQ(flaws(), std::vector<std::string>{});
  {
    auto ring = Ring::open(school.places.ring, Opening::existing);
    RingBatch batch;
    batch.named.emplace_back("second_step/" + tea.account().id.text(), "");
    ASSERT_TRUE(ring->commit(batch));
  }
  EXPECT_EQ(flaws(), std::vector<std::string>{"account_changed"});
  (void)allowed(school.at("adam").drop_second_step("tea"));
  EXPECT_EQ(flaws(), std::vector<std::string>{});
}

}  // namespace
}  // namespace gcp2::test
