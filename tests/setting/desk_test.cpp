// What people do with records, and what they are not let do.
#include <gmock/gmock.h>

#include <thread>

#include "gcp2/json.h"
#include "school.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Instruments& instruments() { return shipped_instruments(); }

class DeskTest : public testing::Test {
 protected:
  DeskTest() {
    school.employ("tess", Role::practitioner);
    school.employ("theo", Role::practitioner);
  }
  ChildFacts add(Desk& desk, const Value& document, const Purpose& purpose = none) {
    return allowed(desk.add(document, instruments(), purpose));
  }
  static Value graded(Value document, std::string_view node, int grade) {
    for (Value& each : document.find("observations")->items())
      if (each.text_at("node") == node) each.set("grade", Value::number(grade));
    return document;
  }
  School school;
};

TEST_F(DeskTest, WhatIsAddedIsReadBackToTheLetter) {
  Desk desk = school.at("tess");
  for (const bool is_signed : {false, true}) {
    Sample wanted = child(is_signed ? 2 : 1);
    wanted.is_signed = is_signed;
    const Value document = sample(wanted);
    add(desk, document);
    EXPECT_EQ(write_json(allowed(desk.read(*Id::parse(wanted.id), none))), write_json(document));
  }
}

TEST_F(DeskTest, AChildIsFoundByEveryIdentifierHoweverItIsWritten) {
  Desk desk = school.at("tess");
  const Id id = add(desk, sample({.id = uuid(1), .name = "Zoë O'Neil-Smith"})).id;
  add(desk, sample(child(2)));
  const auto found = [&](const Identifiers& wanted) {
    const auto facts = desk.find(wanted, none);
    return facts && facts->id == id;
  };
  EXPECT_TRUE(found({.ref = "C-0101"}));
  EXPECT_TRUE(found({.upn = "a950000178301"}));
  EXPECT_TRUE(found({.nhs_number = "999 042 1013"}));
  const auto born = Date::parse("2017-06-21");
  for (const char* name :
       {"Zoë O'Neil-Smith", "ZOE ONEIL SMITH", "Smith, Zoe O’Neil", "o'neil smith  zoë"})
    EXPECT_TRUE(found({.name = name, .date_of_birth = born})) << name;
  EXPECT_FALSE(found({.name = "Zoe Neil Smith", .date_of_birth = born}));
  EXPECT_FALSE(found({.name = "Zoe ONeil Smith", .date_of_birth = Date::parse("2017-06-22")}));
  EXPECT_EQ(why(desk.find({.ref = "C-0101", .upn = "B801200005001"}, none)), "no_such_child");
  EXPECT_EQ(why(desk.find(Identifiers{}, none)), "no_such_child");
}

TEST_F(DeskTest, AChildIsFoundByItsIdWhereThatIsOpen) {
  Desk tess = school.at("tess"), theo = school.at("theo");
  const Id id = add(tess, sample(child(1))).id;
  EXPECT_EQ(allowed(tess.find(id, none)).name, "Sample Child 1001");
  EXPECT_EQ(why(theo.find(id, none)), "reason_needed");
  EXPECT_EQ(allowed(theo.find(id, cover)).ref, "C-1001");
  EXPECT_EQ(why(theo.find(Id::random(), cover)), "no_such_child");
}

TEST_F(DeskTest, AReferenceIsToldFromOthersAtSight) {
  Desk tess = school.at("tess");
  int number = 50;
  const auto outcome = [&](const std::string& ref) {
    Sample wanted = child(++number);
    wanted.ref = ref;
    return why(tess.add(sample(wanted), instruments(), none));
  };
  for (const char* ref : {"C/24 #7", "Zoë-1", "007", "Ж-12"})
    EXPECT_EQ(outcome(ref), "done") << ref;
  for (const std::string& ref :
       {std::string{"C\u20111001"}, std::string{"Z2\u200b"}, std::string{"\u202eC-1"},
        std::string{" C-1"}, std::string{"С-1 C"}, std::string(101, 'C'), std::string{"C\t1"}})
    EXPECT_EQ(outcome(ref), "odd_reference") << ref;
}

TEST_F(DeskTest, TwoChildrenAreNeverTakenForOne) {
  Desk desk = school.at("tess");
  add(desk, sample({.id = uuid(1)}));
  Sample other = child(2);
  other.nhs = "9990421013";  // of another child
  EXPECT_EQ(why(desk.add(sample(other), instruments(), none)), "other_child");
  add(desk, sample(child(3)));
  Sample both = child(3);
  both.id = uuid(4);
  both.nhs = "9990421013";
  EXPECT_EQ(why(desk.add(sample(both), instruments(), none)), "several_children");
  Sample born_otherwise{.id = uuid(5), .nhs = "", .born = "2016-06-21", .upn = ""};
  EXPECT_EQ(why(desk.add(sample(born_otherwise), instruments(), none)), "other_child");
  EXPECT_EQ(why(desk.add(sample(born_otherwise), instruments(), {"record_mistake", ""})), "done");
  EXPECT_EQ(allowed(desk.find({.ref = "C-0101"}, none)).date_of_birth->text(), "2016-06-21");
}

// Each of two people adds a child of a family that was not here before.
TEST_F(DeskTest, SiblingsThatComeAtOnceAreOneFamily) {
  for (int round = 0; round < 10; ++round) {
    Sample one = child(100 + round), other = child(200 + round);
    other.family = one.family;
    Desk tess = school.at("tess"), sue = school.at("sue");
    const auto until_done = [&](Desk& desk, const Sample& wanted) {
      for (int tries = 0; tries < 5; ++tries)
        if (const auto added = desk.add(sample(wanted), instruments(), none)) return *added;
      throw std::runtime_error("never added");
    };
    ChildFacts first, second;
    {
      const std::jthread at_once{[&] { first = until_done(tess, one); }};
      second = until_done(sue, other);
    }
    EXPECT_EQ(first.family, second.family) << round;
  }
}

TEST_F(DeskTest, ANumberThatIsLearntLaterFindsTheChildToo) {
  Desk desk = school.at("tess");
  Sample first = child(1);
  add(desk, sample(first));
  EXPECT_EQ(why(desk.find({.nhs_number = "9990421013"}, none)), "no_such_child");
  first.id = uuid(2);
  first.nhs = "9990421013";
  add(desk, sample(first));
  EXPECT_EQ(allowed(desk.find({.nhs_number = "9990421013"}, none)).ref, first.ref);
}

TEST_F(DeskTest, OnlyTheOwnCaseloadIsOpenWithoutAReason) {
  Id id;
  {
    Desk tess = school.at("tess");
    id = add(tess, sample(child(1))).id;
    EXPECT_EQ(allowed(tess.children(false, none)).size(), 1U);
  }
  Desk theo = school.at("theo");
  EXPECT_THAT(allowed(theo.children(false, none)), testing::IsEmpty());
  EXPECT_EQ(why(theo.history(id, none)), "reason_needed");
  EXPECT_EQ(why(theo.read(*Id::parse(uuid(1)), none)), "reason_needed");
  EXPECT_EQ(why(theo.read(*Id::parse(uuid(1)), {"because", ""})), "unknown_reason");
  EXPECT_EQ(why(theo.read(*Id::parse(uuid(1)), cover)), "done");
  EXPECT_EQ(why(theo.children(true, none)), "reason_needed");
  EXPECT_EQ(allowed(theo.children(true, cover)).size(), 1U);
  Desk sue = school.at("sue");
  for (const char* name : {"sue", "theo"}) {
    EXPECT_EQ(why(sue.assign(id, name, 0, none)), "reason_needed");
    EXPECT_EQ(why(sue.end_involvement(id, name, none)), "reason_needed");
  }
  EXPECT_EQ(why(sue.history(id, none)), "reason_needed") << "nobody assigns a child to themselves";
  (void)allowed(sue.assign(id, "theo", school.now + 100, cover));
  EXPECT_EQ(why(theo.history(id, none)), "done");
  school.now += 100;
  EXPECT_EQ(why(theo.history(id, none)), "reason_needed");
}

TEST_F(DeskTest, TheReasonAndItsWordsAreInTheLogAndTheWordsAreSealed) {
  Desk tess = school.at("tess");
  add(tess, sample(child(1)));
  (void)allowed(tess.read(*Id::parse(uuid(1)), {"review_meeting", "asked by Grandma Whisper"}));
  EXPECT_THAT(school.all_bytes(), testing::Not(HasSubstr("Whisper")));
  std::vector<Entry> entries;
  Desk sue = school.at("sue");
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.reason == "review_meeting") entries.push_back(e);
    return true;
  }));
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].action, "read");
  EXPECT_EQ(entries[0].actor, tess.account().id);
  EXPECT_EQ(sue.note_of(entries[0]), std::nullopt) << "for those who work with the child";
  EXPECT_EQ(tess.note_of(entries[0]), "asked by Grandma Whisper");
  (void)allowed(sue.assign(entries[0].subject, "sue", 0, cover));
  EXPECT_EQ(sue.note_of(entries[0]), "asked by Grandma Whisper");
}

TEST_F(DeskTest, TheWordsOfAFirstRecordAreKeptToo) {
  (void)allowed(school.at("tess").add(sample(child(1)), instruments(),
                                      {"referral", "said by Grandma Whisper"}));
  Desk sue = school.at("sue");
  std::vector<Entry> entries;
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.action == "add" && !e.note.empty()) entries.push_back(e);
    return true;
  }));
  ASSERT_FALSE(entries.empty());
  EXPECT_EQ(school.at("tess").note_of(entries.front()), "said by Grandma Whisper");
}

TEST_F(DeskTest, TheLogIsReadBackwardsFromAnyEntry) {
  Desk sue = school.at("sue");
  for (int i = 0; i < 600; ++i) (void)allowed(sue.accounts());
  std::vector<std::int64_t> forwards, backwards;
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    forwards.insert(forwards.begin(), e.number);
    return true;
  }));
  // What was logged since: that the log is read.
  (void)allowed(sue.log_entries_before(forwards.front() + 1, [&](const Entry& e) {
    backwards.push_back(e.number);
    return true;
  }));
  EXPECT_EQ(backwards, forwards);
  std::vector<std::string> last;
  (void)allowed(sue.log_entries_before(0, [&](const Entry& e) {
    last.push_back(e.action);
    return last.size() < 3;
  }));
  EXPECT_THAT(last, testing::ElementsAre("audit", "audit", "audit"));
  EXPECT_EQ(why(sue.log_entries_before(1,
                                       [](const Entry&) {
                                         ADD_FAILURE() << "there is nothing before the first";
                                         return true;
                                       })),
            "done");
}

TEST_F(DeskTest, TwoPeoplesAnswersToDifferentLeavesBothStay) {
  Desk tess = school.at("tess");
  const Id id = add(tess, sample(child(1))).id;
  (void)allowed(school.at("sue").assign(id, "theo", 0, cover));
  Desk theo = school.at("theo");
  const Value base = allowed(tess.read(*Id::parse(uuid(1)), none));
  const std::string first{base.find("observations")->items()[0].text_at("node")};
  const std::string second{base.find("observations")->items()[1].text_at("node")};
  (void)allowed(tess.save_draft(base, graded(base, first, 4), none));
  const Value both = allowed(theo.save_draft(base, graded(base, second, 5), none));
  EXPECT_EQ(write_json(both), write_json(graded(graded(base, first, 4), second, 5)));
  // The same leaf, answered otherwise from what both had read.
  const auto clash = theo.save_draft(base, graded(base, first, 1), none);
  ASSERT_EQ(why(clash), "changed_meanwhile");
  EXPECT_THAT(clash.error().places, ElementsAre(first));
  EXPECT_EQ(write_json(allowed(tess.read(*Id::parse(uuid(1)), none))), write_json(both));
  // The same answer twice is none.
  EXPECT_EQ(why(theo.save_draft(base, graded(base, first, 4), none)), "done");
}

TEST_F(DeskTest, LeavesAndMembersComeAndGo) {
  Desk tess = school.at("tess");
  add(tess, sample(child(1)));
  const Value base = allowed(tess.read(*Id::parse(uuid(1)), none));
  Value fewer = base;
  auto& items = fewer.find("observations")->items();
  const Value taken = items.back();
  items.pop_back();
  fewer.erase("lead_professional");
  fewer.set("unknown_member", Value::text("kept"));
  EXPECT_EQ(write_json(allowed(tess.save_draft(base, fewer, none))), write_json(fewer));
  Value more = fewer;
  more.find("observations")->items().push_back(taken);
  EXPECT_EQ(write_json(allowed(tess.save_draft(fewer, more, none))), write_json(more));
  Value none_left = more;
  none_left.set("observations", Value::list());
  EXPECT_EQ(write_json(allowed(tess.save_draft(more, none_left, none))), write_json(none_left));
}

TEST_F(DeskTest, SavingDoesNotMakeADraftAnotherChildsOrASignedOne) {
  Desk tess = school.at("tess");
  add(tess, sample(child(1)));
  const Value base = allowed(tess.read(*Id::parse(uuid(1)), none));
  EXPECT_EQ(why(tess.save_draft(base, changed(base, {{"/child/ref", "\"C-9\""}}), none)),
            "other_child");
  for (const char* key : {"/status", "/format", "/supersedes", "/signed"})
    EXPECT_EQ(why(tess.save_draft(base, changed(base, {{key, "\"signed\""}}), none)), "not_a_draft")
        << key;
  EXPECT_EQ(why(tess.save_draft(base, changed(base, {{"/id", "\"" + uuid(7) + "\""}}), none)),
            "no_such_record");
}

TEST_F(DeskTest, SigningLocksAndASuccessorTakesOver) {
  Desk tess = school.at("tess");
  const Id child_id = add(tess, sample(child(1))).id;
  const Id first = *Id::parse(uuid(1));
  const Value draft = allowed(tess.read(first, none));
  const Value signed_one = allowed(tess.sign(first, "P2", instruments(), none));
  EXPECT_EQ(signed_one.text_at("status"), "signed");
  EXPECT_EQ(why(tess.save_draft(draft, changed(draft, {{"/lead_professional", "\"P1\""}}), none)),
            "is_signed");
  EXPECT_EQ(why(tess.sign(first, "P2", instruments(), none)), "is_signed");
  EXPECT_EQ(why(tess.add(draft, instruments(), none)), "is_signed");
  const Value successor = allowed(tess.amend(first, instruments(), none));
  const Id second = *Id::parse(successor.text_at("id"));
  EXPECT_EQ(successor.text_at("supersedes"), uuid(1));
  (void)allowed(tess.sign(second, "P2", instruments(), none));
  const auto lines = allowed(tess.history(child_id, none));
  ASSERT_EQ(lines.size(), 2U);
  for (const RecordLine& line : lines) EXPECT_EQ(line.is_superseded, line.id == first);
  EXPECT_EQ(write_json(allowed(tess.read(first, none))), write_json(signed_one));
  EXPECT_EQ(why(tess.amend(first, instruments(), none)), "is_superseded");
}

TEST_F(DeskTest, OnlyWhatWasReadIsSigned) {
  Desk tess = school.at("tess");
  add(tess, sample(child(1)));
  const Id id = *Id::parse(uuid(1));
  const Value read = allowed(tess.read(id, none));
  const std::string first{read.find("observations")->items()[0].text_at("node")};
  const Value now = allowed(tess.save_draft(read, graded(read, first, 5), none));
  EXPECT_EQ(why(tess.sign(id, "P2", instruments(), none, &read)), "changed_meanwhile");
  EXPECT_EQ(why(tess.sign(id, "P2", instruments(), none, &now)), "done");
}

TEST_F(DeskTest, WhatIsWrongIsNotSigned) {
  Desk tess = school.at("tess");
  Value document = sample(child(1));
  document.erase("lead_professional");
  document.find("observations")->items().front().set("grade", Value::number(9));
  add(tess, document);
  const auto refused = tess.sign(*Id::parse(uuid(1)), "P2", instruments(), none);
  ASSERT_EQ(why(refused), "invalid");
  EXPECT_FALSE(refused.error().findings.empty());
  EXPECT_EQ(write_json(allowed(tess.read(*Id::parse(uuid(1)), none))), write_json(document));
}

TEST_F(DeskTest, OnlyASupervisorBringsInASignedRecordWithADismissal) {
  Sample wanted = child(1);
  wanted.is_signed = true;
  Value document = sample(wanted);
  Value dismissal = Value::object();
  for (const auto& [key, text] :
       {std::pair{"indication", "x1"}, {"by", "P2"}, {"on", "2026-02-20"}, {"reason", "seen"}})
    dismissal.set(key, Value::text(text));
  Value list = Value::list();
  list.items().push_back(dismissal);
  document.set("dismissed", list);
  EXPECT_EQ(why(school.at("tess").add(document, instruments(), none)), "role");
  EXPECT_EQ(why(school.at("sue").add(document, instruments(), none)), "done");
}

TEST_F(DeskTest, OnlyASupervisorDismisses) {
  Desk tess = school.at("tess");
  add(tess, sample(child(1)));
  const Value base = allowed(tess.read(*Id::parse(uuid(1)), none));
  const Value dismissed =
      changed(base, {{"/dismissed", R"([{"indication":"x","by":"P2","reason":"known"}])"}});
  EXPECT_EQ(why(tess.save_draft(base, dismissed, none)), "role");
  EXPECT_EQ(why(school.at("sue").save_draft(base, dismissed, {"supervision", ""})), "done");
}

TEST_F(DeskTest, ADemonstrationTakesNoLiveNumberAndALiveStoreNoTestNumberAndNoTraining) {
  Desk tess = school.at("tess");
  Sample live = child(1);
  live.nhs = "9434765870";
  EXPECT_EQ(why(tess.add(sample(live), instruments(), none)), "live_numbers");
  School real{false};
  real.employ("tess", Role::practitioner);
  Desk there = real.at("tess");
  EXPECT_EQ(why(there.add(sample({.id = uuid(1)}), instruments(), none)), "test_numbers");
  EXPECT_EQ(why(there.add(sample(live), instruments(), none)), "done");
  Value training = sample(child(2));
  training.set("training", parsed(R"({"case":"baby-in-a-cold-flat"})"));
  EXPECT_EQ(why(there.add(training, instruments(), none)), "training");
}

TEST_F(DeskTest, WhatIsNoRecordIsRefused) {
  Desk tess = school.at("tess");
  for (const char* text : {"{}", "[]", "7", R"({"format":"gcp2/assessment/1"})",
                           R"({"format":"gcp2/assessment/1","id":"x","child":{"ref":"C"}})"})
    EXPECT_EQ(why(tess.add(parsed(text), instruments(), none)), "invalid") << text;
  Value nameless = sample(child(1));
  apply(nameless, {"/child/ref", R"("")"});
  EXPECT_EQ(why(tess.add(nameless, instruments(), none)), "nameless");
  EXPECT_THAT(allowed(tess.children(true, cover)), testing::IsEmpty());
}

TEST_F(DeskTest, AnExportNeedsAReasonEvenFromTheOwnCaseload) {
  Desk tess = school.at("tess");
  const Id id = add(tess, sample(child(1))).id;
  EXPECT_EQ(why(tess.export_child(id, none)), "reason_needed");
  EXPECT_EQ(allowed(tess.export_child(id, {"subject_access", ""})).documents.size(), 1U);
}

}  // namespace
}  // namespace gcp2::test
