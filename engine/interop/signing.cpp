#include <algorithm>
#include <iterator>

#include "gcp2/interop.h"

namespace gcp2 {
namespace {

void insert_after(Value& object, std::string_view behind, std::string_view key, Value value) {
  object.erase(key);
  auto& members = object.members();
  auto place = std::ranges::find(members, behind, &Member::key);
  if (place != members.end()) ++place;
  members.insert(place, {std::string{key}, std::move(value)});
}

}  // namespace

Value signed_document(const Record& record, std::string_view by, const Instant& at) {
  Value signature = Value::object();
  signature.set("by", Value::text(std::string{by}));
  signature.set("at", Value::text(at.text()));
  Value document = record.document;
  document.set("status", Value::text("signed"));
  insert_after(document, "status", "signed", std::move(signature));
  document.find("instrument")->set("digest", Value::text(record.instrument->digest));
  return document;
}

Findings unsignable(const Findings& findings) {
  Findings found;
  std::ranges::copy_if(findings, std::back_inserter(found), [](const Finding& f) {
    return f.severity == Severity::invalid || f.severity == Severity::error;
  });
  return found;
}

Value successor_of(const Record& record, std::string_view id) {
  Value successor = record.document;
  successor.set("id", Value::text(std::string{id}));
  insert_after(successor, "id", "supersedes", Value::text(record.assessment.id));
  successor.set("status", Value::text("draft"));
  successor.erase("signed");
  // Who dismissed an indication has not seen what the successor will say.
  successor.erase("dismissed");
  successor.find("instrument")->set("digest", Value::text(record.instrument->digest));
  return successor;
}

}  // namespace gcp2
