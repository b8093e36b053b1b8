// Accounts: made, granted, ended; and who may do what.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <set>

#include "gcp2/json.h"
#include "school.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

TEST(Accounts, FoundingNeedsTheRecoveryKeyTypedBackAndLeavesNothingBehindWithoutIt) {
  School school;
  Places places = school.places;
  places.records = "sqlite:" + school.path("other");
  places.ring = school.path("other.ring");
  const std::vector<Setting::Founder> founders{
      {"sue", std::string{passphrase}, Role::supervisor},
      {"adam", std::string{passphrase}, Role::administrator}};
  const auto founded = [&](const std::string& typed) {
    return why(Setting::found(places, school.means, founders, true,
                              [&](const std::string& key) { return typed + key.substr(1); }));
  };
  EXPECT_EQ(founded(""), "recovery");
  EXPECT_EQ(founded("?"), "recovery");
  EXPECT_FALSE(std::filesystem::exists(school.path("other")));
  EXPECT_FALSE(std::filesystem::exists(school.path("other.ring")));
  std::vector<Setting::Founder> weak = founders;
  weak[0].passphrase = "sue sue sue sue sue";
  EXPECT_EQ(why(Setting::found(places, school.means, weak, true, [](auto& key) { return key; })),
            "weak_passphrase");
  EXPECT_EQ(
      why(Setting::found(places, school.means, {founders[0]}, true, [](auto& key) { return key; })),
      "last_one");
}

TEST(Accounts, PassphrasesAreLongMixedAndNotTheName) {
  EXPECT_TRUE(Setting::strong_enough("four quiet words of ours", "tess"));
  EXPECT_FALSE(Setting::strong_enough("short words", "tess"));
  EXPECT_FALSE(Setting::strong_enough("aaaaaaaaaaaaaaaaaaaaaaa", "tess"));
  EXPECT_FALSE(Setting::strong_enough("tess and four other words", "tess"));
}

TEST(Accounts, NobodyGetsInWithoutThePassphraseAndFailuresMakeOneWait) {
  School school;
  Setting setting = school.open();
  EXPECT_EQ(why(setting.log_in("nobody", passphrase)), "not_logged_in");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(why(setting.log_in("sue", "a wrong one")), "not_logged_in");
  const auto early = setting.log_in("sue", passphrase);
  ASSERT_EQ(why(early), "slow_down");
  EXPECT_EQ(early.error().wait, 1);
  school.now -= 1000;  // a clock put back does not lengthen it
  EXPECT_EQ(setting.log_in("sue", passphrase).error().wait, 1);
  school.now += 1001;
  EXPECT_EQ(why(setting.log_in("sue", passphrase)), "done");
  for (int i = 0; i < 40; ++i) {
    school.now += 300;  // never longer than that
    EXPECT_EQ(why(setting.log_in("sue", "a wrong one")), "not_logged_in");
  }
  school.now += 300;
  EXPECT_EQ(why(setting.log_in("sue", passphrase)), "done");
}

TEST(Accounts, ANameOfNobodyWaitsLikeOneOfSomebody) {
  School school;
  Setting setting = school.open();
  const auto tried = [&](std::string_view name) {
    const auto no = setting.log_in(name, "a wrong one");
    return why(no) + " " + std::to_string(no.error().wait);
  };
  std::vector<std::string> somebody, nobody;
  for (int i = 0; i < 12; ++i) {
    somebody.push_back(tried("sue"));
    nobody.push_back(tried("nobody"));
    school.now += i % 4 == 3 ? 2 : 0;
  }
  EXPECT_EQ(nobody, somebody);
  EXPECT_EQ(somebody[3], "slow_down 1");
  // Those of another setting are others, and another sitting knows it still.
  EXPECT_EQ(why(School{}.open().log_in("nobody", "a wrong one")), "not_logged_in");
  EXPECT_EQ(why(school.open().log_in("nobody", "a wrong one")), "slow_down");
}

TEST(Accounts, KeysComeOnlyAfterTheFingerprintWasCompared) {
  School school;
  const Account tess =
      allowed(school.at("adam").make_account("tess", Role::practitioner, passphrase));
  EXPECT_EQ(why(school.at("tess").children(false, none)), "not_granted");
  EXPECT_EQ(why(school.at("adam").grant("tess", fingerprint(tess.open))), "role");
  Desk sue = school.at("sue");
  std::string wrong = fingerprint(tess.open);
  wrong[0] = wrong[0] == '9' ? '8' : '9';
  EXPECT_EQ(why(sue.grant("tess", wrong)), "fingerprint");
  EXPECT_EQ(why(sue.grant("tess", "")), "fingerprint");
  EXPECT_EQ(why(sue.grant("tess", fingerprint(tess.open))), "done");
  EXPECT_EQ(why(school.at("tess").children(false, none)), "done");
  EXPECT_EQ(why(school.at("adam").make_account("tess", Role::reader, passphrase)), "name_taken");
}

TEST(Accounts, AnEndedAccountHoldsNoKeyAndTheSettingHasANewOne) {
  School school;
  school.employ("tess", Role::practitioner);
  school.employ("theo", Role::practitioner);
  const Id id = allowed(school.at("tess").add(sample(child(1)), instruments(), none)).id;
  const auto keys = [&] {
    auto ring = Ring::open(school.places.ring, Opening::reading);
    const auto there = ring->keys();
    std::map<Id, std::string> wrapped;
    for (const RingKey& key : *there) wrapped[key.id] = key.wrapped;
    return wrapped;
  };
  // By a supervisor at once, by an administrator at the next log-in of somebody with keys.
  for (const char* by : {"sue", "adam"}) {
    const auto before = keys();
    const std::string name = std::string{by} == "sue" ? "tess" : "theo";
    (void)allowed(school.at(by).end_account(name));
    Setting setting = school.open();
    EXPECT_EQ(why(setting.log_in(name, passphrase)), "not_logged_in");
    Desk sue = school.at("sue");
    const auto after = keys();
    ASSERT_EQ(before.size(), after.size());
    for (const auto& [key, wrapped] : before) EXPECT_NE(after.at(key), wrapped) << by;
    EXPECT_EQ(why(sue.history(id, cover)), "done");
  }
  EXPECT_EQ(why(school.at("sue").end_account("sue")), "last_one");
  EXPECT_EQ(why(school.at("adam").end_account("adam")), "last_one");
}

TEST(Accounts, WhoEndsTheirOwnLeavesTheNewKeyToTheNext) {
  School school;
  school.employ("una", Role::supervisor);
  (void)allowed(school.at("una").add(sample(child(1)), instruments(), none));
  const auto wrapped = [&] {
    return Ring::open(school.places.ring, Opening::reading)->keys()->front().wrapped;
  };
  const std::string before = wrapped();
  EXPECT_EQ(why(school.at("una").end_account("una")), "done");
  EXPECT_EQ(why(school.open().log_in("una", passphrase)), "not_logged_in");
  (void)school.at("sue");
  EXPECT_NE(wrapped(), before);
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
}

TEST(Accounts, APassphraseIsChangedAndRecovered) {
  School school;
  school.employ("tess", Role::practitioner);
  const Id id = allowed(school.at("tess").add(sample(child(1)), instruments(), none)).id;
  const std::string other = "kettle violin meadow";
  Setting setting = school.open();
  EXPECT_EQ(why(school.at("tess").change_passphrase("tess")), "weak_passphrase");
  EXPECT_EQ(why(school.at("tess").change_passphrase(other)), "done");
  EXPECT_EQ(why(setting.log_in("tess", passphrase)), "not_logged_in");
  EXPECT_EQ(why(setting.log_in("tess", other)), "done");
  EXPECT_EQ(why(setting.recover(printed(Secret::random()), "sue", other)), "recovery");
  EXPECT_EQ(why(setting.recover(school.recovery_key, "tess", other)), "role");
  EXPECT_EQ(why(setting.recover(school.recovery_key, "sue", other)), "done");
  EXPECT_EQ(why(setting.log_in("sue", passphrase)), "not_logged_in");
  Desk sue = allowed(setting.log_in("sue", other));
  EXPECT_EQ(why(sue.history(id, cover)), "done");
}

// Whoever made the account knows its first passphrase, and can have had a copy of the ring then.
TEST(Accounts, WithANewPassphraseComesANewPair) {
  School school;
  const Account made =
      allowed(school.at("adam").make_account("tess", Role::practitioner, passphrase));
  const std::string other = "kettle violin meadow";
  Setting setting = school.open();
  Desk tess = allowed(setting.log_in("tess", passphrase));
  Desk elsewhere = allowed(setting.log_in("tess", passphrase));
  (void)allowed(tess.change_passphrase(other));
  EXPECT_NE(tess.account().open, made.open);
  EXPECT_EQ(why(elsewhere.children(false, none)), "not_logged_in");
  EXPECT_EQ(why(school.at("sue").grant("tess", fingerprint(made.open))), "fingerprint");
  (void)allowed(school.at("sue").grant("tess", fingerprint(tess.account().open)));
  // With keys as without.
  EXPECT_EQ(why(tess.add(sample(child(1)), instruments(), none)), "done");
  (void)allowed(tess.change_passphrase("meadow violin kettle"));
  EXPECT_EQ(why(tess.find({.ref = "C-1001"}, none)), "done");
  Desk again = allowed(setting.log_in("tess", "meadow violin kettle"));
  EXPECT_EQ(why(again.find({.ref = "C-1001"}, none)), "done");
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
}

// Every function by every role: what is not for a role is refused, and the refusal is in the log.
TEST(Rights, EveryRoleDoesWhatIsForItAndNothingElse) {
  School school;
  const std::map<std::string, Role> people{
      {"prue", Role::practitioner}, {"sam", Role::supervisor}, {"rex", Role::records_manager},
      {"tara", Role::trainer},      {"rita", Role::reader},    {"otto", Role::auditor},
      {"ann", Role::administrator}};
  for (const auto& [name, role] : people) school.employ(name, role);
  const Id id = allowed(school.at("sue").add(sample(child(1)), instruments(), none)).id;
  const Id record = *Id::parse(uuid(1));
  int number = 10;
  const auto act = [&](std::function<std::string(Desk&)> does, std::string_view who) {
    return std::pair{std::move(does), std::string{who}};
  };
  // p s r t d a m
  const std::map<std::string, std::pair<std::function<std::string(Desk&)>, std::string>> acts{
      {"list", act([&](Desk& d) { return why(d.children(false, none)); }, "psrd")},
      {"list_all", act([&](Desk& d) { return why(d.children(true, cover)); }, "psr")},
      {"find", act([&](Desk& d) { return why(d.find({.ref = "C-1001"}, cover)); }, "psr")},
      {"add",
       act([&](Desk& d) { return why(d.add(sample(child(++number)), instruments(), cover)); },
           "ps")},
      {"history", act([&](Desk& d) { return why(d.history(id, cover)); }, "psrd")},
      {"read", act([&](Desk& d) { return why(d.read(record, cover)); }, "psrd")},
      {"save_draft", act(
                         [&](Desk& d) {
                           const Value same = sample(child(1));
                           return why(d.save_draft(same, same, cover));
                         },
                         "ps")},
      {"amend", act([&](Desk& d) { return why(d.amend(record, instruments(), cover)); }, "ps")},
      {"sign",
       act([&](Desk& d) { return why(d.sign(*Id::parse(uuid(99)), "P2", instruments(), cover)); },
           "ps")},
      {"export", act([&](Desk& d) { return why(d.export_child(id, cover)); }, "psr")},
      {"export_log", act(
                         [&](Desk& d) {
                           return why(d.log_entries(
                               1, [](auto&) { return false; }, Showing::hand_out, cover));
                         },
                         "sra")},
      {"assign", act([&](Desk& d) { return why(d.assign(id, "sue", 0, cover)); }, "s")},
      {"sign_off", act([&](Desk& d) { return why(d.sign_off(record, cover)); }, "s")},
      {"erasures", act([&](Desk& d) { return why(d.erasure_requests()); }, "sr")},
      {"withdraw_erasure", act([&](Desk& d) { return why(d.withdraw_erasure(id, cover)); }, "sr")},
      {"renew_recovery_key",
       act([&](Desk& d) { return why(d.renew_recovery_key([](auto&) { return ""; })); }, "s")},
      {"share", act([&](Desk& d) { return why(d.share(id, "rita", school.now + 9, cover)); }, "s")},
      {"involvements", act([&](Desk& d) { return why(d.involvements(id, cover)); }, "psr")},
      {"end_involvement",
       act([&](Desk& d) { return why(d.end_involvement(id, "otto", cover)); }, "s")},
      {"accounts", act([&](Desk& d) { return why(d.accounts()); }, "sam")},
      {"make_account", act(
                           [&](Desk& d) {
                             return why(d.make_account("new" + std::to_string(++number),
                                                       Role::trainer, passphrase));
                           },
                           "m")},
      {"grant", act([&](Desk& d) { return why(d.grant("sue", "1")); }, "s")},
      {"end_account", act([&](Desk& d) { return why(d.end_account("nobody")); }, "sm")},
      {"retention", act([&](Desk& d) { return why(d.retention()); }, "r")},
      {"set_retention", act([&](Desk& d) { return why(d.set_retention_years(25)); }, "r")},
      {"lift_hold", act([&](Desk& d) { return why(d.hold(id, false, cover)); }, "r")},
      {"hold", act([&](Desk& d) { return why(d.hold(id, true, cover)); }, "r")},
      {"ask_erasure", act([&](Desk& d) { return why(d.ask_erasure(id, cover)); }, "r")},
      {"confirm_erasure",
       act([&](Desk& d) { return why(d.confirm_erasure(*Id::parse(uuid(98)), cover)); }, "sr")},
      {"audit",
       act([&](Desk& d) { return why(d.log_entries(1, [](auto&) { return true; })); }, "sra")},
      {"ring_copies", act([&](Desk& d) { return why(d.ring_copies()); }, "srm")},
      {"address", act([&](Desk& d) { return why(d.address()); }, "sr")},
      {"confirm_partner", act([&](Desk& d) { return why(d.confirm_partner({}, "")); }, "sr")},
      {"partners", act([&](Desk& d) { return why(d.partners()); }, "sr")},
      {"send", act([&](Desk& d) { return why(d.send(id, {}, cover)); }, "r")},
      {"receive", act([&](Desk& d) { return why(d.receive("")); }, "r")},
      {"accept", act([&](Desk& d) { return why(d.accept({}, "", instruments())); }, "s")},
      {"keep_receipt", act([&](Desk& d) { return why(d.keep_receipt("")); }, "r")},
      {"quarantine", act([&](Desk& d) { return why(d.quarantine()); }, "sr")},
      {"print", act([&](Desk& d) { return why(d.show_child(id, Showing::print, cover)); }, "psrd")},
      {"sent_bundles", act([&](Desk& d) { return why(d.sent_bundles()); }, "r")},
      {"turn_down", act([&](Desk& d) { return why(d.turn_down({}, none)); }, "s")},
      {"show_receipt", act([&](Desk& d) { return why(d.receipt_of({})); }, "r")},
      {"drop_second_step", act([&](Desk& d) { return why(d.drop_second_step("nobody")); }, "m")},
      {"back_up_ring",
       act([&](Desk& d) { return why(d.back_up_ring(school.path(std::to_string(++number)))); },
           "srm")},
      {"back_up_records",
       act([&](Desk& d) { return why(d.back_up_records(school.path(std::to_string(++number)))); },
           "srm")},
  };
  const std::map<Role, char> letters{{Role::practitioner, 'p'},    {Role::supervisor, 's'},
                                     {Role::records_manager, 'r'}, {Role::trainer, 't'},
                                     {Role::reader, 'd'},          {Role::auditor, 'a'},
                                     {Role::administrator, 'm'}};
  for (const auto& [name, role] : people) {
    std::set<std::string> refused;
    Desk desk = school.at(name);
    for (const auto& [what, how] : acts) {
      const bool is_for = how.second.find(letters.at(role)) != std::string::npos;
      const std::string outcome = how.first(desk);
      EXPECT_EQ(outcome == "role", !is_for) << name << " " << what << " " << outcome;
      if (!is_for) refused.insert(what);
    }
    std::set<std::string> logged;
    (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
      if (e.actor == desk.account().id && e.outcome == "refused.role") logged.insert(e.action);
      return true;
    }));
    EXPECT_EQ(logged, refused) << name;
  }
}

}  // namespace
}  // namespace gcp2::test
