// Of records that take each other's place one is in force in the end.
#include <gmock/gmock.h>

#include <map>

#include "support/records.h"
#include "transfer.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;

const Instruments& instruments() { return shipped_instruments(); }

Value record(int number, int supersedes, bool is_signed = true) {
  Sample one = child(1);
  one.id = uuid(number);
  one.nhs = "9990421013";
  one.is_signed = is_signed;
  Value document = sample(one);
  if (supersedes != 0) document.set("supersedes", Value::text(uuid(supersedes)));
  return document;
}

class Superseding : public testing::Test {
 protected:
  Allowed<ChildFacts> add(int number, int supersedes, bool is_signed = true) {
    auto added = sue.add(record(number, supersedes, is_signed), instruments(), none);
    if (added) id = added->id;
    return added;
  }
  Allowed<Value> sign(int number) {
    return sue.sign(*Id::parse(uuid(number)), "P2", instruments(), none);
  }
  template <class T>
  static std::string found(const Allowed<T>& refused) {
    if (why(refused) != "invalid") return why(refused);
    return std::string{refused.error().findings.front().code};
  }
  std::vector<std::string> in_force() {
    std::vector<std::string> out;
    for (const RecordLine& line : allowed(sue.history(id, none)))
      if (line.is_signed && !line.is_superseded) out.push_back(line.id.text());
    return out;
  }
  School school;
  Desk sue = school.at("sue");
  Id id;
};

TEST_F(Superseding, NoWayLeadsBack) {
  ASSERT_EQ(why(add(1, 2)), "done");
  EXPECT_EQ(found(add(2, 1)), "supersedes_in_a_circle");
  ASSERT_EQ(why(add(2, 3)), "done");
  EXPECT_EQ(found(add(3, 1)), "supersedes_in_a_circle");
  EXPECT_EQ(found(add(4, 4)), "supersedes_in_a_circle");
  EXPECT_EQ(found(add(4, 4, false)), "supersedes_in_a_circle");
  EXPECT_THAT(in_force(), ElementsAre(uuid(1)));
  ASSERT_EQ(why(add(3, 0)), "done");
  EXPECT_THAT(in_force(), ElementsAre(uuid(1)));
}

TEST_F(Superseding, NorOverDraftsThatAreSigned) {
  ASSERT_EQ(why(add(1, 2, false)), "done");
  ASSERT_EQ(why(add(2, 1, false)), "done");
  ASSERT_EQ(why(sign(1)), "done");
  EXPECT_EQ(found(sign(2)), "supersedes_in_a_circle");
  EXPECT_THAT(in_force(), ElementsAre(uuid(1)));
}

TEST_F(Superseding, ADraftThatCameSecondIsForTheFirstOne) {
  ASSERT_EQ(why(add(1, 0)), "done");
  ASSERT_EQ(why(add(2, 1, false)), "done");
  ASSERT_EQ(why(add(3, 1, false)), "done");
  ASSERT_EQ(why(sign(2)), "done");
  EXPECT_EQ(why(sign(3)), "is_superseded");
  const Value base = allowed(sue.read(*Id::parse(uuid(3)), none));
  const auto saved = [&](const std::string& supersedes) {
    Value changed = base;
    changed.set("supersedes", Value::text(supersedes));
    return found(sue.save_draft(base, changed, none));
  };
  Sample other = child(2);
  other.id = uuid(9);
  other.is_signed = true;
  (void)allowed(sue.add(sample(other), instruments(), none));
  // Superseded itself, a draft, nobody's, another child's, none.
  for (const std::string& wrong : {uuid(1) + " ", uuid(3), uuid(8), uuid(9), std::string{}})
    EXPECT_EQ(saved(wrong), "not_a_draft") << wrong;
  Value without = base;
  without.erase("supersedes");
  EXPECT_EQ(found(sue.save_draft(base, without, none)), "not_a_draft");
  EXPECT_EQ(saved(uuid(2)), "done");
  ASSERT_EQ(why(sign(3)), "done");
  EXPECT_THAT(in_force(), ElementsAre(uuid(3)));
}

TEST_F(Superseding, AnAmendmentTakesNoDismissalOver) {
  ASSERT_EQ(why(add(1, 0, false)), "done");
  const Value base = allowed(sue.read(*Id::parse(uuid(1)), none));
  const Value dismissed =
      changed(base, {{"/dismissed", R"([{"indication":"any_5","by":"P2","reason":"seen"}])"}});
  (void)allowed(sue.save_draft(base, dismissed, none));
  EXPECT_EQ(*allowed(sign(1)).find("dismissed"), *dismissed.find("dismissed"));
  const Value next = allowed(sue.amend(*Id::parse(uuid(1)), instruments(), none));
  EXPECT_EQ(next.find("dismissed"), nullptr);
  EXPECT_NE(allowed(sue.read(*Id::parse(uuid(1)), none)).find("dismissed"), nullptr);
}

TEST_F(Superseding, NoDraftIsSavedAsOneForItsOwnSuccessor) {
  ASSERT_EQ(why(add(1, 2)), "done");
  ASSERT_EQ(why(add(2, 3, false)), "done");
  const Value base = allowed(sue.read(*Id::parse(uuid(2)), none));
  Value changed = base;
  changed.set("supersedes", Value::text(uuid(1)));
  EXPECT_EQ(found(sue.save_draft(base, changed, none)), "supersedes_in_a_circle");
}

TEST_F(Transfer, OfRecordsThatSupersedeEachOtherTheLaterIsLeftOut) {
  meet();
  Desk here = sandwell.at("sue"), there = dudley.at("sue");
  for (const auto& [number, supersedes] : {std::pair{3, 4}, std::pair{4, 5}})
    (void)allowed(here.add(record(number, supersedes, false), instruments(), none));
  // Theirs has what closes the circle.
  const Id known = allowed(there.add(record(5, 3, false), instruments(), none)).id;
  for (const int number : {3, 4})
    (void)allowed(here.sign(*Id::parse(uuid(number)), "P2", instruments(), none));
  (void)allowed(there.sign(*Id::parse(uuid(5)), "P2", instruments(), none));
  const Id bundle = allowed(dudley.at("rex").receive(sent())).bundle;
  const Accepted accepted = allowed(there.accept(bundle, "", instruments()));
  ASSERT_EQ(accepted.child.id, known);
  ASSERT_EQ(accepted.left_out.size(), 1U);
  EXPECT_EQ(accepted.left_out.front().why, Why::invalid);
  const std::string left_out = accepted.left_out.front().id.text();
  std::size_t in_force = 0;
  for (const auto& [record, is_superseded] : signed_at_dudley(known)) {
    EXPECT_NE(record, left_out);
    in_force += !is_superseded;
  }
  EXPECT_EQ(in_force, 2U) << "number 1, and one of the others";
}

}  // namespace
}  // namespace gcp2::test
