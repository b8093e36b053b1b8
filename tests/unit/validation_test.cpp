// Semantics 4, rule by rule: a record without findings, and one change of it each.
#include "gcp2/validation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gcp2/report.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using test::Change;
using test::changed;
using test::judged;
using test::lines;

struct Row {
  std::string name;
  std::vector<Change> changes;
  std::vector<std::string> expected;
  std::string as_of = "2026-06-30";
  std::string base = "lean";
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

/// `first` with three observations, so that a change of a date has one place to show.
Value base_document(const std::string& name) {
  if (name != "lean") return test::case_document(name);
  return changed(test::case_document("first"), {{"/observations", R"([
    {"node": "A1a", "grade": 3, "by": "P1",
     "evidence": [{"kind": "observed", "on": "2026-01-12", "text": "seen at school"}]},
    {"node": "A3c", "grade": 4, "by": "P2",
     "evidence": [{"kind": "child_said", "on": "2026-01-12", "text": "said at school"}]},
    {"node": "A2c", "not_graded": "not_observed", "reason": "no home visit yet"}])"},
                                                {"/targets/0", ""},
                                                {"/child/upn", R"("B801200005001")"}});
}

class Validation : public testing::TestWithParam<Row> {};

TEST_P(Validation, FindsExactlyThat) {
  const Row& row = GetParam();
  const auto record = judged(changed(base_document(row.base), row.changes), row.as_of);
  EXPECT_THAT(lines(record.findings), testing::UnorderedElementsAreArray(row.expected));
  for (const Finding& f : record.findings) {
    EXPECT_NE(f.position.line, 0U) << f.code;
    EXPECT_GT(message(f).size(), 15U) << f.code;
    EXPECT_EQ(message(f).find_first_of("{}"), std::string::npos) << message(f);
  }
}

const auto name = [](const auto& row) { return row.param.name; };

Change to(std::string pointer, std::string_view text) {
  return {std::move(pointer), "\"" + std::string{text} + "\""};
}

const std::string first = "/observations/0";   // A1a, grade 3
const std::string second = "/observations/1";  // A3c, grade 4
const std::string third = "/observations/2";   // A2c, not observed
const std::string first_on = first + "/evidence/0/on";

INSTANTIATE_TEST_SUITE_P(
    Base, Validation,
    testing::Values(Row{"lean", {}, {}},
                    // No authority has the number 950: a published example, so only a note.
                    Row{"first", {}, {"note upn_unknown_authority /child/upn"}, "2026-06-30", "first"},
                    Row{"second", {}, {"note upn_unknown_authority /child/upn"}, "2026-06-30", "second"},
                    Row{"toddler", {},
                        {"query left_out_by_exception /observations/23/grade",
                         "query left_out_by_exception /observations/24/grade"},
                        "2026-06-30", "toddler"}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Window, Validation,
    testing::Values(
        Row{"of_28_days", {to("/window/to", "2026-02-02")}, {}},
        Row{"of_29_days", {to("/window/to", "2026-02-03")}, {"query window_long /window/to"}},
        Row{"of_one_day", {to("/window/from", "2026-01-12"), to("/window/to", "2026-01-12")}, {}},
        Row{"reversed",
            {to("/window/from", "2026-01-24")},
            {"error window_reversed /window/to", "query evidence_outside_window " + first_on,
             "query evidence_outside_window /observations/1/evidence/0/on"}},
        Row{"without_start", {{"/window/from", ""}}, {"error no_window_start /window"}},
        Row{"without_end", {{"/window/to", ""}}, {"error no_window_end /window", "invalid age_unknown /child"}},
        Row{"begins_on_the_birthday", {to("/child/date_of_birth", "2026-01-05")}, {}},
        Row{"begins_before_the_birthday", {to("/child/date_of_birth", "2026-01-06")},
            {"error window_before_birth /window/from"}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Evidence, Validation,
    testing::Values(
        Row{"on_the_first_day", {to(first_on, "2026-01-05")}, {}},
        Row{"on_the_last_day", {to(first_on, "2026-01-23")}, {}},
        Row{"before_the_window", {to(first_on, "2026-01-04")}, {"query evidence_outside_window " + first_on}},
        Row{"after_the_window", {to(first_on, "2026-01-24")}, {"query evidence_outside_window " + first_on}},
        Row{"without_a_date", {{first_on, ""}}, {}},
        Row{"missing_for_a_3", {{first + "/evidence", ""}}, {"query grade_without_evidence " + first}},
        Row{"missing_for_a_1", {{first + "/evidence", "[]"}, {first + "/grade", "1"}}, {"query grade_without_evidence " + first}},
        Row{"missing_for_a_4", {{second + "/evidence", ""}}, {"error serious_grade_without_evidence " + second}},
        Row{"missing_for_a_5", {{second + "/evidence", "[]"}, {second + "/grade", "5"}},
            {"error serious_grade_without_evidence " + second}},
        Row{"blank_for_a_4", {to(second + "/evidence/0/text", " \\n\\t")}, {"error serious_grade_without_evidence " + second}},
        Row{"not_needed_without_a_grade", {{third + "/evidence", "[]"}}, {}},
        Row{"second_entry_counts", {to(second + "/evidence/0/text", ""), {second + "/evidence/-", R"({"text": "seen"})"}}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Reasons, Validation,
    testing::Values(
        Row{"not_applicable_without", {to(third + "/not_graded", "not_applicable"), {third + "/reason", ""}},
            {"error not_applicable_without_reason " + third}},
        Row{"not_applicable_blank", {to(third + "/not_graded", "not_applicable"), to(third + "/reason", "  ")},
            {"error not_applicable_without_reason " + third}},
        Row{"not_applicable_with", {to(third + "/not_graded", "not_applicable")}, {}},
        Row{"declined_without", {to(third + "/not_graded", "declined"), {third + "/reason", ""}}, {}},
        Row{"not_observed_without", {{third + "/reason", ""}}, {}},
        Row{"dismissed_without", {{"/dismissed/-", R"({"indication": "x", "by": "P1"})"}}, {"error dismissed_without_reason /dismissed/0"}},
        Row{"dismissed_with", {{"/dismissed/-", R"({"indication": "x", "by": "P1", "reason": "y"})"}}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Dates, Validation,
    testing::Values(
        Row{"review_on_the_last_day", {to("/review_on", "2026-01-23")}, {}},
        Row{"review_before_the_windows_end", {to("/review_on", "2026-01-22")}, {"error review_before_window_end /review_on"}},
        Row{"target_review_before_the_windows_end", {to("/targets/0/review_by", "2026-01-22")},
            {"error review_before_window_end /targets/0/review_by"}},
        Row{"trained_on_the_last_day", {to("/assessors/0/trained_on", "2026-01-23")}, {}},
        Row{"trained_after_the_window", {to("/assessors/0/trained_on", "2026-01-24")},
            {"query trained_after_window /assessors/0/trained_on"}},
        Row{"signed_on_the_last_day",
            {to("/status", "signed"), {"/signed", R"({"by": "P2", "at": "2026-01-23T09:00:00Z"})"}}, {}},
        Row{"signed_before_the_windows_end",
            {to("/status", "signed"), {"/signed", R"({"by": "P2", "at": "2026-01-22T23:59:59Z"})"}},
            {"error signed_before_window_end /signed/at"}},
        Row{"signed_on_the_review",
            {to("/status", "signed"), {"/signed", R"({"by": "P2", "at": "2026-04-30T23:59:59Z"})"}}, {}},
        Row{"signed_after_the_review",
            {to("/status", "signed"), {"/signed", R"({"by": "P2", "at": "2026-05-01T00:00:00Z"})"}},
            {"error signed_after_review /signed/at"}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Future, Validation,
    testing::Values(
        Row{"nothing_on_the_windows_last_day", {}, {}, "2026-01-23"},
        Row{"window_end_a_day_before", {}, {"query future_date /window/to"}, "2026-01-22"},
        Row{"all_but_review_and_targets", {},
            {"query future_date /child/date_of_birth", "query future_date /window/from", "query future_date /window/to",
             "query future_date /consent/on", "query future_date /assessors/0/trained_on",
             "query future_date /assessors/1/trained_on", "query future_date /agencies/0/since",
             "query future_date /agencies/1/since", "query future_date " + first_on,
             "query future_date /observations/1/evidence/0/on"},
            "2018-09-29"},
        Row{"consent_tomorrow", {to("/consent/on", "2026-01-24")}, {"query future_date /consent/on"}, "2026-01-23"},
        Row{"signed_tomorrow",
            {to("/status", "signed"), {"/signed", R"({"by": "P2", "at": "2026-01-24T00:00:00Z"})"}},
            {"query future_date /signed/at"},
            "2026-01-23"},
        Row{"expected_date_may_be",
            {{"/child/date_of_birth", ""}, to("/child/expected_date", "2026-05-01")}, {}, "2026-01-23"}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Child, Validation,
    testing::Values(
        Row{"the_day_before_18", {to("/child/date_of_birth", "2008-01-24")}, {}},
        Row{"on_the_18th_birthday", {to("/child/date_of_birth", "2008-01-23")}, {"error over_18 /child/date_of_birth"}},
        Row{"leap_day_child_before_18", {to("/child/date_of_birth", "2008-02-29"), to("/window/from", "2026-02-10"),
                                         to("/window/to", "2026-02-28"), to(first_on, "2026-02-28"),
                                         to("/observations/1/evidence/0/on", "2026-02-28")}, {}},
        Row{"unborn", {{"/child/date_of_birth", ""}, to("/child/expected_date", "2026-05-01")}, {}},
        Row{"unborn_with_a_birth_date", {to("/child/expected_date", "2026-05-01")},
            {"error unborn_with_birth_date /child/expected_date"}},
        Row{"upn_of_another_length", {to("/child/upn", "A95000017830")}, {"error upn_shape /child/upn"}},
        Row{"upn_letter_wrong", {to("/child/upn", "A801200005001")}, {"error upn_check_letter /child/upn"}},
        Row{"upn_temporary", {to("/child/upn", "M80120000500A")}, {}},
        Row{"upn_of_an_unknown_authority", {to("/child/upn", "A950000178301")}, {"note upn_unknown_authority /child/upn"}},
        Row{"upn_absent", {{"/child/upn", ""}}, {}},
        Row{"nhs_with_spaces", {to("/child/nhs_number", "943 476 5870")}, {"error nhs_shape /child/nhs_number"}},
        Row{"nhs_digit_wrong", {to("/child/nhs_number", "9434765871")}, {"error nhs_check_digit /child/nhs_number"}},
        Row{"nhs_repeated", {to("/child/nhs_number", "1111111111")}, {"error nhs_no_such_number /child/nhs_number"}},
        Row{"nhs_real", {to("/child/nhs_number", "9434765870")}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    People, Validation,
    testing::Values(
        Row{"observed_by_a_stranger", {to(first + "/by", "P9")}, {"error unknown_assessor " + first + "/by"}},
        Row{"observed_by_nobody", {{first + "/by", ""}}, {}},
        Row{"led_by_a_stranger", {to("/lead_professional", "P9")}, {"error unknown_assessor /lead_professional"}},
        Row{"dismissed_by_a_stranger", {{"/dismissed/-", R"({"indication": "x", "by": "P9", "reason": "y"})"}},
            {"error unknown_assessor /dismissed/0/by"}},
        Row{"signed_by_a_stranger",
            {to("/status", "signed"), {"/signed", R"({"by": "P9", "at": "2026-01-24T00:00:00Z"})"}},
            {"error unknown_assessor /signed/by"}},
        Row{"assessor_without_name", {{"/assessors/0/name", ""}}, {"query assessor_without_name /assessors/0"}},
        Row{"assessor_with_blank_name", {to("/assessors/1/name", "  ")}, {"query assessor_without_name /assessors/1"}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    ConsentAndViews, Validation,
    testing::Values(
        Row{"refused", {to("/consent/state", "refused")}, {"query consent_without_reason /consent"}},
        Row{"refused_with_reason", {to("/consent/state", "refused"), to("/consent/reason", "x")}, {}},
        Row{"withdrawn", {to("/consent/state", "withdrawn")}, {"query consent_without_reason /consent"}},
        Row{"absent", {to("/consent/state", "absent")}, {"query consent_without_reason /consent"}},
        Row{"not_sought", {to("/consent/state", "not_sought")}, {"query consent_without_reason /consent"}},
        Row{"no_consent_at_all", {{"/consent", ""}}, {"query consent_without_reason /consent"}},
        Row{"no_child_view", {{"/views/child", ""}}, {"query no_child_view /views/child"}},
        Row{"blank_child_view", {to("/views/child", " ")}, {"query no_child_view /views/child"}},
        Row{"no_carers_view", {{"/views/carers", ""}}, {"query no_carers_view /views/carers"}},
        Row{"no_views", {{"/views", ""}}, {"query no_child_view /views/child", "query no_carers_view /views/carers"}},
        Row{"no_practitioner_view", {{"/views/practitioner", ""}}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Targets, Validation,
    testing::Values(
        Row{"one_better", {{"/targets/0/to", "3"}}, {}},
        Row{"the_same", {{"/targets/0/to", "4"}}, {"query target_not_better /targets/0/to"}},
        Row{"worse", {{"/targets/0/to", "5"}}, {"query target_not_better /targets/0/to"}},
        Row{"from_what_is_graded", {{"/targets/0/from", ""}, {"/targets/0/to", "4"}}, {"query target_not_better /targets/0/to"}},
        Row{"better_than_graded", {{"/targets/0/from", ""}, {"/targets/0/to", "3"}}, {}},
        Row{"of_a_sub_area_from_its_grade",
            {to("/targets/0/node", "A3"), {"/targets/0/from", ""}, {"/targets/0/to", "4"}},
            {"query target_not_better /targets/0/to"}},
        Row{"of_a_better_sub_area",
            {to("/targets/0/node", "A3"), {"/targets/0/from", ""}, {"/targets/0/to", "3"}}, {}},
        Row{"of_an_ungraded_node", {to("/targets/0/node", "A2c"), {"/targets/0/from", ""}}, {}},
        Row{"undated", {{"/targets/0/review_by", ""}}, {"query target_undated /targets/0"}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Judgements, Validation,
    testing::Values(
        Row{"differs_without_reason", {{"/judgements/-", R"({"node": "A1", "grade": 4})"}},
            {"error judgement_without_reason /judgements/0"}},
        Row{"differs_with_blank_reason", {{"/judgements/-", R"({"node": "A1", "grade": 4, "reason": " "})"}},
            {"error judgement_without_reason /judgements/0"}},
        Row{"differs_with_reason", {{"/judgements/-", R"({"node": "A1", "grade": 4, "reason": "x"})"}}, {}},
        Row{"agrees", {{"/judgements/-", R"({"node": "A1", "grade": 3})"}}, {}},
        Row{"of_an_ungraded_node", {{"/judgements/-", R"({"node": "B1", "grade": 3})"}},
            {"error judgement_without_reason /judgements/0"}},
        Row{"on_a_leaf", {{"/judgements/-", R"({"node": "A1a", "grade": 3, "reason": "x"})"}},
            {"error judgement_on_leaf /judgements/0"}}),
    name);

const std::string on_d1 = R"({"node": "D1a", "grade": 2, "evidence": [{"text": "seen"}]})";

INSTANTIATE_TEST_SUITE_P(
    Applicability, Validation,
    testing::Values(
        // 87 months: D1f-i apply.
        Row{"graded_as_if_younger", {{"/observations/-", on_d1}}, {"query grade_for_younger_age /observations/3/grade"}},
        Row{"graded_as_if_older",
            {{"/observations/-", on_d1}, to("/observations/3/node", "D1f"), to("/child/date_of_birth", "2021-01-24")},
            {"query adultification /observations/3/grade"}},
        Row{"graded_at_five",
            {{"/observations/-", on_d1}, to("/observations/3/node", "D1f"), to("/child/date_of_birth", "2021-01-23")}, {}},
        Row{"graded_without_the_condition", {{"/observations/-", on_d1}, to("/observations/3/node", "A5d")},
            {"query grade_without_condition /observations/3/grade"}},
        Row{"graded_with_the_condition",
            {{"/observations/-", on_d1}, to("/observations/3/node", "A5d"), {"/child/conditions", R"(["long_term_health_condition"])"}},
            {}},
        Row{"not_graded_is_no_adultification",
            {{"/observations/-", R"({"node": "D1a", "not_graded": "not_observed"})"}}, {}},
        Row{"unborn_graded_as_if_two",
            {{"/child/date_of_birth", ""}, to("/child/expected_date", "2026-05-01"), {"/observations/-", on_d1},
             to("/observations/3/node", "D1b")},
            {"query adultification /observations/3/grade"}}),
    name);

const std::string on_c2 = R"({"node": "C2a", "grade": 4, "evidence": [{"text": "seen"}]})";
const Change difficult{"/child/conditions", R"(["behavioural_difficulty"])"};

INSTANTIATE_TEST_SUITE_P(
    Exceptions, Validation,
    testing::Values(
        Row{"without_comment", {difficult}, {"error exception_without_comment /comments"}},
        Row{"with_blank_comment", {difficult, {"/comments/-", R"({"node": "C2", "text": " "})"}},
            {"error exception_without_comment /comments"}},
        Row{"with_comment_elsewhere", {difficult, {"/comments/-", R"({"node": "C1", "text": "x"})"}},
            {"error exception_without_comment /comments"}},
        Row{"with_comment", {difficult, {"/comments/-", R"({"node": "C2", "text": "x"})"}}, {}},
        Row{"leaves_out_a_4",
            {difficult, {"/comments/-", R"({"node": "C2", "text": "x"})"}, {"/observations/-", on_c2}},
            {"query left_out_by_exception /observations/3/grade"}},
        Row{"leaves_out_a_3",
            {difficult, {"/comments/-", R"({"node": "C2", "text": "x"})"}, {"/observations/-", on_c2}, {"/observations/3/grade", "3"}},
            {}},
        Row{"does_not_hold", {{"/observations/-", on_c2}}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Record, Validation,
    testing::Values(
        Row{"without_id", {{"/id", ""}}, {"error no_id /id"}},
        Row{"signed_by_status_only", {to("/status", "signed")}, {"error signed_without_signature /status"}},
        Row{"signature_on_a_draft", {{"/signed", R"({"by": "P2", "at": "2026-01-24T00:00:00Z"})"}},
            {"error signature_on_draft /signed"}},
        Row{"unknown_keys", {to("/colour", "red"), to(first + "/grad", "2")},
            {"query unknown_key /colour", "query unknown_key " + first + "/grad"}}),
    name);

TEST(Adultification, StatesAgeAndBand) {
  const auto record = judged(changed(base_document("lean"),
                                     {{"/observations/-", on_d1}, to("/observations/3/node", "D1f"),
                                      to("/child/date_of_birth", "2021-01-24")}));
  ASSERT_EQ(record.findings.size(), 1U);
  const Finding& f = record.findings.front();
  EXPECT_EQ(f.node, "D1f");
  for (const char* part : {"D1f", "from 60 to 216 months", "59 months", "actual age"})
    EXPECT_NE(message(f).find(part), std::string::npos) << message(f);
}

TEST(Findings, AreGatheredAllAtOnceAndOrderedByPlace) {
  const auto record = judged(changed(
      base_document("lean"),
      {{first + "/grade", "7"}, {second + "/evidence", ""}, to("/window/to", "2026-02-03"),
       to("/child/upn", "A801200005001"), to("/child/nhs_number", "1"), to("/zzz", "x"),
       {"/views/child", ""}, {"/targets/0/to", "5"}, to("/review_on", "2026-02-01"),
       {"/observations/-", R"({"node": "Z9", "grade": 2})"}}));
  EXPECT_THAT(lines(record.findings),
              testing::ElementsAre(
                  "error upn_check_letter /child/upn", "error nhs_shape /child/nhs_number",
                  "query window_long /window/to", "invalid no_such_grade " + first + "/grade",
                  "error serious_grade_without_evidence " + second,
                  "invalid unknown_node /observations/3/node", "query no_child_view /views/child",
                  "query target_not_better /targets/0/to", "error review_before_window_end /review_on",
                  "query unknown_key /zzz"));
  for (std::size_t i = 1; i < record.findings.size(); ++i) {
    EXPECT_LE(record.findings[i - 1].position.line, record.findings[i].position.line);
  }
}

TEST(Validation, ListsAThousandFindingsAndSumsUpTheRest) {
  Value document = base_document("lean");
  Value evidence = Value::list();
  for (int i = 0; i < 3000; ++i) evidence.items().push_back(test::parsed(R"({"on": "2020-01-01", "text": "x"})"));
  document.find("observations")->items().front().set("evidence", std::move(evidence));
  const Findings findings = judged(document).findings;
  EXPECT_EQ(findings.size(), most_findings + 1);
  EXPECT_FALSE(any(findings, Severity::invalid)) << "it can still be scored";
}

TEST(Upn, FollowsThePublishedNumbers) {
  for (const char* upn : {"A950000178301", "H243278544154", "B801200005001", "M80120000500A"})
    EXPECT_EQ(check_upn(upn), NumberProblem::none) << upn;
  for (const char* upn : {"A801200005001", "R247962919251", "B950000178301"})
    EXPECT_EQ(check_upn(upn), NumberProblem::check_digit) << upn;
  for (const char* upn : {"", "A95000017830", "A9500001783012", "1950000178301", "I950000178301",
                          "O950000178301", "S950000178301", "a950000178301", "A95000O178301",
                          "A95000017830I", "A95000017830a", "A9500001783 1", "AA50000178301"})
    EXPECT_EQ(check_upn(upn), NumberProblem::shape) << upn;
  // Every single wrong digit is noticed.
  const std::string upn = "H243278544154";
  for (std::size_t place = 1; place < upn.size(); ++place)
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string other = upn;
      other[place] = digit;
      EXPECT_EQ(check_upn(other) == NumberProblem::none, digit == upn[place]) << other;
    }
}

TEST(NhsNumber, FollowsThePublishedNumbers) {
  for (const char* number : {"9434765870", "4010232137", "9990000018", "9990000026"})
    EXPECT_EQ(check_nhs_number(number), NumberProblem::none) << number;
  EXPECT_EQ(check_nhs_number("9434765871"), NumberProblem::check_digit);
  for (char digit = '0'; digit <= '9'; ++digit)
    EXPECT_EQ(check_nhs_number(std::string(10, digit)), NumberProblem::no_such_number) << digit;
  // 6 x 2 = 12, and 11 - 12 mod 11 = 10: such numbers are never given out.
  for (char digit = '0'; digit <= '9'; ++digit)
    EXPECT_EQ(check_nhs_number("00000000" + std::string{'6', digit}), NumberProblem::no_such_number);
  EXPECT_EQ(check_nhs_number("4010232138"), NumberProblem::check_digit);
  for (const char* number : {"", "943476587", "94347658700", "943 476 5870", "943476587O", "-434765870"})
    EXPECT_EQ(check_nhs_number(number), NumberProblem::shape) << number;
}

}  // namespace
}  // namespace gcp2
