// What is kept can be read again, or is not kept.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "school.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;

const Instruments& instruments() { return shipped_instruments(); }

std::size_t values_in(const Value& value) {
  std::size_t count = 1;
  for (const Value& item : value.items()) count += values_in(item);
  for (const Member& member : value.members()) count += values_in(member.value);
  return count;
}
Value many(std::size_t count) {
  Value list = Value::list();
  list.items().resize(count, Value::boolean(true));
  return list;
}
/// Lists in lists, so that the document that has them is that deep.
Value deep(int levels) {
  Value value = Value::list();
  for (int level = 2; level < levels; ++level) {
    Value outer = Value::list();
    outer.items().push_back(std::move(value));
    value = std::move(outer);
  }
  return value;
}
Value with_a_key_twice(Value document) {
  for (const char* day : {"2027-05-14", "2027-05-15"})
    document.members().push_back({"review_again", Value::text(day)});
  return document;
}

class Readable : public testing::Test {
 protected:
  template <class T>
  static std::vector<std::string> found(const Allowed<T>& refused) {
    std::vector<std::string> out;
    if (refused || refused.error().why != Why::invalid) return {why(refused)};
    for (const Finding& each : refused.error().findings) out.emplace_back(each.code);
    return out;
  }
  std::string added(const Value& document) {
    const auto added = sue.add(document, instruments(), none);
    if (added) last = added->id;
    return why(added);
  }
  std::string signed_one(int number) {
    return why(sue.sign(*Id::parse(uuid(number)), "P2", instruments(), none));
  }
  std::size_t records() { return allowed(sue.export_child(last, cover)).documents.size(); }
  School school;
  Desk sue = school.at("sue");
  Id last;
};

TEST_F(Readable, WhatSaysTwoThingsAtOnceIsNotKept) {
  Sample wanted = child(1);
  for (const bool is_signed : {false, true}) {
    wanted.is_signed = is_signed;
    EXPECT_THAT(found(sue.add(with_a_key_twice(sample(wanted)), instruments(), none)),
                ElementsAre("duplicate_key"));
  }
  wanted.is_signed = false;
  ASSERT_EQ(added(sample(wanted)), "done");
  const Value base = allowed(sue.read(*Id::parse(uuid(1)), none));
  EXPECT_THAT(found(sue.save_draft(base, with_a_key_twice(base), none)),
              ElementsAre("duplicate_key"));
  Value in_a_leaf = base;
  Value& leaf = in_a_leaf.find("observations")->items().front();
  leaf = with_a_key_twice(leaf);
  EXPECT_THAT(found(sue.save_draft(base, in_a_leaf, none)), ElementsAre("duplicate_key"));
  EXPECT_EQ(allowed(sue.read(*Id::parse(uuid(1)), none)), base);
}

TEST_F(Readable, AsDeepAsARecordMayBeItIsSignedAndAmended) {
  Value document = sample(child(1));
  document.set("extra", deep(deepest_nesting + 1));
  EXPECT_THAT(found(sue.add(document, instruments(), none)), ElementsAre("nested_too_deep"));
  document.set("extra", deep(deepest_nesting));
  ASSERT_EQ(added(document), "done");
  ASSERT_EQ(signed_one(1), "done");
  const Value next = allowed(sue.amend(*Id::parse(uuid(1)), instruments(), none));
  EXPECT_EQ(*next.find("extra"), *document.find("extra"));
  EXPECT_EQ(records(), 2U);
}

TEST_F(Readable, AsMuchAsARecordMayHoldIsSigned) {
  Value document = sample(child(1));
  // The list itself, a signature with its two texts, and the digest that comes with it.
  document.set("extra", many(most_values - values_in(document) - 5));
  ASSERT_EQ(added(document), "done");
  ASSERT_EQ(signed_one(1), "done");
  EXPECT_EQ(records(), 1U);
  Sample second = child(1);
  second.id = uuid(2);
  document = sample(second);
  document.set("extra", many(most_values));
  EXPECT_THAT(found(sue.add(document, instruments(), none)), ElementsAre("too_many_values"));
}

TEST_F(Readable, WhatTwoPeopleMakeTooMuchIsNotSignedAndStaysReadable) {
  ASSERT_EQ(added(sample(child(1))), "done");
  const Id id = *Id::parse(uuid(1));
  const Value base = allowed(sue.read(id, none));
  for (const std::size_t leaf : {0U, 1U}) {
    Value mine = base;
    mine.find("observations")->items()[leaf].set("extra", many(most_values / 2));
    ASSERT_EQ(why(sue.save_draft(base, mine, none)), "done");
  }
  EXPECT_THAT(found(sue.sign(id, "P2", instruments(), none)), ElementsAre("too_many_values"));
  EXPECT_EQ(records(), 1U);
  const Value both = allowed(sue.read(id, none));
  EXPECT_GT(values_in(both), most_values);
  ASSERT_EQ(why(sue.save_draft(both, base, none)), "done");
  EXPECT_EQ(signed_one(1), "done");
}

}  // namespace
}  // namespace gcp2::test
