#include "gcp2/document.h"

#include <gtest/gtest.h>

#include "support/records.h"

namespace gcp2 {
namespace {

using test::parsed;

TEST(Value, KnowsItsKind) {
  EXPECT_TRUE(Value{}.is_null());
  EXPECT_TRUE(Value::boolean(true).truth());
  EXPECT_FALSE(Value::boolean(false).truth());
  EXPECT_FALSE(Value::text("true").truth());
  EXPECT_EQ(Value::number(std::int64_t{-7}).text(), "-7");
  EXPECT_EQ(Value::number(std::string{"1.50"}).text(), "1.50");
  EXPECT_TRUE(Value::list().is_list());
  EXPECT_TRUE(Value::object().is_object());
}

TEST(Value, FindsMembersAndTakesNullAsAbsent) {
  const Value object = parsed(R"({"a": null, "b": "text", "c": 3, "d": ""})");
  EXPECT_EQ(object.find("a"), nullptr);
  EXPECT_EQ(object.find("z"), nullptr);
  ASSERT_NE(object.find("b"), nullptr);
  EXPECT_EQ(object.text_at("b"), "text");
  EXPECT_EQ(object.text_at("c"), "") << "a number is no text";
  EXPECT_EQ(object.text_at("a"), "");
  EXPECT_EQ(object.text_at("z"), "");
  EXPECT_EQ(parsed("[1]").find("a"), nullptr);
}

TEST(Value, SetsInPlaceOrAtTheEnd) {
  Value object = parsed(R"({"a": 1, "b": null, "c": 3})");
  object.set("b", Value::text("two"));
  object.set("d", Value::text("four"));
  EXPECT_EQ(object, parsed(R"({"a": 1, "b": "two", "c": 3, "d": "four"})"));
  object.erase("a");
  object.erase("nothing");
  EXPECT_EQ(object, parsed(R"({"b": "two", "c": 3, "d": "four"})"));
}

TEST(Value, EqualityIsOfOrderAndSpellingNotOfPlace) {
  EXPECT_EQ(parsed(R"({"a":1,"b":[true]})"), parsed("{ \"a\" : 1,\n\"b\" : [ true ] }"));
  EXPECT_FALSE(parsed(R"({"a":1,"b":2})") == parsed(R"({"b":2,"a":1})"));
  EXPECT_FALSE(parsed("1.0") == parsed("1"));
  EXPECT_FALSE(parsed("[]") == parsed("{}"));
  EXPECT_FALSE(Value::text("1") == Value::number(std::int64_t{1}));
}

TEST(Pointer, FollowsTheExamplesOfRfc6901) {
  const Value document = parsed(R"({"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3,
    "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8})");
  EXPECT_EQ(at(document, ""), &document);
  EXPECT_EQ(at(document, "/foo")->items().size(), 2U);
  EXPECT_EQ(at(document, "/foo/0")->text(), "bar");
  struct Row {
    const char* pointer;
    const char* number;
  };
  for (const auto& [pointer, number] :
       {Row{"/", "0"}, Row{"/a~1b", "1"}, Row{"/c%d", "2"}, Row{"/e^f", "3"}, Row{"/g|h", "4"},
        Row{"/i\\j", "5"}, Row{"/k\"l", "6"}, Row{"/ ", "7"}, Row{"/m~0n", "8"}}) {
    ASSERT_NE(at(document, pointer), nullptr) << pointer;
    EXPECT_EQ(at(document, pointer)->text(), number) << pointer;
  }
}

TEST(Pointer, LeadsNowhereWhereNothingIs) {
  const Value document = parsed(R"({"list": [1, 2], "text": "x"})");
  for (const char* pointer : {"/none", "/list/2", "/list/-", "/list/-1", "/list/1x", "/list/",
                              "/text/0", "/list/0/0", "/list/99999999999999999999"})
    EXPECT_EQ(at(document, pointer), nullptr) << pointer;
}

TEST(Pointer, GivesTheNearestOnTheWay) {
  const Value document = parsed(R"({"list": [{"a": 1}]})");
  EXPECT_EQ(at(document, "/none/deeper", true), &document);
  EXPECT_EQ(at(document, "/list/0/b", true), at(document, "/list/0"));
  EXPECT_EQ(at(document, "/list/0/a/b/c", true), at(document, "/list/0/a"));
  EXPECT_EQ(at(document, "/list/0/a", true), at(document, "/list/0/a"));
}

TEST(Pointer, StepsEscapeWhatNeedsIt) {
  EXPECT_EQ(pointer_step("plain"), "/plain");
  EXPECT_EQ(pointer_step(""), "/");
  EXPECT_EQ(pointer_step("a/b~c"), "/a~1b~0c");
  EXPECT_EQ(pointer_step("~1"), "/~01");
  Value document = Value::object();
  for (const char* key : {"a/b", "m~n", "~01", "~1", "/", "~"}) {
    document.set(key, Value::text(key));
    ASSERT_NE(at(document, pointer_step(key)), nullptr) << key;
    EXPECT_EQ(at(document, pointer_step(key))->text(), key);
  }
}

}  // namespace
}  // namespace gcp2
