// Instrument files are checked whole (semantics 1): what is refused, and where.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gcp2/instrument.h"
#include "gcp2/json.h"
#include "gcp2/report.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using test::Change;
using test::changed;
using test::lines;

const Value& gcp_document() {
  static const Value document = test::parsed(test::source_file("schemas/instruments/gcp.json"));
  return document;
}

constexpr std::string_view good_words =
    R"({"1": "very good", "2": "good", "3": "fair", "4": "poor", "5": "very poor"})";

struct Refusal {
  std::string name;
  std::vector<Change> changes;
  std::vector<std::string> expected;
};
void PrintTo(const Refusal& r, std::ostream* out) { *out << r.name; }

class InstrumentRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(InstrumentRefusal, NamesWhatAndWhere) {
  Findings findings;
  (void)read_instrument(changed(gcp_document(), GetParam().changes), findings);
  EXPECT_THAT(lines(findings), testing::UnorderedElementsAreArray(GetParam().expected));
}

const std::string a1 = "/areas/0/sub_areas/0";
const std::string a1a = a1 + "/items/0";
const std::string a4 = "/areas/0/sub_areas/3";
const std::string d1 = "/areas/3/sub_areas/0";

std::string words_by_age(const std::string& bands) {
  std::string list;
  std::size_t at = 0;
  while (at < bands.size()) {
    const auto dash = bands.find('-', at);
    const auto end = std::min(bands.find(' ', at), bands.size());
    list += (list.empty() ? "" : ",");
    list += R"({"age_band":{"from":)" + bands.substr(at, dash - at) + R"(,"to":)" +
            bands.substr(dash + 1, end - dash - 1) + R"(},"descriptors":)" +
            std::string{good_words} + "}";
    at = end + 1;
  }
  return "[" + list + "]";
}

INSTANTIATE_TEST_SUITE_P(
    Document, InstrumentRefusal,
    testing::Values(
        Refusal{"nothing_changed", {}, {}},
        Refusal{"another_format",
                {{"/format", R"("gcp2/instrument/2")"}},
                {"invalid wrong_format "}},
        Refusal{"no_format", {{"/format", ""}}, {"invalid missing_key ", "invalid wrong_format "}},
        Refusal{"no_id", {{"/id", ""}}, {"invalid missing_key "}},
        Refusal{"empty_id", {{"/id", R"("")"}}, {"invalid wrong_type /id"}},
        Refusal{"id_is_a_number", {{"/id", "7"}}, {"invalid wrong_type /id"}},
        Refusal{"no_version", {{"/version", "null"}}, {"invalid missing_key "}},
        Refusal{"no_title", {{"/title", ""}}, {"invalid missing_key "}},
        Refusal{"no_licence", {{"/licence", ""}}, {"invalid missing_key "}},
        Refusal{"no_licence_state", {{"/licence/state", ""}}, {"invalid missing_key /licence"}},
        Refusal{"licence_is_a_text", {{"/licence", R"("free")"}}, {"invalid wrong_type /licence"}},
        Refusal{"unknown_key", {{"/ide", R"("x")"}}, {"invalid key_not_allowed /ide"}},
        Refusal{"note_is_a_list", {{"/note", "[]"}}, {"invalid wrong_type /note"}},
        Refusal{"no_areas", {{"/areas", ""}}, {"invalid missing_key ", "invalid unknown_node /exceptions/0"}},
        Refusal{"empty_areas", {{"/areas", "[]"}}, {"invalid wrong_type /areas", "invalid unknown_node /exceptions/0"}},
        Refusal{"areas_is_an_object",
                {{"/areas", "{}"}},
                {"invalid wrong_type /areas", "invalid unknown_node /exceptions/0"}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Scale, InstrumentRefusal,
    testing::Values(
        Refusal{"none", {{"/scale", ""}}, {"invalid missing_key "}},
        Refusal{"other_direction",
                {{"/scale/direction", R"("higher_is_better")"}},
                {"invalid unknown_direction /scale"}},
        Refusal{"four_grades", {{"/scale/grades/4", ""}}, {"invalid scale_not_1_to_5 /scale"}},
        Refusal{"six_grades",
                {{"/scale/grades/-", R"({"grade": 6, "level_of_care": "x", "commitment": "x", "quality": "x"})"}},
                {"invalid scale_not_1_to_5 /scale"}},
        Refusal{"from_zero", {{"/scale/grades/0/grade", "0"}}, {"invalid scale_not_1_to_5 /scale/grades/0"}},
        Refusal{"out_of_order",
                {{"/scale/grades/0/grade", "2"}, {"/scale/grades/1/grade", "1"}},
                {"invalid scale_not_1_to_5 /scale/grades/0", "invalid scale_not_1_to_5 /scale/grades/1"}},
        Refusal{"no_whole_number", {{"/scale/grades/2/grade", "2.5"}},
                {"invalid wrong_type /scale/grades/2/grade", "invalid scale_not_1_to_5 /scale/grades/2"}},
        Refusal{"a_phrase_missing", {{"/scale/grades/2/quality", ""}}, {"invalid missing_key /scale/grades/2"}},
        Refusal{"a_phrase_empty", {{"/scale/grades/2/commitment", R"("")"}},
                {"invalid wrong_type /scale/grades/2/commitment"}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Nodes, InstrumentRefusal,
    testing::Values(
        Refusal{"item_code_twice", {{a1 + "/items/1/code", R"("A1a")"}}, {"invalid code_twice " + a1 + "/items/1/code"}},
        Refusal{"area_code_of_an_item", {{"/areas/3/code", R"("A1a")"}}, {"invalid code_twice /areas/3/code"}},
        Refusal{"no_code", {{a1a + "/code", ""}}, {"invalid missing_key " + a1a}},
        Refusal{"code_with_a_space", {{a1a + "/code", R"("A 1a")"}}, {"invalid bad_code " + a1a}},
        Refusal{"code_with_a_slash", {{a1a + "/code", R"("A/1a")"}}, {"invalid bad_code " + a1a}},
        Refusal{"no_label", {{a1a + "/label", ""}}, {"invalid missing_key " + a1a}},
        Refusal{"no_source", {{a1a + "/source", ""}}, {"invalid missing_key " + a1a}},
        Refusal{"unknown_source", {{a1a + "/source", R"("X")"}}, {"invalid unknown_source " + a1a}},
        Refusal{"unknown_condition", {{a1a + "/condition", R"("tall")"}}, {"invalid unknown_condition " + a1a + "/condition"}},
        Refusal{"unknown_neglect_type", {{a1 + "/neglect_types/-", R"("financial")"}},
                {"invalid unknown_neglect_type " + a1 + "/neglect_types/1"}},
        Refusal{"neglect_type_is_a_number", {{a1 + "/neglect_types/0", "1"}},
                {"invalid unknown_neglect_type " + a1 + "/neglect_types/0"}},
        Refusal{"neglect_type_twice", {{a1 + "/neglect_types", R"(["medical", "physical", "medical", "medical"])"}},
                {"invalid neglect_type_twice " + a1 + "/neglect_types/2", "invalid neglect_type_twice " + a1 + "/neglect_types/3"}},
        Refusal{"two_codes_missing_are_not_twice_the_same", {{a1a + "/code", ""}, {a4 + "/code", ""}},
                {"invalid missing_key " + a1a, "invalid missing_key " + a4}},
        Refusal{"unknown_key", {{a1a + "/lable", R"("x")"}}, {"invalid key_not_allowed " + a1a + "/lable"}},
        Refusal{"item_is_a_text", {{a1 + "/items/1", R"("A1b")"}}, {"invalid wrong_type " + a1 + "/items/1"}},
        Refusal{"no_items", {{a1 + "/items", "[]"}}, {"invalid wrong_type " + a1 + "/items"}},
        Refusal{"items_below_an_item", {{a1a + "/items", "[]"}}, {"invalid key_not_allowed " + a1a + "/items"}},
        Refusal{"area_without_sub_areas", {{"/areas/1/sub_areas", ""}}, {"invalid missing_key /areas/1"}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Bands, InstrumentRefusal,
    testing::Values(
        Refusal{"overlap", {{d1 + "/items/0/age_band/to", "25"}}, {"invalid bands_overlap " + d1}},
        Refusal{"overlap_of_one_of_many", {{d1 + "/items/2/age_band/from", "23"}}, {"invalid bands_overlap " + d1}},
        Refusal{"inside_another", {{d1 + "/items/2/age_band", R"({"from": 30, "to": 40})"}}, {"invalid bands_overlap " + d1}},
        Refusal{"hole", {{d1 + "/items/0/age_band/to", "23"}}, {"invalid bands_leave_hole " + d1}},
        Refusal{"empty", {{d1 + "/items/0/age_band/to", "0"}}, {"invalid bad_band " + d1 + "/items/0/age_band"}},
        Refusal{"backwards", {{d1 + "/items/0/age_band", R"({"from": 24, "to": 0})"}},
                {"invalid bad_band " + d1 + "/items/0/age_band"}},
        Refusal{"below_zero", {{d1 + "/items/0/age_band/from", "-1"}}, {"invalid bad_band " + d1 + "/items/0/age_band"}},
        Refusal{"no_end", {{d1 + "/items/0/age_band/to", ""}}, {"invalid missing_key " + d1 + "/items/0/age_band"}},
        Refusal{"months_as_text", {{d1 + "/items/0/age_band/to", R"("24")"}},
                {"invalid wrong_type " + d1 + "/items/0/age_band/to"}},
        Refusal{"bad_between_others", {{d1 + "/items/1/age_band", R"({"from": 60, "to": 24})"},
                {d1 + "/items/2/age_band", R"({"from": 24, "to": 30})"}, {d1 + "/items/3/age_band", R"({"from": 24, "to": 30})"},
                {d1 + "/items/4/age_band", R"({"from": 24, "to": 30})"}}, {"invalid bad_band " + d1 + "/items/1/age_band"}},
        Refusal{"bad_on_a_leaf_worded_by_age", {{d1 + "/items/1/age_band/to", "3"}, {d1 + "/items/1/descriptors", ""},
                {d1 + "/items/1/descriptors_by_age", words_by_age("24-60")}}, {"invalid bad_band " + d1 + "/items/1/age_band"}},
        Refusal{"a_list", {{d1 + "/items/0/age_band", "[0, 24]"}}, {"invalid wrong_type " + d1 + "/items/0/age_band"}},
        Refusal{"shared_by_siblings_is_fine", {{d1 + "/items/0/age_band", R"({"from": 24, "to": 60})"}}, {}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Wording, InstrumentRefusal,
    testing::Values(
        Refusal{"none", {{a1a + "/descriptors", ""}}, {"invalid descriptors_missing " + a1a}},
        Refusal{"both", {{a1a + "/descriptors_by_age", words_by_age("0-216")}}, {"invalid descriptors_missing " + a1a}},
        Refusal{"a_grade_missing", {{a1a + "/descriptors/4", ""}}, {"invalid descriptor_missing " + a1a + "/descriptors"}},
        Refusal{"a_grade_empty", {{a1a + "/descriptors/4", R"("")"}}, {"invalid descriptor_missing " + a1a + "/descriptors"}},
        Refusal{"a_sixth_grade", {{a1a + "/descriptors/6", R"("x")"}}, {"invalid key_not_allowed " + a1a + "/descriptors/6"}},
        Refusal{"on_a_parent", {{a1 + "/descriptors", std::string{good_words}}}, {"invalid wording_on_parent " + a1}},
        Refusal{"whole_childhood", {{a4 + "/descriptors_by_age", words_by_age("0-24 24-60 60-216")}}, {}},
        Refusal{"in_any_order", {{a4 + "/descriptors_by_age", words_by_age("60-216 0-24 24-60")}}, {}},
        Refusal{"hole", {{a4 + "/descriptors_by_age", words_by_age("0-24 25-216")}}, {"invalid bands_leave_hole " + a4}},
        Refusal{"overlap", {{a4 + "/descriptors_by_age", words_by_age("0-24 23-216")}}, {"invalid bands_overlap " + a4}},
        Refusal{"the_same_twice", {{a4 + "/descriptors_by_age", words_by_age("0-216 0-216")}}, {"invalid bands_overlap " + a4}},
        Refusal{"begins_late", {{a4 + "/descriptors_by_age", words_by_age("1-216")}}, {"invalid bands_leave_hole " + a4}},
        Refusal{"ends_early", {{a4 + "/descriptors_by_age", words_by_age("0-215")}}, {"invalid bands_leave_hole " + a4}},
        Refusal{"no_band", {{a4 + "/descriptors_by_age/0/age_band", ""}},
                {"invalid missing_key " + a4 + "/descriptors_by_age/0"}},
        Refusal{"bad_band", {{a4 + "/descriptors_by_age", words_by_age("0-24 60-24 60-216")}},
                {"invalid bad_band " + a4 + "/descriptors_by_age/1/age_band"}},
        Refusal{"band_and_no_words", {{a4 + "/descriptors_by_age/0/descriptors", ""}},
                {"invalid missing_key " + a4 + "/descriptors_by_age/0"}},
        Refusal{"no_object", {{a4 + "/descriptors_by_age/0", "7"}},
                {"invalid wrong_type " + a4 + "/descriptors_by_age/0"}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Rules, InstrumentRefusal,
    testing::Values(
        Refusal{"unknown", {{"/rules/1/name", R"("mean")"}}, {"invalid unknown_rule /rules/1"}},
        Refusal{"the_default_misspelled", {{"/rules/0/name", R"("majority-overide")"}}, {"invalid unknown_rule /rules/0"}},
        Refusal{"the_default_misspelled_twice",
                {{"/rules/0/name", R"("majority-overide")"}, {"/default_rule", R"("majority-overide")"}},
                {"invalid unknown_rule /rules/0", "invalid unknown_rule "}},
        Refusal{"none", {{"/rules", "[]"}}, {"invalid wrong_type /rules", "invalid unknown_rule "}},
        Refusal{"default_not_among_them", {{"/default_rule", R"("mean")"}}, {"invalid unknown_rule "}},
        Refusal{"no_default", {{"/default_rule", ""}}, {"invalid missing_key ", "invalid unknown_rule "}},
        Refusal{"twice", {{"/rules/-", R"({"name": "worst", "source": "O"})"}}, {"invalid rule_twice /rules/3"}},
        Refusal{"override_missing", {{"/rules/0/override_above", ""}}, {"invalid missing_key /rules/0"}},
        Refusal{"override_above_six", {{"/rules/0/override_above", "6"}}, {"invalid bad_rule_parameter /rules/0"}},
        Refusal{"override_above_zero", {{"/rules/0/override_above", "0"}}, {"invalid bad_rule_parameter /rules/0"}},
        Refusal{"override_above_a_half", {{"/rules/0/override_above", "3.5"}}, {"invalid wrong_type /rules/0/override_above"}},
        Refusal{"override_of_majority", {{"/rules/1/override_above", "3"}}, {"invalid bad_rule_parameter /rules/1"}},
        Refusal{"override_of_worst", {{"/rules/2/override_above", "3"}}, {"invalid bad_rule_parameter /rules/2"}},
        Refusal{"tie_by_lot", {{"/rules/0/tie", R"("lot")"}}, {"invalid bad_rule_parameter /rules/0"}},
        Refusal{"tie_of_worst", {{"/rules/2/tie", R"("worse")"}}, {"invalid bad_rule_parameter /rules/2"}},
        Refusal{"better_tie_of_worst", {{"/rules/2/tie", R"("better")"}}, {"invalid bad_rule_parameter /rules/2"}},
        Refusal{"no_tie", {{"/rules/1/tie", ""}}, {"invalid missing_key /rules/1"}},
        Refusal{"override_above_one", {{"/rules/0/override_above", "1"}}, {}},
        Refusal{"tie_better", {{"/rules/0/tie", R"("better")"}}, {}}),
    [](const auto& row) { return row.param.name; });

std::string exception(const std::string& node, const std::string& from) {
  return R"({"node": ")" + node + R"(", "takes_from": ")" + from +
         R"(", "condition": "behavioural_difficulty", "source": "O"})";
}

INSTANTIATE_TEST_SUITE_P(
    Exceptions, InstrumentRefusal,
    testing::Values(
        Refusal{"none_is_fine", {{"/exceptions", ""}}, {}},
        Refusal{"unknown_node", {{"/exceptions/0/node", R"("C9")"}}, {"invalid unknown_node /exceptions/0"}},
        Refusal{"unknown_source_node", {{"/exceptions/0/takes_from", R"("C9")"}}, {"invalid unknown_node /exceptions/0"}},
        Refusal{"no_condition", {{"/exceptions/0/condition", ""}}, {"invalid missing_key /exceptions/0"}},
        Refusal{"circle_of_two", {{"/exceptions/-", exception("C1", "C2")}},
                {"invalid exception_cycle /exceptions/0", "invalid exception_cycle /exceptions/1"}},
        Refusal{"circle_of_one", {{"/exceptions/0/takes_from", R"("C2")"}}, {"invalid exception_cycle /exceptions/0"}},
        Refusal{"circle_of_three",
                {{"/exceptions/0", exception("A1", "A2")}, {"/exceptions/-", exception("A2", "A3")},
                 {"/exceptions/-", exception("A3", "A1")}},
                {"invalid exception_cycle /exceptions/0", "invalid exception_cycle /exceptions/1",
                 "invalid exception_cycle /exceptions/2"}},
        Refusal{"into_a_circle",
                {{"/exceptions/0", exception("A1", "A2")}, {"/exceptions/-", exception("A2", "A3")},
                 {"/exceptions/-", exception("A3", "A2")}},
                {"invalid exception_cycle /exceptions/0", "invalid exception_cycle /exceptions/1",
                 "invalid exception_cycle /exceptions/2"}},
        Refusal{"chain_is_fine",
                {{"/exceptions/0", exception("A1", "A2")}, {"/exceptions/-", exception("A2", "A3")}}, {}},
        Refusal{"twice", {{"/exceptions/-", exception("C2", "C1")}}, {"invalid exception_twice /exceptions/1"}},
        Refusal{"between_areas", {{"/exceptions/0/takes_from", R"("B1")"}},
                {"invalid exception_not_between_siblings /exceptions/0"}},
        Refusal{"of_an_area", {{"/exceptions/0/node", R"("C")"}},
                {"invalid exception_not_between_siblings /exceptions/0"}},
        Refusal{"of_items", {{"/exceptions/0", exception("C2a", "C2b")}},
                {"invalid exception_not_between_siblings /exceptions/0", "invalid exception_on_leaf /exceptions/0"}},
        Refusal{"on_a_leaf", {{"/exceptions/0", exception("B2", "B1")}}, {"invalid exception_on_leaf /exceptions/0"}},
        Refusal{"from_a_leaf_is_fine", {{"/exceptions/0", exception("B1", "B2")}}, {}},
        Refusal{"unknown_key", {{"/exceptions/0/why", R"("x")"}}, {"invalid key_not_allowed /exceptions/0/why"}}),
    [](const auto& row) { return row.param.name; });

TEST(InstrumentRefusals, ComeAllAtOnceWithTheirPlaces) {
  std::string text = test::source_file("schemas/instruments/gcp.json");
  const auto replace = [&text](std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("\"lower_is_better\"", "\"up\"");
  replace("\"takes_from\": \"C1\"", "\"takes_from\": \"C2\"");
  Findings findings;
  const Instrument instrument = read_instrument_json(text, findings);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_TRUE(instrument.digest.empty()) << "an instrument that is not whole has no digest";
  EXPECT_EQ(findings[0].code, "unknown_direction");
  EXPECT_EQ(findings[0].position.line, 10U);
  EXPECT_EQ(findings[0].position.column, 12U);
  EXPECT_EQ(findings[1].code, "exception_cycle");
  EXPECT_EQ(findings[1].position.line, 64U);
}

TEST(InstrumentRefusals, NeverRepeatWhatStandsWhereACodeShould) {
  Findings findings;
  (void)read_instrument(changed(gcp_document(), {{a1a + "/code", R"("Sam Example")"}, {a1a + "/descriptors", ""},
                                                 {"/Sam Example", "1"}}), findings);
  EXPECT_THAT(lines(findings), testing::UnorderedElementsAre(
      "invalid key_not_allowed ", "invalid bad_code " + a1a, "invalid descriptors_missing " + a1a));
  EXPECT_EQ(findings_text(findings).find("Sam"), std::string::npos);
}

TEST(InstrumentRefusals, MoreExceptionsThanAnyInstrumentHas) {
  Value document = gcp_document();
  Value& list = *document.find("exceptions");
  while (list.items().size() < 65) list.items().push_back(Value{list.items().front()});
  Findings findings;
  (void)read_instrument(document, findings);
  EXPECT_THAT(lines(findings), testing::ElementsAre("invalid too_many_exceptions /exceptions/64"));
}

TEST(InstrumentRefusals, AreListedUpToAThousand) {
  Value document = gcp_document();
  Value& list = *document.find("rules");
  for (int i = 0; i < 3000; ++i)
    list.items().push_back(test::parsed(R"({"name": "r)" + std::to_string(i) + R"(", "source": "O"})"));
  Findings findings;
  EXPECT_EQ(read_instrument(document, findings).rules.size(), 3U);
  EXPECT_EQ(findings.size(), most_findings + 1);
}

TEST(InstrumentRefusals, AnythingButAnObject) {
  for (const char* text : {"null", "[]", "\"gcp\"", "1"}) {
    Findings findings;
    (void)read_instrument(test::parsed(text), findings);
    EXPECT_THAT(lines(findings), testing::ElementsAre("invalid wrong_type ")) << text;
  }
}

TEST(InstrumentRefusals, MoreNodesThanAnyInstrumentHas) {
  Value document = gcp_document();
  Value& items = *document.find("areas")->items()[0].find("sub_areas")->items()[0].find("items");
  while (items.items().size() < 5000) {
    Value item = items.items().front();
    item.set("code", Value::text("X" + std::to_string(items.items().size())));
    items.items().push_back(std::move(item));
  }
  Findings findings;
  (void)read_instrument(document, findings);
  EXPECT_TRUE(std::ranges::any_of(findings, [](const Finding& f) { return f.code == "too_many_nodes"; }));
}

}  // namespace
}  // namespace gcp2
