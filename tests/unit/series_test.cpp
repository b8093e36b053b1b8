#include "support/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gcp2 {
namespace {

using test::Change;
using test::Series;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> files_of(const std::vector<ScoredRecord>& records) {
  std::vector<std::string> files;
  for (const ScoredRecord& record : records) files.emplace_back(record.file);
  return files;
}

/// "severity code file other"
std::vector<std::string> said(const Findings& findings) {
  std::vector<std::string> all;
  for (const Finding& f : findings)
    all.push_back(std::string{name_of(f.severity)} + " " + std::string{f.code} + " " + f.file +
                  " " + f.details.at(0).second);
  return all;
}

constexpr const char* later_id = R"("5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e33")";

TEST(SeriesOf, OrdersByTheEndOfTheWindow) {
  Series series;
  series.add_case("second");
  series.add_case("first");
  Findings findings;
  EXPECT_THAT(files_of(series_of(series.records(), findings)), ElementsAre("first", "second"));
  EXPECT_THAT(findings, IsEmpty());
}

TEST(SeriesOf, NoRecordsAreNoSeries) {
  Findings findings;
  EXPECT_THAT(series_of({}, findings), IsEmpty());
  EXPECT_THAT(findings, IsEmpty());
}

struct IdentityRow {
  const char* what;
  std::vector<Change> first, second;
  std::string code;  ///< empty = the same child
};

TEST(SeriesOf, IsOfOneChildAndSaysWhoIsNot) {
  const Change no_ref{"/child/ref", ""};
  const Change no_number{"/child/nhs_number", ""};
  const Change no_upn{"/child/upn", ""};
  const Change other_number{"/child/nhs_number", R"("9990000026")"};
  const Change other_birth{"/child/date_of_birth", R"("2018-09-29")"};
  const std::vector<IdentityRow> rows{
      {"the same", {}, {}, ""},
      {"another reference", {}, {{"/child/ref", R"("C-2042")"}}, "another_child"},
      {"another name only", {}, {{"/child/name", R"("Sam Example")"}}, ""},
      {"another UPN only", {}, {{"/child/upn", R"("A95000017830A")"}}, ""},
      {"another NHS number", {}, {other_number}, "child_contradicted"},
      {"another birth", {}, {other_birth}, "child_contradicted"},
      {"no reference, the same number", {}, {no_ref}, ""},
      {"no reference, another number", {}, {no_ref, other_number}, "another_child"},
      {"no reference, the same number, another birth",
       {},
       {no_ref, other_birth},
       "child_contradicted"},
      {"the same UPN", {no_number}, {no_ref}, ""},
      {"name and birth", {no_number, no_upn}, {no_ref}, ""},
      {"birth and another name",
       {no_number, no_upn},
       {no_ref, {"/child/name", R"("Sam Example")"}},
       "child_unknown"},
      {"nothing but another birth", {no_number, no_upn}, {no_ref, other_birth}, "another_child"},
      {"born since",
       {{"/child/date_of_birth", ""}, {"/child/expected_date", R"("2026-03-01")"}},
       {},
       ""},
  };
  for (const IdentityRow& row : rows) {
    SCOPED_TRACE(row.what);
    Series series;
    series.add_case("first", row.first);
    series.add_case("second", row.second);
    Findings findings;
    const auto records = series_of(series.records(), findings);
    if (row.code.empty()) {
      EXPECT_EQ(records.size(), 2U);
      EXPECT_THAT(said(findings), IsEmpty());
    } else {
      EXPECT_THAT(records, IsEmpty());
      EXPECT_THAT(said(findings), ElementsAre("invalid " + row.code + " second first"));
    }
  }
}

TEST(SeriesOf, RefusesARecordTwice) {
  Series series;
  series.add_case("first");
  series.add_case("second");
  series.add_case("first", {}, "copy");
  Findings findings;
  EXPECT_THAT(series_of(series.records(), findings), IsEmpty());
  EXPECT_THAT(said(findings), ElementsAre("invalid record_twice copy first"));
}

TEST(SeriesOf, WithoutIdsARecordIsKnownByItsWindowAndGrades) {
  for (const bool same : {true, false}) {
    Series series;
    series.add_case("first", {{"/id", ""}});
    series.add_case("first", {{"/id", ""}, {"/observations/0/grade", same ? "3" : "2"}}, "copy");
    Findings findings;
    EXPECT_EQ(series_of(series.records(), findings).empty(), same);
    EXPECT_THAT(said(findings), ElementsAre(same ? "invalid record_twice copy first"
                                                 : "query windows_overlap copy first"));
  }
}

TEST(SeriesOf, AsksAboutWindowsThatOverlap) {
  struct Row {
    const char* from;
    bool overlaps;
  };
  for (const auto& [from, overlaps] : {Row{R"("2026-01-24")", false}, Row{R"("2026-01-23")", true},
                                       Row{R"("2026-01-01")", true}}) {
    Series series;
    series.add_case("second", {{"/window/from", from}});
    series.add_case("first");
    Findings findings;
    EXPECT_EQ(series_of(series.records(), findings).size(), 2U);
    EXPECT_EQ(!findings.empty(), overlaps) << from;
    if (overlaps) {
      EXPECT_THAT(said(findings), ElementsAre("query windows_overlap second first"));
    }
  }
}

TEST(SeriesOf, LeavesOutWhoseSuccessorIsThere) {
  const std::string first_id = R"("5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e11")";
  Series series;
  series.add_case("first");
  series.add_case("first", {{"/id", later_id}, {"/supersedes", first_id}}, "amended");
  series.add_case("second");
  Findings findings;
  EXPECT_THAT(files_of(series_of(series.records(), findings)), ElementsAre("amended", "second"));
  EXPECT_THAT(said(findings), ElementsAre("note superseded_left_out first amended"));
}

TEST(SeriesOf, LeavesOutWhatWasWrongOfTheChildAndIsPutRight) {
  const Change wrong_birth{"/child/date_of_birth", R"("2018-09-29")"};
  const Change first_id{"/supersedes", R"("5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e11")"};
  Series series;
  series.add_case("first", {wrong_birth});
  series.add_case("first", {{"/id", later_id}, first_id}, "amended");
  series.add_case("second");
  Findings findings;
  EXPECT_THAT(files_of(series_of(series.records(), findings)), ElementsAre("amended", "second"));
  EXPECT_THAT(said(findings), ElementsAre("note superseded_left_out first amended"));
}

TEST(SeriesOf, RefusesSuccessorsInACircle) {
  Series series;
  series.add_case("first", {{"/supersedes", R"("5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e12")"}});
  series.add_case("second", {{"/supersedes", R"("5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e11")"}});
  Findings findings;
  EXPECT_THAT(series_of(series.records(), findings), IsEmpty());
  EXPECT_THAT(said(findings), ElementsAre("invalid supersedes_in_a_circle first second",
                                          "invalid supersedes_in_a_circle second first"));
}

const std::vector<Change> younger{{"/id", later_id},
                                  {"/child/ref", R"("C-2042")"},
                                  {"/child/nhs_number", ""},
                                  {"/child/upn", ""},
                                  {"/child/date_of_birth", R"("2021-02-03")"}};

TEST(SiblingsOf, AreEachChildsLatestRecordTheEldestFirst) {
  Series series;
  series.add_case("first", younger, "younger");
  series.add_case("second");
  series.add_case("first");
  Findings findings;
  const Siblings siblings = siblings_of(series.records(), findings);
  EXPECT_THAT(findings, IsEmpty());
  EXPECT_THAT(files_of(siblings.children), ElementsAre("second", "younger"));
  EXPECT_EQ(siblings.newest, 0U);
  EXPECT_EQ(siblings.rows.size(), test::gcp_instrument().nodes.size());
}

TEST(SiblingsOf, ShowNoGradesOfAnotherInstrument) {
  Series series;
  series.add_sheet(0, {}, 90, {}, {}, test::gcp2_instrument());
  series.add_sheet(1, {});
  series.assessment(0).child.family = series.assessment(1).child.family = "F-0001";
  series.assessment(1).child.ref = "C-0002";
  Findings findings;
  const Siblings siblings = siblings_of(series.records(), findings);
  ASSERT_EQ(siblings.children.size(), 2U);
  EXPECT_THAT(siblings.comparable, ElementsAre(false, true));
  EXPECT_FALSE(siblings.rows.at(0).at.at(0));
  EXPECT_TRUE(siblings.rows.at(0).at.at(1));
}

TEST(SiblingsOf, RefuseOtherFamiliesAndOneChildAlone) {
  struct Row {
    std::vector<Change> changes;
    const char* said;
  };
  auto other_family = younger;
  other_family.push_back({"/child/family", R"("F-1")"});
  auto no_family = younger;
  no_family.push_back({"/child/family", ""});
  for (const auto& [changes, line] :
       {Row{other_family, "invalid another_family other first"},
        Row{no_family, "invalid family_unknown other other"},
        Row{{{"/id", later_id}}, "invalid only_one_child other first"}}) {
    Series series;
    series.add_case("first");
    series.add_case("first", changes, "other");
    Findings findings;
    EXPECT_THAT(siblings_of(series.records(), findings).rows, IsEmpty());
    EXPECT_THAT(said(findings), ElementsAre(line));
  }
}

}  // namespace
}  // namespace gcp2
