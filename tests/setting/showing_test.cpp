// Records for reports and for handing out: in one act, with the end of the log.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "school.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;

const Instruments& instruments() { return shipped_instruments(); }

class Showings : public testing::Test {
 protected:
  Showings() {
    school.employ("tess", Role::practitioner);
    school.employ("theo", Role::practitioner);
    school.employ("rita", Role::reader);
    Desk tess = school.at("tess");
    Sample first = child(1);
    first.is_signed = true;
    id = allowed(tess.add(sample(first), instruments(), none)).id;
    Sample later = first;
    later.id = uuid(2);
    later.is_signed = false;
    Value document = sample(later);
    document.find("window")->set("from", Value::text("2026-03-02"));
    document.find("window")->set("to", Value::text("2026-03-20"));
    document.erase("review_on");
    (void)allowed(tess.add(document, instruments(), none));
    (void)allowed(tess.add(sample(child(3)), instruments(), none));
  }
  /// "action outcome" of the entries of an account about records and drafts, and of refusals.
  std::vector<std::string> acts(std::string_view action) const {
    std::vector<std::string> found;
    (void)allowed(school.at("sue").log_entries(1, [&](const Entry& e) {
      if (e.action == action) found.push_back(e.outcome);
      return true;
    }));
    return found;
  }
  static std::vector<std::string> ids(const Shown& shown) {
    std::vector<std::string> found;
    for (const Value& document : shown.documents) found.emplace_back(document.text_at("id"));
    return found;
  }
  School school;
  Id id;
  const std::vector<Id> both{*Id::parse(uuid(2)), *Id::parse(uuid(1))};
};

TEST_F(Showings, ArePrintedInOneActThatTheLogEndsWith) {
  Desk tess = school.at("tess");
  const Shown shown = allowed(tess.show(both, Showing::print, none));
  EXPECT_THAT(ids(shown), ElementsAre(uuid(2), uuid(1)));
  Entry last;
  (void)allowed(school.at("sue").log_entries(shown.log.count, [&](const Entry& e) {
    last = e;
    return false;
  }));
  EXPECT_EQ(last.action, "print");
  EXPECT_EQ(last.hash, shown.log.hash);
  EXPECT_EQ(last.at, shown.log.at);
  EXPECT_THAT(acts("print"), ElementsAre("read", "read"));
  EXPECT_THAT(acts("read"), ElementsAre());
}

TEST_F(Showings, OnTheScreenTheyAreRead) {
  Desk tess = school.at("tess");
  EXPECT_THAT(ids(allowed(tess.show_child(id, Showing::read, none))),
              ElementsAre(uuid(1), uuid(2)));
  EXPECT_THAT(acts("print"), ElementsAre());
  EXPECT_THAT(acts("read"), ElementsAre("read", "read"));
}

TEST_F(Showings, FollowTheCaseload) {
  Desk theo = school.at("theo");
  EXPECT_EQ(why(theo.show_child(id, Showing::print, none)), "reason_needed");
  EXPECT_EQ(why(theo.show(both, Showing::print, none)), "reason_needed");
  EXPECT_EQ(why(theo.show(both, Showing::print, cover)), "done");
  EXPECT_EQ(why(school.at("rita").show_child(id, Showing::print, none)), "not_shared");
  (void)allowed(school.at("sue").share(id, "rita", school.now + 86400, {"sharing_agreement", ""}));
  EXPECT_EQ(why(school.at("rita").show_child(id, Showing::print, none)), "done");
  EXPECT_EQ(why(school.at("adam").show_child(id, Showing::print, cover)), "role");
  EXPECT_THAT(acts("print"), ElementsAre("refused.reason_needed", "refused.reason_needed", "read",
                                         "read", "refused.not_shared", "read", "refused.role"))
      << "a reader is given what was signed";
}

TEST_F(Showings, AreOfOneChild) {
  Desk tess = school.at("tess");
  EXPECT_EQ(why(tess.show({both[0], *Id::parse(uuid(3))}, Showing::print, none)),
            "several_children");
  EXPECT_EQ(why(tess.show({both[0], Id::random()}, Showing::print, none)), "no_such_record");
  EXPECT_EQ(why(tess.show({}, Showing::print, none)), "no_such_record");
}

TEST_F(Showings, AnExportSaysWhereTheLogEndedToo) {
  const Shown shown = allowed(school.at("tess").export_child(id, {"subject_access", ""}));
  EXPECT_THAT(ids(shown), ElementsAre(uuid(1), uuid(2)));
  EXPECT_THAT(acts("export"), ElementsAre("read", "read"));
  EXPECT_GT(shown.log.count, 0);
}

TEST_F(Showings, WhatLeavesTheStoreNeedsAReasonAndIsAnExport) {
  Desk tess = school.at("tess");
  EXPECT_EQ(why(tess.show(both, Showing::hand_out, none)), "reason_needed");
  EXPECT_THAT(ids(allowed(tess.show(both, Showing::hand_out, cover))),
              ElementsAre(uuid(2), uuid(1)));
  (void)allowed(school.at("sue").share(id, "rita", school.now + 86400, {"sharing_agreement", ""}));
  EXPECT_EQ(why(school.at("rita").show_child(id, Showing::hand_out, cover)), "role");
  EXPECT_THAT(acts("export"), ElementsAre("refused.reason_needed", "read", "read", "refused.role"));
  Desk sue = school.at("sue");
  std::size_t visited = 0;
  const auto visit = [&](const Entry&) { return ++visited > 0; };
  EXPECT_EQ(why(sue.log_entries(1, visit, Showing::hand_out, none)), "reason_needed");
  EXPECT_EQ(visited, 0U);
  EXPECT_EQ(why(sue.log_entries(1, visit, Showing::hand_out, {"quality_audit", ""})), "done");
  EXPECT_THAT(acts("export_log"), ElementsAre("refused.reason_needed", "done"));
}

TEST_F(Showings, TheLogSaysWhoseInvolvementItIs) {
  Desk sue = school.at("sue");
  (void)allowed(sue.assign(id, "theo", 0, cover));
  std::vector<std::string> whom;
  (void)allowed(sue.log_entries(1, [](const Entry&) { return false; }));
  std::vector<Entry> entries;
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.action == "assign") entries.push_back(e);
    return true;
  }));
  for (const Entry& each : entries)
    if (each.table == RowKind::involvement) whom.push_back(sue.whom_name(each));
  EXPECT_THAT(whom, ElementsAre("theo"));
  EXPECT_EQ(sue.whom_name(Entry{}), "");
}

}  // namespace
}  // namespace gcp2::test
