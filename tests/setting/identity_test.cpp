// Which child a record is of, what a child is called, and what it is found by, whatever is cut off.
#include <gmock/gmock.h>

#include "reluctant.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

class Identity : public testing::Test {
 protected:
  Identity() { school.employ("tess", Role::practitioner); }
  std::string added(const Sample& what, const Purpose& purpose = none) {
    return why(school.at("tess").add(sample(what), shipped_instruments(), purpose));
  }
  /// With a window that ends on that day.
  std::string added_as_of(const std::string& day, const Sample& what) {
    Value document = sample(what);
    Value window = Value::object();
    window.set("from", Value::text("2019-01-01"));
    window.set("to", Value::text(day));
    document.set("window", std::move(window));
    return why(school.at("tess").add(document, shipped_instruments(), none));
  }
  std::string found(std::string_view name) {
    return why(school.at("tess").find(
        {.name = std::string{name}, .date_of_birth = Date::parse("2017-06-21")}, none));
  }
  std::string called() {
    return allowed(school.at("tess").find(Identifiers{.ref = "C-0101"}, none)).name;
  }
  School school;
};

TEST_F(Identity, AMistypedReferenceRenamesNobody) {
  ASSERT_EQ(added({.id = uuid(1)}), "done");
  const Sample mistyped{.id = uuid(2), .name = "Zoe Quite-Other", .nhs = "", .born = "", .upn = ""};
  EXPECT_EQ(added(mistyped), "other_child");
  EXPECT_EQ(called(), "Robin Example");
  // Part of the name, or what else tells the child, is enough.
  Sample married = mistyped;
  married.name = "Robin Newname";
  EXPECT_EQ(added(married), "done");
  Sample adopted{.id = uuid(3), .name = "Alex Other", .nhs = "", .upn = ""};
  EXPECT_EQ(added(adopted), "done");
  EXPECT_EQ(called(), "Alex Other");
  Sample corrected = mistyped;
  corrected.id = uuid(4);
  EXPECT_EQ(added(corrected, {"record_mistake", ""}), "done");
  EXPECT_EQ(called(), "Zoe Quite-Other");
}

// A child who was adopted is not to be called as before by what was begun then.
TEST_F(Identity, AnOlderDraftBringsNoFormerNameBack) {
  ASSERT_EQ(added({.id = uuid(1)}), "done");
  ASSERT_EQ(added({.id = uuid(2), .family = "F-0500", .name = "Robin Adopted"}), "done");
  EXPECT_EQ(called(), "Robin Adopted");
  Desk tess = school.at("tess");
  (void)allowed(tess.sign(*Id::parse(uuid(1)), "P1", shipped_instruments(), none));
  EXPECT_EQ(called(), "Robin Adopted");
  EXPECT_EQ(found("Robin Adopted"), "done");
  EXPECT_EQ(found("Robin Example"), "no_such_child");
  // Said anew it holds.
  EXPECT_EQ(added({.id = uuid(3)}), "done");
  EXPECT_EQ(called(), "Robin Example");
}

TEST_F(Identity, WhatAnOlderRecordSaysOnlyFillsGaps) {
  ASSERT_EQ(added({.id = uuid(1), .nhs = ""}), "done");
  EXPECT_EQ(added_as_of("2019-02-01", {.id = uuid(2), .name = "Robin Before"}), "done");
  const ChildFacts facts =
      allowed(school.at("tess").find(Identifiers{.nhs_number = "9990421013"}, none));
  EXPECT_EQ(facts.name, "Robin Example");
}

// As the newest record says, also where that said nothing new.
TEST_F(Identity, WhatIsOlderThanTheNewestRecordRenamesNobody) {
  ASSERT_EQ(added_as_of("2024-02-06", {.id = uuid(1)}), "done");
  ASSERT_EQ(added_as_of("2026-02-06", {.id = uuid(2)}), "done");
  ASSERT_EQ(added_as_of("2025-02-06", {.id = uuid(3), .name = "Robin Oldname"}), "done");
  EXPECT_EQ(called(), "Robin Example");
  ASSERT_EQ(added_as_of("2026-02-07", {.id = uuid(4), .name = "Robin Newname"}), "done");
  EXPECT_EQ(called(), "Robin Newname");
  // A former name that is signed once more is not as of the day that the draft is of by then.
  Desk tess = school.at("tess");
  const Value draft = allowed(tess.read(*Id::parse(uuid(2)), none));
  const Value later = changed(draft, {{"/window/to", R"("2026-02-19")"}});
  (void)allowed(tess.save_draft(draft, later, none));
  (void)allowed(tess.sign(*Id::parse(uuid(2)), "P1", shipped_instruments(), none));
  ASSERT_EQ(added_as_of("2026-02-08", {.id = uuid(5), .name = "Robin Newest"}), "done");
  EXPECT_EQ(called(), "Robin Newest");
}

TEST_F(Identity, AMistypedYearKeepsNoNameOut) {
  ASSERT_EQ(added_as_of("2062-02-06", {.id = uuid(1)}), "done");
  school.now += 86400;
  ASSERT_EQ(added_as_of("2026-02-21", {.id = uuid(2), .name = "Robin Newname"}), "done");
  EXPECT_EQ(called(), "Robin Newname");
}

TEST_F(Identity, TwoChildrenOfOneNameAndBirthdayAreTwo) {
  ASSERT_EQ(added({.id = uuid(1)}), "done");
  Sample other{.id = uuid(2), .ref = "C-0777", .family = "F-0777", .nhs = "9990421021", .upn = ""};
  ASSERT_EQ(added(other), "done");
  EXPECT_EQ(found("Robin Example"), "several_children");
  // Each goes on under its own reference, also without a number.
  other.id = uuid(3);
  other.nhs = "";
  EXPECT_EQ(added(other), "done");
  EXPECT_EQ(added({.id = uuid(4)}), "done");
  const auto records = [&](std::string_view ref) {
    Desk tess = school.at("tess");
    const Id id = allowed(tess.find(Identifiers{.ref = std::string{ref}}, none)).id;
    return allowed(tess.history(id, none)).size();
  };
  EXPECT_EQ(records("C-0101"), 2U);
  EXPECT_EQ(records("C-0777"), 2U);
  // Without number and reference nobody knows whose it is.
  other.id = uuid(5);
  other.ref = "C-0888";
  EXPECT_EQ(added(other), "several_children");
}

TEST_F(Identity, NothingIsTriedOutOnAChildOfOthers) {
  ASSERT_EQ(added({.id = uuid(1)}), "done");
  school.employ("theo", Role::practitioner);
  Desk theo = school.at("theo");
  for (const char* born : {"2017-06-21", "2016-01-01"}) {
    const Sample guess{.id = uuid(2), .nhs = "", .born = born, .upn = ""};
    EXPECT_EQ(why(theo.add(sample(guess), shipped_instruments(), none)), "reason_needed");
  }
  std::vector<Id> named;
  const Id child = allowed(school.at("tess").find(Identifiers{.ref = "C-0101"}, none)).id;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
    if (entry.outcome == "refused.reason_needed") named.push_back(entry.subject);
    return true;
  }));
  EXPECT_THAT(named, testing::ElementsAre(child, child));
}

// As on a full disk: the ring has the new look-ups, and the rows never come.
TEST_F(Identity, AChildIsFoundAsBeforeWhereItsNewNameCouldNotBeWritten) {
  ASSERT_EQ(added({.id = uuid(1)}), "done");
  bool willing = true;
  Setting setting = allowed(Setting::open(school.places, reluctant(school, willing)));
  Desk tess = allowed(setting.log_in("tess", passphrase));
  willing = false;
  const Sample renamed{.id = uuid(2), .name = "Robin Newname"};
  EXPECT_EQ(why(tess.add(sample(renamed), shipped_instruments(), none)), "store");
  willing = true;
  EXPECT_EQ(found("Robin Example"), "done");
  EXPECT_EQ(found("Robin Newname"), "no_such_child");
  EXPECT_EQ(added(renamed), "done");
  EXPECT_EQ(found("Robin Newname"), "done");
  EXPECT_EQ(found("Robin Example"), "no_such_child");
}

// Killed between the two: whoever has the keys and logs in next puts it right.
TEST_F(Identity, LookUpsThatWereCutOffAreWhatTheRowSays) {
  ASSERT_EQ(added({.id = uuid(1)}), "done");
  ASSERT_EQ(added({.id = uuid(2), .name = "Robin Newname"}), "done");
  {
    auto ring = Ring::open(school.places.ring, Opening::existing);
    const Id child = allowed(school.at("tess").find(Identifiers{.ref = "C-0101"}, none)).id;
    RingBatch cut_off;
    cut_off.look_ups.push_back({std::string(32, 'x'), child});
    cut_off.named.emplace_back("settling/" + child.text(), "yes");
    ASSERT_TRUE(ring->commit(cut_off));
    EXPECT_EQ(ring->find(std::string(32, 'x'))->size(), 1U);
    (void)school.at("tess");
    EXPECT_TRUE(ring->find(std::string(32, 'x'))->empty());
    EXPECT_EQ(*ring->named("settling/" + child.text()), "");
  }
  EXPECT_EQ(found("Robin Newname"), "done");
  EXPECT_TRUE(allowed(verify(school.places, school.means)).flaws.empty());
}

}  // namespace
}  // namespace gcp2::test
