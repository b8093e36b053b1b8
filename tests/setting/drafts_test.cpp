// What a file would take back of a draft that is kept.
#include <gmock/gmock.h>

#include <algorithm>

#include "school.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Draft, SaysWhereAnotherOneWouldTakeSomethingBack) {
  const Value draft = sample(child(1));
  const std::string first{draft.find("observations")->items()[0].text_at("node")};
  EXPECT_THAT(taken_back(draft, draft), IsEmpty());
  // What only adds: a leaf, a piece of evidence, a member, a word where there was none.
  Value fewer = draft;
  fewer.find("observations")->items().pop_back();
  fewer.find("observations")->items()[0].find("evidence")->items().pop_back();
  fewer.erase("lead_professional");
  fewer.set("comments", Value::object());
  fewer.set("remark", Value::text(""));
  EXPECT_THAT(taken_back(fewer, draft), IsEmpty());
  const std::string last{draft.find("observations")->items().back().text_at("node")};
  EXPECT_THAT(taken_back(draft, fewer), ElementsAre("lead_professional", "comments", first, last));
  // The order of leaves and keys is nobody's answer; that of a list is.
  Value turned = draft;
  std::ranges::reverse(turned.find("observations")->items());
  std::ranges::reverse(turned.members());
  EXPECT_THAT(taken_back(draft, turned), IsEmpty());
  std::ranges::reverse(turned.find("carers")->items());
  EXPECT_THAT(taken_back(draft, turned), ElementsAre("carers"));
  // Otherwise, or twice instead of once.
  EXPECT_THAT(taken_back(draft, changed(draft, {{"/observations/0/grade", "4"}})),
              ElementsAre(first));
  EXPECT_THAT(taken_back(draft, changed(draft, {{"/child/conditions", "true"}})), IsEmpty());
  Value twice = draft;
  twice.find("carers")->items().push_back(draft.find("carers")->items().front());
  EXPECT_THAT(taken_back(draft, twice), IsEmpty());
  EXPECT_THAT(taken_back(twice, draft), ElementsAre("carers"));
}

}  // namespace
}  // namespace gcp2::test
