#include "gcp2/findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gcp2/report.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using test::parsed;
using testing::ElementsAre;

TEST(Nearest, IsAtMostTwoEditsAway) {
  const std::vector<std::string_view> known{"observations", "judgements", "window", "grade", "by"};
  struct Row {
    const char* word;
    const char* meant;
  };
  for (const auto& [word, meant] :
       {Row{"observation", "observations"}, Row{"Observations", "observations"},
        Row{"OBSERVATIONS", "observations"}, Row{"obsevation", "observations"},
        Row{"observasion", "observations"}, Row{"judgments", "judgements"}, Row{"windwo", "window"},
        Row{"garde", "grade"}, Row{"grad", "grade"}, Row{"grades", "grade"}, Row{"bye", "by"},
        Row{"xindoxx", ""}, Row{"", ""}, Row{"x", ""}, Row{"completely_other", ""}, Row{"obsvtions", ""}})
    EXPECT_EQ(nearest(word, known), meant) << word;
}

TEST(Nearest, PrefersTheFewestEdits) {
  EXPECT_EQ(nearest("A1b", {"A1a", "A1B", "A1c"}), "A1B");
  EXPECT_EQ(nearest("A5e", {"B5", "A5d"}), "A5d");
  EXPECT_EQ(nearest("anything", {}), "");
}

TEST(Shown, KeepsWordsAndHidesWhatPeopleWrite) {
  for (const char* word : {"A1a", "date_of_birth", "x-y.z", "a", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"})
    EXPECT_EQ(shown(word), word);
  for (const char* word : {"", "Sam Example", "O'Brien", "Zoë", "a/b", "a\nb", "{node}", "<b>",
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno"})
    EXPECT_EQ(shown(word), "") << word;
}

TEST(Locate, GivesThePlaceOfThePointerOrOfItsNearestParent) {
  const Value document = parsed("{\n  \"list\": [\n    {\"a\": 1},\n    {\"é\": \"ä\", \"b\": 2}\n  ]\n}");
  Findings findings{{.code = "one", .pointer = "/list/1/b"},
                    {.code = "two", .pointer = "/list/0/missing"},
                    {.code = "three", .pointer = "/none"},
                    {.code = "known", .pointer = "/list", .position = {.line = 9, .column = 8}}};
  locate(findings, document);
  const auto place = [&](std::size_t i) {
    return std::pair{findings[i].position.line, findings[i].position.column};
  };
  EXPECT_EQ(place(0), std::pair(4U, 21U)) << "columns count characters, not bytes";
  EXPECT_EQ(place(1), std::pair(3U, 5U));
  EXPECT_EQ(place(2), std::pair(1U, 1U));
  EXPECT_EQ(place(3), std::pair(9U, 8U));
}

TEST(SortByPlace, OrdersByFileLineColumnAndKeepsTheRest) {
  Findings findings;
  const auto add = [&](std::string_view code, std::string file, std::uint32_t line, std::uint32_t column) {
    findings.push_back({.code = code, .position = {.line = line, .column = column}, .file = std::move(file)});
  };
  add("f", "b", 1, 1);
  add("e", "a", 10, 1);
  add("c", "a", 2, 9);
  add("d", "a", 2, 9);
  add("b", "a", 2, 3);
  add("a", "a", 1, 50);
  sort_by_place(findings);
  std::vector<std::string_view> codes;
  for (const Finding& f : findings) codes.push_back(f.code);
  EXPECT_THAT(codes, ElementsAre("a", "b", "c", "d", "e", "f"));
}

TEST(SortByPlace, OrdersByPointerWhereThePlaceIsTheSame) {
  Findings findings{{.code = "second", .pointer = "/b"}, {.code = "first", .pointer = "/a"}};
  sort_by_place(findings);
  EXPECT_EQ(findings.front().code, "first");
}

TEST(AddFinding, SumsUpWhatNobodyReadsAsSeverelyAsTheWorstOfIt) {
  Findings findings;
  const auto add = [&findings](Severity severity) {
    add_finding(findings, {.code = "x", .severity = severity});
    return findings.back();
  };
  for (std::size_t i = 0; i < most_findings; ++i) EXPECT_EQ(add(Severity::query).code, "x");
  EXPECT_EQ(add(Severity::note).code, "too_many_findings");
  EXPECT_EQ(add(Severity::query).severity, Severity::query);
  EXPECT_EQ(add(Severity::note).severity, Severity::query) << "one query is among the rest";
  EXPECT_FALSE(any(findings, Severity::invalid));
  EXPECT_EQ(add(Severity::invalid).severity, Severity::invalid) << "what is invalid stays so";
  EXPECT_EQ(findings.size(), most_findings + 1);
}

TEST(Message, DoesWithoutWhatIsNotToBeShown) {
  const auto said = [](std::string_view code, std::string_view detail, std::string value) {
    return message({.code = code, .details = {{detail, std::move(value)}}});
  };
  EXPECT_EQ(said("duplicate_key", "key", "grade"),
            "The key \"grade\" stands twice in one object; only one can be meant. Remove the other.");
  EXPECT_EQ(said("duplicate_key", "key", ""),
            "A key stands twice in one object; only one can be meant. Remove the other.");
  EXPECT_EQ(message({.code = "unknown_node", .node = "Z9"}), "The instrument has no node Z9.");
  EXPECT_EQ(message({.code = "unknown_node"}), "The instrument has no such node.");
  EXPECT_EQ(message({.code = "bands_overlap"}),
            "The age bands of (this node) overlap: for some ages two would apply.");
}

TEST(Severity, HasItsFourNames) {
  EXPECT_EQ(name_of(Severity::invalid), "invalid");
  EXPECT_EQ(name_of(Severity::error), "error");
  EXPECT_EQ(name_of(Severity::query), "query");
  EXPECT_EQ(name_of(Severity::note), "note");
  const Findings findings{{.code = "x", .severity = Severity::query}};
  EXPECT_TRUE(any(findings, Severity::query));
  EXPECT_FALSE(any(findings, Severity::invalid));
}

}  // namespace
}  // namespace gcp2
