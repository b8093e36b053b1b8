// Damaged documents are taken and refused as a strict parser of another make does.
#include "support/generators.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <regex>

#include "gcp2/json.h"

namespace gcp2 {
namespace {

using test::expect_always;

std::optional<boost::json::value> oracle(std::string_view text) {
  boost::json::parse_options strict;
  strict.max_depth = 64;
  boost::json::error_code error;
  auto value = boost::json::parse(boost::json::string_view{text.data(), text.size()}, error, {}, strict);
  if (error) return std::nullopt;
  return value;
}

/// Text and structure are the same; numbers are compared by what they say.
bool same(const Value& ours, const boost::json::value& theirs) {
  switch (ours.kind()) {
    case Value::Kind::null: return theirs.is_null();
    case Value::Kind::boolean: return theirs.is_bool() && theirs.get_bool() == ours.truth();
    case Value::Kind::text: {
      if (!theirs.is_string()) return false;
      const auto& text = theirs.get_string();
      return std::string_view{text.data(), text.size()} == ours.text();
    }
    case Value::Kind::number: {
      const double number = std::stod(ours.text());
      return theirs.is_number() && std::abs(theirs.to_number<double>() - number) <= std::abs(number) * 1e-12;
    }
    case Value::Kind::list: {
      if (!theirs.is_array() || theirs.get_array().size() != ours.items().size()) return false;
      for (std::size_t i = 0; i < ours.items().size(); ++i)
        if (!same(ours.items()[i], theirs.get_array()[i])) return false;
      return true;
    }
    case Value::Kind::object: {
      if (!theirs.is_object() || theirs.get_object().size() != ours.members().size()) return false;
      for (const Member& member : ours.members()) {
        const auto* found = theirs.get_object().if_contains({member.key.data(), member.key.size()});
        if (found == nullptr || !same(member.value, *found)) return false;
      }
      return true;
    }
  }
  return false;
}

const std::vector<std::string> seeds{
    R"({"a":[1,-2.5e3,true,false,null,"x\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00"],"b":{"c":{},"d":[]}})",
    R"([[],{},"",0,-0,1e5,[[["deep"]]],{"k":"v","l":[1,2,3]}])",
    R"({ "node" : "A1a" , "grade" : 2 , "evidence" : [ { "on" : "2026-01-12" } ] })"};
const std::vector<std::string> pieces{
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", "0", "1", "-", "+", ".",
    "e", "E", "null", "true", "false", "nul", "NaN", " ", "\n", "\t", "\r", "\x01", "\x7f", "\x80", "\xc3",
    "\xc3\xa9", "\xed\xa0\x80", "\xf0\x9f\x98\x80", "/", "'", "x", "\"a\":", "{}", "[]", std::string(1, '\0')};

std::string damaged() {
  std::string text = seeds[*rc::gen::inRange<std::size_t>(0, seeds.size())];
  const int changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i) {
    const auto place = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    const std::string& piece = pieces[*rc::gen::inRange<std::size_t>(0, pieces.size())];
    switch (*rc::gen::inRange(0, 4)) {
      case 0: text.insert(place, piece); break;
      case 1: text.erase(place, *rc::gen::inRange<std::size_t>(1, 4)); break;
      case 2: text.replace(place, std::min<std::size_t>(1, text.size() - place), piece); break;
      default: text = text.substr(0, place) + text.substr(std::min(text.size(), place + 1));
    }
  }
  return text;
}

TEST(ReadJson, AgreesWithAStrictParserOnDamagedDocuments) {
  int taken = 0, refused = 0;
  const auto trial = [&] {
    const std::string text = *rc::gen::resize(rc::kNominalSize, rc::gen::exec(damaged));
    Findings findings;
    const Value ours = read_json(text, findings);
    const auto theirs = oracle(text);
    RC_LOG() << text << '\n' << (findings.empty() ? "taken" : findings.front().code) << '\n';
    const bool doubled = std::ranges::any_of(findings, [](const Finding& f) { return f.code == "duplicate_key"; });
    if (!findings.empty() && doubled && findings.back().code == "duplicate_key") {
      RC_ASSERT(theirs.has_value());  // grammar takes a key twice, and we do not
      return;
    }
    // A scalar is no document of ours, and a number beyond a double is none of ours either.
    const bool scalar = theirs && !theirs->is_object() && !theirs->is_array();
    const bool huge = !findings.empty() && findings.front().code == "bad_number" &&
                      std::regex_search(text, std::regex{"[eE][+-]?[0-9]{3}"});
    if (scalar || huge) return;
    RC_ASSERT(findings.empty() == theirs.has_value());
    ++(findings.empty() ? taken : refused);
    for (const Finding& f : findings) {
      RC_ASSERT(f.severity == Severity::invalid);
      RC_ASSERT(f.position.line > 0U);
      RC_ASSERT(f.position.column > 0U);
    }
    if (!findings.empty()) {
      RC_ASSERT(ours.is_null());
      return;
    }
    RC_ASSERT(same(ours, *theirs));
    for (const Layout layout : {Layout::line, Layout::pretty}) {
      Findings again;
      const std::string written = write_json(ours, layout);
      RC_ASSERT(read_json(written, again) == ours);
      RC_ASSERT(again.empty());
      RC_ASSERT(oracle(written).has_value());
    }
  };
  expect_always("our reader and another agree", trial, 5000);
  EXPECT_GT(taken, 300);
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace gcp2
