#include "gcp2/instrument.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "gcp2/json.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using test::gcp2_instrument;
using test::gcp_instrument;
using testing::ElementsAre;

constexpr int childhood = 18 * 12;  // months

TEST(ShippedInstruments, AreWhole) {
  for (const char* name : {"gcp", "gcp2"}) {
    Findings findings;
    const Instrument instrument = read_instrument_json(
        test::source_file("schemas/instruments/" + std::string{name} + ".json"), findings);
    EXPECT_TRUE(findings.empty()) << name;
    EXPECT_EQ(instrument.id, name);
    const Instrument* shipped = shipped_instruments().find(name, "1.0.0", {});
    ASSERT_NE(shipped, nullptr);
    EXPECT_EQ(shipped->digest, instrument.digest) << "the embedded file is another";
  }
  EXPECT_EQ(shipped_instruments().list.size(), 2U);
}

TEST(ShippedInstruments, AreFoundByIdVersionAndDigest) {
  const Instruments& all = shipped_instruments();
  EXPECT_EQ(all.find("gcp", "1.0.0", gcp_instrument().digest), &gcp_instrument());
  EXPECT_EQ(all.find("gcp", "1.0.0", ""), &gcp_instrument());
  EXPECT_EQ(all.find("gcp", "1.0.0", gcp2_instrument().digest), nullptr);
  EXPECT_EQ(all.find("gcp", "1.0.1", ""), nullptr);
  EXPECT_EQ(all.find("GCP", "1.0.0", ""), nullptr);
}

/// What domain.md says of a node: a band of {0, 0} is none.
struct Known {
  std::string_view code, label;
  Level level;
  Source source;
  AgeBand band = {};
};

constexpr auto area = Level::area;
constexpr auto sub = Level::sub_area;
constexpr auto item = Level::item;
constexpr auto S = Source::seen;
constexpr auto R = Source::recollected;
constexpr AgeBand under_two{0, 24}, from_two{24, 60}, from_five{60, 216};

// The labels are the first words of ours.
constexpr Known tree_of_gcp[] = {
    {"A", "Physical care", area, S},
    {"A1", "Nutrition", sub, S},
    {"A1a", "Quality", item, S},
    {"A1b", "Quantity", item, R},
    {"A1c", "Preparation", item, R},
    {"A1d", "Organisation", item, R},
    {"A2", "Housing", sub, S},
    {"A2a", "Maintenance", item, S},
    {"A2b", "Decor", item, S},
    {"A2c", "Facilities", item, S},
    {"A3", "Clothing", sub, S},
    {"A3a", "Warmth", item, R},
    {"A3b", "Fit", item, R},
    {"A3c", "Look", item, R},
    {"A4", "Hygiene", sub, R},
    {"A5", "Health", sub, S},
    {"A5a", "Seeking medical opinion", item, R},
    {"A5b", "Follow-up", item, R},
    {"A5c", "Health checks and immunisation", item, R},
    {"A5d", "Disability or long-term illness", item, R},
    {"B", "Safety", area, S},
    {"B1", "In carer's presence", sub, S},
    {"B1a", "Awareness", item, S},
    {"B1b", "Supervision in practice", item, R},
    {"B1c", "Safety in traffic", item, R},
    {"B1d", "Safety features", item, S},
    {"B2", "In carer's absence", sub, R},
    {"C", "Love", area, S},
    {"C1", "Carer", sub, S},
    {"C1a", "Sensitivity", item, R},
    {"C1b", "Timing of the response", item, R},
    {"C1c", "Quality of the response", item, R},
    {"C2", "Mutual engagement", sub, S},
    {"C2a", "Overtures", item, S},
    {"C2b", "Quality", item, S},
    {"D", "Esteem", area, S},
    {"D1", "Stimulation", sub, S},
    {"D1a", "Stimulation under two", item, R, under_two},
    {"D1b", "Interactive stimulation", item, R, from_two},
    {"D1c", "Toys", item, R, from_two},
    {"D1d", "Outings", item, R, from_two},
    {"D1e", "Celebrations", item, R, from_two},
    {"D1f", "Education", item, R, from_five},
    {"D1g", "Sports and leisure", item, R, from_five},
    {"D1h", "Peer interaction", item, R, from_five},
    {"D1i", "Provision", item, R, from_five},
    {"D2", "Approval", sub, R},
    {"D3", "Disapproval", sub, R},
    {"D4", "Acceptance", sub, R},
};

TEST(Gcp, HasTheTreeOfTheOriginal) {
  const Instrument& gcp = gcp_instrument();
  ASSERT_EQ(gcp.nodes.size(), std::size(tree_of_gcp));
  for (NodeIndex i = 0; i < gcp.nodes.size(); ++i) {
    const Node& node = gcp.node(i);
    const Known& known = tree_of_gcp[i];
    SCOPED_TRACE(known.code);
    EXPECT_EQ(node.code, known.code);
    EXPECT_EQ(node.label.substr(0, known.label.size()), known.label);
    EXPECT_EQ(node.level, known.level);
    EXPECT_EQ(name_of(node.source), name_of(known.source));
    EXPECT_EQ(node.band.value_or(AgeBand{}), known.band);
    EXPECT_EQ(node.condition.has_value(), known.code == "A5d");
    EXPECT_EQ(gcp.find(known.code), i);
    if (node.parent) {
      EXPECT_TRUE(node.code.starts_with(gcp.node(*node.parent).code));
    } else {
      EXPECT_EQ(node.level, area);
    }
  }
  EXPECT_EQ(gcp.nodes[*gcp.find("A5d")].condition, Condition::long_term_health_condition);
}

TEST(Gcp, HasOneExceptionAndThreeRules) {
  const Instrument& gcp = gcp_instrument();
  ASSERT_EQ(gcp.exceptions.size(), 1U);
  const Exception& exception = gcp.exceptions.front();
  EXPECT_EQ(gcp.node(exception.node).code, "C2");
  EXPECT_EQ(gcp.node(exception.takes_from).code, "C1");
  EXPECT_EQ(exception.condition, Condition::behavioural_difficulty);
  EXPECT_EQ(exception.source, S);
  EXPECT_EQ(gcp.exception_on(*gcp.find("C2")), &exception);
  EXPECT_EQ(gcp.exception_on(*gcp.find("C1")), nullptr);

  EXPECT_EQ(gcp.default_rule, "majority-override");
  const Rule& rule = *gcp.rule("majority-override");
  EXPECT_EQ(rule.override_above, Grade::from(3));
  EXPECT_EQ(rule.tie, Tie::worse);
  EXPECT_EQ(rule.method, Rule::Method::majority);
  EXPECT_EQ(rule.source, R);
  EXPECT_FALSE(gcp.rule("majority")->override_above);
  EXPECT_EQ(gcp.rule("worst")->method, Rule::Method::worst);
  EXPECT_EQ(gcp.rule("mean"), nullptr) << "no mean over areas, ever";
}

TEST(Gcp2, HasThePublicTopicsAndNoItems) {
  std::vector<std::string> codes, areas;
  for (const Node& node : gcp2_instrument().nodes) {
    EXPECT_NE(node.level, item) << "letters of items are not public: assert none";
    (node.level == area ? areas : codes).push_back(node.label);
  }
  EXPECT_THAT(areas, ElementsAre("Physical care", "Care of safety", "Emotional care",
                                 "Developmental care"));
  EXPECT_THAT(codes, ElementsAre("Nutrition", "Housing", "Clothing", "Hygiene", "Health",
                                 "Healthy weight", "Carer present", "Carer absent", "Home",
                                 "Traffic", "Online", "Responsiveness", "Mutual engagement",
                                 "Stimulation", "Approval", "Disapproval", "Acceptance"));
}

class EachShipped : public testing::TestWithParam<int> {
 protected:
  const Instrument& instrument =
      shipped_instruments().list.at(static_cast<std::size_t>(GetParam()));
};
INSTANTIATE_TEST_SUITE_P(Instruments, EachShipped, testing::Values(0, 1));

TEST_P(EachShipped, DescribesEveryLeafAtEveryAgeItAppliesTo) {
  Conditions everything;
  everything.set();
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
    if (!instrument.is_leaf(i)) {
      EXPECT_TRUE(instrument.node(i).wording.empty());
      continue;
    }
    for (int age = 0; age < childhood; ++age) {
      if (!applies(instrument, i, age, everything)) continue;
      const auto holding = std::ranges::count_if(
          instrument.node(i).wording, [age](const Wording& w) { return !w.band || w.band->holds(age); });
      ASSERT_EQ(holding, 1) << instrument.node(i).code << " at " << age;
      const Wording* wording = instrument.wording(i, age);
      ASSERT_TRUE(wording->band ? wording->band->holds(age) : true);
      std::set<std::string> descriptors;
      for (const std::string& text : wording->descriptors) {
        EXPECT_GT(text.size(), 20U) << instrument.node(i).code;
        descriptors.insert(text);
      }
      EXPECT_EQ(descriptors.size(), 5U) << instrument.node(i).code << " says a thing twice";
    }
  }
}

TEST_P(EachShipped, LeavesNoSubAreaWithoutALeafAtAnyAge) {
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
    if (instrument.node(i).level != sub) continue;
    for (int age = 0; age < childhood; ++age) {
      bool any = false;
      for (NodeIndex leaf = i; leaf < instrument.node(i).end; ++leaf)
        any = any || (instrument.is_leaf(leaf) && applies(instrument, leaf, age, {}));
      EXPECT_TRUE(any) << instrument.node(i).code << " at " << age;
    }
  }
}

TEST_P(EachShipped, SaysWhereItComesFrom) {
  EXPECT_EQ(instrument.licence_state, "demonstration");
  EXPECT_NE(instrument.licence_note.find("not affiliated with or endorsed by the NSPCC"),
            std::string::npos);
  for (const ScaleGrade& grade : instrument.scale) {
    EXPECT_FALSE(grade.level_of_care.empty());
    EXPECT_FALSE(grade.commitment.empty());
    EXPECT_FALSE(grade.quality.empty());
  }
  EXPECT_EQ(instrument.scale[0].quality, "best");
  EXPECT_EQ(instrument.scale[4].quality, "worst");
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
    if (instrument.is_leaf(i)) {
      EXPECT_FALSE(instrument.node(i).neglect_types.empty());
    }
}

TEST(Gcp, HasExactlyOneBandOfStimulationEachMonth) {
  const Instrument& gcp = gcp_instrument();
  const NodeIndex d1 = *gcp.find("D1");
  for (int age = 0; age < childhood; ++age) {
    std::set<std::pair<int, int>> bands;
    for (auto i = static_cast<NodeIndex>(d1 + 1); i < gcp.node(d1).end; ++i)
      if (applies(gcp, i, age, {})) bands.emplace(gcp.node(i).band->from, gcp.node(i).band->to);
    ASSERT_EQ(bands.size(), 1U) << age;
  }
}

TEST(Gcp, NeglectTypesAreOwnOrInherited) {
  const Instrument& gcp = gcp_instrument();
  const auto types = [&](std::string_view code) { return gcp.node(*gcp.find(code)).neglect_types; };
  EXPECT_THAT(types("A1"), ElementsAre(NeglectType::nutritional));
  EXPECT_THAT(types("A1a"), ElementsAre(NeglectType::nutritional));
  EXPECT_THAT(types("D1f"), ElementsAre(NeglectType::educational));
  EXPECT_THAT(types("D1h"), ElementsAre(NeglectType::emotional)) << "its own, not D1's";
}

TEST(Wording, BeyondEveryBandIsTheLast) {
  const Instrument& gcp = gcp_instrument();
  const NodeIndex a4 = *gcp.find("A4");
  EXPECT_EQ(gcp.wording(a4, 0), &gcp.node(a4).wording[0]);
  EXPECT_EQ(gcp.wording(a4, 59), &gcp.node(a4).wording[0]);
  EXPECT_EQ(gcp.wording(a4, 60), &gcp.node(a4).wording[1]);
  EXPECT_EQ(gcp.wording(a4, 95), &gcp.node(a4).wording[1]);
  EXPECT_EQ(gcp.wording(a4, 96), &gcp.node(a4).wording[2]);
  EXPECT_EQ(gcp.wording(a4, 240), &gcp.node(a4).wording[2]);
  EXPECT_EQ(gcp.wording(*gcp.find("A"), 60), nullptr);
}

TEST(Applies, FollowsBandAndConditionOfTheNodeAndAbove) {
  const Instrument& gcp = gcp_instrument();
  const auto at = [&](std::string_view code, int age, Conditions c = {}) {
    return applies(gcp, *gcp.find(code), age, c);
  };
  EXPECT_TRUE(at("D1a", 23));
  EXPECT_FALSE(at("D1a", 24));
  EXPECT_FALSE(at("D1b", 23));
  EXPECT_TRUE(at("D1b", 24));
  EXPECT_TRUE(at("D1b", 59));
  EXPECT_FALSE(at("D1b", 60));
  EXPECT_TRUE(at("D1f", 60));
  EXPECT_TRUE(at("D1f", 215));
  EXPECT_FALSE(at("D1f", 216));
  EXPECT_FALSE(at("A5d", 60));
  EXPECT_TRUE(at("A5d", 60, test::having({Condition::long_term_health_condition})));
  EXPECT_FALSE(at("A5d", 60, test::having({Condition::behavioural_difficulty})));
  EXPECT_TRUE(at("C2a", 60, test::having({Condition::behavioural_difficulty})));
}

}  // namespace
}  // namespace gcp2
