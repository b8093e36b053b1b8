// Every kind of condition, and what missing grades make of it.
#include "support/history.h"

namespace gcp2::test {
namespace {

constexpr std::string_view winter = "2026-01-31", spring = "2026-04-30", summer = "2026-07-31";

std::string on(std::string_view code, std::string_view is) {
  return R"({"node": {"code": ")" + std::string{code} + R"(", "is": )" + std::string{is} + "}}";
}
std::string negated(const std::string& condition) { return R"({"not": )" + condition + "}"; }
std::string opened(const std::string& condition) { return R"({"open": )" + condition + "}"; }

/// yes, no or open, told by the condition itself, its `not` and its `open`.
std::string answer(const std::string& condition, History& history) {
  const bool yes = holds(condition, history);
  const bool no = holds(negated(condition), history);
  const bool open = holds(opened(condition), history);
  if (yes + no + open != 1) return "contradiction";
  return yes ? "yes" : no ? "no" : "open";
}

TEST(Condition, GradeAtLeastAndAtMost) {
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    History history;
    history.record(winter, 2, {{"A4", number}});
    for (int k = Grade::best; k <= Grade::worst; ++k) {
      const std::string bound = std::to_string(k);
      EXPECT_EQ(answer(on("A4", R"({"grade": {"at_least": )" + bound + "}}"), history),
                number >= k ? "yes" : "no");
      EXPECT_EQ(answer(on("A4", R"({"grade": {"at_most": )" + bound + "}}"), history),
                number <= k ? "yes" : "no");
      EXPECT_EQ(
          answer(on("A4", R"({"grade": {"at_least": )" + bound + R"(, "at_most": )" + bound + "}}"),
                 history),
          number == k ? "yes" : "no");
    }
  }
}

TEST(Condition, AMissingGradeIsNeverAGoodOne) {
  History history;
  history.record(winter, 2, {{"A4", 0}});
  for (const std::string_view asks :
       {R"({"grade": {"at_most": 2}})", R"({"grade": {"at_least": 3}})",
        R"({"not": {"grade": {"at_least": 3}}})", R"({"grade": {"at_most": 5}})",
        R"({"recorded": {"at_most": 5}})", R"({"computed": {"at_most": 2}})"})
    EXPECT_EQ(answer(on("A4", asks), history), "open") << asks;
  EXPECT_FALSE(holds(R"({"every": {"level": "leaf", "is": {"grade": {"at_most": 2}}}})", history));
  EXPECT_FALSE(holds(
      R"({"not": {"some": {"level": "leaf", "is": {"grade": {"at_least": 3}}}}})", history));
}

TEST(Condition, AProvisionalGradeIsGoodOnlyIfNothingCanUndoIt) {
  // A2 = 2, 2, missing: grade 2, possible {2, 4, 5}.
  History history;
  history.record(winter, 2, {{"A2c", 0}});
  EXPECT_EQ(answer(on("A2", R"({"grade": {"at_most": 2}})"), history), "open");
  EXPECT_EQ(answer(on("A2", R"({"grade": {"at_most": 3}})"), history), "open");
  EXPECT_EQ(answer(on("A2", R"({"grade": {"at_least": 2}})"), history), "yes");
  EXPECT_EQ(answer(on("A2", R"({"possible": {"at_least": 5}})"), history), "yes");
  EXPECT_EQ(answer(on("A2", R"({"possible": {"at_least": 3, "at_most": 3}})"), history), "no");
  EXPECT_EQ(answer(on("A2", R"({"possible": {"at_most": 1}})"), history), "no");
  EXPECT_EQ(answer(on("A2", R"({"status": "provisional"})"), history), "yes");
  EXPECT_EQ(answer(on("A2", R"({"status": "complete"})"), history), "no");
  // With 5 in it, whatever is missing: at least 4 and never at most 3.
  History bad;
  bad.record(winter, 2, {{"A2a", 5}, {"A2c", 0}});
  EXPECT_EQ(answer(on("A2", R"({"grade": {"at_most": 4}})"), bad), "no");
}

TEST(Condition, StatusOfEveryKind) {
  History history{gcp_instrument(), 96};
  history.record(winter, 0, {{"A4", 2}, {"A3a", 2}});
  EXPECT_EQ(answer(on("A4", R"({"status": "complete"})"), history), "yes");
  EXPECT_EQ(answer(on("A3", R"({"status": "provisional"})"), history), "yes");
  EXPECT_EQ(answer(on("B2", R"({"status": "ungraded"})"), history), "yes");
  // What does not apply is not looked at, and so nothing is known of it.
  EXPECT_EQ(answer(on("D1a", R"({"status": "ungraded"})"), history), "open");
}

TEST(Condition, JudgementsBesideWhatTheRuleGives) {
  History history;
  history.record(winter, 2, {{"A4", 4}});
  judge(history.sheet(), gcp_instrument(), "A", 2);
  EXPECT_EQ(answer(on("A", R"({"grade": {"at_most": 2}})"), history), "yes");
  EXPECT_EQ(answer(on("A", R"({"computed": {"at_least": 4}})"), history), "yes");
  EXPECT_EQ(answer(on("A", R"({"recorded": {"at_most": 2}})"), history), "yes");
  EXPECT_EQ(answer(on("B", R"({"recorded": {"at_least": 1}})"), history), "open");
}

TEST(Condition, AllAnyNotNested) {
  History history;
  history.record(winter, 2, {{"A4", 3}, {"B2", 0}});
  const std::string yes = on("A4", R"({"grade": {"at_least": 3}})");
  const std::string no = on("A4", R"({"grade": {"at_least": 4}})");
  const std::string open = on("B2", R"({"grade": {"at_least": 3}})");
  const auto joined = [](std::string_view how, const std::string& l, const std::string& r) {
    return "{\"" + std::string{how} + "\": [" + l + ", " + r + "]}";
  };
  struct Row {
    const std::string &left, &right;
    std::string_view all, any;
  };
  for (const Row& row : {Row{yes, yes, "yes", "yes"}, Row{yes, no, "no", "yes"},
                         Row{yes, open, "open", "yes"}, Row{no, no, "no", "no"},
                         Row{no, open, "no", "open"}, Row{open, open, "open", "open"}}) {
    EXPECT_EQ(answer(joined("all", row.left, row.right), history), row.all);
    EXPECT_EQ(answer(joined("all", row.right, row.left), history), row.all);
    EXPECT_EQ(answer(joined("any", row.left, row.right), history), row.any);
    EXPECT_EQ(answer(joined("any", row.right, row.left), history), row.any);
    // De Morgan, with the open ones too.
    EXPECT_EQ(answer(negated(joined("all", row.left, row.right)), history),
              answer(joined("any", negated(row.left), negated(row.right)), history));
  }
  EXPECT_EQ(answer(negated(negated(open)), history), "open");
  EXPECT_EQ(answer(opened(opened(open)), history), "no");
}

TEST(Condition, SomeAndEveryUnderANodeAndOfAType) {
  History history;
  history.record(winter, 2, {{"A4", 4}, {"B2", 0}});
  const auto search = [&](std::string_view how, std::string_view where, int k) {
    return answer("{\"" + std::string{how} + R"(": {)" + std::string{where} +
                      R"(, "is": {"grade": {"at_least": )" + std::to_string(k) + "}}}}",
                  history);
  };
  EXPECT_EQ(search("some", R"("level": "leaf")", 4), "yes");
  EXPECT_EQ(search("some", R"("level": "leaf", "under": "A")", 4), "yes");
  EXPECT_EQ(search("some", R"("level": "leaf", "under": "C")", 4), "no");
  EXPECT_EQ(search("some", R"("level": "leaf", "under": "B")", 4), "open");
  EXPECT_EQ(search("some", R"("level": "leaf", "type": "physical")", 4), "yes");
  EXPECT_EQ(search("some", R"("level": "leaf", "type": "medical")", 4), "no");
  EXPECT_EQ(search("some", R"("level": "item", "under": "A")", 4), "no");  // A4 is a sub-area
  EXPECT_EQ(search("some", R"("level": "sub_area", "under": "A")", 4), "yes");
  EXPECT_EQ(search("some", R"("level": "area")", 4), "yes");
  EXPECT_EQ(search("every", R"("level": "leaf", "under": "A1")", 2), "yes");
  EXPECT_EQ(search("every", R"("level": "leaf", "under": "A")", 3), "no");
  EXPECT_EQ(search("every", R"("level": "leaf", "under": "B")", 2), "open");
  EXPECT_EQ(search("some", R"("level": "area", "under": "A1")", 1), "open");  // there is none
  EXPECT_EQ(search("every", R"("level": "area", "under": "A1")", 1), "open");
}

TEST(Condition, EveryPassesOverWhatDoesNotCount) {
  History history;
  history.record(winter, 2, {{"C2a", 5}, {"D1a", 5}});
  history.sheet().conditions = having({Condition::behavioural_difficulty});
  EXPECT_TRUE(holds(R"({"every": {"level": "leaf", "is": {"grade": {"at_most": 2}}}})", history));
}

TEST(Condition, CountOfGradesUnderANode) {
  History history;
  history.record(winter, 2, {{"A1a", 3}, {"A1b", 4}, {"A1c", 0}});
  const auto count = [&](int n) {
    return answer(R"({"count": {"level": "leaf", "under": "A1", "at_least": )" + std::to_string(n) +
                      R"(, "is": {"grade": {"at_least": 3}}}})",
                  history);
  };
  EXPECT_EQ(count(1), "yes");
  EXPECT_EQ(count(2), "yes");
  EXPECT_EQ(count(3), "open");
  EXPECT_EQ(count(4), "no");
}

TEST(Condition, TypesOfNeglect) {
  History history;
  history.record(winter, 2, {{"A1a", 4}, {"A5a", 5}, {"B2", 0}});
  const auto types = [&](int n) {
    return answer(R"({"types": {"level": "leaf", "at_least": )" + std::to_string(n) +
                      R"(, "is": {"grade": {"at_least": 4}}}})",
                  history);
  };
  EXPECT_EQ(types(2), "yes");
  EXPECT_EQ(types(3), "open");
  EXPECT_EQ(types(4), "no");
}

std::string change(std::string_view since, std::string_view how, int n) {
  return on("A4", R"({"change": {"since": ")" + std::string{since} + R"(", ")" + std::string{how} +
                      R"(": )" + std::to_string(n) + "}}");
}

TEST(Condition, ChangeSincePreviousAndSinceFirst) {
  History history;
  history.record(winter, 4, {{"A4", 1}}).record(spring, 2, {{"A4", 4}}).record(summer, 2, {{"A4", 3}});
  EXPECT_EQ(answer(change("previous", "improved", 1), history), "yes");
  EXPECT_EQ(answer(change("previous", "improved", 2), history), "no");
  EXPECT_EQ(answer(change("previous", "worsened", 1), history), "no");
  EXPECT_EQ(answer(change("first", "worsened", 2), history), "yes");
  EXPECT_EQ(answer(change("first", "worsened", 3), history), "no");
  EXPECT_EQ(answer(change("first", "improved", 1), history), "no");
  EXPECT_EQ(answer(on("A4", R"({"previous": {"at_least": 4}})"), history), "yes");
  EXPECT_EQ(answer(on("A4", R"({"previous": {"at_most": 3}})"), history), "no");
  EXPECT_EQ(answer(on("A4", R"({"earlier": {"at_most": 1}})"), history), "yes");
  EXPECT_EQ(answer(on("A4", R"({"earlier": {"at_least": 5}})"), history), "no");
}

TEST(Condition, ChangeWithMissingGradesIsOpen) {
  History gone;
  gone.record(winter, 2, {{"A4", 3}}).record(spring, 2, {{"A4", 0}});
  EXPECT_EQ(answer(change("previous", "improved", 1), gone), "open");
  EXPECT_EQ(answer(change("previous", "worsened", 1), gone), "open");
  EXPECT_EQ(answer(change("previous", "worsened", 3), gone), "no");  // 3 to 6 is no grade
  EXPECT_EQ(answer(on("A4", R"({"earlier": {"at_least": 4}})"), gone), "no");
  History alone;
  alone.record(winter, 2);
  EXPECT_EQ(answer(change("previous", "improved", 1), alone), "open");
  EXPECT_EQ(answer(on("A4", R"({"previous": {"at_most": 5}})"), alone), "open");
  EXPECT_EQ(answer(on("A4", R"({"earlier": {"at_least": 1}})"), alone), "no");
  // Improved from 4 to a provisional 2 that may still be a 5.
  History provisional;
  provisional.record(winter, 4).record(spring, 2, {{"A4", 0}});
  EXPECT_EQ(answer(on("A", R"({"change": {"since": "previous", "improved": 1}})"), provisional),
            "open");
}

std::string run(std::string_view what, int n) {
  return on("A4", R"({"run": {"at_least": 3, ")" + std::string{what} + R"(": )" +
                      std::to_string(n) + "}}");
}

TEST(Condition, RunOfAssessmentsAndDays) {
  History history;
  history.record("2025-12-31", 2).record(winter, 2, {{"A4", 4}}).record(spring, 2, {{"A4", 0}});
  history.record(summer, 2, {{"A4", 3}});
  EXPECT_EQ(answer(run("assessments", 1), history), "yes");
  EXPECT_EQ(answer(run("assessments", 2), history), "yes");
  EXPECT_EQ(answer(run("assessments", 3), history), "open");  // the missing one may be the third
  EXPECT_EQ(answer(run("assessments", 4), history), "no");
  EXPECT_EQ(answer(run("days", 181), history), "yes");  // 31 January to 31 July
  EXPECT_EQ(answer(run("days", 182), history), "no");
}

TEST(Condition, ARunThatHasEndedIsNone) {
  History history;
  history.record(winter, 2, {{"A4", 4}}).record(spring, 2, {{"A4", 4}}).record(summer, 2);
  EXPECT_EQ(answer(run("assessments", 1), history), "no");
  EXPECT_EQ(answer(run("days", 1), history), "no");
}

TEST(Condition, EvidenceMissing) {
  const auto missing = [](int n) {
    return on("A4", R"({"evidence_missing": {"assessments": )" + std::to_string(n) + "}}");
  };
  History history;
  history.record(winter, 2).evidence_but({}).record(spring, 2).evidence_but({"A4"});
  history.record(summer, 2).evidence_but({"A4"});
  EXPECT_EQ(answer(missing(2), history), "yes");
  EXPECT_EQ(answer(missing(3), history), "no");
  history.assessment().observations.push_back({});
  history.assessment().observations.back().node = "A4";
  history.assessment().observations.back().evidence = {{"observed", std::nullopt, "  "}};
  EXPECT_EQ(answer(missing(2), history), "yes");  // blank is nothing
  history.assessment().observations.back().evidence.push_back({"observed", std::nullopt, "seen"});
  EXPECT_EQ(answer(missing(1), history), "no");
  EXPECT_EQ(answer(on("A", R"({"evidence_missing": {"assessments": 1}})"), history), "open");
}

TEST(Condition, ShareOfMissingLeaves) {
  History history;
  history.record(winter, 2, {{"A1a", 0}, {"A1b", 0}});
  const auto share = [&](std::string_view under, int percent) {
    return answer(R"({"missing": {)" + std::string{under} + R"("percent": )" +
                      std::to_string(percent) + "}}",
                  history);
  };
  EXPECT_EQ(share(R"("under": "A1", )", 50), "yes");
  EXPECT_EQ(share(R"("under": "A1", )", 51), "no");
  EXPECT_EQ(share(R"("under": "B", )", 1), "no");
  EXPECT_EQ(share("", 5), "yes");
  EXPECT_EQ(share("", 10), "no");
  EXPECT_EQ(share(R"("under": "D1a", )", 1), "open");  // does not apply at this age
}

TEST(Condition, AgeInMonthsIsHalfOpen) {
  for (const auto& [months, expected] : {std::pair{23, "no"}, {24, "yes"}, {59, "yes"}, {60, "no"}}) {
    History history{gcp_instrument(), months};
    history.record(winter, 2);
    EXPECT_EQ(answer(R"({"age": {"from": 24, "to": 60}})", history), expected) << months;
  }
  History history{gcp_instrument(), 0};
  history.record(winter, 2);
  EXPECT_TRUE(holds(R"({"age": {"to": 1}})", history));
  EXPECT_FALSE(holds(R"({"age": {"from": 1}})", history));
}

TEST(Condition, Consent) {
  History history;
  history.record(winter, 2);
  EXPECT_EQ(answer(R"({"consent": "not_recorded"})", history), "yes");
  history.assessment().consent_state = "refused";
  EXPECT_EQ(answer(R"({"consent": "refused"})", history), "yes");
  EXPECT_EQ(answer(R"({"consent": "given"})", history), "no");
  EXPECT_EQ(answer(R"({"consent": "not_recorded"})", history), "no");
}

TEST(Condition, TargetOverdueByDays) {
  History history;
  history.record(winter, 4).target("A4", 2, spring);
  const auto overdue = [&](int days, std::string_view as_of) {
    return holds(R"({"target_overdue": {"days": )" + std::to_string(days) + "}}", history,
                 {.as_of = day(as_of)});
  };
  EXPECT_FALSE(overdue(1, spring));
  EXPECT_TRUE(overdue(1, "2026-05-01"));
  EXPECT_FALSE(overdue(30, "2026-05-29"));
  EXPECT_TRUE(overdue(30, "2026-05-30"));
  history.assessment().targets.front().review_by.reset();
  EXPECT_FALSE(overdue(1, "2030-01-01"));
}

TEST(Condition, OtherProfilesAndOtherInstruments) {
  History history;
  history.record(winter, 2);
  const std::string other = "11111111-0000-4000-8000-000000000001";
  EXPECT_FALSE(holds(R"({"earlier_not_opened": true})", history));
  EXPECT_TRUE(holds(R"({"earlier_not_opened": true})", history,
                    {.as_of = day(winter), .known = {other}}));
  EXPECT_FALSE(holds(R"({"earlier_not_opened": true})", history,
                     {.as_of = day(winter), .known = {other}, .opened = {other}}));
  EXPECT_EQ(answer(R"({"not_comparable": true})", history), "no");
  history.with(gcp2_instrument()).record(spring, 2);
  EXPECT_EQ(answer(R"({"not_comparable": true})", history), "yes");
  EXPECT_EQ(answer(on("A4", R"({"earlier": {"at_least": 3}})"), history), "open");
}

TEST(Condition, ANodeThatThisInstrumentLacksIsOpen) {
  History history;
  history.record(winter, 2);
  EXPECT_EQ(answer(on("B5", R"({"grade": {"at_least": 1}})"), history), "open");
  EXPECT_EQ(answer(R"({"missing": {"under": "B5", "percent": 1}})", history), "open");
}

}  // namespace
}  // namespace gcp2::test
