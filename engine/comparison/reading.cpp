#include "comparison/reading.h"

#include <algorithm>

namespace gcp2 {

void Spot::refuse(std::string_view code, std::string node,
                  std::vector<std::pair<std::string_view, std::string>> details) const {
  findings.push_back({.code = code,
                      .severity = Severity::invalid,
                      .pointer = pointer,
                      .node = std::move(node),
                      .details = std::move(details)});
}

bool Spot::object(const std::vector<std::string_view>& keys,
                  const std::vector<std::string_view>& optional) const {
  if (!value.is_object()) {
    refuse("wrong_type", {}, {{"expected", "object"}});
    return false;
  }
  std::vector<std::string_view> known{keys};
  known.insert(known.end(), optional.begin(), optional.end());
  for (const Member& member : value.members())
    if (std::ranges::find(known, member.key) == known.end())
      findings.push_back({.code = "unknown_key",
                          .severity = Severity::invalid,
                          .pointer = pointer + pointer_step(shown(member.key)),
                          .details = {{"key", shown(member.key)},
                                      {"nearest", std::string{nearest(member.key, known)}}},
                          .position = member.position});
  for (const std::string_view key : keys)
    if (value.find(key) == nullptr) refuse("missing_key", {}, {{"key", std::string{key}}});
  return true;
}

Spot Spot::member(std::string_view key) const {
  static const Value nothing;
  const Value* found = value.find(key);
  return {found != nullptr ? *found : nothing, pointer + pointer_step(key), findings};
}

std::string Spot::text(std::string_view key) const {
  const Spot found = member(key);
  if (!found.value.is_null() && (!found.value.is_text() || found.value.text().empty()))
    found.refuse("wrong_type", {}, {{"expected", "text"}});
  return std::string{value.text_at(key)};
}

std::optional<NodeIndex> Spot::node(const Instrument& instrument, std::string_view code) const {
  const auto found = instrument.find(code);
  if (found) return found;
  std::vector<std::string_view> known;
  for (const Node& node : instrument.nodes) known.push_back(node.code);
  refuse("unknown_node", shown(code), {{"nearest", std::string{nearest(code, known)}}});
  return std::nullopt;
}

void require_format(const Spot& document, std::string_view format) {
  const Value* found = document.value.find("format");
  if (found != nullptr && found->text() != format)
    document.member("format").refuse("wrong_format", {},
                                     {{"expected", std::string{format}}, {"nearest", ""}});
}

}  // namespace gcp2
