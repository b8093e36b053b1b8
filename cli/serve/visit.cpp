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

void Visit::keep_drawn(const std::string& path, std::string svg) const {
  if (!svg.empty()) visitor.person->drawn[path] = {std::move(svg), site.sessions.now()};
}

std::optional<std::string> Visit::take_drawn() const {
  auto taken = visitor.person->drawn.extract(std::string{path_of(request)});
  if (taken.empty() || taken.mapped().at + drawn_kept <= site.sessions.now()) return std::nullopt;
  return std::move(taken.mapped().svg);
}

Answer see(std::string path) {
  constexpr int see_other = 303;
  return {see_other, {{"Location", std::move(path)}}};
}

}  // namespace gcp2::cli::web
