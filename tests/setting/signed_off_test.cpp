// Who stands by a signed record: who signed it here or brought it in, and a supervisor.
#include <gmock/gmock.h>

#include "school.h"

namespace gcp2::test {
namespace {

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
  School school;
  Id child_id;
  const Id record = *Id::parse(uuid(1));
};

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
  const auto another = [](int number, bool is_signed) {
    Sample made = child(1);
    made.id = uuid(number);
    made.is_signed = is_signed;
    Value document = sample(made);
    document.set("supersedes", Value::text(uuid(1)));
    return document;
  };
  (void)allowed(tess.add(another(8, false), instruments(), none));
  const Value taken = allowed(tess.sign(next, "P2", instruments(), none));
  EXPECT_EQ(why(tess.sign(*Id::parse(uuid(8)), "P2", instruments(), none)), "is_superseded");
  EXPECT_EQ(why(tess.add(another(9, true), instruments(), none)), "is_superseded");
  std::size_t in_force = 0;
  for (const RecordLine& each : allowed(tess.history(child_id, none)))
    if (each.is_signed && !each.is_superseded) ++in_force;
  EXPECT_EQ(in_force, 1U);
  EXPECT_EQ(why(tess.add(taken, instruments(), none)), "is_signed") << "it is here already";
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
