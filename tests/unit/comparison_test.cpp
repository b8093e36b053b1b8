#include "gcp2/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/series.h"

namespace gcp2 {
namespace {

using test::grade;
using test::Series;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<int> numbers_of(const std::vector<std::optional<Grade>>& grades) {
  std::vector<int> numbers;
  for (const auto& each : grades) numbers.push_back(each ? each->number() : 0);
  return numbers;
}

std::vector<std::string> notes_of(const NodeChange& node) {
  std::vector<std::string> names;
  for (const ChangeNote note : node.notes) names.emplace_back(name_of(note));
  return names;
}

TEST(Compare, TheTwoCasesByHand) {
  Series series;
  series.add_case("first");
  series.add_case("second");
  const Comparison comparison = series.compared();
  struct Row {
    const char* code;
    int first, second;
    Direction direction;
  };
  using enum Direction;
  for (const auto& [code, first, second, direction] :
       {Row{"A", 4, 2, improved}, Row{"A1", 3, 2, improved}, Row{"A2", 2, 2, unchanged},
        Row{"A3", 4, 3, improved}, Row{"A4", 4, 3, improved}, Row{"A5", 2, 2, unchanged},
        Row{"B", 3, 4, worsened}, Row{"B1", 2, 2, unchanged}, Row{"B2", 3, 4, worsened},
        Row{"C", 2, 2, unchanged}, Row{"D", 3, 2, improved}, Row{"D1", 3, 3, unchanged},
        Row{"D3", 3, 2, improved}, Row{"A3c", 4, 2, improved}}) {
    const NodeChange& node = series.node(comparison, code);
    EXPECT_THAT(numbers_of(node.grades), ElementsAre(first, second)) << code;
    EXPECT_EQ(node.change, second - first) << code;
    EXPECT_EQ(node.direction, direction) << code;
  }
  ASSERT_EQ(comparison.shift.size(), 1U);
  EXPECT_EQ(comparison.shift[0].pairs, 29U);
  EXPECT_EQ(comparison.shift[0].worsened, 1U);
  EXPECT_EQ(comparison.shift[0].improved, 6U);
}

TEST(Compare, GivesTargetsWithWhatBecameOfThem) {
  Series series;
  series.add_case("first", {{"/targets/1/actual", "2"}});
  series.add_case("second");
  const Comparison comparison = series.compared();
  const auto& missed = series.node(comparison, "A4").targets;
  ASSERT_EQ(missed.size(), 1U);
  EXPECT_EQ(missed[0].set_at, 0U);
  EXPECT_EQ(missed[0].reviewed_at, 1U);
  EXPECT_EQ(missed[0].grade, grade(3));
  EXPECT_EQ(missed[0].reached(), false);
  const auto& met = series.node(comparison, "A3c").targets;
  ASSERT_EQ(met.size(), 1U);
  EXPECT_EQ(met[0].reached(), true);
  EXPECT_EQ(met[0].recorded, grade(2));
  const auto& open = series.node(comparison, "B2").targets;
  ASSERT_EQ(open.size(), 1U);
  EXPECT_FALSE(open[0].reviewed_at);
  EXPECT_FALSE(open[0].reached());
}

/// What becomes of the leaf D2, by its grades; 0 is none.
struct Course {
  std::vector<int> grades;
  std::optional<int> change, since_first;
  std::vector<std::string> notes;
  int days;
  std::vector<int> runs;  ///< assessments in each
};

TEST(Compare, ChangesSkipMissingGradesAndRunsGoOnOverThem) {
  const std::vector<Course> courses{
      {{4, 3, 0}, -1, -1, {"latest_missing"}, 30, {2}},
      {{4, 0, 0}, std::nullopt, std::nullopt, {"latest_missing"}, 0, {1}},
      {{0, 0, 3}, std::nullopt, std::nullopt, {}, 0, {1}},
      {{0, 0, 0}, std::nullopt, std::nullopt, {}, 0, {}},
      {{2, 0, 4}, 2, 2, {}, 0, {1}},
      {{3, 0, 4}, 1, 1, {}, 60, {2}},
      {{3, 2, 3}, 1, 0, {}, 0, {1, 1}},
      {{5, 4, 3}, -1, -2, {}, 60, {3}},
      {{1, 2, 2}, 0, 1, {}, 0, {}},
      {{3, 3, 2}, -1, -1, {}, 30, {2}},
  };
  for (const Course& course : courses) {
    SCOPED_TRACE(testing::PrintToString(course.grades));
    Series series;
    for (std::size_t p = 0; p < course.grades.size(); ++p)
      series.add_leaf(p, "D2", course.grades[p]);
    const NodeChange node = series.node(series.compared(), "D2");
    EXPECT_EQ(node.change, course.change);
    EXPECT_EQ(node.since_first, course.since_first);
    EXPECT_EQ(node.direction.has_value(), course.change.has_value());
    EXPECT_EQ(notes_of(node), course.notes);
    EXPECT_EQ(node.days_at_3_plus, course.days);
    std::vector<int> runs;
    for (const auto& run : node.runs) runs.push_back(run.assessments);
    EXPECT_EQ(runs, course.runs);
  }
}

TEST(Compare, AProvisionalGradeLeavesChangesOpen) {
  Series series;
  series.add_sheet(0, {{"A2a", 2}, {"A2b", 2}, {"A2c", 2}});
  series.add_sheet(1, {{"A2a", 2}, {"A2b", 2}});
  const NodeChange node = series.node(series.compared(), "A2");
  EXPECT_EQ(node.change, 0);
  EXPECT_THAT(notes_of(node), ElementsAre("provisional"));
  EXPECT_THAT(node.change_possible, ElementsAre(0, 2, 3));
}

/// One change of the second of two equal records, and the notes that A1a, A1 and D1 then have.
struct NoteRow {
  const char* what;
  std::vector<test::Change> changes;
  std::vector<std::string> leaf, parent, other;
};

TEST(Compare, MarksWhatAChangeMustNotBeReadWithout) {
  const std::string by_p2 = R"({"node": "A1a", "grade": 2, "by": "P2"})";
  const std::vector<NoteRow> rows{
      {"nothing", {}, {}, {}, {}},
      {"another ref", {{"/observations/0", by_p2}}, {"assessor_changed"}, {"assessor_changed"}, {}},
      {"another ref for the same name",
       {{"/observations/0", by_p2}, {"/assessors/1/name", R"("a.  TEACHER")"}},
       {},
       {},
       {}},
      {"another name for the same ref",
       {{"/assessors/0/name", R"("C. Other")"}},
       {"assessor_changed"},
       {"assessor_changed"},
       {"assessor_changed"}},
      {"no name: by ref", {{"/assessors/0/name", ""}}, {}, {}, {}},
      {"another main carer",
       {{"/carers/0/name", R"("Example Aunt")"}},
       {"carer_changed"},
       {"carer_changed"},
       {"carer_changed"}},
      {"a carer who is no main one",
       {{"/carers/-", R"({"ref": "K2", "name": "Example Uncle"})"}},
       {},
       {},
       {}},
      {"a judgement",
       {{"/judgements", R"([{"node": "A1", "grade": 3, "reason": "seen"}])"}},
       {},
       {"judged"},
       {}},
      {"a leaf that does not apply",
       {{"/observations/1", R"({"node": "A1b", "not_graded": "not_applicable", "reason": "x"})"}},
       {},
       {"age_band_changed"},
       {}},
  };
  for (const NoteRow& row : rows) {
    SCOPED_TRACE(row.what);
    Series series;
    series.add_case("first");
    std::vector<test::Change> changes{{"/id", R"("5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e22")"},
                                      {"/window/from", R"("2026-03-05")"},
                                      {"/window/to", R"("2026-03-23")"}};
    changes.insert(changes.end(), row.changes.begin(), row.changes.end());
    series.add_case("first", changes);
    const Comparison comparison = series.compared();
    EXPECT_EQ(notes_of(series.node(comparison, "A1a")), row.leaf);
    EXPECT_EQ(notes_of(series.node(comparison, "A1")), row.parent);
    EXPECT_EQ(notes_of(series.node(comparison, "D1")), row.other);
  }
}

TEST(Compare, OtherAgesHaveOtherItemsOrOtherWording) {
  Series series;
  series.add_sheet(0, {{"A4", 2}, {"B1c", 2}, {"D1b", 2}, {"D1f", 2}, {"D2", 2}}, 59);
  series.add_sheet(1, {{"A4", 3}, {"B1c", 2}, {"D1b", 2}, {"D1f", 3}, {"D2", 2}}, 61);
  const Comparison comparison = series.compared();
  for (const char* code : {"A4", "B1c", "D1"})
    EXPECT_THAT(notes_of(series.node(comparison, code)), testing::Contains("age_band_changed"))
        << code;
  EXPECT_THAT(notes_of(series.node(comparison, "D2")), IsEmpty());
  // Of D1 only the items of the age count: never D1b at 61 months.
  EXPECT_THAT(numbers_of(series.node(comparison, "D1b").grades), ElementsAre(2, 0));
  EXPECT_THAT(notes_of(series.node(comparison, "D1b")), ElementsAre("latest_missing"));
}

TEST(Compare, AnotherRuleIsMarkedAboveTheLeavesOnly) {
  Series series;
  series.add_sheet(0, {{"A2a", 2}, {"A2b", 4}, {"A2c", 2}}, 90, "majority-override");
  series.add_sheet(1, {{"A2a", 2}, {"A2b", 4}, {"A2c", 2}}, 90, "majority");
  const Comparison comparison = series.compared();
  EXPECT_EQ(series.node(comparison, "A2").change, -2);
  EXPECT_THAT(notes_of(series.node(comparison, "A2")), ElementsAre("rule_changed"));
  EXPECT_THAT(notes_of(series.node(comparison, "A2a")), IsEmpty());
}

TEST(Compare, LeavesThatAnExceptionLeavesOutAreNotCompared) {
  Series series;
  const std::vector<test::Marked> all{{"C1a", 2}, {"C1b", 2}, {"C1c", 2}, {"C2a", 4}, {"C2b", 4}};
  series.add_sheet(0, all, 90, {}, test::having({Condition::behavioural_difficulty}));
  series.add_sheet(1, all, 90, {}, test::having({Condition::behavioural_difficulty}));
  const Comparison comparison = series.compared();
  EXPECT_THAT(numbers_of(series.node(comparison, "C2").grades), ElementsAre(2, 2));
  EXPECT_THAT(numbers_of(series.node(comparison, "C2a").grades), ElementsAre(0, 0));
  EXPECT_EQ(comparison.shift[0].pairs, 3U);
}

TEST(Compare, ShiftsGoBetweenNeighboursAndThenFromFirstToLast) {
  Series series;
  for (std::size_t p = 0; p < 3; ++p) series.add_leaf(p, "D2", static_cast<int>(4 - p));
  const Comparison comparison = series.compared();
  ASSERT_EQ(comparison.shift.size(), 3U);
  const auto ends = [&](std::size_t i) {
    return std::pair{comparison.shift[i].from, comparison.shift[i].to};
  };
  EXPECT_EQ(ends(0), std::pair(std::size_t{0}, std::size_t{1}));
  EXPECT_EQ(ends(1), std::pair(std::size_t{1}, std::size_t{2}));
  EXPECT_EQ(ends(2), std::pair(std::size_t{0}, std::size_t{2}));
}

TEST(Compare, OneRecordAloneHasNoChange) {
  Series series;
  series.add_leaf(0, "D2", 3);
  const Comparison comparison = series.compared();
  EXPECT_FALSE(series.node(comparison, "D2").change);
  EXPECT_THAT(comparison.shift, IsEmpty());
}

}  // namespace
}  // namespace gcp2
