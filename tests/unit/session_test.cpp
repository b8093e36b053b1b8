// A room of trainees: agreement, what splits it, what changed, and what is written of it.
#include "gcp2/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gcp2/comparison.h"
#include "gcp2/interop.h"
#include "gcp2/json.h"
#include "gcp2/training_csv.h"
#include "gcp2/training_files.h"
#include "gcp2/training_report.h"
#include "support/records.h"
#include "support/rooms.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const ToldCase toddler = told_case("toddler-on-the-move");

std::string said(const std::vector<Room>& rooms, const std::vector<Room>& earlier = {}) {
  return view_text(session_view({rooms, earlier, {}, false}), 100, false);
}

const Statistic& of(const Room& room, Measure measure) {
  return *std::ranges::find(room.statistics, measure, &Statistic::measure);
}

/// The first graded leaf of the key is graded so, the others as the key.
Grading but_first(int given) {
  const KeyEntry* first = &*std::ranges::find_if(
      toddler.profile->key, [](const KeyEntry& key) { return key.grade.has_value(); });
  return [first, given](const KeyEntry& key) { return &key == first ? given : as_key(key); };
}

TEST(Room, OfOneMindAgreesInFullAndSplitsOnNothing) {
  const auto rooms = rooms_of({trainee(toddler, "A", as_key), trainee(toddler, "B", as_key)});
  ASSERT_EQ(rooms.size(), 1U);
  EXPECT_EQ(of(rooms[0], Measure::percent_exact).estimate, 1.0);
  EXPECT_EQ(of(rooms[0], Measure::krippendorff_alpha).estimate, 1.0);
  EXPECT_THAT(rooms[0].splits, IsEmpty());
  EXPECT_THAT(said(rooms), HasSubstr("Nothing: on every item that two graded"));
}

TEST(Room, AllGradesEqualIsUndefinedAndSaidSo) {
  const Grading threes = [](const KeyEntry&) { return 3; };
  const auto rooms = rooms_of({trainee(toddler, "A", threes), trainee(toddler, "B", threes)});
  EXPECT_EQ(of(rooms[0], Measure::percent_exact).estimate, 1.0);
  EXPECT_EQ(of(rooms[0], Measure::krippendorff_alpha).undefined, Undefined::all_equal);
  EXPECT_THAT(said(rooms), HasSubstr("undefined: all ratings are equal"));
  EXPECT_THAT(said(rooms), Not(HasSubstr("nan (")));
}

TEST(Room, OfOneHasNobodyToAgreeWith) {
  const auto rooms = rooms_of({trainee(toddler, "A", as_key)});
  EXPECT_EQ(of(rooms[0], Measure::percent_exact).undefined, Undefined::no_pair);
  EXPECT_THAT(rooms[0].splits, IsEmpty());
  EXPECT_FALSE(rooms[0].leaves[0].alike.has_value());
  EXPECT_THAT(said(rooms), HasSubstr("One trainee is no room"));
}

TEST(Room, OfNothingGradedHasNoFigure) {
  const Grading none = [](const KeyEntry&) { return 0; };
  const auto rooms = rooms_of({trainee(toddler, "A", none), trainee(toddler, "B", none)});
  for (const Statistic& each : rooms[0].statistics) EXPECT_FALSE(each.estimate.has_value());
  for (const RoomLeaf& leaf : rooms[0].leaves) {
    EXPECT_EQ(leaf.missing, 2U);
    EXPECT_FALSE(leaf.as_key.has_value());
  }
  EXPECT_THAT(said(rooms), HasSubstr("undefined"));
}

TEST(Room, SplitsByPairsAlikeAndThenByTheKey) {
  // First graded leaf: 2, 4, 5, then all pairs differ. Everywhere else all are as the key.
  const auto rooms =
      rooms_of({trainee(toddler, "A", but_first(2)), trainee(toddler, "B", but_first(4)),
                trainee(toddler, "C", but_first(5))});
  ASSERT_EQ(rooms[0].splits.size(), 1U);
  const RoomLeaf& leaf = rooms[0].leaves[rooms[0].splits[0]];
  EXPECT_EQ(leaf.alike, 0.0);
  EXPECT_THAT(leaf.gave, ElementsAre(0, 1, 0, 1, 1));
  EXPECT_EQ(leaf.graded(), 3U);
  // Two of three alike: one pair of three.
  const auto nearer =
      rooms_of({trainee(toddler, "A", but_first(5)), trainee(toddler, "B", but_first(5)),
                trainee(toddler, "C", as_key)});
  EXPECT_DOUBLE_EQ(*nearer[0].leaves[nearer[0].splits[0]].alike, 1.0 / 3);
  EXPECT_DOUBLE_EQ(*nearer[0].leaves[nearer[0].splits[0]].as_key, 1.0 / 3);
}

TEST(Room, AllOfOneMindAgainstTheKeyIsASplitToo) {
  const auto rooms =
      rooms_of({trainee(toddler, "A", but_first(5)), trainee(toddler, "B", but_first(5))});
  ASSERT_EQ(rooms[0].splits.size(), 1U);
  EXPECT_EQ(rooms[0].leaves[rooms[0].splits[0]].alike, 1.0);
  EXPECT_EQ(rooms[0].leaves[rooms[0].splits[0]].as_key, 0.0);
}

TEST(Room, SaysWhoLeans) {
  const auto rooms =
      rooms_of({trainee(toddler, "A", as_key), trainee(toddler, "B", as_key),
                trainee(toddler, "Harsh", worse_by(1)), trainee(toddler, "Mild", worse_by(-1))});
  ASSERT_EQ(rooms[0].leaning.size(), 4U);
  EXPECT_GT(rooms[0].leaning[2].interval->low, 0);
  EXPECT_LT(rooms[0].leaning[3].interval->high, 0);
  EXPECT_THAT(said(rooms), HasSubstr("worse grades (harsher)"));
  EXPECT_THAT(said(rooms), HasSubstr("better grades (more lenient)"));
}

TEST(Room, AreasHoldTheWholeKeyBetweenThem) {
  const auto rooms = rooms_of({trainee(toddler, "A", as_key), trainee(toddler, "B", worse_by(1))});
  std::size_t leaves = 0;
  for (const RoomArea& area : rooms[0].areas) leaves += area.leaves;
  EXPECT_EQ(rooms[0].areas.size(), 4U);
  EXPECT_EQ(leaves, toddler.profile->key.size());
}

TEST(Rooms, OtherCasesAndProfilesAreRoomsOfTheirOwn) {
  const ToldCase january = told_case("three-looks-better", "january");
  const ToldCase may = told_case("three-looks-better", "may");
  const auto rooms = rooms_of({trainee(toddler, "A", as_key), trainee(january, "B", as_key),
                               trainee(may, "B", as_key), trainee(toddler, "C", as_key)});
  ASSERT_EQ(rooms.size(), 3U);
  EXPECT_EQ(rooms[0].trainees.size(), 2U);
  EXPECT_EQ(rooms[1].of.profile, january.profile);
  EXPECT_EQ(earlier_of(rooms, rooms[2]), &rooms[2]);
  const auto other = rooms_of({trainee(told_case("seen-as-grown-up"), "A", as_key)});
  EXPECT_EQ(earlier_of(other, rooms[0]), other.data()) << "the only one there";
  EXPECT_EQ(earlier_of(rooms, other[0]), nullptr) << "which of three?";
}

/// Trainees who leave the key by a grade on every `nth` item, each on others.
std::vector<Room> scattered(std::size_t nth) {
  std::vector<Trainee> trainees;
  for (std::size_t t = 0; t < 6; ++t)
    trainees.push_back(trainee(toddler, "T" + std::to_string(t), [t, nth](const KeyEntry& key) {
      if (!key.grade) return 0;
      const int number = key.grade->number();
      if ((key.node + t * (1U + key.node % 3U)) % nth != 0) return number;
      return number == Grade::worst ? number - 1 : number + 1;
    }));
  return rooms_of(std::move(trainees));
}

TEST(RoomChange, SaysMoreThanChanceOnlyWhereTheIntervalIsClearOfZero) {
  const auto bad = scattered(2);
  const auto good = scattered(19);
  const auto exact = [](const std::vector<RoomChange>& changes) { return changes.front(); };
  const RoomChange up = exact(changes_of(bad[0], good[0]));
  EXPECT_EQ(up.told, RoomChange::Told::rose);
  EXPECT_DOUBLE_EQ(*up.difference, *up.now.estimate - *up.before.estimate);
  const double reach = 1.96 * std::hypot(*up.now.error, *up.before.error);
  EXPECT_NEAR(up.interval->low, *up.difference - reach, 1e-12);
  EXPECT_EQ(exact(changes_of(good[0], bad[0])).told, RoomChange::Told::fell);
  EXPECT_EQ(exact(changes_of(bad[0], bad[0])).told, RoomChange::Told::cannot_be_told);
  EXPECT_THAT(said(good, bad), HasSubstr("rose by more than"));
}

TEST(RoomChange, AnErrorOfZeroIsNoCertainty) {
  const auto one_mind = rooms_of({trainee(toddler, "A", as_key), trainee(toddler, "B", as_key)});
  const auto change = changes_of(scattered(2)[0], one_mind[0]).front();
  EXPECT_EQ(change.now.error, 0.0);
  EXPECT_EQ(change.told, RoomChange::Told::undefined);
  EXPECT_FALSE(change.interval.has_value());
}

TEST(SessionView, PicturesCarryTheirNumbersAndNeverColourAlone) {
  const auto rooms = scattered(3);
  const View view = session_view({rooms, {}, {}, false});
  std::size_t figures = 0;
  for (const Block& block : view.blocks) {
    const auto* figure = std::get_if<Figure>(&block);
    if (figure == nullptr) continue;
    ++figures;
    EXPECT_FALSE(figure->sentence.empty());
    std::size_t bars = 0, numbers = 0;
    for (const PictureShape& shape : figure->picture.shapes) {
      const auto* rect = std::get_if<PictureRect>(&shape);
      const auto* text = std::get_if<PictureText>(&shape);
      bars += rect != nullptr && rect->fill == Ink::accent ? 1U : 0U;
      if (text != nullptr && text->y > 30 && !text->text.empty() &&
          text->text.find_first_not_of("0123456789") == std::string::npos)
        ++numbers;
      if (text != nullptr) {
        EXPECT_LE(text->x, figure->picture.width);
      }
    }
    EXPECT_GT(bars, 0U);
    EXPECT_GE(numbers, bars) << "a number stands beside every bar";
  }
  EXPECT_EQ(figures, rooms[0].areas.size());
}

TEST(SessionView, NamesAreShownAsNamesWhateverTheyHold) {
  const auto rooms = rooms_of(
      {trainee(toddler, "<script>alert(1)</script>", as_key), trainee(toddler, "=1+1", worse_by(1)),
       trainee(toddler, std::string(3000, 'x') + "\x1b[2J\n", worse_by(-1))});
  const std::string html = view_html(session_view({rooms, {}, {}, false}));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(said(rooms), Not(HasSubstr("\x1b")));
  const std::string csv = session_csv(rooms);
  EXPECT_THAT(csv, HasSubstr(",'=1+1,"));
  EXPECT_THAT(csv, Not(HasSubstr(",=1+1,")));
}

TEST(SessionCsv, IsReadAsRatingsThatAgreeAlike) {
  const auto rooms = scattered(3);
  Findings findings;
  const auto ratings = read_ratings_csv(session_csv(rooms), {}, findings);
  EXPECT_FALSE(any(findings, Severity::invalid));
  ASSERT_TRUE(ratings.has_value());
  EXPECT_EQ(ratings->raters().size(), 6U);
  EXPECT_EQ(ratings->subjects().size(), toddler.profile->key.size());
  EXPECT_EQ(krippendorff_alpha(*ratings, Weights::ordinal).estimate,
            of(rooms[0], Measure::krippendorff_alpha).estimate);
}

TEST(StudyOf, IsRaterNoise) {
  const auto rooms = scattered(3);
  Findings findings;
  const RaterNoise noise = read_rater_noise(study_document(rooms), shipped_instruments(), findings);
  EXPECT_THAT(findings, IsEmpty());
  std::size_t pairs = 0;
  for (const RaterNoise::Area& area : noise.areas) pairs += area.pairs;
  EXPECT_EQ(pairs, 15U * 30U) << "pairs of six, on each leaf that the key has a grade for";
}

}  // namespace
}  // namespace gcp2::test
