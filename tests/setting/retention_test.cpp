// How many years after birth files are reviewed: the setting's own number, and whose to change. And
// what the log says of holds.
#include <gmock/gmock.h>

#include "safekeeping.h"

namespace gcp2::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

namespace fs = std::filesystem;

class Years : public Safekeeping {
 protected:
  /// What the log says of changes: outcomes, in order.
  std::vector<std::string> changes() const {
    std::vector<std::string> outcomes;
    (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
      if (entry.action == "set_retention") outcomes.push_back(entry.outcome);
      return true;
    }));
    return outcomes;
  }
  int years() const { return allowed(school.at("rex").retention()).years; }
};

TEST_F(Years, AreTwentyFiveUntilSomebodySaysOtherwise) {
  const Retention list = allowed(school.at("rex").retention());
  EXPECT_EQ(list.years, 25);
  ASSERT_EQ(list.lines.size(), 3U);
  EXPECT_EQ(list.lines[0].review_on->text(), "2042-06-21");
}

TEST_F(Years, AreKeptOnceTheyAreChanged) {
  {
    Desk rex = school.at("rex");
    (void)allowed(rex.set_retention_years(18));
    EXPECT_EQ(allowed(rex.retention()).years, 18);
  }
  const Retention list = allowed(school.at("rex").retention());
  EXPECT_EQ(list.years, 18);
  EXPECT_EQ(list.lines[0].review_on->text(), "2035-06-21");
  EXPECT_THAT(changes(), ElementsAre("done"));
  EXPECT_THAT(flaws(), IsEmpty());
  // A new setting key leaves them as they are.
  (void)allowed(school.at("sue").end_account("tess"));
  EXPECT_EQ(years(), 18);
}

TEST_F(Years, OfASingleLookAreNotKept) {
  Desk rex = school.at("rex");
  const Retention once = allowed(rex.retention(0));
  EXPECT_EQ(once.years, 0);
  EXPECT_EQ(once.lines[0].review_on->text(), "2017-06-21");
  EXPECT_EQ(allowed(rex.retention()).years, 25);
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(Years, AreFromOneToAHundred) {
  Desk rex = school.at("rex");
  for (const int wrong : {-1, 0, 101})
    EXPECT_EQ(why(rex.set_retention_years(wrong)), "out_of_range");
  EXPECT_EQ(years(), 25);
  for (const int right : {1, 100}) {
    (void)allowed(rex.set_retention_years(right));
    EXPECT_EQ(years(), right);
  }
  EXPECT_THAT(changes(), ElementsAre("refused.out_of_range", "refused.out_of_range",
                                     "refused.out_of_range", "done", "done"));
}

TEST_F(Years, AreARecordsManagersToChange) {
  for (const char* name : {"sue", "tess", "adam"})
    EXPECT_EQ(why(school.at(name).set_retention_years(1)), "role") << name;
  EXPECT_EQ(years(), 25);
  EXPECT_THAT(changes(), ElementsAre("refused.role", "refused.role", "refused.role"));
}

TEST_F(Years, OfAnOlderRingAreNotPutBack) {
  fs::copy_file(school.places.ring, school.path("old-ring"));
  (void)allowed(school.at("rex").set_retention_years(18));
  fs::copy_file(school.path("old-ring"), school.places.ring, fs::copy_options::overwrite_existing);
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "stale_ring");
}

TEST_F(Years, ThatWereSpoiltInTheRingAreNotGuessed) {
  Desk rex = school.at("rex");
  (void)allowed(rex.set_retention_years(18));
  for (const char* wrong : {"0", "101", "1x", "", "99999999999"}) {
    SQLite::Database{school.places.ring, SQLite::OPEN_READWRITE}.exec(
        "UPDATE named SET wrapped = CAST('" + std::string{wrong} +
        "' AS BLOB) WHERE name = 'retention_years'");
    const auto list = rex.retention();
    ASSERT_FALSE(list) << wrong;
    EXPECT_EQ(list.error().store.trouble, Trouble::damaged) << wrong;
  }
  EXPECT_THAT(flaws(), Contains("ring_changed ring"));
  // Which is for the records manager to put right.
  (void)allowed(rex.set_retention_years(30));
  EXPECT_EQ(years(), 30);
}

TEST_F(Safekeeping, TheLogTellsAHoldThatIsPlacedFromOneThatIsLifted) {
  Desk rex = school.at("rex");
  for (const bool on : {true, false, false, true})
    (void)allowed(rex.hold(ids[0], on, {on ? "legal_hold" : "hold_over", ""}));
  std::vector<std::string> told;
  (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
    if (entry.subject == ids[0] && entry.actor == rex.account().id)
      told.push_back(entry.action + " " + entry.outcome);
    return true;
  }));
  EXPECT_THAT(told,
              ElementsAre("hold written", "lift_hold written", "lift_hold done", "hold written"));
}

}  // namespace
}  // namespace gcp2::test
