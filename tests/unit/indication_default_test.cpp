// Every default rule: it speaks, it is silent, and where it begins.
#include <gmock/gmock.h>

#include "gcp2/indication_files.h"
#include "support/history.h"

namespace gcp2::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

constexpr std::string_view winter = "2026-01-31", spring = "2026-04-30", summer = "2026-07-31";

using Codes = std::vector<std::string>;

TEST(DefaultRules, GoodCareIsAStrengthAndNothingElse) {
  EXPECT_THAT(indicated(History{}.record(winter, 2)), ElementsAre("strength"));
}

TEST(DefaultRules, AnyFiveIsUrgentAtOneLeafOnly) {
  EXPECT_EQ(nodes_of(History{}.record(winter, 1, {{"D2", 5}}), "any_5"), Codes{"D2"});
  EXPECT_FALSE(is_indicated(History{}.record(winter, 1, {{"D2", 4}}), "any_5"));
  EXPECT_EQ(indicated(History{}.record(winter, 1, {{"D2", 5}})).front(), "any_5");
}

TEST(DefaultRules, AFiveThatDoesNotCountIsUrgentAllTheSame) {
  // C2 is taken from C1, and its own items are left out of every grade.
  History left_out;
  left_out.record(winter, 2, {{"C2a", 5}});
  left_out.sheet().conditions = having({Condition::behavioural_difficulty});
  EXPECT_EQ(nodes_of(left_out, "any_5"), Codes{"C2a"});
  // D1a is for children under two.
  EXPECT_EQ(nodes_of(History{}.record(winter, 2, {{"D1a", 5}}), "any_5"), Codes{"D1a"});
}

TEST(DefaultRules, AJudgementNeverHidesWhatIsBelowIt) {
  History judged;
  judged.record(winter, 2, {{"A4", 5}});
  judge(judged.sheet(), gcp_instrument(), "A", 1);
  EXPECT_THAT(indicated(judged),
              testing::AllOf(Contains("any_5"), Contains("area_at_4_or_5"), Contains("area_at_3")));
  History worse;
  worse.record(winter, 2);
  judge(worse.sheet(), gcp_instrument(), "A", 5);
  EXPECT_EQ(nodes_of(worse, "any_5"), Codes{"A"});
}

TEST(DefaultRules, AreaAtFourOrFiveFromFourOn) {
  EXPECT_EQ(nodes_of(History{}.record(winter, 2, {{"B2", 4}}), "area_at_4_or_5"), Codes{"B"});
  EXPECT_FALSE(is_indicated(History{}.record(winter, 3), "area_at_4_or_5"));
}

TEST(DefaultRules, AreaAtThreeFromThreeOn) {
  EXPECT_EQ(nodes_of(History{}.record(winter, 2, {{"B2", 3}}), "area_at_3"), Codes{"B"});
  EXPECT_EQ(nodes_of(History{}.record(winter, 2, {{"B2", 5}}), "area_at_3"), Codes{"B"});
  EXPECT_FALSE(is_indicated(History{}.record(winter, 2), "area_at_3"));
}

TEST(DefaultRules, TwoTypesOfNeglectAtFour) {
  EXPECT_EQ(nodes_of(History{}.record(winter, 2, {{"A1a", 4}, {"A5a", 4}}), "two_types_at_4"),
            (Codes{"A1a", "A5a"}));
  // One type twice, and a second one at 3 only.
  EXPECT_FALSE(is_indicated(History{}.record(winter, 2, {{"A1a", 4}, {"A1b", 5}, {"A5a", 3}}),
                            "two_types_at_4"));
}

TEST(DefaultRules, TrackedAndNotImproved) {
  const auto second = [](int before, int now) {
    return is_indicated(History{}.record(winter, 2, {{"B1a", before}, {"B1b", before}, {"B1c", before},
                                                     {"B1d", before}, {"B2", before}})
                            .record(spring, 2, {{"B1a", now}, {"B1b", now}, {"B1c", now},
                                                {"B1d", now}, {"B2", now}}),
                        "tracked_not_improved");
  };
  EXPECT_TRUE(second(3, 3));
  EXPECT_TRUE(second(3, 4));
  EXPECT_TRUE(second(5, 5));
  EXPECT_FALSE(second(3, 2));
  EXPECT_FALSE(second(4, 3));  // better, and still watched
  EXPECT_FALSE(second(2, 3));  // was not tracked; watched from now on
  EXPECT_FALSE(is_indicated(History{}.record(winter, 3), "tracked_not_improved"));
}

TEST(DefaultRules, TrackedAcrossARecordWithoutAGrade) {
  History history;
  history.record(winter, 3).record(spring, 0).record(summer, 3);
  EXPECT_TRUE(is_indicated(history, "tracked_not_improved"));
}

TEST(DefaultRules, TrackedAndNotSeenSinceIsNoImprovement) {
  History gone;
  gone.record(winter, 2, {{"B2", 4}}).record(spring, 2, {{"B2", 0}});
  EXPECT_EQ(nodes_of(gone, "tracked_not_seen"), Codes{"B"});
  EXPECT_FALSE(is_indicated(gone, "tracked_not_improved"));
  History better;
  better.record(winter, 2, {{"B2", 4}}).record(spring, 2);
  EXPECT_FALSE(is_indicated(better, "tracked_not_seen"));
  History first;
  first.record(winter, 2, {{"B2", 0}});
  EXPECT_FALSE(is_indicated(first, "tracked_not_seen"));
}

TEST(DefaultRules, SafetyUnknownIsAConcernAndNotUrgent) {
  History unknown;
  unknown.record(winter, 2, {{"B1c", 0}});
  EXPECT_EQ(nodes_of(unknown, "safety_unknown"), Codes{"B1c"});
  EXPECT_THAT(indicated(unknown), Not(Contains("any_5")));
  const Comparison comparison = unknown.comparison();
  const auto made = indications(shipped_indication_rules(), comparison, {.as_of = day(winter)});
  ASSERT_FALSE(made.empty());
  EXPECT_EQ(made.front().rule->level, IndicationLevel::concern);
  EXPECT_EQ(made.front().types, std::vector{NeglectType::lack_of_supervision});
  EXPECT_FALSE(is_indicated(History{}.record(winter, 2, {{"A1a", 0}}), "safety_unknown"));
  History excluded;
  excluded.record(winter, 2, {{"B1c", 0}});
  excluded.sheet().marks[*gcp_instrument().find("B1c")].not_graded = NotGraded::not_applicable;
  EXPECT_FALSE(is_indicated(excluded, "safety_unknown"));
}

TEST(DefaultRules, TargetsUnmetFromTheDayAfter) {
  const auto target = [](int to, std::string_view as_of) {
    return is_indicated(History{}.record(winter, 2, {{"A4", 4}}).target("A4", to, spring),
                        "targets_unmet", as_of);
  };
  EXPECT_FALSE(target(2, spring));
  EXPECT_TRUE(target(2, "2026-05-01"));
  EXPECT_FALSE(target(4, "2026-05-01"));  // reached as it was set
}

TEST(DefaultRules, ATargetIsReachedAtItsReviewOrLaterAndForCertainOnly) {
  const auto later = [](int now) {
    return is_indicated(
        History{}.record(winter, 4).target("A4", 2, spring).record(summer, 2, {{"A4", now}}),
        "targets_unmet");
  };
  EXPECT_FALSE(later(2));
  EXPECT_FALSE(later(1));
  EXPECT_TRUE(later(3));
  EXPECT_TRUE(later(0));  // not seen again
  History recorded;
  recorded.record(winter, 4).target("A4", 2, spring);
  recorded.assessment().targets.front().actual = grade(2);
  EXPECT_FALSE(is_indicated(recorded, "targets_unmet"));
  recorded.assessment().targets.front().actual = grade(3);
  EXPECT_TRUE(is_indicated(recorded, "targets_unmet"));
  History provisional;
  provisional.record(winter, 4).target("A", 2, spring).record(summer, 2, {{"A4", 0}});
  EXPECT_TRUE(is_indicated(provisional, "targets_unmet"));
}

TEST(DefaultRules, StartAgainWhereAnEarlierProfileWasNotOpened) {
  constexpr auto other = "11111111-0000-4000-8000-000000000001";
  EXPECT_THAT(indicated(History{}.record(winter, 2), winter, {other}), Contains("start_again"));
  History earlier;
  earlier.record(winter, 2);
  earlier.assessment().earlier = {other};
  EXPECT_TRUE(is_indicated(earlier, "start_again"));
  History successor;
  successor.record(winter, 2);
  successor.assessment().supersedes = other;
  EXPECT_TRUE(is_indicated(successor, "start_again"));
  // Opened, here or as the one that has its successor here.
  History both;
  both.record(winter, 2);
  const std::string first = both.assessment().id;
  both.record(spring, 2);
  both.assessment().earlier = {first};
  EXPECT_FALSE(is_indicated(both, "start_again"));
  const Comparison comparison = successor.comparison();
  for (const Indication& each :
       indications(shipped_indication_rules(), comparison,
                   {.as_of = day(winter), .known = {other}, .opened = {other}}))
    EXPECT_NE(each.rule->id, "start_again");
}

TEST(DefaultRules, AFirstThreeIsAnEarlySignOnce) {
  EXPECT_EQ(nodes_of(History{}.record(winter, 2, {{"D1f", 3}}), "early_first_3"), Codes{"D1f"});
  EXPECT_FALSE(is_indicated(History{}.record(winter, 2), "early_first_3"));
  const auto second = [](int before) {
    return is_indicated(
        History{}.record(winter, 2, {{"D1f", before}}).record(spring, 2, {{"D1f", 3}}),
        "early_first_3");
  };
  EXPECT_TRUE(second(2));
  EXPECT_TRUE(second(0));  // nobody looked before
  EXPECT_FALSE(second(3));
  EXPECT_FALSE(second(5));
}

TEST(DefaultRules, AFallOfOneGrade) {
  const auto change = [](int before, int now) {
    return is_indicated(
        History{}.record(winter, 2, {{"D1f", before}}).record(spring, 2, {{"D1f", now}}),
        "early_fall");
  };
  EXPECT_TRUE(change(1, 2));
  EXPECT_TRUE(change(2, 5));
  EXPECT_FALSE(change(2, 2));
  EXPECT_FALSE(change(3, 2));
  EXPECT_FALSE(change(0, 3));
  EXPECT_FALSE(change(3, 0));
}

TEST(DefaultRules, NoEvidenceOnTwoRecordsInARow) {
  History twice;
  twice.record(winter, 2).evidence_but({"D1f"}).record(spring, 2).evidence_but({"D1f", "A4"});
  EXPECT_EQ(nodes_of(twice, "early_no_evidence"), Codes{"D1f"});
  History once;
  once.record(winter, 2).evidence_but({}).record(spring, 2).evidence_but({"D1f"});
  EXPECT_FALSE(is_indicated(once, "early_no_evidence"));
  History first;
  first.record(winter, 2);
  EXPECT_FALSE(is_indicated(first, "early_no_evidence"));
}

TEST(DefaultRules, LastingFromTheSecondRecordOn) {
  History twice;
  twice.record(winter, 2, {{"A4", 3}}).record(spring, 2, {{"A4", 4}});
  EXPECT_EQ(nodes_of(twice, "lasting_3"), Codes{"A4"});
  History ended;
  ended.record(winter, 2, {{"A4", 3}}).record(spring, 2);
  EXPECT_FALSE(is_indicated(ended, "lasting_3"));
  EXPECT_FALSE(is_indicated(History{}.record(winter, 2, {{"A4", 3}}), "lasting_3"));
}

TEST(DefaultRules, AnotherInstrumentIsSaid) {
  History changed;
  changed.record(winter, 4).with(gcp2_instrument()).record(spring, 2);
  EXPECT_TRUE(is_indicated(changed, "not_comparable"));
  EXPECT_FALSE(is_indicated(History{}.record(winter, 4).record(spring, 2), "not_comparable"));
}

TEST(DefaultRules, AStrengthIsCompleteOrNone) {
  EXPECT_THAT(nodes_of(History{}.record(winter, 2, {{"A4", 3}, {"B2", 0}, {"C1a", 0}}), "strength"),
              testing::AllOf(Contains("A"), Contains("A1"), Contains("B1"), Contains("C2"),
                             Not(Contains("A4")), Not(Contains("B")), Not(Contains("B2")),
                             Not(Contains("C")), Not(Contains("C1"))));
  EXPECT_FALSE(is_indicated(History{}.record(winter, 3), "strength"));
}

TEST(DefaultRules, AStrengthRemovesNothing) {
  History bad;
  bad.record(winter, 1, {{"B2", 5}});
  EXPECT_THAT(indicated(bad), ElementsAre("any_5", "area_at_4_or_5", "area_at_3", "early_first_3",
                                          "strength"));
}

TEST(Dismissal, StaysInTheListWithItsReason) {
  History history;
  history.record(winter, 1, {{"B2", 5}});
  history.assessment().dismissed = {{"any_5", "P1", " "}, {"area_at_3", "P1", "known and in hand"},
                                    {"area_at_33", "P1", "x"}, {"lasting_3", "P1", "x"}};
  const Comparison comparison = history.comparison();
  const IndicationRules& rules = shipped_indication_rules();
  const auto made = indications(rules, comparison, {.as_of = day(winter)});
  std::size_t dismissed = 0;
  for (const Indication& each : made) {
    if (each.dismissed == nullptr) continue;
    ++dismissed;
    EXPECT_EQ(each.rule->id, "area_at_3");
    EXPECT_EQ(each.dismissed->reason, "known and in hand");
  }
  EXPECT_EQ(dismissed, 1U);
  Findings notes;
  check_dismissals(rules, made, comparison.points.back().assessment, notes);
  EXPECT_THAT(lines(notes),
              ElementsAre("note dismissed_unknown_indication /dismissed/2/indication",
                          "note dismissed_not_indicated /dismissed/3/indication"));
}

TEST(Dismissal, OnlyTheLatestRecordDismisses) {
  History history;
  history.record(winter, 3);
  history.assessment().dismissed = {{"area_at_3", "P1", "known"}};
  history.record(spring, 3);
  const Comparison comparison = history.comparison();
  for (const Indication& each :
       indications(shipped_indication_rules(), comparison, {.as_of = day(spring)}))
    EXPECT_EQ(each.dismissed, nullptr);
}

}  // namespace
}  // namespace gcp2::test
