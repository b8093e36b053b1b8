#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gcp2/json.h"
#include "support/series.h"

namespace gcp2 {
namespace {

using test::lines;
using test::parsed;
using test::Series;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

RaterNoise read(const Value& document, Findings& findings) {
  return read_rater_noise(document, shipped_instruments(), findings);
}

Value study(const std::string& ratings) {
  return parsed(R"({"format": "gcp2/study/1", "instrument": {"id": "gcp", "version": "1.0.0"},)"
                R"("ratings": [)" +
                ratings + "]}");
}

std::string rating(int number, const std::string& node, const std::string& rater,
                   const std::string& grade) {
  return R"({"case": "case)" + std::to_string(number) + R"(", "node": ")" + node +
         R"(", "rater": ")" + rater + R"(", "grade": )" + grade + "}";
}

TEST(RaterNoise, CountsPairsOfRatersOnTheSameCaseAndLeaf) {
  Findings findings;
  const RaterNoise noise =
      read(study(rating(1, "A1a", "R1", "2") + "," + rating(1, "A1a", "R2", "2") + "," +
                 rating(1, "A1a", "R3", "4.0") + "," + rating(1, "A4", "R1", "5") + "," +
                 rating(1, "A4", "R2", "null") + "," + rating(2, "A4", "R2", "1") + "," +
                 rating(1, "D2", "R1", "1") + "," + rating(1, "D2", "R2", "5")),
           findings);
  EXPECT_THAT(findings, IsEmpty());
  ASSERT_EQ(noise.areas.size(), 4U);
  EXPECT_EQ(noise.areas[0].code, "A");
  EXPECT_EQ(noise.areas[0].pairs, 3U);
  EXPECT_THAT(noise.areas[0].differed, ElementsAre(1, 0, 2, 0, 0));
  EXPECT_EQ(noise.areas[1].pairs, 0U);
  EXPECT_THAT(noise.areas[3].differed, ElementsAre(0, 0, 0, 0, 1));
}

TEST(RaterNoise, ExplainsFromFivePercentOn) {
  RaterNoise noise;
  noise.areas = {{"A", 20, {19, 1, 0, 0, 0}},
                 {"B", 21, {20, 1, 0, 0, 0}},
                 {"C", 40, {38, 0, 1, 1, 0}},
                 {"D", 0, {}}};
  EXPECT_TRUE(noise.explains("A", 1));
  EXPECT_FALSE(noise.explains("A", 2));
  EXPECT_FALSE(noise.explains("B", 1)) << "1 of 21 is less than 5 %";
  EXPECT_TRUE(noise.explains("C", 1)) << "a difference of more counts too";
  EXPECT_TRUE(noise.explains("C", 2));
  EXPECT_FALSE(noise.explains("C", 3));
  EXPECT_FALSE(noise.explains("D", 1)) << "nobody was compared";
  EXPECT_FALSE(noise.explains("E", 1));
  EXPECT_FALSE(noise.explains("A", 0)) << "no change needs no explanation";
}

TEST(RaterNoise, MarksChangesBetweenDifferentAssessorsOnly) {
  RaterNoise noise;
  noise.digest = test::gcp_instrument().digest;
  noise.areas = {{"A", 10, {5, 5, 0, 0, 0}}, {"B", 10, {10, 0, 0, 0, 0}}};
  const auto notes = [&noise](const std::string& by, const char* code) {
    Series series;
    series.add_sheet(0, {{"A4", 3}, {"B2", 3}, {"A1a", 4}, {"A5a", 2}});
    series.add_sheet(1, {{"A4", 2}, {"B2", 2}, {"A1a", 2}, {"A5a", 2}});
    series.assessment(0).lead_professional = "P1";
    series.assessment(1).lead_professional = by;
    return series.node(series.compared(&noise), code).notes;
  };
  using enum ChangeNote;
  EXPECT_THAT(notes("P2", "A4"), ElementsAre(assessor_changed, within_rater_variation));
  EXPECT_THAT(notes("P1", "A4"), IsEmpty());
  EXPECT_THAT(notes("P2", "B2"), ElementsAre(assessor_changed)) << "raters agreed on B";
  EXPECT_THAT(notes("P2", "A1a"), ElementsAre(assessor_changed)) << "nobody differed by two";
  EXPECT_THAT(notes("P2", "A5a"), ElementsAre(assessor_changed)) << "no change";
  noise.digest = "another";
  EXPECT_THAT(notes("P2", "A4"), ElementsAre(assessor_changed));
}

TEST(RaterNoise, RefusesWhatIsNoStudy) {
  struct Row {
    Value document;
    const char* line;
  };
  const std::string good = rating(1, "A1a", "R1", "2");
  const auto with = [&](const test::Change& change) {
    return test::changed(study(good), {change});
  };
  for (const auto& [document, line] : {
           Row{parsed("[]"), "invalid wrong_type "},
           Row{with({"/format", R"("gcp2/study/2")"}), "invalid wrong_format /format"},
           Row{with({"/ratings", ""}), "invalid missing_key "},
           Row{with({"/ratings", "{}"}), "invalid wrong_type /ratings"},
           Row{with({"/rating", "[]"}), "invalid key_not_allowed /rating"},
           Row{with({"/instrument", "3"}), "invalid wrong_type /instrument"},
           Row{with({"/instrument/id", R"("other")"}), "invalid unknown_instrument /instrument"},
           Row{with({"/instrument/digest", R"("other")"}), "invalid unknown_digest /instrument/digest"},
           Row{study(rating(1, "A9z", "R1", "2")), "invalid unknown_node /ratings/0/node"},
           Row{study(rating(1, "A1", "R1", "2")), "invalid not_a_leaf /ratings/0/node"},
           Row{study(rating(1, "A4", "R1", "6")), "invalid no_such_grade /ratings/0/grade"},
           Row{study(rating(1, "A4", "R1", "2.5")), "invalid no_such_grade /ratings/0/grade"},
           Row{study(rating(1, "A4", "R1", R"("2")")),
               "invalid grade_not_a_number /ratings/0/grade"},
           Row{study(rating(1, "A4", "", "2")), "invalid wrong_type /ratings/0/rater"},
           Row{study(good + "," + good), "invalid rating_twice /ratings/1"},
           Row{study("7"), "invalid wrong_type /ratings/0"},
       }) {
    Findings findings;
    read(document, findings);
    EXPECT_THAT(lines(findings), ElementsAre(line));
  }
}

/// `gcp` with another digest, where A1a is called N1a.
struct Renamed {
  Instruments instruments = shipped_instruments();
  Renamed() {
    Instrument old = test::gcp_instrument();
    old.version = "0.9.0";
    old.nodes[*old.find("A1a")].code = "N1a";
    old.digest = digest_of(old);
    instruments.list.push_back(std::move(old));
  }
  [[nodiscard]] const Instrument& old() const { return instruments.list.back(); }
  [[nodiscard]] Value mapping(const std::string& nodes) const {
    return parsed(R"({"format": "gcp2/mapping/1", "from": ")" + old().digest + R"(", "to": ")" +
                  instruments.list.front().digest + R"(", "nodes": )" + nodes + "}");
  }
};

TEST(Mapping, OtherTreesAreNotComparedWithoutOne) {
  const Renamed renamed;
  Series series;
  series.add_sheet(0, {{"A4", 4}, {"N1a", 4}}, 90, {}, {}, renamed.old());
  series.add_sheet(1, {{"A4", 3}, {"A1a", 2}});
  series.add_sheet(2, {{"A4", 2}, {"A1a", 2}});
  const Comparison alone = series.compared();
  EXPECT_THAT(alone.comparable, ElementsAre(false, true, true));
  const NodeChange& node = series.node(alone, "A4");
  EXPECT_FALSE(node.grades[0]);
  EXPECT_EQ(node.since_first, -1);
  EXPECT_THAT(node.notes, ElementsAre(ChangeNote::not_comparable));
  EXPECT_EQ(alone.shift[0].pairs, 0U);

  Findings findings;
  const NodeMapping mapping = read_node_mapping(renamed.mapping(R"({"A4": "A4", "N1a": "A1a"})"),
                                                renamed.instruments, findings);
  EXPECT_THAT(findings, IsEmpty());
  const Comparison mapped = series.compared(nullptr, {mapping});
  EXPECT_THAT(mapped.comparable, ElementsAre(true, true, true));
  EXPECT_EQ(series.node(mapped, "A4").since_first, -2);
  EXPECT_EQ(series.node(mapped, "A1a").since_first, -2);
  EXPECT_THAT(series.node(mapped, "A1a").notes, Not(Contains(ChangeNote::not_comparable)));
  EXPECT_THAT(series.node(mapped, "A1").notes, Contains(ChangeNote::not_comparable))
      << "a node that is not mapped";
  EXPECT_EQ(mapped.shift[0].pairs, 2U);
}

TEST(Mapping, RefusesWhatNoInstrumentAtHandHas) {
  const Renamed renamed;
  struct Row {
    Value document;
    const char* line;
  };
  for (const auto& [document, line] :
       {Row{renamed.mapping(R"({"A1a": "A1a"})"), "invalid unknown_node /nodes/A1a"},
        Row{renamed.mapping(R"({"N1a": "N1a"})"), "invalid unknown_node /nodes/N1a"},
        Row{renamed.mapping(R"({"N1a": "A1a", "A1b": "A1a"})"), "invalid mapped_twice /nodes/A1b"},
        Row{renamed.mapping(R"({"N1a": "A1"})"), "invalid mapped_leaf_to_parent /nodes/N1a"},
        Row{renamed.mapping(R"({"N1a": 3})"), "invalid wrong_type /nodes/N1a"},
        Row{renamed.mapping(R"({"N1a": null})"), "invalid wrong_type /nodes/N1a"},
        Row{renamed.mapping("[]"), "invalid wrong_type /nodes"},
        Row{test::changed(renamed.mapping("{}"), {{"/from", R"("0000")"}}),
            "invalid unknown_digest /from"},
        Row{test::changed(renamed.mapping("{}"), {{"/to", ""}}), "invalid missing_key "},
        Row{test::changed(renamed.mapping("{}"), {{"/format", R"("x")"}}),
            "invalid wrong_format /format"}}) {
    Findings findings;
    (void)read_node_mapping(document, renamed.instruments, findings);
    EXPECT_THAT(lines(findings), ElementsAre(line));
  }
}

}  // namespace
}  // namespace gcp2
