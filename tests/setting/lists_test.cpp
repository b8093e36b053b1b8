// Lists and look-ups name children: the log says why they were read, and holds the rows to it.
#include <gmock/gmock.h>

#include <map>

#include "school.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class Lists : public testing::Test {
 protected:
  Lists() {
    school.employ("tess", Role::practitioner);
    school.employ("rex", Role::records_manager);
    Desk tess = school.at("tess");
    for (const int number : {1, 2})
      children.push_back(allowed(tess.add(sample(child(number)), shipped_instruments(), none)).id);
    for (const Id& each : children) (void)allowed(school.at("sue").assign(each, "tess", 0, cover));
  }
  std::vector<Entry> entries(std::string_view action) const {
    std::vector<Entry> found;
    (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
      if (entry.action == action) found.push_back(entry);
      return true;
    }));
    return found;
  }
  /// As the log had it when the row was last written.
  std::string digest_of(RowKind table, const Id& row) const {
    std::string digest;
    (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
      if (entry.outcome == "written" && entry.table == table && entry.row == row)
        digest = entry.digest;
      return true;
    }));
    return digest;
  }
  School school;
  std::vector<Id> children;
};

TEST_F(Lists, AChildThatIsFoundIsHeldToItsRow) {
  Desk tess = school.at("tess");
  const ChildFacts by_reference = allowed(tess.find(Identifiers{.ref = child(1).ref}, none));
  (void)allowed(tess.find(by_reference.id, none));
  const auto found = entries("find");
  ASSERT_THAT(found, SizeIs(2));
  for (const Entry& entry : found) {
    EXPECT_EQ(entry.outcome, "read");
    EXPECT_EQ(entry.subject, by_reference.id);
    EXPECT_EQ(entry.row, by_reference.id);
    EXPECT_EQ(entry.digest, digest_of(RowKind::subject, by_reference.id));
  }
}

TEST_F(Lists, AListIsOneEntryOfAllItsRows) {
  Desk rex = school.at("rex");
  const auto lines = allowed(rex.retention()).lines;
  (void)allowed(rex.children(true, cover));
  ASSERT_THAT(lines, SizeIs(2));
  // As the store has them: by id.
  std::string digests;
  std::vector<Id> in_order = children;
  std::ranges::sort(in_order);
  for (const Id& each : in_order) digests += digest_of(RowKind::subject, each);
  for (const std::string_view action : {"retention", "list_all"}) {
    const auto found = entries(action);
    ASSERT_THAT(found, SizeIs(1)) << action;
    EXPECT_EQ(found[0].outcome, "read");
    EXPECT_EQ(found[0].table, RowKind::subject);
    EXPECT_TRUE(found[0].row.none());
    EXPECT_EQ(found[0].revision, 2);
    EXPECT_EQ(found[0].digest, plain_hash(digests));
  }
}

TEST_F(Lists, AListOfNobodyIsAnEntryToo) {
  EXPECT_THAT(allowed(school.at("rex").children(false, none)), IsEmpty());
  const auto found = entries("list");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].outcome, "done");
  EXPECT_THAT(found[0].digest, IsEmpty());
}

TEST_F(Lists, WhoWorksWithAChildIsHeldToEachInvolvement) {
  const auto who = allowed(school.at("tess").involvements(children[0], none));
  const auto found = entries("involvements");
  ASSERT_THAT(found, SizeIs(who.size()));
  ASSERT_FALSE(found.empty());
  for (const Entry& entry : found) {
    EXPECT_EQ(entry.table, RowKind::involvement);
    EXPECT_EQ(entry.subject, children[0]);
    EXPECT_EQ(entry.digest, digest_of(RowKind::involvement, entry.row));
  }
}

// They name children outside the caseload, and are read for one thing.
TEST_F(Lists, AnOfficesListsHaveTheirReason) {
  Desk rex = school.at("rex");
  (void)allowed(rex.ask_erasure(children[0], {"court_order", ""}));
  (void)allowed(rex.retention());
  (void)allowed(rex.erasure_requests());
  (void)allowed(rex.quarantine());
  (void)allowed(rex.sent_bundles());
  const std::map<std::string_view, std::string> reasons{{"retention", "retention"},
                                                        {"erasures", "retention"},
                                                        {"quarantine", "transfer"},
                                                        {"sent_bundles", "transfer"}};
  for (const auto& [action, reason] : reasons) {
    const auto found = entries(action);
    ASSERT_THAT(found, SizeIs(1)) << action;
    EXPECT_EQ(found[0].reason, reason) << action;
  }
  EXPECT_EQ(entries("erasures")[0].digest, digest_of(RowKind::subject, children[0]));
  EXPECT_EQ(entries("ask_erasure")[0].reason, "court_order");
}

}  // namespace
}  // namespace gcp2::test
