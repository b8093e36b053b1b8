#include <algorithm>
#include <array>
#include <string_view>

#include "gcp2/report.h"
#include "report/known_words.h"

namespace gcp2 {
namespace {

constexpr std::string_view removed = "[…]";

/// What is the child's own, a professional's, or no text that anybody wrote.
constexpr std::array untouched{
    "format", "id",     "supersedes", "instrument",        "status",  "signed",
    "child",  "window", "assessors",  "lead_professional", "earlier", "review_on"};

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

void take_out(Value& value, const KnownWords& known) {
  if (value.is_text()) {
    if (std::string text = known.taken_out_of(value.text()); text != value.text())
      value = Value::text(std::move(text));
  }
  for (Value& item : value.items()) take_out(item, known);
  for (Member& member : value.members()) take_out(member.value, known);
}

void hide_person(Value& person) {
  if (person.find("name") != nullptr) person.set("name", Value::text(std::string{removed}));
  for (const char* key : {"born", "died"}) person.erase(key);
}

}  // namespace

std::vector<Value> without_third_parties(std::vector<Value> documents) {
  KnownWords known;
  for (const Value& document : documents) known.learn(others_in(document));
  for (Value& document : documents) {
    for (Member& member : document.members())
      if (std::ranges::find(untouched, member.key) == untouched.end())
        take_out(member.value, known);
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
