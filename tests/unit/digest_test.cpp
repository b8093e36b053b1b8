// A record names the tree and rules that it was made with; wording may change beneath it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "gcp2/instrument.h"
#include "gcp2/json.h"
#include "gcp2/seal.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using test::Change;
using test::lines;

Instrument instrument_with(const std::vector<Change>& changes) {
  Value document = test::parsed(test::source_file("schemas/instruments/gcp.json"));
  for (const Change& change : changes) test::apply(document, change);
  Findings findings;
  Instrument instrument = read_instrument_json(write_json(document), findings);
  EXPECT_TRUE(findings.empty()) << lines(findings).front();
  return instrument;
}

TEST(Sha256, GivesThePublishedVectors) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// Records saved with these digests must open for ever: never change a line here, add one.
TEST(Digest, OfAReleasedInstrumentNeverChanges) {
  EXPECT_EQ(test::gcp_instrument().digest, "8d1f6978eab37aedeae6027da844376857358e023f9aa7c00bdc1c942f726dcd");
  EXPECT_EQ(test::gcp2_instrument().digest, "b6b73775fb64d2d07267485a1b106ac92e4df24e880e5a66d417ee5607bf3592");
}

class DigestChanges : public testing::TestWithParam<std::pair<const char*, std::vector<Change>>> {};

TEST_P(DigestChanges, WithTreeAndRules) {
  EXPECT_NE(instrument_with(GetParam().second).digest, test::gcp_instrument().digest);
}

const std::string a1 = "/areas/0/sub_areas/0";
const std::string d1 = "/areas/3/sub_areas/0";
using Row = std::pair<const char*, std::vector<Change>>;

INSTANTIATE_TEST_SUITE_P(
    Of, DigestChanges,
    testing::Values(
        Row{"code", {{a1 + "/items/0/code", R"("A1x")"}}},
        Row{"area_code", {{"/areas/3/code", R"("E")"}}},
        Row{"a_leaf_less", {{a1 + "/items/3", ""}}},
        Row{"a_sub_area_less", {{"/areas/0/sub_areas/1", ""}}},
        Row{"band", {{d1 + "/items/0/age_band", R"({"from": 1, "to": 24})"}}},
        Row{"new_band", {{a1 + "/items/0/age_band", R"({"from": 0, "to": 216})"}}},
        Row{"condition", {{"/areas/0/sub_areas/4/items/3/condition", R"("behavioural_difficulty")"}}},
        Row{"no_condition", {{"/areas/0/sub_areas/4/items/3/condition", ""}}},
        Row{"neglect_type", {{a1 + "/neglect_types/0", R"("physical")"}}},
        Row{"own_neglect_type", {{a1 + "/items/0/neglect_types", R"(["medical"])"}}},
        Row{"override_above", {{"/rules/0/override_above", "4"}}},
        Row{"tie", {{"/rules/0/tie", R"("better")"}}},
        Row{"tie_of_another_rule", {{"/rules/1/tie", R"("better")"}}},
        Row{"default_rule", {{"/default_rule", R"("worst")"}}},
        Row{"a_rule_less", {{"/rules/2", ""}}},
        Row{"no_exception", {{"/exceptions", "[]"}}},
        Row{"exception_source", {{"/exceptions/0/node", R"("C1")"}, {"/exceptions/0/takes_from", R"("C2")"}}},
        Row{"exception_condition", {{"/exceptions/0/condition", R"("long_term_health_condition")"}}}),
    [](const auto& row) { return std::string{row.param.first}; });

TEST(Digest, ChangesWithTheOrderOfNodes) {
  Value document = test::parsed(test::source_file("schemas/instruments/gcp.json"));
  auto& items = document.find("areas")->items()[0].find("sub_areas")->items()[0].find("items")->items();
  std::swap(items[0], items[1]);
  Findings findings;
  EXPECT_NE(read_instrument_json(write_json(document), findings).digest,
            test::gcp_instrument().digest);
  EXPECT_TRUE(findings.empty());
}

class DigestStays : public DigestChanges {};

TEST_P(DigestStays, WithWording) {
  const Instrument instrument = instrument_with(GetParam().second);
  EXPECT_EQ(instrument.digest, test::gcp_instrument().digest);
}

INSTANTIATE_TEST_SUITE_P(
    With, DigestStays,
    testing::Values(
        Row{"label", {{a1 + "/items/0/label", R"("x")"}}},
        Row{"area_label", {{"/areas/0/label", R"("x")"}}},
        Row{"note", {{a1 + "/note", R"("x")"}}},
        Row{"no_note", {{a1 + "/note", ""}}},
        Row{"descriptor", {{a1 + "/items/0/descriptors/5", R"("x")"}}},
        Row{"descriptor_of_an_age", {{"/areas/0/sub_areas/3/descriptors_by_age/0/descriptors/1", R"("x")"}}},
        Row{"age_of_a_descriptor",
            {{"/areas/0/sub_areas/3/descriptors_by_age/0/age_band/to", "48"},
             {"/areas/0/sub_areas/3/descriptors_by_age/1/age_band/from", "48"}}},
        Row{"title", {{"/title", R"("x")"}}},
        Row{"instrument_note", {{"/note", R"("x")"}}},
        Row{"phrases", {{"/scale/grades/0/quality", R"("x")"}, {"/scale/grades/4/commitment", R"("x")"}}},
        Row{"licence", {{"/licence/state", R"("licensed")"}, {"/licence/note", R"("x")"}}},
        Row{"source", {{a1 + "/items/0/source", R"("O")"}}},
        Row{"rule_source", {{"/rules/0/source", R"("O")"}}},
        Row{"exception_source_mark", {{"/exceptions/0/source", R"("O")"}}},
        Row{"inherited_neglect_type_spelled_out", {{a1 + "/items/0/neglect_types", R"(["nutritional"])"}}}),
    [](const auto& row) { return std::string{row.param.first}; });

Value overlay_document(const std::vector<Change>& changes = {}) {
  return test::changed(test::parsed(R"({
    "format": "gcp2/overlay/1",
    "instrument": {"id": "gcp", "version": "1.0.0"},
    "licence": {"state": "licensed", "note": "held by Example Council"},
    "wording": [
      {"node": "A1a", "label": "Other food",
       "descriptors": {"1": "w1", "2": "w2", "3": "w3", "4": "w4", "5": "w5"}},
      {"node": "A", "note": "Other guidance"}]})"),
                       changes);
}

TEST(Overlay, ReplacesWordingAndKeepsTreeAndDigest) {
  const Instrument& gcp = test::gcp_instrument();
  Findings findings;
  const Instrument laid = overlay(gcp, overlay_document(), findings);
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(digest_of(laid), gcp.digest);
  EXPECT_EQ(laid.digest, gcp.digest);
  EXPECT_EQ(laid.licence_state, "licensed");
  EXPECT_EQ(laid.licence_note, "held by Example Council");
  ASSERT_EQ(laid.nodes.size(), gcp.nodes.size());
  const std::map<std::string, std::pair<std::string, std::string>> replaced{
      {"A1a", {"Other food", gcp.nodes[*gcp.find("A1a")].note}}, {"A", {"Physical care", "Other guidance"}}};
  for (NodeIndex i = 0; i < gcp.nodes.size(); ++i) {
    const Node& before = gcp.node(i);
    const Node& after = laid.node(i);
    EXPECT_EQ(after.code, before.code);
    EXPECT_EQ(after.end, before.end);
    EXPECT_EQ(after.band, before.band);
    EXPECT_EQ(after.condition, before.condition);
    EXPECT_EQ(after.source, before.source);
    const auto other = replaced.find(before.code);
    EXPECT_EQ(after.label, other == replaced.end() ? before.label : other->second.first);
    EXPECT_EQ(after.note, other == replaced.end() ? before.note : other->second.second);
    ASSERT_EQ(after.wording.size(), before.wording.size());
    for (std::size_t w = 0; w < before.wording.size(); ++w) {
      const std::array<std::string, 5> ours{"w1", "w2", "w3", "w4", "w5"};
      EXPECT_EQ(after.wording[w].descriptors, before.code == "A1a" ? ours : before.wording[w].descriptors);
    }
  }
}

struct OverlayRow {
  const char* name;
  std::vector<Change> changes;
  std::vector<std::string> expected;
};
class OverlayRefusal : public testing::TestWithParam<OverlayRow> {};

TEST_P(OverlayRefusal, NamesWhatAndWhere) {
  Findings findings;
  const Instrument laid =
      overlay(test::gcp_instrument(), overlay_document(GetParam().changes), findings);
  EXPECT_THAT(lines(findings), testing::UnorderedElementsAreArray(GetParam().expected));
  EXPECT_EQ(digest_of(laid), test::gcp_instrument().digest) << "never changes the tree";
}

INSTANTIATE_TEST_SUITE_P(
    Of, OverlayRefusal,
    testing::Values(
        OverlayRow{"own_digest", {{"/instrument/digest", "\"" + test::gcp_instrument().digest + "\""}}, {}},
        OverlayRow{"another_digest", {{"/instrument/digest", R"("00")"}}, {"invalid overlay_of_another /instrument"}},
        OverlayRow{"another_id", {{"/instrument/id", R"("gcp2")"}}, {"invalid overlay_of_another /instrument"}},
        OverlayRow{"another_version", {{"/instrument/version", R"("2.0.0")"}}, {"invalid overlay_of_another /instrument"}},
        OverlayRow{"format", {{"/format", R"("gcp2/instrument/1")"}}, {"invalid wrong_format "}},
        OverlayRow{"no_licence", {{"/licence", ""}}, {"invalid missing_key "}},
        OverlayRow{"unknown_node", {{"/wording/0/node", R"("A9")"}}, {"invalid unknown_node /wording/0"}},
        OverlayRow{"node_twice", {{"/wording/1/node", R"("A1a")"}}, {"invalid code_twice /wording/1"}},
        OverlayRow{"a_grade_missing", {{"/wording/0/descriptors/3", ""}}, {"invalid descriptor_missing /wording/0/descriptors"}},
        OverlayRow{"a_sixth_grade", {{"/wording/0/descriptors/6", R"("x")"}}, {"invalid key_not_allowed /wording/0/descriptors/6"}},
        OverlayRow{"wording_on_a_parent", {{"/wording/0/node", R"("A1")"}}, {"invalid wording_on_parent /wording/0"}},
        OverlayRow{"a_band", {{"/wording/0/age_band", R"({"from": 0, "to": 1})"}}, {"invalid key_not_allowed /wording/0/age_band"}},
        OverlayRow{"a_condition", {{"/wording/0/condition", R"("behavioural_difficulty")"}}, {"invalid key_not_allowed /wording/0/condition"}},
        OverlayRow{"new_items", {{"/wording/1/items", "[]"}}, {"invalid key_not_allowed /wording/1/items"}},
        OverlayRow{"rules", {{"/rules", "[]"}}, {"invalid key_not_allowed /rules"}},
        OverlayRow{"no_wording", {{"/wording", "[]"}}, {"invalid wrong_type /wording"}},
        OverlayRow{"hole_in_ages",
                   {{"/wording/0/descriptors", ""},
                    {"/wording/0/descriptors_by_age",
                     R"([{"age_band": {"from": 0, "to": 60}, "descriptors": {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}}])"}},
                   {"invalid bands_leave_hole /wording/0"}}),
    [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace gcp2
