#include "visit.h"

namespace gcp2::cli::web {

Purpose Visit::purpose() const {
  const Person& person = *visitor.person;
  const auto child = person.child_of.find(id());
  const auto given = person.purposes.find(child == person.child_of.end() ? id() : child->second);
  return given == person.purposes.end() ? Purpose{} : given->second;
}

void Visit::is_record_of(const Id& record, const Id& child) const {
  visitor.person->child_of[record] = child;
}

Answer see(std::string path) {
  constexpr int see_other = 303;
  return {see_other, {{"Location", std::move(path)}}};
}

}  // namespace gcp2::cli::web
