// The rules on family, events and earlier records: each one fires, and does not fire beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gcp2/report.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using test::Change;

struct Row {
  std::string name;
  std::vector<Change> changes;
  std::vector<std::string> expected;
  std::string as_of = "2026-06-30";
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

/// A record without findings: three generations, twins, two unions of one member, ties, events.
const std::vector<Change> family = {
    {"/child/upn", R"("B801200005001")"},
    {"/family", R"({
      "members": [
        {"ref": "M1", "name": "Example Child", "born": "2018-09-30", "is_child": true, "in_household": true},
        {"ref": "M2", "sex": "female", "born": "1990-03-02", "carer": "K1"},
        {"ref": "M3", "sex": "male"},
        {"ref": "M4", "sex": "male", "born": "1959-01-27", "died": "2021-11-08"},
        {"ref": "M5", "born": "2023-02-11"}, {"ref": "M6", "born": "2023-02-11"}],
      "unions": [
        {"between": ["M3", "M2"], "kind": "separated", "children": ["M1"]},
        {"between": ["M4"], "children": ["M2"]},
        {"between": ["M3"], "children": ["M5", "M6"], "twins": [{"children": ["M5", "M6"]}]}],
      "ties": [{"from": "M1", "to": "M2", "kind": "strong"}, {"from": "M2", "to": "early help"}]})"},
    {"/events", R"([{"on": "2024-08-17", "text": "The parents separated."}])"},
    {"/earlier", R"(["3c9d2f64-8a1b-4e57-b0c6-5d7e9f1a2b30"])"}};

class FamilyValidation : public testing::TestWithParam<Row> {};

TEST_P(FamilyValidation, FindsExactlyThat) {
  const Row& row = GetParam();
  const Value whole = test::changed(test::case_document("first"), family);
  const auto record = test::judged(test::changed(whole, row.changes), row.as_of);
  EXPECT_THAT(test::lines(record.findings), testing::UnorderedElementsAreArray(row.expected));
  for (const Finding& f : record.findings) {
    EXPECT_NE(f.position.line, 0U) << f.code;
    EXPECT_GT(message(f).size(), 30U) << f.code;
    EXPECT_EQ(message(f).find_first_of("{}"), std::string::npos) << message(f);
  }
}

const auto name = [](const auto& row) { return row.param.name; };

Change to(std::string pointer, std::string_view text) {
  return {std::move(pointer), "\"" + std::string{text} + "\""};
}
Change add(std::string pointer, std::string json) {
  return {std::move(pointer) + "/-", std::move(json)};
}

INSTANTIATE_TEST_SUITE_P(
    Whole, FamilyValidation,
    testing::Values(Row{"as_it_is", {}, {}}, Row{"no_family", {{"/family", ""}}, {}},
                    Row{"empty_family", {{"/family", "{}"}}, {}},
                    Row{"empty_lists", {{"/family", R"({"members": [], "unions": [], "ties": []})"}}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Refs, FamilyValidation,
    testing::Values(
        Row{"member_twice", {add("/family/members", R"({"ref": "M1"})")}, {"error member_twice /family/members/6/ref"}},
        Row{"member_thrice",
            {add("/family/members", R"({"ref": "M1"})"), add("/family/members", R"({"ref": "M1"})")},
            {"error member_twice /family/members/6/ref", "error member_twice /family/members/7/ref"}},
        Row{"another_case_is_another_member", {add("/family/members", R"({"ref": "m1"})")}, {}},
        Row{"unknown_partner", {to("/family/unions/0/between/1", "M9")}, {"error unknown_member /family/unions/0/between/1"}},
        Row{"unknown_child_of_a_union", {to("/family/unions/1/children/0", "M9")}, {"error unknown_member /family/unions/1/children/0"}},
        Row{"unknown_twin", {to("/family/unions/2/twins/0/children/1", "M9")},
            {"error unknown_member /family/unions/2/twins/0/children/1"}},
        Row{"tie_from_nobody", {to("/family/ties/0/from", "M9")}, {"error unknown_member /family/ties/0/from"}},
        Row{"tie_from_an_agency", {to("/family/ties/0/from", "early help")}, {"error unknown_member /family/ties/0/from"}},
        Row{"tie_to_nobody", {to("/family/ties/1/to", "M9")}, {"error unknown_tie /family/ties/1/to"}},
        Row{"tie_to_an_unknown_agency", {to("/family/ties/1/to", "Early Help")}, {"error unknown_tie /family/ties/1/to"}},
        Row{"tie_to_a_member", {to("/family/ties/1/to", "M3")}, {}},
        Row{"unknown_carer", {to("/family/members/1/carer", "K9")}, {"error unknown_carer /family/members/1/carer"}},
        Row{"no_carer", {{"/family/members/1/carer", ""}}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Unions, FamilyValidation,
    testing::Values(
        Row{"of_one", {{"/family/unions/0/between", R"(["M2"])"}}, {}},
        Row{"of_nobody", {{"/family/unions/0/between", "[]"}}, {"error union_of_how_many /family/unions/0/between"}},
        Row{"of_three", {add("/family/unions/0/between", R"("M4")")}, {"error union_of_how_many /family/unions/0/between"}},
        Row{"with_oneself", {to("/family/unions/0/between/1", "M3")}, {"error union_with_oneself /family/unions/0/between/1"}},
        Row{"twin_of_another", {to("/family/unions/2/twins/0/children/1", "M1")},
            {"error twin_of_another_union /family/unions/2/twins/0/children/1"}},
        Row{"twin_no_longer_a_child", {{"/family/unions/2/children/0", ""}},
            {"error twin_of_another_union /family/unions/2/twins/0/children/0"}},
        Row{"triplets",
            {add("/family/members", R"({"ref": "M7"})"), add("/family/unions/2/children", R"("M7")"),
             add("/family/unions/2/twins/0/children", R"("M7")")},
            {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Ancestors, FamilyValidation,
    testing::Values(
        Row{"own_parent", {add("/family/unions/0/between", R"("M1")"), {"/family/unions/0/between/0", ""}, {"/family/unions/0/between/0", ""}},
            {"error own_ancestor /family/members/0"}},
        Row{"parent_of_the_parent", {add("/family/unions", R"({"between": ["M1"], "children": ["M2"]})")},
            {"error own_ancestor /family/members/0", "error own_ancestor /family/members/1"}},
        Row{"grandparent_of_the_grandparent", {add("/family/unions", R"({"between": ["M1"], "children": ["M4"]})")},
            {"error own_ancestor /family/members/0", "error own_ancestor /family/members/1",
             "error own_ancestor /family/members/3"}},
        Row{"twice_from_one_ancestor",
            {add("/family/unions/1/children", R"("M3")")}, {}},
        Row{"child_of_two_unions", {add("/family/unions", R"({"between": ["M4"], "children": ["M1"]})")}, {}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Members, FamilyValidation,
    testing::Values(
        Row{"two_are_the_child", {{"/family/members/2/is_child", "true"}}, {"error two_are_the_child /family/members/2/is_child"}},
        Row{"one_is_not", {{"/family/members/2/is_child", "false"}}, {}},
        Row{"none_is_the_child", {{"/family/members/0/is_child", ""}}, {}},
        Row{"born_on_another_day_than_the_child", {to("/family/members/0/born", "2018-09-29")},
            {"query child_born_twice /family/members/0/born"}},
        Row{"child_without_a_birthday_here", {{"/family/members/0/born", ""}}, {}},
        Row{"died_on_the_birthday", {to("/family/members/3/died", "1959-01-27")}, {}},
        Row{"died_before_born", {to("/family/members/3/died", "1959-01-26")}, {"error died_before_born /family/members/3/died"}},
        Row{"died_without_a_birth", {{"/family/members/3/born", ""}}, {}},
        Row{"died_in_the_future", {to("/family/members/3/died", "2026-07-01")}, {"query future_date /family/members/3/died"}},
        Row{"born_on_the_last_day", {to("/family/members/4/born", "2026-01-23")}, {}},
        Row{"born_after_the_window", {to("/family/members/4/born", "2026-01-24")},
            {"query born_after_window /family/members/4/born"}}),
    name);

INSTANTIATE_TEST_SUITE_P(
    Events, FamilyValidation,
    testing::Values(
        Row{"today", {to("/events/0/on", "2026-06-30")}, {}},
        Row{"in_the_future", {to("/events/0/on", "2026-07-01")}, {"query future_date /events/0/on"}},
        Row{"without_a_date", {{"/events/0/on", ""}}, {"query event_undated /events/0"}},
        Row{"earlier_is_no_id", {to("/earlier/0", "the one of 2024")}, {"error not_a_uuid /earlier/0"}},
        Row{"earlier_is_empty", {to("/earlier/0", "")}, {"error not_a_uuid /earlier/0"}},
        Row{"earlier_is_itself", {to("/earlier/0", "5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e11")},
            {"error earlier_than_itself /earlier/0"}},
        Row{"none_earlier", {{"/earlier", "[]"}}, {}}),
    name);

}  // namespace
}  // namespace gcp2
