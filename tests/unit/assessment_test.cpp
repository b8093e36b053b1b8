// Reading a record: what is `invalid`, what is only doubtful, and the age that all depends on.
#include "gcp2/assessment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/records.h"

namespace gcp2 {
namespace {

using test::Change;
using test::changed;
using test::day;
using test::lines;
using testing::ElementsAre;

Findings found_in(const Value& document) {
  Findings findings;
  const Assessment a = read_assessment(document, findings);
  (void)record_sheet(a, test::gcp_instrument(), findings);
  return findings;
}

struct Row {
  const char* name;
  std::vector<Change> changes;
  std::vector<std::string> expected;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class Reading : public testing::TestWithParam<Row> {};

TEST_P(Reading, NamesWhatAndWhere) {
  const Value document = changed(test::case_document("first"), GetParam().changes);
  EXPECT_THAT(lines(found_in(document)),
              testing::UnorderedElementsAreArray(GetParam().expected));
}

const auto name = [](const auto& row) { return std::string{row.param.name}; };

INSTANTIATE_TEST_SUITE_P(
    Document, Reading,
    testing::Values(
        Row{"nothing_changed", {}, {}},
        Row{"no_format", {{"/format", ""}}, {"invalid missing_key "}},
        Row{"null_format", {{"/format", "null"}}, {"invalid missing_key "}},
        Row{"empty_format", {{"/format", R"("")"}}, {"invalid missing_key ", "invalid wrong_format /format"}},
        Row{"a_later_format", {{"/format", R"("gcp2/assessment/2")"}}, {"invalid wrong_format /format"}},
        Row{"format_is_a_number", {{"/format", "1"}}, {"invalid wrong_type /format"}},
        Row{"no_instrument", {{"/instrument", ""}}, {"invalid missing_key "}},
        Row{"no_instrument_id", {{"/instrument/id", ""}}, {"invalid missing_key /instrument"}},
        Row{"no_instrument_version", {{"/instrument/version", R"("")"}}, {"invalid missing_key /instrument"}},
        Row{"instrument_is_a_text", {{"/instrument", R"("gcp")"}}, {"invalid wrong_type /instrument"}},
        Row{"no_child", {{"/child", ""}}, {"invalid missing_key ", "invalid age_unknown /child"}},
        Row{"no_window", {{"/window", ""}}, {"invalid missing_key ", "invalid age_unknown /child"}},
        Row{"child_is_a_list", {{"/child", "[]"}}, {"invalid wrong_type /child", "invalid age_unknown /child"}},
        Row{"another_status", {{"/status", R"("final")"}}, {"invalid unknown_word /status"}},
        Row{"null_status", {{"/status", "null"}}, {}},
        Row{"no_uuid", {{"/id", R"("7")"}}, {"error not_a_uuid /id"}},
        Row{"id_is_a_number", {{"/id", "7"}}, {"invalid wrong_type /id"}},
        Row{"supersedes_no_uuid", {{"/supersedes", R"("x")"}}, {"error not_a_uuid /supersedes"}},
        Row{"unknown_condition", {{"/child/conditions", R"(["tall"])"}}, {"error unknown_word /child/conditions/0"}},
        Row{"conditions_is_a_text", {{"/child/conditions", R"("tall")"}}, {"invalid wrong_type /child/conditions"}},
        Row{"condition_is_a_number", {{"/child/conditions", "[1]"}}, {"invalid wrong_type /child/conditions/0"}},
        Row{"main_is_a_text", {{"/carers/0/main", R"("yes")"}}, {"invalid wrong_type /carers/0/main"}},
        Row{"other_consent", {{"/consent/state", R"("maybe")"}}, {"error unknown_word /consent/state"}},
        Row{"signed_by_nobody", {{"/signed", R"({"at": "2026-01-24T10:00:00Z"})"}}, {"invalid missing_key /signed"}},
        Row{"signed_never", {{"/signed", R"({"by": "P1"})"}}, {"invalid missing_key /signed"}},
        Row{"signed_on_a_day", {{"/signed", R"({"by": "P1", "at": "2026-01-24"})"}}, {"invalid impossible_instant /signed/at"}}),
    name);

const std::string o0 = "/observations/0";

INSTANTIATE_TEST_SUITE_P(
    Observations, Reading,
    testing::Values(
        Row{"grade_zero", {{o0 + "/grade", "0"}}, {"invalid no_such_grade " + o0 + "/grade"}},
        Row{"grade_six", {{o0 + "/grade", "6"}}, {"invalid no_such_grade " + o0 + "/grade"}},
        Row{"grade_minus_one", {{o0 + "/grade", "-1"}}, {"invalid no_such_grade " + o0 + "/grade"}},
        Row{"half_a_grade", {{o0 + "/grade", "2.5"}}, {"invalid no_such_grade " + o0 + "/grade"}},
        Row{"two_point_nought", {{o0 + "/grade", "2.0"}}, {}},
        Row{"huge_grade", {{o0 + "/grade", "99999999999999999999"}}, {"invalid no_such_grade " + o0 + "/grade"}},
        Row{"grade_as_text", {{o0 + "/grade", R"("2")"}}, {"invalid grade_not_a_number " + o0 + "/grade"}},
        Row{"grade_true", {{o0 + "/grade", "true"}}, {"invalid grade_not_a_number " + o0 + "/grade"}},
        Row{"grade_list", {{o0 + "/grade", "[2]"}}, {"invalid grade_not_a_number " + o0 + "/grade"}},
        Row{"grade_null", {{o0 + "/grade", "null"}}, {}},
        Row{"unknown_node", {{o0 + "/node", R"("A9")"}}, {"invalid unknown_node " + o0 + "/node"}},
        Row{"node_in_small_letters", {{o0 + "/node", R"("a1a")"}}, {"invalid unknown_node " + o0 + "/node"}},
        Row{"no_node", {{o0 + "/node", ""}}, {"invalid missing_key " + o0}},
        Row{"empty_node", {{o0 + "/node", R"("")"}}, {"invalid missing_key " + o0}},
        Row{"a_sub_area", {{o0 + "/node", R"("A1")"}}, {"invalid not_a_leaf " + o0 + "/node"}},
        Row{"an_area", {{o0 + "/node", R"("A")"}}, {"invalid not_a_leaf " + o0 + "/node"}},
        Row{"leaf_twice", {{"/observations/1/node", R"("A1a")"}}, {"invalid leaf_twice /observations/1/node"}},
        Row{"leaf_twice_without_grades",
            {{o0 + "/grade", ""}, {"/observations/1/grade", ""}, {"/observations/1/node", R"("A1a")"}},
            {"invalid leaf_twice /observations/1/node"}},
        Row{"grade_and_reason_for_none", {{o0 + "/not_graded", R"("declined")"}}, {"invalid grade_and_not_graded " + o0}},
        Row{"other_reason_for_none", {{o0 + "/not_graded", R"("later")"}}, {"invalid unknown_word " + o0 + "/not_graded"}},
        Row{"not_yet_is_no_reason", {{o0 + "/grade", ""}, {o0 + "/not_graded", R"("not_yet")"}},
            {"invalid unknown_word " + o0 + "/not_graded"}},
        Row{"other_evidence_kind", {{o0 + "/evidence/0/kind", R"("rumour")"}}, {"error unknown_word " + o0 + "/evidence/0/kind"}},
        Row{"evidence_on_no_day", {{o0 + "/evidence/0/on", R"("2026-02-30")"}}, {"invalid impossible_date " + o0 + "/evidence/0/on"}},
        Row{"evidence_is_a_text", {{o0 + "/evidence", R"("seen")"}}, {"invalid wrong_type " + o0 + "/evidence"}},
        Row{"observation_is_a_text", {{o0, R"("A1a")"}}, {"invalid wrong_type " + o0}},
        Row{"observation_is_null", {{o0, "null"}}, {"invalid wrong_type " + o0}},
        Row{"observations_is_an_object", {{"/observations", "{}"}}, {"invalid wrong_type /observations"}},
        Row{"no_observations", {{"/observations", ""}}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Others, Reading,
    testing::Values(
        Row{"judgement_of_nothing", {{"/judgements/-", R"({"node": "Z", "grade": 2})"}}, {"invalid unknown_node /judgements/0/node"}},
        Row{"judgement_without_grade", {{"/judgements/-", R"({"node": "A1"})"}}, {"invalid missing_key /judgements/0"}},
        Row{"judgement_of_six", {{"/judgements/-", R"({"node": "A1", "grade": 6})"}}, {"invalid no_such_grade /judgements/0/grade"}},
        Row{"judgement_twice",
            {{"/judgements/-", R"({"node": "A1", "grade": 2})"}, {"/judgements/-", R"({"node": "A1", "grade": 3})"}},
            {"invalid judgement_twice /judgements/1/node"}},
        Row{"comment_on_nothing", {{"/comments/-", R"({"node": "Z", "text": "x"})"}}, {"invalid unknown_node /comments/0/node"}},
        Row{"comment_without_node", {{"/comments/-", R"({"text": "x"})"}}, {"invalid missing_key /comments/0"}},
        Row{"target_of_nothing", {{"/targets/0/node", R"("Z")"}}, {"invalid unknown_node /targets/0/node"}},
        Row{"target_grade_text", {{"/targets/0/to", R"("2")"}}, {"invalid grade_not_a_number /targets/0/to"}},
        Row{"dismissed_what", {{"/dismissed/-", R"({"by": "P1", "reason": "x"})"}}, {"invalid missing_key /dismissed/0"}},
        Row{"no_such_birthday", {{"/child/date_of_birth", R"("2018-02-29")"}},
            {"invalid impossible_date /child/date_of_birth", "invalid age_unknown /child"}},
        Row{"birthday_with_slashes", {{"/child/date_of_birth", R"("30/09/2018")"}},
            {"invalid impossible_date /child/date_of_birth", "invalid age_unknown /child"}},
        Row{"empty_date", {{"/review_on", R"("")"}}, {"invalid impossible_date /review_on"}},
        Row{"date_is_a_number", {{"/review_on", "20260430"}}, {"invalid wrong_type /review_on"}},
        Row{"unknown_key", {{"/assesors", "[]"}}, {"query unknown_key /assesors"}},
        Row{"unknown_key_below", {{"/child/dob", R"("x")"}}, {"query unknown_key /child/dob"}},
        Row{"null_is_absent",
            {{"/carers", "null"}, {"/targets", "null"}, {"/review_on", "null"}, {"/consent", "null"},
             {"/comments", "null"}, {"/judgements", "null"}, {"/child/conditions", "null"}, {o0 + "/by", "null"}},
            {}}),
    name);

TEST(Reading, AsksWhetherAnotherKeyWasMeant) {
  const Value document = changed(test::case_document("first"),
                                 {{"/observatoins", "[]"}, {"/child/nhs_nunber", "1"}, {"/zzz", "1"}});
  Findings findings;
  (void)read_assessment(document, findings);
  const auto meant = [&](std::size_t i) {
    for (const auto& [key, value] : findings.at(i).details)
      if (key == "nearest") return value;
    return std::string{"none"};
  };
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(meant(0), "nhs_number");
  EXPECT_EQ(meant(1), "observations");
  EXPECT_EQ(meant(2), "");
}

TEST(Reading, RefusesWhatIsNoRecord) {
  for (const char* text : {"[]", "\"record\"", "3", "null"}) {
    Findings findings;
    (void)read_assessment(test::parsed(text), findings);
    EXPECT_THAT(lines(findings), ElementsAre("invalid wrong_type ")) << text;
  }
}

TEST(Reading, NamesAllRequiredKeysOfAnEmptyRecord) {
  Findings findings;
  (void)read_assessment(test::parsed("{}"), findings);
  EXPECT_EQ(findings.size(), 4U) << "format, instrument, child, window";
}

TEST(Reading, StopsListingAtAThousand) {
  std::string list = "0";
  for (int i = 0; i < 3000; ++i) list += ",0";
  Findings findings;
  (void)read_assessment(changed(test::case_document("first"), {{"/carers", "[" + list + "]"}}),
                        findings);
  ASSERT_EQ(findings.size(), 1001U);
  EXPECT_EQ(findings.back().code, "too_many_findings");
  EXPECT_EQ(findings.back().severity, Severity::invalid);
}

TEST(Reading, DoesNotRefuseARecordForManyUnknownKeys) {
  Value document = test::case_document("first");
  for (int i = 0; i < 3000; ++i) document.set("x" + std::to_string(i), Value{});
  const test::Judged judged = test::judged(document);
  EXPECT_TRUE(std::ranges::any_of(
      judged.findings, [](const Finding& f) { return f.code == "too_many_findings"; }));
  EXPECT_FALSE(any(judged.findings, Severity::invalid));
  document.set("status", Value::text("final"));
  EXPECT_TRUE(any(test::judged(document).findings, Severity::invalid));
}

TEST(Placing, ListsAThousandFaultsAndSumsUpTheRest) {
  for (const char* node : {"A1a", "Z9", "A1"}) {
    Value document = test::case_document("first");
    Value& list = document.set("observations", Value::list());
    for (int i = 0; i < 3000; ++i) {
      Value observation = Value::object();
      observation.set("node", Value::text(node));
      list.items().push_back(std::move(observation));
    }
    Findings findings;
    (void)record_sheet(read_assessment(document, findings), test::gcp_instrument(), findings);
    EXPECT_EQ(findings.size(), most_findings + 1) << node;
    EXPECT_EQ(findings.back().severity, Severity::invalid) << node;
  }
}

TEST(Reading, KeepsWhatTheRecordSays) {
  Findings findings;
  const Assessment a = read_assessment(test::case_document("first"), findings);
  EXPECT_EQ(a.id, "5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e11");
  EXPECT_EQ(a.instrument_id, "gcp");
  EXPECT_EQ(a.instrument_version, "1.0.0");
  EXPECT_FALSE(a.is_signed);
  EXPECT_FALSE(a.signature);
  EXPECT_EQ(a.child.ref, "C-2041");
  EXPECT_EQ(a.child.upn, "A950000178301");
  EXPECT_EQ(a.child.date_of_birth, day("2018-09-30"));
  EXPECT_EQ(a.window_from, day("2026-01-05"));
  EXPECT_EQ(a.window_to, day("2026-01-23"));
  EXPECT_EQ(a.consent_state, "given");
  EXPECT_EQ(a.lead_professional, "P2");
  ASSERT_EQ(a.assessors.size(), 2U);
  EXPECT_EQ(a.assessors[1].trained_on, day("2024-03-01"));
  ASSERT_EQ(a.observations.size(), 31U);
  EXPECT_EQ(a.observations[0].grade, Grade::from(3));
  EXPECT_EQ(a.observations[6].not_graded, NotGraded::not_observed);
  EXPECT_EQ(a.observations[6].reason, "no home visit yet");
  EXPECT_EQ(a.observations[0].evidence.at(0).on, day("2026-01-12"));
  EXPECT_EQ(a.targets.at(0).to, Grade::from(2));
  EXPECT_EQ(a.targets.at(1).review_by, day("2026-04-30"));
  EXPECT_EQ(a.views.child, "I like the breakfast club.");
  EXPECT_EQ(a.views.carers, "Things are hard since the hours changed.");
  EXPECT_EQ(a.child.name, "Example Child");
  EXPECT_EQ(a.carers.at(0).relationship, "mother");
  EXPECT_TRUE(a.carers.at(0).main);
  EXPECT_EQ(a.agencies.at(1).name, "early help");
  EXPECT_EQ(a.targets.at(0).support, "school nurse, washing machine grant");
  EXPECT_EQ(a.review_on, day("2026-04-30"));
}

struct AgeRow {
  const char* name;
  const char* birth;
  const char* expected;
  const char* window_to;
  std::optional<int> months;
};
class AgeMonths : public testing::TestWithParam<AgeRow> {};

TEST_P(AgeMonths, AreCompletedAtTheWindowsEnd) {
  const auto& [label, birth, expected, window_to, months] = GetParam();
  Assessment a;
  a.child.date_of_birth = Date::parse(birth);
  a.child.expected_date = Date::parse(expected);
  a.window_to = Date::parse(window_to);
  EXPECT_EQ(a.age_months(), months) << label;
}

INSTANTIATE_TEST_SUITE_P(
    Of, AgeMonths,
    testing::Values(AgeRow{"day_before_two", "2024-01-23", "", "2026-01-22", 23},
                    AgeRow{"second_birthday", "2024-01-23", "", "2026-01-23", 24},
                    AgeRow{"leap_day_child_on_28_february", "2024-02-29", "", "2026-02-28", 23},
                    AgeRow{"leap_day_child_on_1_march", "2024-02-29", "", "2026-03-01", 24},
                    AgeRow{"born_on_the_last_day", "2026-01-23", "", "2026-01-23", 0},
                    AgeRow{"born_after_the_window", "2026-05-01", "", "2026-01-23", 0},
                    AgeRow{"unborn", "", "2026-05-01", "2026-01-23", 0},
                    AgeRow{"unborn_without_window", "", "2026-05-01", "", 0},
                    AgeRow{"unborn_but_overdue", "", "2025-05-01", "2026-01-23", 0},
                    AgeRow{"both_dates", "2025-12-23", "2026-01-01", "2026-01-23", 1},
                    AgeRow{"neither_date", "", "", "2026-01-23", std::nullopt},
                    AgeRow{"no_window", "2024-01-23", "", "", std::nullopt}),
    name);

TEST(RecordSheet, LaysMarksJudgementsAndConditions) {
  const Value document =
      changed(test::case_document("toddler"),
              {{"/judgements/-", R"({"node": "A1", "grade": 3})"},
               {"/judgements/-", R"({"node": "B2", "grade": 5})"},
               {"/observations/1/grade", ""},
               {"/observations/1/not_graded", R"("declined")"},
               {"/observations/2", R"({"node": "A1c"})"}});
  Findings findings;
  const Instrument& gcp = test::gcp_instrument();
  const Sheet sheet = record_sheet(read_assessment(document, findings), gcp, findings);
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(sheet.age_months, 31);
  EXPECT_EQ(sheet.conditions.count(), 2U);
  const auto mark = [&](std::string_view code) { return sheet.marks[*gcp.find(code)]; };
  EXPECT_EQ(mark("A1a").grade, Grade::from(1));
  EXPECT_FALSE(mark("A1b").grade);
  EXPECT_EQ(mark("A1b").not_graded, NotGraded::declined);
  EXPECT_EQ(mark("A1c").not_graded, NotGraded::not_yet);
  EXPECT_EQ(mark("D1a").not_graded, NotGraded::not_yet);
  EXPECT_TRUE(sheet.has_judgements);
  EXPECT_EQ(sheet.judgements[*gcp.find("A1")], Grade::from(3));
  EXPECT_FALSE(sheet.judgements[*gcp.find("B2")]) << "a leaf is graded, not judged";
}

TEST(NotGradedName, IsReadBack) {
  for (const NotGraded why : {NotGraded::not_observed, NotGraded::declined, NotGraded::not_applicable})
    EXPECT_EQ(not_graded_from(name_of(why)), why);
  EXPECT_EQ(name_of(NotGraded::not_yet), "not_yet");
  EXPECT_FALSE(not_graded_from("not_yet")) << "is what stands where nothing was written";
  EXPECT_FALSE(not_graded_from("NO"));
}

}  // namespace
}  // namespace gcp2
