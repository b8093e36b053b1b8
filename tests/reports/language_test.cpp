// Every sentence that the program can say is in the catalogue, and nothing else is.
#include "gcp2/language.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>

namespace gcp2 {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::set<std::string> matches(const std::string& text, const std::string& expression) {
  const std::regex pattern{expression};
  std::set<std::string> found;
  for (std::sregex_iterator it{text.begin(), text.end(), pattern}, end; it != end; ++it)
    found.insert((*it)[1]);
  return found;
}

/// Our own: what npm has installed between them is none.
bool is_source(const fs::path& file) {
  return (file.extension() == ".cpp" || file.extension() == ".h") &&
         file.string().find("node_modules") == std::string::npos;
}

std::string sources_in(std::initializer_list<const char*> folders) {
  std::string text;
  for (const char* folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator{fs::path{GCP2_SOURCE_DIR} / folder})
      if (entry.is_regular_file() && is_source(entry.path())) text += bytes_of(entry.path());
  return std::regex_replace(text, std::regex{"#include [^\n]*"}, "");
}

/// The sources of everything that says sentences.
const std::string& sources() {
  static const std::string all =
      sources_in({"engine/report", "engine/drawing", "engine/print", "engine/view", "cli"});
  return all;
}

std::string_view area_of(std::string_view key) { return key.substr(0, key.find('.')); }

TEST(Language, EveryKeyInTheSourcesHasASentence) {
  std::set<std::string_view> areas;
  for (const auto key : Language::english().keys()) areas.insert(area_of(key));
  const auto literals = matches(sources(), "\"([a-z0-9_]+(?:\\.[a-z0-9_]+)+)\"");
  ASSERT_GT(literals.size(), 100U);
  for (const std::string& literal : literals) {
    const bool said = Language::english().has(literal) || Language::find("cy")->has(literal);
    EXPECT_TRUE(said || !areas.contains(area_of(literal))) << literal;
  }
}

TEST(Language, EverySentenceIsSaidSomewhere) {
  const auto literals = matches(sources(), "\"([a-z0-9_]+(?:\\.[a-z0-9_]+)+)\"");
  // Keys that are put together end in the name of an enumerator or of a node.
  const auto beginnings = matches(sources(), "\"([a-z0-9_]+(?:\\.[a-z0-9_]+)*\\.?[a-z_]*)\" *\\+");
  for (const auto key : Language::english().keys()) {
    const bool put_together = std::ranges::any_of(beginnings, [key](const std::string& beginning) {
      return beginning.find('.') != std::string::npos && key.starts_with(beginning);
    });
    EXPECT_TRUE(put_together || literals.contains(std::string{key})) << key;
  }
}

TEST(Language, EveryFindingHasASentenceAndNothingElseHas) {
  const std::string all = sources_in({"engine", "cli"});
  const auto words = matches(all, "\"(?:finding\\.)?([a-z0-9_]+)\"");
  std::size_t sentences = 0;
  for (const auto key : Language::english().keys()) {
    if (!area_of(key).starts_with("finding")) continue;
    ++sentences;
    EXPECT_TRUE(words.contains(std::string{key.substr(key.find('.') + 1)})) << key;
  }
  EXPECT_GT(sentences, 150U);
  const auto codes = matches(all, "(?:\\.code = |refuse\\(|[^.]add\\()\"([a-z0-9_]+)\"");
  EXPECT_GT(codes.size(), 50U);
  for (const std::string& code : codes)
    EXPECT_TRUE(Language::english().has("finding." + code)) << code;
}

TEST(Language, WelshHasEveryPhraseOfTheFamilyReport) {
  const Language& welsh = *Language::find("cy");
  const std::set<std::string_view> of_the_family{"family", "month", "date"};
  std::size_t phrases = 0;
  for (const auto key : Language::english().keys()) {
    if (!of_the_family.contains(area_of(key))) continue;
    ++phrases;
    EXPECT_TRUE(welsh.has(key)) << key;
  }
  EXPECT_GT(phrases, 60U);
}

TEST(Language, ATranslationHasTheFillingsOfItsSentence) {
  const Language& welsh = *Language::find("cy");
  const auto fillings = [](const std::string& text) { return matches(text, "\\{([a-z_]+)\\}"); };
  const auto raw = [](const char* name) {
    return bytes_of(fs::path{GCP2_SOURCE_DIR} / "schemas" / "languages" / name);
  };
  const auto sentence = [](const std::string& catalogue, std::string_view key) {
    const auto at = catalogue.find("msgid \"" + std::string{key} + "\"\nmsgstr ");
    const auto from = catalogue.find("msgstr ", at);
    return catalogue.substr(from, catalogue.find("\n\n", from) - from);
  };
  const std::string english_text = raw("en.po");
  const std::string welsh_text = raw("cy.po");
  for (const auto key : welsh.keys()) {
    if (!Language::english().has(key)) continue;
    EXPECT_EQ(fillings(sentence(english_text, key)), fillings(sentence(welsh_text, key))) << key;
  }
}

TEST(Language, WelshIsMarkedAsUnreviewed) {
  const std::string text = bytes_of(fs::path{GCP2_SOURCE_DIR} / "schemas/languages/cy.po");
  std::size_t phrases = 0;
  std::size_t marked = 0;
  for (std::size_t at = text.find("\nmsgid \""); at != std::string::npos;
       at = text.find("\nmsgid \"", at + 1)) {
    if (text.compare(at, 10, "\nmsgid \"\"\n") == 0) continue;
    ++phrases;
    if (text.compare(at - 8, 8, "#, fuzzy") == 0) ++marked;
  }
  EXPECT_GT(phrases, 50U);
  EXPECT_EQ(marked, phrases);
}

TEST(Language, FillsIn) {
  EXPECT_EQ(Language::english().say("grade.word", {{"number", "4"}, {"quality", "{poor}"}}),
            "4 ({poor})");
}

TEST(Language, FallsBackToEnglish) {
  const Language& welsh = *Language::find("cy");
  ASSERT_FALSE(welsh.has("grade.none"));
  EXPECT_EQ(welsh.say("grade.none"), "no grade");
  EXPECT_NE(welsh.say("urgent.call_999"), Language::english().say("urgent.call_999"));
}

TEST(Language, AMissingKeyOrFillingIsABug) {
  EXPECT_THROW((void)Language::english().say("no.such.key"), std::logic_error);
  EXPECT_THROW((void)Language::english().say("grade.word", {{"number", "4"}}), std::logic_error);
}

TEST(Language, UnknownLanguagesAreNotAtHand) {
  EXPECT_EQ(Language::find("de"), nullptr);
  EXPECT_EQ(Language::find(""), nullptr);
  EXPECT_EQ(Language::find("en"), &Language::english());
}

}  // namespace
}  // namespace gcp2
