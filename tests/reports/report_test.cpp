// What a report says, and what it must never be without.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "reported.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(WorkerView, HasIdentityOnEveryPage) {
  History history = two_records();
  history.assessment().child.name = "Sam Example";
  history.assessment().child.ref = "C-0001";
  const View view = Reported{history}.workers();
  EXPECT_THAT(view.title, HasSubstr("Sam Example (C-0001)"));
  EXPECT_THAT(view.identity, HasSubstr("Sam Example (C-0001)"));
  EXPECT_THAT(view.identity, HasSubstr("15 May 2026"));
}

TEST(WorkerView, SaysThatItIsADraft) {
  History history = two_records();
  EXPECT_THAT(text(Reported{history}.workers()), HasSubstr("This record is a draft"));
  history.assessment().is_signed = true;
  history.assessment().signature = Signature{"P1", Instant::parse("2026-05-16T09:00:00Z")};
  EXPECT_THAT(text(Reported{history}.workers()), Not(HasSubstr("This record is a draft")));
}

TEST(WorkerView, SaysThatALaterRecordIsInItsPlace) {
  History history = two_records();
  history.assessment().is_signed = true;
  history.assessment().signature = Signature{"P1", Instant::parse("2026-05-16T09:00:00Z")};
  const View view = Reported{history}.superseded();
  const auto notices = all_of<Notice>(view);
  ASSERT_FALSE(notices.empty());
  EXPECT_EQ(notices.front()->title, "Replaced");
  EXPECT_THAT(notices.front()->lines.front(), HasSubstr("15 May 2026 is superseded"));
  EXPECT_THAT(text(view), HasSubstr("16 May 2026, and superseded by a later record"));
  EXPECT_THAT(text(Reported{history}.workers()), Not(HasSubstr("superseded")));
}

TEST(WorkerView, SaysHowManyRecordsAreLeftOut) {
  History history = two_records();
  EXPECT_THAT(text(Reported{history}.beside(2)),
              HasSubstr("cannot be judged or contradicts the others: 2."));
  EXPECT_THAT(text(Reported{history}.beside(0)), Not(HasSubstr("cannot be judged")));
}

TEST(WorkerView, SaysThatNamesOfOthersWereTakenOut) {
  History history = two_records();
  EXPECT_THAT(text(Reported{history}.without_others()),
              HasSubstr("Names of other people of the family are replaced"));
  EXPECT_THAT(text(Reported{history}.workers()), Not(HasSubstr("are replaced")));
}

TEST(ComparisonView, SaysWhatChangedAndDrawsItAnAreaAtATime) {
  History history = two_records();
  const Reported reported{history};
  const View view = reported.compared();
  EXPECT_THAT(text(view), HasSubstr("Worsened: B Safety (3 to 4)"));
  EXPECT_EQ(all_of<Figure>(view).size(), 4U);
  ASSERT_EQ(reported.charts().size(), 4U);
  EXPECT_EQ(reported.charts().front().sentence, all_of<Figure>(view).front()->sentence);
}

TEST(ComparisonView, OfOneRecordSaysNothingOfChange) {
  History history;
  history.record("2026-01-23", 2);
  const Reported reported{history};
  EXPECT_TRUE(reported.charts().empty());
  EXPECT_TRUE(all_of<Figure>(reported.compared()).empty());
  EXPECT_THAT(text(reported.compared()), Not(HasSubstr("What changed")));
}

TEST(WorkerView, SaysThatItIsRedacted) {
  History history = two_records();
  history.assessment().child.name = "Sam Example";
  const View view = Reported{history}.workers(true);
  EXPECT_THAT(text(view), HasSubstr("known names in texts are replaced"));
  EXPECT_THAT(text(view), Not(HasSubstr("Sam Example")));
  EXPECT_THAT(view.identity, Not(HasSubstr("Sam")));
  EXPECT_THAT(text(view), HasSubstr("8 years"));
}

TEST(WorkerView, ARedactedAgeBelowAYearMayBeThatOfAnUnbornChild) {
  History history{gcp_instrument(), 0};
  history.record("2026-01-23", 2);
  EXPECT_THAT(text(Reported{history}.workers(true)), HasSubstr("under 1 year, or unborn"));
}

TEST(WorkerView, LabelsIndicationsAsLocal) {
  History history = two_records();
  const std::string said = text(Reported{history}.workers());
  EXPECT_THAT(said, HasSubstr("Local, not a GCP2 output"));
  EXPECT_THAT(said, HasSubstr("A good grade never removes"));
}

TEST(WorkerView, PutsUrgentFirst) {
  History history;
  history.record("2026-01-23", 2, {{"B2", 5}});
  const View view = Reported{history, "sandwell"}.workers();
  const auto* notice = std::get_if<Notice>(&view.blocks.front());
  ASSERT_NE(notice, nullptr);
  EXPECT_EQ(notice->kind, Notice::Kind::urgent);
  EXPECT_THAT(notice->lines.front(),
              testing::StartsWith("If a child is in immediate danger, call 999"));
  EXPECT_THAT(notice->lines.front(), HasSubstr("0121 569 3100"));
}

TEST(WorkerView, HasNoUrgentNoticeWithoutAnUrgentIndication) {
  History history;
  history.record("2026-01-23", 2);
  const View view = Reported{history}.workers();
  for (const Notice* notice : all_of<Notice>(view)) EXPECT_NE(notice->kind, Notice::Kind::urgent);
}

TEST(WorkerView, ShowsEveryGradeWithNumberAndWord) {
  History history = two_records();
  const View view = Reported{history}.workers();
  std::size_t grades = 0;
  for (const Table* table : all_of<Table>(view))
    for (const auto& row : table->rows)
      for (const Cell& cell : row) {
        if (!cell.grade) continue;
        ++grades;
        EXPECT_THAT(cell.text, HasSubstr(std::to_string(cell.grade->number()) + " ("));
      }
  EXPECT_GE(grades, 17U * 3U);
}

TEST(WorkerView, ListsEveryMissingItemWithItsReason) {
  History history;
  history.record("2026-01-23", 2, {{"A2c", 0}});
  Observation unseen;
  unseen.node = "A2c";
  unseen.reason = "no home visit yet";
  history.assessment().observations.push_back(unseen);
  const std::string said = text(Reported{history}.workers());
  EXPECT_THAT(said, HasSubstr("A2c Facilities in the home"));
  EXPECT_THAT(said, HasSubstr("no home visit yet"));
}

TEST(WorkerView, EveryFigureHasItsSentenceAndItsNumbers) {
  History history = two_records();
  const View view = Reported{history}.workers();
  const auto figures = all_of<Figure>(view);
  ASSERT_EQ(figures.size(), 4U);
  for (const Figure* figure : figures) {
    EXPECT_FALSE(figure->sentence.empty());
    EXPECT_EQ(figure->sentence, figure->picture.description);
  }
  for (std::size_t i = 0; i + 1 < view.blocks.size(); ++i)
    if (std::holds_alternative<Figure>(view.blocks[i])) {
      const auto* numbers = std::get_if<Table>(&view.blocks[i + 1]);
      ASSERT_NE(numbers, nullptr);
      EXPECT_EQ(numbers->rows.size(), 2U);
    }
}

TEST(WorkerView, OneRecordHasNothingOverTime) {
  History history;
  history.record("2026-01-23", 2);
  const View view = Reported{history}.workers();
  EXPECT_TRUE(all_of<Figure>(view).empty());
  EXPECT_THAT(text(view), Not(HasSubstr("Over time")));
}

TEST(WorkerView, SaysWhatNoReportMayLeaveOut) {
  History history = two_records();
  const std::string said = text(Reported{history}.workers());
  for (const char* sentence : {"Not affiliated with or endorsed by the NSPCC",
                               "a referral never waits for a profile", "[R] recollected"})
    EXPECT_THAT(said, HasSubstr(sentence));
}

TEST(WorkerView, ATargetIsNotReachedForCertainWhereGradesAreMissing) {
  History history;
  history.record("2026-01-23", 4)
      .target("B1", 2, "2026-04-30")
      .record("2026-05-15", 2, {{"B1a", 0}});
  EXPECT_THAT(text(Reported{history}.workers()),
              HasSubstr("not for certain, grades were missing there"));
  EXPECT_THAT(text(Reported{history}.family()), Not(HasSubstr("You got there")));
}

TEST(WorkerView, SaysTheEndsOfALongRowOfGrades) {
  History history;
  for (const auto& [year, grade] : std::vector<std::pair<int, int>>{
           {2018, 3}, {2019, 5}, {2020, 4}, {2021, 4}, {2022, 3}, {2023, 4}})
    history.record(std::to_string(year) + "-01-23", 2, {{"A4", grade}});
  EXPECT_THAT(text(Reported{history}.workers()),
              HasSubstr("A4 Hygiene: 3 (borderline) on 2018-01-23; 4 or 5 at 3 records between; 3 "
                        "(borderline) on 2022-01-23; 4 (poor) on 2023-01-23"));
}

TEST(WorkerView, SaysWhichWayItemsMovedOnlyWhereThatIsClear) {
  History history;
  history.record("2026-01-23", 2, {{"A4", 3}, {"B2", 2}})
      .record("2026-05-15", 2, {{"B2", 3}, {"D4", 3}});
  EXPECT_THAT(text(Reported{history}.workers()),
              HasSubstr("Whether they moved together is not clear"));
  EXPECT_THAT(text(Reported{history}.workers()), Not(HasSubstr("Together they moved")));
  History clear;
  clear.record("2026-01-23", 2).record("2026-05-15", 4, {{"B2", 3}});
  EXPECT_THAT(text(Reported{clear}.workers()), HasSubstr("Together they moved towards worse care"));
}

const Picture& picture_of(const View& view, std::string_view title) {
  for (const Figure* figure : all_of<Figure>(view))
    if (figure->picture.title.starts_with(title)) return figure->picture;
  throw std::out_of_range{std::string{title}};
}

template <class Shape>
std::vector<Shape> shapes(const Picture& picture) {
  std::vector<Shape> found;
  for (const PictureShape& shape : picture.shapes)
    if (const Shape* one = std::get_if<Shape>(&shape)) found.push_back(*one);
  return found;
}

bool says(const Picture& picture, std::string_view text) {
  return std::ranges::any_of(shapes<PictureText>(picture),
                             [text](const PictureText& t) { return t.text == text; });
}

TEST(Chart, SaysWhatItShows) {
  History history = two_records();
  const View view = Reported{history}.workers();
  const Picture& care = picture_of(view, "A Physical care");
  EXPECT_THAT(care.description, HasSubstr("A4 Hygiene goes from 4 (poor) on 23 January 2026 to 2 "
                                          "(adequate) on 15 May 2026."));
  for (const char* word : {"better", "1 best", "5 worst", "no grade"})
    EXPECT_TRUE(says(care, word)) << word;
}

TEST(Chart, HasGradeOneAtTheTop) {
  History history = two_records();
  const View view = Reported{history}.workers();
  double best = 0;
  double worst = 0;
  for (const PictureText& t : shapes<PictureText>(picture_of(view, "B Safety"))) {
    if (t.text == "1 best" && best == 0) best = t.y;
    if (t.text == "5 worst" && worst == 0) worst = t.y;
  }
  EXPECT_LT(best, worst);
}

TEST(Chart, DrawsStepsAndDotsAndNothingBetween) {
  History history = two_records();
  const View view = Reported{history}.workers();
  for (const Figure* figure : all_of<Figure>(view))
    for (const PictureLine& line : shapes<PictureLine>(figure->picture)) {
      const bool step = line.x1 == line.x2 || line.y1 == line.y2;
      EXPECT_TRUE(step || line.ink != Ink::accent);
    }
  // A dot a panel and record: B, B1 and B2.
  EXPECT_EQ(shapes<PictureCircle>(picture_of(view, "B Safety")).size(), 6U);
}

TEST(Chart, StandsAtTrueDates) {
  History history;
  history.record("2026-01-01", 2);
  history.record("2026-01-11", 2);
  history.record("2026-04-11", 2);
  const auto dots = shapes<PictureCircle>(picture_of(Reported{history}.workers(), "C Love"));
  ASSERT_GE(dots.size(), 3U);
  EXPECT_NEAR((dots[1].x - dots[0].x) / (dots[2].x - dots[0].x), 0.1, 1e-9);
}

TEST(Chart, MarksWhatIsNotSettledAndWhatIsMissing) {
  History history;
  history.record("2026-01-23", 2);
  history.record("2026-05-15", 2, {{"A2c", 0}, {"B2", 0}});
  const View view = Reported{history}.workers();
  const auto hollow = [](const PictureCircle& dot) { return dot.fill == Ink::paper; };
  EXPECT_EQ(std::ranges::count_if(shapes<PictureCircle>(picture_of(view, "A Physical")), hollow),
            2);
  EXPECT_TRUE(says(picture_of(view, "B Safety"), "?"));
}

TEST(Chart, MarksEventsAndOtherAssessors) {
  History history = two_records();
  Assessment& a = history.assessment();
  a.events = {{Date::parse("2026-03-01"), "moved house"}, {Date::parse("2020-01-01"), "long ago"}};
  const View view = Reported{history}.workers();
  const Picture& love = picture_of(view, "C Love");
  EXPECT_TRUE(says(love, "1"));
  EXPECT_FALSE(says(love, "2"));
  EXPECT_THAT(text(view), HasSubstr("1: 1 March 2026, moved house"));
}

TEST(Chart, InLargePrintNoLetterIsSmallerThan18Points) {
  History history = two_records();
  const View view = Reported{history}.large_print();
  const auto figures = all_of<Figure>(view);
  EXPECT_EQ(figures.size(), 3U + 2U + 2U + 3U);  // two panels each
  for (const Figure* figure : figures) {
    EXPECT_LE(figure->picture.width, 504);
    for (const PictureText& letters : shapes<PictureText>(figure->picture))
      EXPECT_GE(letters.size, 18) << letters.text;
  }
  EXPECT_THAT(figures[1]->sentence, HasSubstr("A2 Housing is 2 (adequate)"));
}

TEST(Chart, EighteenYearsStayReadable) {
  History history{gcp_instrument(), 100};
  for (int year = 2008; year < 2026; ++year)
    for (const char* day : {"-02-01", "-06-01", "-10-01"})
      history.record(std::to_string(year) + day, 2, {{"A4", 1 + year % 4}});
  const View view = Reported{history}.workers();
  const Picture& care = picture_of(view, "A Physical care");
  EXPECT_LE(care.width, 520);
  // Dates do not run into each other: at most four a panel.
  const auto dates = std::ranges::count_if(shapes<PictureText>(care), [](const PictureText& t) {
    return t.text.size() == 7 && t.text[4] == '-';
  });
  EXPECT_EQ(dates, 6 * 4);
  for (const Table* table : all_of<Table>(view)) EXPECT_LE(table->columns.size(), 7U);
}

TEST(LogOfAStore, IsSaidInEveryReportOfItsRecordsAndInNoOther) {
  History history = two_records();
  const Reported reported{history};
  const LogState log{41, std::string(64, 'a'), "2026-06-01T09:00:00Z"};
  const std::string said =
      "State of the log when this was made: 41 entries, the last one at "
      "2026-06-01T09:00:00Z, with the hash " +
      std::string(64, 'a') + ".";
  for (const View& view : {reported.workers(log), reported.family(log)}) {
    EXPECT_THAT(text(view), HasSubstr(said));
    EXPECT_THAT(view_html(view), HasSubstr(said));
    const Value document = view_document(view);
    const Value* kept = document.find("log");
    ASSERT_NE(kept, nullptr);
    EXPECT_EQ(kept->find("entries")->text(), "41");
    EXPECT_EQ(kept->text_at("hash"), log.hash);
    EXPECT_EQ(kept->text_at("at"), log.at);
  }
  for (const View& view : {reported.workers(), reported.family()}) {
    EXPECT_THAT(text(view), Not(HasSubstr("State of the log")));
    EXPECT_EQ(view_document(view).find("log"), nullptr);
  }
}

}  // namespace
}  // namespace gcp2::test
