#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/report.h"
#include "report/known_words.h"

namespace gcp2 {
namespace {

constexpr std::string_view removed = "[…]";

using Keys = std::span<const std::string_view>;

/// What is a professional's, or no text that anybody wrote.
constexpr std::string_view untouched[] = {"format",  "id",       "supersedes",        "instrument",
                                          "status",  "signed",   "lead_professional", "window",
                                          "earlier", "review_on"};
/// What is the child's and a professional's own; what else is said of them can name others.
constexpr std::string_view of_child[] = {"ref",           "family", "name",      "date_of_birth",
                                         "expected_date", "upn",    "nhs_number"};
constexpr std::string_view of_assessor[] = {"ref", "name", "agency", "trained_on"};
Keys spared_in(std::string_view part) {
  if (part == "child") return of_child;
  if (part == "assessors") return of_assessor;
  return {};
}

/// The record as far as it names other people.
Assessment others_in(const Value& document) {
  Findings ignored;
  Assessment a = read_assessment(document, ignored);
  a.child = {};
  a.assessors.clear();
  a.agencies.clear();
  std::erase_if(a.family.members, [](const FamilyMember& member) { return member.is_child; });
  return a;
}

/// A word of the format's own: what it says is said of nobody by name.
bool is_word_of(const Field* field, const Value& value) {
  return field != nullptr && value.is_text() &&
         std::ranges::find(field->words, std::string_view{value.text()}) != field->words.end();
}

/// The record has to stay one that can be read: a date is there or is not.
bool is_date_of(const Field* field, const Value& value) {
  return field != nullptr && value.is_text() &&
         (field->kind == Field::Kind::date || field->kind == Field::Kind::instant) &&
         (Date::parse(value.text()) || Instant::parse(value.text()));
}

void take_out(Value& value, const KnownWords& known, const Field* of, Keys spared) {
  if (value.is_text() && !is_word_of(of, value)) {
    if (std::string text = known.taken_out_of(value.text()); text != value.text())
      value = Value::text(std::move(text));
  }
  for (Value& item : value.items()) take_out(item, known, of, spared);
  std::vector<std::string> gone;
  for (Member& member : value.members()) {
    if (std::ranges::find(spared, member.key) != spared.end()) continue;
    const Field* field = nullptr;
    if (of != nullptr && of->shape != nullptr)
      for (const Field& each : of->shape->fields)
        if (each.key == member.key) field = &each;
    if (!is_date_of(field, member.value))
      take_out(member.value, known, field, spared_in(member.key));
    else if (known.taken_out_of(member.value.text()) != member.value.text())
      gone.push_back(member.key);
  }
  for (const std::string& key : gone) value.erase(key);
}

void hide_person(Value& person) {
  if (person.find("name") != nullptr) person.set("name", Value::text(std::string{removed}));
  for (const char* key : {"born", "died"}) person.erase(key);
}

}  // namespace

std::vector<Value> without_third_parties(std::vector<Value> documents) {
  KnownWords known;
  for (const Value& document : documents) known.learn(others_in(document));
  const Field record{.key = "", .kind = Field::Kind::object, .shape = &assessment_shape()};
  for (Value& document : documents) {
    take_out(document, known, &record, untouched);
    if (Value* carers = document.find("carers"))
      for (Value& carer : carers->items()) hide_person(carer);
    Value* family = document.find("family");
    Value* members = family == nullptr ? nullptr : family->find("members");
    if (members == nullptr) continue;
    for (Value& member : members->items()) {
      const Value* is_child = member.find("is_child");
      if (is_child == nullptr || !is_child->truth()) hide_person(member);
    }
  }
  return documents;
}

}  // namespace gcp2
