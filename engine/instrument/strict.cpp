#include "gcp2/strict.h"

#include <algorithm>
#include <charconv>

namespace gcp2 {

void Spot::refuse(std::string_view code, std::string node,
                  std::vector<std::pair<std::string_view, std::string>> details) const {
  add_finding(findings, {.code = code,
                         .severity = Severity::invalid,
                         .pointer = pointer,
                         .node = std::move(node),
                         .details = std::move(details)});
}

/// Not looked for where it would not be listed.
std::string Spot::nearest_of(std::string_view word,
                             const std::vector<std::string_view>& known) const {
  return findings.size() < most_findings ? std::string{nearest(word, known)} : std::string{};
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
    if (std::ranges::find(known, member.key) == known.end()) {
      const std::string key = shown(member.key);
      add_finding(findings, {.code = "key_not_allowed",
                             .severity = Severity::invalid,
                             .pointer = key.empty() ? pointer : pointer + pointer_step(key),
                             .details = {{"key", key}, {"nearest", nearest_of(member.key, known)}},
                             .position = member.position});
    }
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

std::vector<Spot> Spot::items(std::string_view key) const {
  const Spot list = member(key);
  if (!list.value.is_null() && !list.value.is_list())
    list.refuse("wrong_type", {}, {{"expected", "list"}});
  std::vector<Spot> spots;
  spots.reserve(list.value.items().size());
  for (std::size_t i = 0; i < list.value.items().size(); ++i)
    spots.push_back({list.value.items()[i], list.pointer + "/" + std::to_string(i), findings});
  return spots;
}

std::optional<Grade> Spot::grade() const {
  if (value.is_null()) return std::nullopt;
  std::string_view text = value.text();
  int number = 0;
  // "2.0" is a whole number, as in records.
  if (const auto point = text.find('.');
      point != std::string_view::npos &&
      text.find_first_not_of('0', point + 1) == std::string_view::npos)
    text = text.substr(0, point);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (value.kind() != Value::Kind::number)
    refuse("grade_not_a_number");
  else if (error != std::errc{} || end != text.data() + text.size() || !Grade::from(number))
    refuse("no_such_grade", {}, {{"found", shown(text)}});
  else
    return Grade::from(number);
  return std::nullopt;
}

const Instrument* Spot::instrument(const Instruments& instruments) const {
  const Spot spot = member("instrument");
  if (spot.value.is_null() || !spot.object({"id", "version"}, {"digest"})) return nullptr;
  const std::string id = spot.text("id");
  const std::string version = spot.text("version");
  const Instrument* found = instruments.find(id, version, spot.value.text_at("digest"));
  if (found == nullptr && instruments.find(id, version, {}) != nullptr)
    spot.member("digest").refuse("unknown_digest");
  else if (found == nullptr)
    spot.refuse("unknown_instrument");
  return found;
}

std::optional<NodeIndex> Spot::node(const Instrument& instrument, std::string_view code) const {
  const auto found = instrument.find(code);
  if (found) return found;
  std::vector<std::string_view> known;
  for (const Node& node : instrument.nodes) known.push_back(node.code);
  refuse("unknown_node", shown(code), {{"nearest", nearest_of(code, known)}});
  return std::nullopt;
}

void require_format(const Spot& document, std::string_view format) {
  const Value* found = document.value.find("format");
  if (found != nullptr && found->text() != format)
    document.member("format").refuse("wrong_format", {},
                                     {{"expected", std::string{format}}, {"nearest", ""}});
}

}  // namespace gcp2
