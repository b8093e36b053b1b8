// A child's file comes again, and its drafts have moved on, there, here or both.
#include <gmock/gmock.h>

#include "transfer.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Superseded = std::map<std::string, bool>;

const Instruments& instruments() { return shipped_instruments(); }

/// The draft is number 2; number 1 is signed.
class LeftOutTest : public Transfer {
 protected:
  LeftOutTest() { meet(); }
  /// The file is sent and accepted; gives what was left out.
  std::vector<std::string> come() {
    const Id bundle = allowed(dudley.at("rex").receive(sent())).bundle;
    const Accepted accepted = allowed(dudley.at("sue").accept(bundle, "", instruments()));
    there = accepted.child.id;
    return left_out_of(accepted);
  }
  static void note(const School& school, const Id& record, const std::string& words) {
    Desk sue = school.at("sue");
    const Value before = allowed(sue.read(record, none));
    Value after = before;
    if (words.empty())
      after.erase("note");
    else
      after.set("note", Value::text(words));
    (void)allowed(sue.save_draft(before, after, none));
  }
  static void sign(const School& school, const Id& record) {
    (void)allowed(school.at("sue").sign(record, "P2", instruments(), none));
  }
  static Value read(const School& school, const Id& record) {
    return allowed(school.at("sue").read(record, none));
  }
  std::size_t records_there() { return allowed(dudley.at("sue").history(there, none)).size(); }
  bool is_whole() const { return allowed(verify(dudley.places, dudley.means)).flaws.empty(); }

  Id there;
  const Id draft = *Id::parse(uuid(2));
};

TEST_F(LeftOutTest, ASignedRecordTakesThePlaceOfItsDraft) {
  EXPECT_THAT(come(), IsEmpty());
  note(sandwell, draft, "changed there");
  sign(sandwell, draft);
  EXPECT_THAT(come(), IsEmpty());
  EXPECT_EQ(signed_at_dudley(there), (Superseded{{uuid(1), false}, {uuid(2), false}}));
  EXPECT_EQ(records_there(), 2U) << "the draft is gone";
  EXPECT_EQ(read(dudley, draft), read(sandwell, draft));
  EXPECT_TRUE(is_whole());
}

TEST_F(LeftOutTest, ADraftThatWasChangedHereStaysAndTheRestComes) {
  (void)come();
  note(dudley, draft, "changed here");
  Sample third = child(1);
  third.id = uuid(3);
  third.nhs = "9990421013";
  third.is_signed = true;
  (void)allowed(sandwell.at("sue").add(sample(third), instruments(), none));
  note(sandwell, draft, "changed there");
  EXPECT_THAT(come(), ElementsAre(uuid(2) + " draft already_there"));
  sign(sandwell, draft);
  EXPECT_THAT(come(), ElementsAre(uuid(2) + " signed already_there"));
  EXPECT_EQ(signed_at_dudley(there), (Superseded{{uuid(1), false}, {uuid(3), false}}));
  EXPECT_EQ(read(dudley, draft).text_at("note"), "changed here");
  std::size_t logged = 0;
  (void)allowed(dudley.at("sue").log_entries_before(0, [&](const Entry& entry) {
    logged += entry.action == "accept" && entry.outcome == "refused.already_there" &&
              entry.row == draft && entry.subject == there;
    return true;
  }));
  EXPECT_EQ(logged, 2U);
  // Once nothing stands here that the signed one does not say.
  note(dudley, draft, "");
  EXPECT_THAT(come(), IsEmpty());
  EXPECT_EQ(read(dudley, draft), read(sandwell, draft));
  EXPECT_TRUE(is_whole());
}

// Unchanged since it was added, but somebody's own.
TEST_F(LeftOutTest, ADraftThatWasAddedHereGivesWayOnlyToWhatSaysAsMuch) {
  Value own = read(sandwell, draft);
  own.set("note", Value::text("from here"));
  (void)allowed(dudley.at("sue").add(own, instruments(), none));
  sign(sandwell, draft);
  EXPECT_THAT(come(), ElementsAre(uuid(2) + " signed already_there"));
  EXPECT_EQ(read(dudley, draft), own);
}

TEST_F(LeftOutTest, WhatWasSignedHereStays) {
  (void)come();
  sign(dudley, draft);
  EXPECT_THAT(come(), ElementsAre(uuid(2) + " draft is_signed"));
  sandwell.now += 60;
  sign(sandwell, draft);
  EXPECT_THAT(come(), ElementsAre(uuid(2) + " signed is_signed"));
  EXPECT_NE(read(dudley, draft), read(sandwell, draft));
  EXPECT_TRUE(is_whole());
}

TEST_F(LeftOutTest, AnAmendmentThatIsLeftOutTakesNobodysPlace) {
  const Id first = *Id::parse(uuid(1));
  const Value begun = allowed(sandwell.at("sue").amend(first, instruments(), none));
  const Id amendment = *Id::parse(begun.text_at("id"));
  (void)come();
  note(dudley, amendment, "changed here");
  sign(sandwell, amendment);
  EXPECT_THAT(come(), ElementsAre(amendment.text() + " signed already_there"));
  EXPECT_EQ(signed_at_dudley(there), (Superseded{{uuid(1), false}}));
}

}  // namespace
}  // namespace gcp2::test
