// Cases as files: every fault is found where it stands, and only where there is one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gcp2/case_files.h"
#include "gcp2/json.h"
#include "gcp2/report.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A baby's case: 28 leaves, of which C1 and C2 have five.
const Value& baby() {
  static const Value document = parsed(source_file("schemas/cases/baby-in-a-cold-flat.json"));
  return document;
}

std::vector<std::string> faults(const Value& document) {
  Findings findings;
  (void)read_case(document, shipped_instruments(), findings);
  for (const Finding& f : findings) EXPECT_NE(message(f), f.code);
  return lines(findings);
}

Case read(const Value& document) {
  Findings findings;
  Case read = read_case(document, shipped_instruments(), findings);
  EXPECT_THAT(lines(findings), IsEmpty());
  return read;
}

/// The baby's key with its entries changed.
template <class Change>
Value with_key(const Change& change) {
  Value document = baby();
  change(document.find("profiles")->items()[0].find("key")->items());
  return document;
}

const std::string profile = "/profiles/0";
const std::string key = profile + "/key";

struct Row {
  std::vector<Change> changes;
  std::vector<std::string> faults;
};

void refused(const std::vector<Row>& rows) {
  for (const auto& [changes, faults] : rows) {
    std::vector<std::string> expected;
    for (const std::string& fault : faults) expected.push_back("invalid " + fault);
    EXPECT_EQ(test::faults(changed(baby(), changes)), expected)
        << changes.front().pointer << " " << changes.front().json;
  }
}

TEST(CaseFile, IsReadAsItStands) {
  const Case found = read(baby());
  EXPECT_EQ(found.id, "baby-in-a-cold-flat");
  EXPECT_EQ(found.instrument, &shipped_instruments().list.front());
  ASSERT_EQ(found.profiles.size(), 1U);
  EXPECT_EQ(found.profile("first"), &found.profiles.front());
  EXPECT_EQ(found.profile("second"), nullptr);
  const CaseProfile& first = found.profiles.front();
  EXPECT_EQ(first.child.name, "Ava Example");
  EXPECT_EQ(first.age_months, 7);
  EXPECT_TRUE(first.conditions.none());
  EXPECT_FALSE(first.early_indicators);
  EXPECT_EQ(first.window_to, day("2026-10-19"));
  const KeyEntry& quality = first.key.front();
  EXPECT_EQ(found.instrument->node(quality.node).code, "A1a");
  EXPECT_EQ(quality.grade, grade(2));
  EXPECT_EQ(quality.lines.size(), 2U);
  EXPECT_EQ(quality.quotes.size(), 2U);
  EXPECT_EQ(quality.cannot, "");
}

TEST(CaseFile, EveryFaultOfTheFrame) {
  EXPECT_THAT(faults(parsed("[]")), ElementsAre("invalid wrong_type "));
  refused({
      {{{"/format", R"("gcp2/case/2")"}}, {"wrong_format /format"}},
      {{{"/format", ""}}, {"missing_key "}},
      {{{"/id", ""}}, {"missing_key "}},
      {{{"/id", R"("two words")"}}, {"bad_code /id"}},
      {{{"/title", R"("")"}}, {"wrong_type /title"}},
      {{{"/about", "7"}}, {"wrong_type /about"}},
      {{{"/abuot", R"("x")"}}, {"key_not_allowed /abuot"}},
      {{{"/instrument/id", R"("gcp9")"}}, {"unknown_instrument /instrument"}},
      {{{"/instrument/digest", R"("abc")"}}, {"unknown_digest /instrument/digest"}},
      {{{"/instrument", "1"}}, {"wrong_type /instrument"}},
      {{{"/discussion", "[]"}}, {"wrong_type /discussion"}},
      {{{"/discussion", ""}}, {"missing_key "}},
      {{{"/discussion/1", R"("")"}}, {"wrong_type /discussion/1"}},
      {{{"/facilitator", R"("talk")"}}, {"wrong_type /facilitator"}},
      {{{"/facilitator/0", "3"}}, {"wrong_type /facilitator/0"}},
      {{{"/profiles", "[]"}}, {"wrong_type /profiles"}},
      {{{"/profiles", "{}"}}, {"wrong_type /profiles"}},
      {{{"/profiles/0", "7"}}, {"wrong_type /profiles/0"}},
  });
}

TEST(CaseFile, EveryFaultOfAProfile) {
  refused({
      {{{profile + "/id", R"("a b")"}}, {"bad_code /profiles/0/id"}},
      {{{profile + "/title", ""}}, {"missing_key /profiles/0"}},
      {{{profile + "/childs", "1"}}, {"key_not_allowed /profiles/0/childs"}},
      {{{profile + "/early_indicators", R"("yes")"}}, {"wrong_type /profiles/0/early_indicators"}},
      {{{profile + "/vignette/0", R"("")"}}, {"wrong_type /profiles/0/vignette/0"}},
      {{{profile + "/child", R"("Ava")"}}, {"wrong_type /profiles/0/child"}},
      {{{profile + "/child/nam", R"("Ava")"}}, {"key_not_allowed /profiles/0/child/nam"}},
      {{{profile + "/child/date_of_birth", R"("2026-02-30")"}},
       {"impossible_date /profiles/0/child/date_of_birth"}},
      {{{profile + "/child/date_of_birth", ""}}, {"age_unknown /profiles/0/child"}},
      {{{profile + "/child/conditions", R"(["asthma"])"}},
       {"unknown_word /profiles/0/child/conditions/0"}},
      {{{profile + "/child", ""}}, {"missing_key /profiles/0"}},
      {{{profile + "/window", ""}}, {"missing_key /profiles/0"}},
      {{{profile + "/window/to", ""}}, {"missing_key /profiles/0/window"}},
      {{{profile + "/window/from", ""}}, {"missing_key /profiles/0/window"}},
      {{{profile + "/window/until", "1"}}, {"key_not_allowed /profiles/0/window/until"}},
      {{{profile + "/window/from", R"("2026-10-20")"}}, {"window_reversed /profiles/0/window"}},
      {{{profile + "/window/from", R"("2026-02-19")"}}, {"window_before_birth /profiles/0/window"}},
  });
}

TEST(CaseFile, TwoProfilesHaveTwoIds) {
  Value document = baby();
  std::vector<Value>& profiles = document.find("profiles")->items();
  profiles.push_back(profiles.front());
  EXPECT_THAT(faults(document), ElementsAre("invalid profile_twice /profiles/1/id"));
  profiles[1].set("id", Value::text("second"));
  EXPECT_THAT(faults(document), IsEmpty());
}

TEST(CaseFile, EveryFaultOfAnEntry) {
  const std::string cannot = R"({"node": "A1a", "cannot": "Nobody saw it."})";
  EXPECT_THAT(faults(changed(baby(), {{key + "/0", cannot}})), IsEmpty());
  refused({
      {{{key, "{}"}}, {"wrong_type /profiles/0/key"}},
      {{{key + "/0/grade", "6"}}, {"no_such_grade /profiles/0/key/0/grade"}},
      {{{key + "/0/grade", "2.5"}}, {"no_such_grade /profiles/0/key/0/grade"}},
      {{{key + "/0/grade", R"("2")"}}, {"grade_not_a_number /profiles/0/key/0/grade"}},
      {{{key + "/0/rationale", ""}}, {"missing_key /profiles/0/key/0"}},
      {{{key + "/0/rationale", R"("")"}}, {"wrong_type /profiles/0/key/0/rationale"}},
      {{{key + "/0/reason", R"("x")"}}, {"key_not_allowed /profiles/0/key/0/reason"}},
      {{{key + "/0", R"({"node": "A1a"})"}}, {"key_without_grade /profiles/0/key/0"}},
      {{{key + "/0/cannot", R"("x")"}}, {"key_grade_and_cannot /profiles/0/key/0"}},
      {{{key + "/0", R"({"node": "A1a", "cannot": ""})"}}, {"wrong_type /profiles/0/key/0/cannot"}},
      {{{key + "/0", R"({"node": "A1a", "cannot": "x", "lines": [1]})"}},
       {"key_not_allowed /profiles/0/key/0/lines"}},
      {{{key + "/0/lines/0", "0"}}, {"number_out_of_range /profiles/0/key/0/lines/0"}},
      {{{key + "/0/lines/0", "43"}}, {"number_out_of_range /profiles/0/key/0/lines/0"}},
      {{{key + "/0/lines/0", "1.5"}}, {"number_out_of_range /profiles/0/key/0/lines/0"}},
      {{{key + "/0/lines/0", R"("1")"}}, {"number_out_of_range /profiles/0/key/0/lines/0"}},
      {{{key + "/0/lines", "[]"}}, {"lines_and_quotes_differ /profiles/0/key/0/lines"}},
      {{{key + "/0/lines/-", "1"}}, {"lines_and_quotes_differ /profiles/0/key/0/lines"}},
      {{{key + "/0/lines/0", "1"}}, {"quote_not_in_line /profiles/0/key/0/quotes/0"}},
      {{{key + "/0/quotes/1", R"("juice was in Ava's bottle")"}},
       {"quote_not_in_line /profiles/0/key/0/quotes/1"}},
      {{{key + "/0/quotes", "[]"}},
       {"wrong_type /profiles/0/key/0/quotes", "lines_and_quotes_differ /profiles/0/key/0/lines"}},
      {{{profile + "/vignette/12", R"("Told otherwise.")"}},
       {"quote_not_in_line /profiles/0/key/0/quotes/0",
        "quote_not_in_line /profiles/0/key/2/quotes/1"}},
  });
}

TEST(CaseFile, TheKeyCoversWhatAppliesOnceAndInOrder) {
  refused({
      {{{key + "/0/node", R"("A1x")"}},
       {"unknown_node /profiles/0/key/0/node", "key_leaf_missing /profiles/0/key"}},
      {{{key + "/0/node", R"("A1")"}},
       {"not_a_leaf /profiles/0/key/0/node", "key_leaf_missing /profiles/0/key"}},
      {{{key + "/0/node", R"("D1b")"}},
       {"key_leaf_not_applicable /profiles/0/key/0/node", "key_leaf_missing /profiles/0/key"}},
      {{{key + "/0/node", R"("A5d")"}},
       {"key_leaf_not_applicable /profiles/0/key/0/node", "key_leaf_missing /profiles/0/key"}},
      {{{key + "/1/node", R"("A1a")"}},
       {"key_leaf_twice /profiles/0/key/1/node", "key_leaf_missing /profiles/0/key"}},
  });
  EXPECT_THAT(faults(with_key([](auto& entries) { std::swap(entries[0], entries[1]); })),
              ElementsAre("invalid key_out_of_order /profiles/0/key/1/node"));
  Findings findings;
  (void)read_case(with_key([](auto& entries) { entries.erase(entries.begin() + 3); }),
                  shipped_instruments(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].node, "A1d");
}

TEST(CaseFile, ConditionsSayWhatTheKeyCovers) {
  // With the condition A5d is missing; once it is there, the key is whole.
  const Change long_term{profile + "/child/conditions", R"(["long_term_health_condition"])"};
  EXPECT_THAT(faults(changed(baby(), {long_term})),
              ElementsAre("invalid key_leaf_missing /profiles/0/key"));
  const Value with_a5d = with_key([](auto& entries) {
    entries.insert(entries.begin() + 14, parsed(R"({"node": "A5d", "cannot": "Not told."})"));
  });
  EXPECT_THAT(faults(changed(with_a5d, {long_term})), IsEmpty());
  // C2 is taken from C1, and its leaves do not belong in the key.
  const Change behaviour{profile + "/child/conditions", R"(["behavioural_difficulty"])"};
  EXPECT_THAT(faults(changed(baby(), {behaviour})),
              ElementsAre("invalid key_leaf_not_applicable /profiles/0/key/22/node",
                          "invalid key_leaf_not_applicable /profiles/0/key/23/node"));
  const Value without_c2 =
      with_key([](auto& entries) { entries.erase(entries.begin() + 22, entries.begin() + 24); });
  EXPECT_THAT(faults(changed(without_c2, {behaviour})), IsEmpty());
}

TEST(CaseFile, TheAgeAtTheWindowsEndSaysWhatTheKeyCovers) {
  const auto codes = [](int months) {
    std::vector<std::string> of_d1;
    for (const NodeIndex leaf : key_leaves(gcp_instrument(), months, {}))
      if (const std::string& code = gcp_instrument().node(leaf).code; code.starts_with("D1"))
        of_d1.push_back(code);
    return of_d1;
  };
  EXPECT_THAT(codes(0), ElementsAre("D1a"));
  EXPECT_THAT(codes(23), ElementsAre("D1a"));
  EXPECT_THAT(codes(24), ElementsAre("D1b", "D1c", "D1d", "D1e"));
  EXPECT_THAT(codes(60), ElementsAre("D1f", "D1g", "D1h", "D1i"));
}

TEST(CaseFile, AnUnbornChildCountsAsNoMonthsOld) {
  Value document = changed(baby(), {{profile + "/child/date_of_birth", ""},
                                    {profile + "/child/expected_date", R"("2026-12-01")"}});
  EXPECT_EQ(read(document).profiles.front().age_months, 0);
}

TEST(CaseFile, TheKeyIsARecordSheet) {
  const Case found =
      read(changed(baby(), {{key + "/1", R"({"node": "A1b", "cannot": "Nobody saw it."})"}}));
  const Sheet sheet = key_sheet(*found.instrument, found.profiles.front());
  EXPECT_EQ(sheet.age_months, 7);
  EXPECT_EQ(sheet.marks[*found.instrument->find("A1a")].grade, grade(2));
  const Mark& open = sheet.marks[*found.instrument->find("A1b")];
  EXPECT_FALSE(open.grade);
  EXPECT_EQ(open.not_graded, NotGraded::not_observed);
  EXPECT_EQ(sheet.marks[*found.instrument->find("D1b")].not_graded, NotGraded::not_yet);
}

}  // namespace
}  // namespace gcp2::test
