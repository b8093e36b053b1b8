// What a family reads, and what it must never read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "reported.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(FamilyView, PutsUrgentFirst) {
  History history;
  history.record("2026-01-23", 2, {{"B2", 5}});
  const View view = Reported{history}.family();
  const auto* notice = std::get_if<Notice>(&view.blocks.front());
  ASSERT_NE(notice, nullptr);
  EXPECT_EQ(notice->kind, Notice::Kind::urgent);
  EXPECT_THAT(notice->lines.front(), HasSubstr("999"));
}

TEST(FamilyView, SaysThatItWasPutRightLater) {
  History history = two_records();
  EXPECT_THAT(text(Reported{history}.superseded_for_family()),
              HasSubstr("This was put right later."));
  EXPECT_THAT(text(Reported{history}.family()), Not(HasSubstr("put right")));
}

TEST(FamilyView, SaysThatSomethingIsLeftOut) {
  History history = two_records();
  EXPECT_THAT(text(Reported{history}.beside_for_family(1)), HasSubstr("Something is left out"));
  EXPECT_THAT(text(Reported{history}.beside_for_family(0)), Not(HasSubstr("left out")));
}

TEST(FamilyView, PutsStrengthsBeforeWhatNeedsToGetBetter) {
  History history = two_records();
  const std::string said = text(Reported{history}.family());
  EXPECT_LT(said.find("What is going well"), said.find("What needs to get better"));
  EXPECT_THAT(said, HasSubstr("Food and meals: good enough"));
  EXPECT_THAT(said, HasSubstr("Safe when you are not there: many things"));
}

TEST(FamilyView, HasNoCodesAndNoJargon) {
  History history = two_records();
  const View view = Reported{history}.family();
  const std::string said = text(view);
  for (const char* jargon : {"A1", "B2", "sub-area", "provisional", "override", "majority",
                             "indication", "instrument", "assessment", "neglect"})
    EXPECT_THAT(said, Not(HasSubstr(jargon)));
}

TEST(FamilyView, NeverTakesTheUnseenForGood) {
  History history;
  history.record("2026-01-23", 2, {{"B2", 0}});
  const std::string said = text(Reported{history}.family());
  EXPECT_THAT(said, HasSubstr("What we have not seen yet"));
  EXPECT_THAT(said, HasSubstr("That does not mean they are good or bad"));
}

TEST(FamilyView, NothingIsGoodOrBadWhereNothingWasSeen) {
  History history;
  history.record("2026-01-23", 0);
  const std::string said = text(Reported{history}.family());
  EXPECT_THAT(said, HasSubstr("We have not been able to look at anything yet."));
  EXPECT_THAT(said, Not(HasSubstr("We did not see anything that needs to change")));
}

TEST(FamilyView, WhatIsMissingIsNoStrength) {
  History history;
  history.record("2026-01-23", 2, {{"B1a", 0}});
  const std::string said = text(Reported{history}.family());
  const auto unseen = said.find("What we have not seen yet");
  EXPECT_LT(unseen, said.find("Safe when you are there: what we saw is good enough"));
  EXPECT_THAT(said.substr(0, unseen), Not(HasSubstr("Safe when you are there")));
}

TEST(FamilyView, ChangesOfWhatWasNotAllSeenSaySo) {
  History history;
  history.record("2026-01-23", 3).record("2026-05-15", 2, {{"B1a", 0}});
  const std::string said = text(Reported{history}.family());
  EXPECT_THAT(said, HasSubstr("Safe when you are there (not all seen yet)"));
  EXPECT_THAT(said, Not(HasSubstr("Praise (not all seen")));
  history.record("2026-09-15", 2);
  EXPECT_THAT(text(Reported{history}.family()),
              HasSubstr("Safe when you are there (not all seen last time)"));
}

TEST(FamilyView, ATargetThatWasReachedOnceIsNotPraisedWhenItIsWorseAgain) {
  History history;
  history.record("2026-01-23", 2, {{"A4", 4}, {"A3b", 4}}).target("A4", 2, "2026-04-30");
  history.target("A3b", 2, "2026-04-30");
  history.record("2026-05-15", 2);
  EXPECT_THAT(text(Reported{history}.family()),
              HasSubstr("You got there: Washing and keeping clean."));
  EXPECT_THAT(text(Reported{history}.family()),
              HasSubstr("You got there: Clothes and shoes, in part."));
  history.record("2026-09-15", 2, {{"A4", 5}});
  const std::string said = text(Reported{history}.family());
  EXPECT_THAT(said, Not(HasSubstr("You got there: Washing")));
  EXPECT_THAT(said,
              HasSubstr("Washing and keeping clean: you got there by 15 May 2026. Now it needs "
                        "more help again."));
  EXPECT_THAT(text(Reported{history}.workers()),
              HasSubstr("reached: 2 (adequate) on 15 May 2026; worse again since: 5 (worst) on 15 "
                        "September 2026"));
}

TEST(FamilyView, SaysThatAnotherRuleIsForTraining) {
  History history;
  history.record("2026-01-23", 2);
  Comparison comparison = history.comparison();
  const ScoredRecord& r = comparison.points.front();
  const std::vector<ScoredRecord> points{
      {r.instrument, r.instrument.rules.back(), r.assessment, r.sheet, r.card}};
  comparison.points.clear();
  comparison.points.push_back(points.front());
  const std::vector<Indication> none;
  const Findings notes;
  const IndicationReport report{none,
                                comparison,
                                shipped_indication_rules(),
                                shipped_localities().front(),
                                notes,
                                *Date::parse("2026-12-31")};
  EXPECT_THAT(text(family_view({.indicated = report})),
              HasSubstr("It must not be used to plan help"));
  EXPECT_THAT(text(Reported{history}.family()), Not(HasSubstr("It must not be used to plan help")));
}

TEST(FamilyView, SaysThatWelshIsUnreviewed) {
  History history = two_records();
  const View welsh = Reported{history}.family(*Language::find("cy"));
  EXPECT_EQ(welsh.language, "cy");
  EXPECT_THAT(text(welsh), HasSubstr("gan beiriant"));
  EXPECT_THAT(text(Reported{history}.family()), Not(HasSubstr("gan beiriant")));
}

TEST(FamilyView, CallsTheChildByNameWhereThereIsOne) {
  History history = two_records();
  history.assessment().child.name = "";
  EXPECT_EQ(Reported{history}.family().title, "How things are for your child");
  history.assessment().child.name = "Sam Example";
  EXPECT_EQ(Reported{history}.family().title, "How things are for Sam Example");
}

// --- Pictures over time ---

}  // namespace
}  // namespace gcp2::test
