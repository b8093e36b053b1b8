// Who stands by a signed record: who signed it here or brought it in, and a supervisor.
#include <gmock/gmock.h>

#include <map>

#include "school.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

class SignedOff : public testing::Test {
 protected:
  SignedOff() {
    school.employ("tess", Role::practitioner);
    school.employ("una", Role::supervisor);
    Sample wanted = child(1);
    Desk desk = school.at("tess");
    child_id = allowed(desk.add(sample(wanted), instruments(), none)).id;
    (void)allowed(desk.sign(record, "P2", instruments(), none));
  }
  RecordLine line(std::size_t number = 0) {
    return allowed(school.at("tess").history(child_id, none)).at(number);
  }
  /// A record of the child of that number, in the place of the child's first one.
  static Value amending(int of_child, int number, bool is_signed = true) {
    Sample made = child(of_child);
    made.id = uuid(number);
    made.is_signed = is_signed;
    Value document = sample(made);
    document.set("supersedes", Value::text(uuid(of_child)));
    return document;
  }
  /// The child's signed records, and whether they are superseded.
  std::map<std::string, bool> signed_ones(const Id& of_child) {
    std::map<std::string, bool> out;
    for (const RecordLine& each : allowed(school.at("tess").history(of_child, cover)))
      if (each.is_signed) out[each.id.text()] = each.is_superseded;
    return out;
  }
  School school;
  Id child_id;
  const Id record = *Id::parse(uuid(1));
};

TEST_F(SignedOff, WhoWasRecoveredIsNoSecondPerson) {
  Desk before = school.at("sue");
  Sample other = child(2);
  const Id id = *Id::parse(uuid(2));
  (void)allowed(before.add(sample(other), instruments(), none));
  (void)allowed(before.sign(id, "P2", instruments(), none));
  (void)allowed(school.open().recover(school.recovery_key, "sue", "words that are new here"));
  Setting setting = school.open();
  Desk after = allowed(setting.log_in("sue", "words that are new here"));
  EXPECT_NE(after.account().id, before.account().id);
  EXPECT_EQ(why(after.sign_off(id, cover)), "second_person");
  EXPECT_EQ(why(school.at("una").sign_off(id, cover)), "done");
}

TEST_F(SignedOff, ASupervisorStandsByARecord) {
  EXPECT_EQ(line().kept_by, school.at("tess").account().id);
  EXPECT_FALSE(line().brought_in);
  EXPECT_TRUE(line().signed_off_by.none());
  EXPECT_EQ(why(school.at("tess").sign_off(record, none)), "role");
  EXPECT_EQ(why(school.at("una").sign_off(record, none)), "reason_needed");
  school.now += 60;
  EXPECT_EQ(why(school.at("una").sign_off(record, cover)), "done");
  EXPECT_EQ(line().signed_off_by, school.at("una").account().id);
  EXPECT_EQ(line().signed_off_at, school.now);
  // Once is enough, and the record itself is what it was.
  school.now += 60;
  EXPECT_EQ(why(school.at("sue").sign_off(record, cover)), "done");
  EXPECT_EQ(line().signed_off_at, school.now - 60);
  EXPECT_EQ(allowed(school.at("tess").read(record, none)).text_at("status"), "signed");
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
}

TEST_F(SignedOff, NobodySignsOffTheirOwnADraftOrWhatIsSuperseded) {
  Desk una = school.at("una");
  (void)allowed(una.add(sample(child(2)), instruments(), none));
  const Id own = *Id::parse(uuid(2));
  EXPECT_EQ(why(una.sign_off(own, none)), "not_signed");
  (void)allowed(una.sign(own, "P2", instruments(), none));
  EXPECT_EQ(why(una.sign_off(own, none)), "second_person");
  EXPECT_EQ(why(una.sign_off(*Id::parse(uuid(9)), none)), "no_such_record");
  const Value successor = allowed(school.at("tess").amend(record, instruments(), none));
  const Id next = *Id::parse(successor.text_at("id"));
  (void)allowed(school.at("tess").sign(next, "P2", instruments(), none));
  EXPECT_EQ(why(una.sign_off(record, cover)), "is_superseded");
  EXPECT_EQ(why(una.sign_off(next, cover)), "done");
}

TEST_F(SignedOff, WhatWasSignedElsewhereIsMarkedAsBroughtIn) {
  Sample elsewhere = child(3);
  elsewhere.is_signed = true;
  const Id other = allowed(school.at("tess").add(sample(elsewhere), instruments(), none)).id;
  const RecordLine brought = allowed(school.at("tess").history(other, none)).at(0);
  EXPECT_TRUE(brought.is_signed);
  EXPECT_TRUE(brought.brought_in);
  EXPECT_EQ(brought.kept_by, school.at("tess").account().id);
}

TEST_F(SignedOff, ARecordHasOneSuccessor) {
  Desk tess = school.at("tess");
  const Id next = *Id::parse(allowed(tess.amend(record, instruments(), none)).text_at("id"));
  (void)allowed(tess.add(amending(1, 8, false), instruments(), none));
  const Value taken = allowed(tess.sign(next, "P2", instruments(), none));
  EXPECT_EQ(why(tess.sign(*Id::parse(uuid(8)), "P2", instruments(), none)), "is_superseded");
  EXPECT_EQ(why(tess.add(amending(1, 9), instruments(), none)), "is_superseded");
  std::size_t in_force = 0;
  for (const RecordLine& each : allowed(tess.history(child_id, none)))
    if (each.is_signed && !each.is_superseded) ++in_force;
  EXPECT_EQ(in_force, 1U);
  EXPECT_EQ(why(tess.add(taken, instruments(), none)), "is_signed") << "it is here already";
}

using Superseded = std::map<std::string, bool>;

TEST_F(SignedOff, AnAmendmentCanComeBeforeWhatItAmends) {
  Desk tess = school.at("tess"), una = school.at("una");
  const Id other = allowed(tess.add(amending(4, 41), instruments(), none)).id;
  EXPECT_EQ(why(tess.add(amending(4, 42), instruments(), none)), "is_superseded");
  (void)allowed(tess.add(amending(4, 43, false), instruments(), none));
  EXPECT_EQ(why(tess.sign(*Id::parse(uuid(43)), "P2", instruments(), none)), "is_superseded");
  Sample original = child(4);
  original.is_signed = true;
  (void)allowed(tess.add(sample(original), instruments(), none));
  EXPECT_EQ(signed_ones(other), (Superseded{{uuid(4), true}, {uuid(41), false}}));
  const Id earlier = *Id::parse(uuid(4));
  EXPECT_EQ(why(tess.amend(earlier, instruments(), none)), "is_superseded");
  EXPECT_EQ(why(una.sign_off(earlier, cover)), "is_superseded");
  EXPECT_EQ(why(tess.add(amending(4, 42), instruments(), none)), "is_superseded");
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
}

TEST_F(SignedOff, ADraftWhoseAmendmentIsHereIsSignedAsSuperseded) {
  Desk tess = school.at("tess");
  const Id other = allowed(tess.add(sample(child(4)), instruments(), none)).id;
  (void)allowed(tess.add(amending(4, 41), instruments(), none));
  (void)allowed(tess.sign(*Id::parse(uuid(4)), "P2", instruments(), none));
  EXPECT_EQ(signed_ones(other), (Superseded{{uuid(4), true}, {uuid(41), false}}));
}

TEST_F(SignedOff, WhatIsReplacedStandsBeforeWhatTakesItsPlace) {
  Desk tess = school.at("tess");
  Sample first = child(5);
  first.id = "ffffffff-0000-4000-8000-000000000005";  // the last one by its id
  first.is_signed = true;
  const Id other = allowed(tess.add(sample(first), instruments(), none)).id;
  std::vector<std::string> ids{first.id};
  for (int times = 0; times < 2; ++times) {
    school.now += 60;
    const Value next = allowed(tess.amend(*Id::parse(ids.back()), instruments(), none));
    ids.emplace_back(next.text_at("id"));
    (void)allowed(tess.sign(*Id::parse(ids.back()), "P2", instruments(), none));
  }
  std::vector<std::string> listed, shown;
  for (const RecordLine& each : allowed(tess.history(other, none)))
    listed.push_back(each.id.text());
  const Shown all = allowed(tess.show_child(other, Showing::read, none));
  for (const Value& each : all.documents) shown.emplace_back(each.text_at("id"));
  EXPECT_EQ(listed, ids);
  EXPECT_EQ(shown, ids);
  EXPECT_THAT(all.superseded, ElementsAre(ids[0], ids[1]));
}

TEST_F(SignedOff, ARecordIsAmendedOnceAtATime) {
  Desk tess = school.at("tess");
  const Value first = allowed(tess.amend(record, instruments(), none));
  EXPECT_EQ(allowed(school.at("una").amend(record, instruments(), cover)).text_at("id"),
            first.text_at("id"));
  EXPECT_EQ(allowed(tess.history(child_id, none)).size(), 2U);
}

}  // namespace
}  // namespace gcp2::test
