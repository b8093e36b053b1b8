#include "records.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "gcp2/json.h"

namespace gcp2::bench {
namespace {

constexpr std::string_view names[] = {"Sam", "Robin",  "Alex",  "Jo",
                                      "Kim", "Ashley", "Chris", "Zoë"};
constexpr std::string_view relationships[] = {"mother", "father", "grandmother", "foster carer"};
constexpr std::string_view agencies[] = {"school nursing", "early help", "health visiting",
                                         "housing"};
constexpr std::string_view kinds[] = {"observed", "child_said", "carer_said", "professional_said",
                                      "record"};
constexpr std::string_view not_graded[] = {"not_observed", "not_observed", "declined",
                                           "not_applicable"};
constexpr std::string_view places[] = {"At the home visit", "In class on Tuesday", "At the gate",
                                       "On the telephone", "At the review meeting"};
constexpr std::string_view seen[] = {"the bag was packed and the coat was dry",
                                     "the lunch box held bread and an apple",
                                     "the same jumper as on the two days before",
                                     "the appointment had been kept",
                                     "the kitchen was tidy and warm",
                                     "nobody had come by a quarter past four"};
constexpr std::string_view awkward[] = {"\"I made it myself\", the child said",
                                        "Notes of two days:\nMonday fine;\nTuesday late",
                                        "The café’s voucher (£4) was used", "Kept in file C\\2026"};

std::string quoted(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}

}  // namespace

/// SplitMix64: the standard's distributions differ from library to library.
unsigned Records::below(unsigned end) {
  std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
  return static_cast<unsigned>((z ^ (z >> 31U)) >> 33U) % end;
}

// Each draw is a statement of its own: compilers differ in the order of a call's arguments.
std::string Records::uuid() {
  std::string hex;
  while (hex.size() < 32) hex += "0123456789abcdef"[below(16)];
  hex[12] = '4';
  hex[16] = '9';
  for (const std::size_t at : {8U, 13U, 18U, 23U}) hex.insert(at, 1, '-');
  return hex;
}

/// Of the range for tests, with its check digit.
std::string Records::nhs_number() {
  while (true) {
    const std::string digits = fmt::format("999{:06}", below(1'000'000));
    unsigned sum = 0;
    for (unsigned i = 0; i < 9; ++i) sum += static_cast<unsigned>(digits[i] - '0') * (10 - i);
    const unsigned check = (11 - sum % 11) % 11;
    if (check != 10) return digits + std::to_string(check);
  }
}

/// A text as JSON.
std::string Records::sentence() {
  if (below(8) == 0) return quoted(one_of(awkward));
  const std::string_view place = one_of(places);
  return quoted(fmt::format("{}: {}", place, one_of(seen)));
}

std::string Records::child(unsigned number, const std::string& birth, bool ill) {
  const std::string nhs = nhs_number();
  return fmt::format(
      R"({{"ref":"C-{:06}","family":"F-{:06}","name":"{} Example","date_of_birth":"{}",)"
      R"("nhs_number":"{}","conditions":[{}]}})",
      number, number / 2, one_of(names), birth, nhs, ill ? R"("long_term_health_condition")" : "");
}

/// A grade, or the reason for none.
std::string Records::observed(unsigned usual) {
  if (below(16) == 0)
    return fmt::format(R"("not_graded":"{}","reason":"no visit to the home yet")",
                       one_of(not_graded));
  // Most leaves of a family are alike, some are better or worse.
  const unsigned chance = below(10);
  const unsigned other = 1 + below(5);
  const unsigned grade = chance < 6   ? usual
                         : chance < 8 ? std::min(usual + 1, 5U)
                         : chance < 9 ? std::max(usual, 2U) - 1
                                      : other;
  std::string out = fmt::format(R"("grade":{},"by":"P{}")", grade, 1 + below(2));
  if (below(10) >= 3 && grade <= 3) return out;
  const std::string_view kind = one_of(kinds);
  const unsigned day = 5 + below(19);
  return out += fmt::format(R"(,"evidence":[{{"kind":"{}","on":"2026-01-{:02}","text":{}}}])", kind,
                            day, sentence());
}

std::string Records::observations(int age, Conditions conditions) {
  const unsigned better = below(4);
  const unsigned usual = 1 + std::min(better, below(4));
  std::string out;
  for (NodeIndex node = 0; node < instrument_.nodes.size(); ++node) {
    if (!instrument_.is_leaf(node) || !applies(instrument_, node, age, conditions)) continue;
    if (below(32) == 0) continue;  // not yet
    out += fmt::format(R"({}{{"node":"{}",{}}})", out.empty() ? "" : ",",
                       instrument_.node(node).code, observed(usual));
  }
  return out;
}

std::string Records::next() {
  const unsigned number = ++count_;
  const unsigned year = 2025 - below(18);
  const unsigned month = 2 + below(11);
  const std::string birth = fmt::format("{}-{:02}-{:02}", year, month, 1 + below(28));
  Conditions conditions;
  if (below(8) == 0)
    conditions.set(static_cast<std::size_t>(Condition::long_term_health_condition));

  std::string out = R"({"format":"gcp2/assessment/1","id":")" + uuid();
  out += fmt::format(R"(","instrument":{{"id":"{}","version":"{}"}},"status":"draft","child":)",
                     instrument_.id, instrument_.version);
  out += child(number, birth, conditions.any());
  out += fmt::format(R"(,"carers":[{{"ref":"K1","relationship":"{}","main":true}}],)",
                     one_of(relationships));
  out += R"("assessors":[{"ref":"P1","name":"A. Teacher","role":"class teacher","agency":"school",)"
         R"("trained_on":"2025-02-01"},{"ref":"P2","name":"B. Lead",)"
         R"("role":"designated safeguarding lead","agency":"school","trained_on":"2024-11-05"}],)";
  out += fmt::format(
      R"("lead_professional":"P2","agencies":[{{"name":"{}","involvement":"a visit a month",)"
      R"("since":"2025-09-01"}}],"window":{{"from":"2026-01-05","to":"2026-01-23"}},)"
      R"("consent":{{"state":"given","on":"2026-01-05"}},"observations":[)",
      one_of(agencies));
  out += observations(completed_months(*Date::parse(birth), *Date::from(2026, 1, 23)), conditions);
  out += R"(],"views":{"child":)" + sentence();
  out += R"(,"carers":)" + sentence();
  return out += R"(},"targets":[{"node":"A1b","from":4,"to":2,"review_by":"2026-04-30",)"
                R"("support":"a place at the breakfast club"}],"review_on":"2026-04-30"})";
}

}  // namespace gcp2::bench
