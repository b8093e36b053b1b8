// The cases that ship: whole, graded line by line, plainly fictional, and as the course needs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "gcp2/case_files.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAreArray;

template <class Check>
void each_profile(const Check& check) {
  for (const Case& sample : shipped_cases())
    for (const CaseProfile& profile : sample.profiles) {
      SCOPED_TRACE(sample.id + " " + profile.id);
      check(sample, profile);
    }
}

/// All that a person reads of a case.
std::vector<std::string> texts(const Case& sample) {
  std::vector<std::string> all{sample.title, sample.about};
  all.insert(all.end(), sample.discussion.begin(), sample.discussion.end());
  all.insert(all.end(), sample.facilitator.begin(), sample.facilitator.end());
  for (const CaseProfile& profile : sample.profiles) {
    all.push_back(profile.title);
    all.insert(all.end(), profile.vignette.begin(), profile.vignette.end());
    for (const KeyEntry& entry : profile.key) all.push_back(entry.rationale + entry.cannot);
  }
  return all;
}

TEST(ShippedCases, AreTheFilesOfTheFolder) {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::directory_iterator{GCP2_SOURCE_DIR "/schemas/cases"})
    files.push_back(file.path().stem().string());
  std::vector<std::string> ids;
  for (const Case& sample : shipped_cases()) ids.push_back(sample.id);
  EXPECT_THAT(ids, UnorderedElementsAreArray(files));
}

TEST(ShippedCases, TheKeyCoversWhatTheScorecardCounts) {
  each_profile([](const Case& sample, const CaseProfile& profile) {
    const Scorecard card = score(*sample.instrument, default_rule(*sample.instrument),
                                 key_sheet(*sample.instrument, profile));
    std::size_t counted = card.missing;
    for (const auto count : card.counts) counted += count;
    EXPECT_EQ(profile.key.size(), counted);
    for (const KeyEntry& entry : profile.key) {
      EXPECT_TRUE(sample.instrument->is_leaf(entry.node));
      EXPECT_TRUE(card.nodes[entry.node].applies);
    }
  });
}

TEST(ShippedCases, EveryGradeRestsOnWordsOfItsLines) {
  each_profile([](const Case& sample, const CaseProfile& profile) {
    for (const KeyEntry& entry : profile.key) {
      SCOPED_TRACE(sample.instrument->node(entry.node).code);
      EXPECT_EQ(entry.grade.has_value(), entry.cannot.empty());
      EXPECT_EQ(entry.grade.has_value(), !entry.rationale.empty());
      EXPECT_EQ(entry.grade.has_value(), !entry.lines.empty());
      ASSERT_EQ(entry.lines.size(), entry.quotes.size());
      for (std::size_t i = 0; i < entry.lines.size(); ++i) {
        EXPECT_THAT(profile.vignette.at(entry.lines[i] - 1), HasSubstr(entry.quotes[i]));
        EXPECT_GE(entry.quotes[i].size(), 10U) << entry.quotes[i];
      }
      EXPECT_GE((entry.rationale + entry.cannot).size(), 40U);
    }
  });
}

TEST(ShippedCases, MostLeavesCanBeGraded) {
  int early = 0;
  each_profile([&early](const Case&, const CaseProfile& profile) {
    const auto graded = static_cast<std::size_t>(std::ranges::count_if(
        profile.key, [](const KeyEntry& entry) { return entry.grade.has_value(); }));
    if (profile.early_indicators) {
      ++early;
      EXPECT_LT(graded * 100, profile.key.size() * 85) << "a school does not see it all";
    } else {
      EXPECT_GE(graded * 100, profile.key.size() * 85);
    }
  });
  EXPECT_EQ(early, 1);
}

TEST(ShippedCases, AreOfAUsefulSize) {
  each_profile([](const Case&, const CaseProfile& profile) {
    EXPECT_GE(profile.vignette.size(), 25U);
    EXPECT_LE(profile.vignette.size(), 60U);
    ASSERT_TRUE(profile.window_from && profile.window_to);
    EXPECT_LE(days_between(*profile.window_from, *profile.window_to), 28);
    std::set<int> grades;
    for (const KeyEntry& entry : profile.key)
      if (entry.grade) grades.insert(entry.grade->number());
    EXPECT_GE(grades.size(), 2U) << "no child's care is all of one grade";
  });
  for (const Case& sample : shipped_cases()) {
    SCOPED_TRACE(sample.id);
    for (const auto* list : {&sample.discussion, &sample.facilitator}) {
      EXPECT_GE(list->size(), 3U);
      EXPECT_LE(list->size(), 6U);
    }
  }
}

TEST(ShippedCases, EverybodyIsPlainlyFictional) {
  each_profile([](const Case&, const CaseProfile& profile) {
    EXPECT_TRUE(profile.child.name.ends_with(" Example") || profile.child.name.ends_with(" Sample"))
        << profile.child.name;
    EXPECT_EQ(profile.child.upn, "");
    EXPECT_TRUE(profile.child.nhs_number.empty() || profile.child.nhs_number.starts_with("999"));
  });
  const std::regex titled{R"(\b(Mr|Mrs|Ms|Miss|Dr|Mx)\.? (\w+))"};
  const std::regex number{R"(\d[\d ]{8,}\d)"};
  for (const Case& sample : shipped_cases())
    for (const std::string& text : texts(sample)) {
      for (std::sregex_iterator at{text.begin(), text.end(), titled}, end; at != end; ++at)
        EXPECT_THAT((std::set<std::string>{"Example", "Sample"}), testing::Contains((*at)[2].str()))
            << text;
      EXPECT_FALSE(std::regex_search(text, number)) << text;
    }
}

TEST(ShippedCases, NoLineIsADescriptor) {
  std::set<std::string> descriptors;
  for (const Node& node : gcp_instrument().nodes)
    for (const Wording& wording : node.wording)
      descriptors.insert(wording.descriptors.begin(), wording.descriptors.end());
  for (const Case& sample : shipped_cases())
    for (const std::string& text : texts(sample)) EXPECT_FALSE(descriptors.contains(text)) << text;
}

/// The areas' grades that each key makes, by the default rule: A B C D, 0 = none.
TEST(ShippedCases, TheKeysMakeTheseProfiles) {
  const std::map<std::string, std::string> areas{
      {"baby-in-a-cold-flat first", "2 3 1 1"},     {"quiet-in-year-three first", "3 3 3 3"},
      {"toddler-on-the-move first", "4 4 4 4"},     {"a-plan-for-every-day first", "2 3 1 4"},
      {"one-house-two-childhoods ruby", "2 4 2 2"}, {"one-house-two-childhoods jay", "4 4 4 5"},
      {"seen-as-grown-up first", "1 5 3 5"},        {"between-two-authorities first", "3 5 3 3"},
      {"three-looks-better january", "4 4 4 4"},    {"three-looks-better may", "2 2 3 2"},
      {"three-looks-better september", "1 2 2 1"},  {"three-looks-drift november", "2 2 2 2"},
      {"three-looks-drift march", "3 3 3 2"},       {"three-looks-drift july", "4 3 3 3"},
  };
  std::size_t profiles = 0;
  each_profile([&](const Case& sample, const CaseProfile& profile) {
    ++profiles;
    const Scorecard card = score(*sample.instrument, default_rule(*sample.instrument),
                                 key_sheet(*sample.instrument, profile));
    std::string grades;
    for (NodeIndex i = 0; i < card.nodes.size(); i = sample.instrument->node(i).end) {
      const auto grade = card.nodes[i].grade;
      grades += (grades.empty() ? "" : " ") + std::to_string(grade ? grade->number() : 0);
    }
    const auto expected = areas.find(sample.id + " " + profile.id);
    ASSERT_NE(expected, areas.end());
    EXPECT_EQ(grades, expected->second);
  });
  EXPECT_EQ(profiles, areas.size());
}

}  // namespace
}  // namespace gcp2::test
