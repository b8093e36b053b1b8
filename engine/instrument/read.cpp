#include <algorithm>
#include <charconv>

#include "instrument/reading.h"

namespace gcp2 {
namespace reading {

void Cursor::refuse(std::string_view code, std::string node,
                    std::vector<std::pair<std::string_view, std::string>> details) const {
  add_finding(findings, {.code = code,
                         .severity = Severity::invalid,
                         .pointer = pointer,
                         .node = shown(node),
                         .details = std::move(details)});
}

bool Cursor::object(const std::vector<std::string_view>& keys) const {
  if (!value.is_object()) {
    refuse("wrong_type", {}, {{"expected", "object"}});
    return false;
  }
  for (const Member& member : value.members())
    if (std::ranges::find(keys, member.key) == keys.end()) {
      const std::string key = shown(member.key);
      const bool listed = findings.size() < most_findings;
      add_finding(findings,
                  {.code = "key_not_allowed",
                   .severity = Severity::invalid,
                   .pointer = key.empty() ? pointer : pointer + pointer_step(key),
                   .details = {{"key", key},
                               {"nearest", listed ? std::string{nearest(member.key, keys)} : ""}},
                   .position = member.position});
    }
  return true;
}

std::optional<Cursor> Cursor::member(std::string_view key, bool required) const {
  const Value* found = value.find(key);
  if (found == nullptr) {
    if (required) refuse("missing_key", {}, {{"key", std::string{key}}});
    return std::nullopt;
  }
  return Cursor{*found, pointer + pointer_step(key), findings};
}

std::string Cursor::text(std::string_view key, bool required) const {
  const auto found = member(key, required);
  if (!found) return {};
  if (!found->value.is_text() || (required && found->value.text().empty()))
    found->refuse("wrong_type", {}, {{"expected", "text"}});
  return found->value.text();
}

std::optional<int> Cursor::integer(std::string_view key, bool required) const {
  const auto found = member(key, required);
  if (!found) return std::nullopt;
  const std::string& spelling = found->value.text();
  int number = 0;
  const auto [end, error] =
      std::from_chars(spelling.data(), spelling.data() + spelling.size(), number);
  if (found->value.kind() != Value::Kind::number || error != std::errc{} ||
      end != spelling.data() + spelling.size()) {
    found->refuse("wrong_type", {}, {{"expected", "whole number"}});
    return std::nullopt;
  }
  return number;
}

std::vector<Cursor> Cursor::items(std::string_view key, bool required) const {
  std::vector<Cursor> cursors;
  const auto found = member(key, required);
  if (!found) return cursors;
  if (!found->value.is_list() || (required && found->value.items().empty()))
    found->refuse("wrong_type", {}, {{"expected", "list"}});
  for (std::size_t i = 0; i < found->value.items().size(); ++i)
    cursors.push_back(
        {found->value.items()[i], found->pointer + "/" + std::to_string(i), findings});
  return cursors;
}

WrittenBand age_band(const Cursor& node) {
  const auto band = node.member("age_band", false);
  if (!band) return {};
  constexpr WrittenBand refused{std::nullopt, true};
  if (!band->object({"from", "to"})) return refused;
  const auto from = band->integer("from", true);
  const auto to = band->integer("to", true);
  if (!from || !to) return refused;
  if (*from < 0 || *to <= *from) {
    band->refuse("bad_band");
    return refused;
  }
  return {AgeBand{*from, *to}, false};
}

}  // namespace reading

namespace {

using reading::Cursor;

Source source_of(const Cursor& node) {
  const std::string name = node.text("source", true);
  for (const Source source : {Source::seen, Source::recollected, Source::own})
    if (name == name_of(source)) return source;
  if (!name.empty()) node.refuse("unknown_source");
  return Source::own;
}

std::optional<Condition> condition_of(const Cursor& node) {
  const auto found = node.member("condition", false);
  if (!found) return std::nullopt;
  const auto condition = condition_from(found->value.text());
  if (!condition) found->refuse("unknown_condition");
  return condition;
}

void read_neglect_types(const Cursor& cursor, Node& node) {
  using enum NeglectType;
  if (cursor.value.find("neglect_types") == nullptr) return;
  node.neglect_types.clear();
  for (const Cursor& item : cursor.items("neglect_types", true)) {
    constexpr std::array types{medical,     nutritional, emotional,
                               educational, physical,    lack_of_supervision};
    const auto type = std::ranges::find_if(
        types, [&item](NeglectType t) { return item.value.text() == name_of(t); });
    if (type == types.end())
      item.refuse("unknown_neglect_type", node.code);
    else if (std::ranges::find(node.neglect_types, *type) != node.neglect_types.end())
      item.refuse("neglect_type_twice", node.code, {{"type", item.value.text()}});
    else
      node.neglect_types.push_back(*type);
  }
  std::ranges::sort(node.neglect_types);
}

struct TreeReader {
  Instrument& instrument;
  reading::Places places = {};

  void read(const Cursor& cursor, Level level, std::optional<NodeIndex> parent) {
    constexpr std::size_t most_nodes = 4096;
    if (instrument.nodes.size() >= most_nodes) return cursor.refuse("too_many_nodes");
    if (!cursor.object({"code", "label", "note", "source", "age_band", "condition", "neglect_types",
                        "descriptors", "descriptors_by_age", child_key(level)}))
      return;
    const auto index = static_cast<NodeIndex>(instrument.nodes.size());
    Node node;
    node.level = level;
    node.parent = parent;
    node.code = cursor.text("code", true);
    node.label = cursor.text("label", true);
    node.note = cursor.text("note", false);
    node.source = source_of(cursor);
    const reading::WrittenBand written = reading::age_band(cursor);
    node.band = written.band;
    node.condition = condition_of(cursor);
    if (parent) node.neglect_types = instrument.nodes[*parent].neglect_types;
    read_neglect_types(cursor, node);
    if (shown(node.code) != node.code) cursor.refuse("bad_code");
    const bool is_leaf =
        level == Level::item || (level == Level::sub_area && cursor.value.find("items") == nullptr);
    if (is_leaf)
      node.wording = reading::wording(cursor, node, written.refused);
    else if (cursor.value.find("descriptors") || cursor.value.find("descriptors_by_age"))
      cursor.refuse("wording_on_parent", node.code);
    instrument.nodes.push_back(std::move(node));
    places.pointers.push_back(cursor.pointer);
    places.bands_refused.push_back(written.refused);
    if (!is_leaf)
      for (const Cursor& child : cursor.items(child_key(level), true))
        read(child, level == Level::area ? Level::sub_area : Level::item, index);
    instrument.nodes[index].end = static_cast<NodeIndex>(instrument.nodes.size());
  }

  static std::string_view child_key(Level level) {
    return level == Level::area ? "sub_areas" : level == Level::sub_area ? "items" : "code";
  }
};

void read_scale(const Cursor& document, Instrument& instrument) {
  const auto scale = document.member("scale", true);
  if (!scale || !scale->object({"direction", "grades"})) return;
  if (scale->text("direction", true) != "lower_is_better") scale->refuse("unknown_direction");
  const std::vector<Cursor> grades = scale->items("grades", true);
  if (grades.size() != 5) return scale->refuse("scale_not_1_to_5");
  for (std::size_t i = 0; i < 5; ++i) {
    const Cursor& grade = grades[i];
    if (!grade.object({"grade", "level_of_care", "commitment", "quality"})) continue;
    if (grade.integer("grade", true) != static_cast<int>(i + 1)) grade.refuse("scale_not_1_to_5");
    instrument.scale[i] = {grade.text("level_of_care", true), grade.text("commitment", true),
                           grade.text("quality", true)};
  }
}

void read_rules(const Cursor& document, Instrument& instrument) {
  const auto& known = reading::known_rules();
  const auto is_known = [&known](const std::string& name) {
    return std::ranges::find(known, name) != known.end();
  };
  bool all_known = true;
  for (const Cursor& cursor : document.items("rules", true)) {
    if (!cursor.object({"name", "override_above", "tie", "source"})) continue;
    Rule rule;
    rule.name = cursor.text("name", true);
    rule.source = source_of(cursor);
    if (!is_known(rule.name)) {
      all_known = false;
      cursor.refuse("unknown_rule", {}, {{"nearest", std::string{nearest(rule.name, known)}}});
      continue;
    }
    const bool twice = instrument.rule(rule.name) != nullptr;
    if (twice) cursor.refuse("rule_twice");
    rule.method = rule.name == "worst" ? Rule::Method::worst : Rule::Method::majority;
    const bool overrides = rule.name == "majority-override";
    if (const auto above = cursor.integer("override_above", overrides); above) {
      rule.override_above = Grade::from(*above);
      if (!rule.override_above || !overrides) cursor.refuse("bad_rule_parameter");
    }
    const bool ties = rule.method == Rule::Method::majority;
    const std::string tie = cursor.text("tie", ties);
    if (tie == "better") rule.tie = Tie::better;
    if (!tie.empty() && (!ties || (tie != "worse" && tie != "better")))
      cursor.refuse("bad_rule_parameter");
    if (!twice) instrument.rules.push_back(std::move(rule));
  }
  instrument.default_rule = document.text("default_rule", true);
  // The one it names may be the one that is misspelled above.
  if (all_known ? instrument.rule(instrument.default_rule) == nullptr
                : !is_known(instrument.default_rule))
    document.refuse("unknown_rule", {},
                    {{"nearest", std::string{nearest(instrument.default_rule, known)}}});
}

void read_exceptions(const Cursor& document, Instrument& instrument) {
  constexpr std::size_t most_exceptions = 64;  // what follows them takes its time for each
  const std::vector<Cursor> exceptions = document.items("exceptions", false);
  if (exceptions.size() > most_exceptions)
    return exceptions[most_exceptions].refuse("too_many_exceptions");
  for (const Cursor& cursor : exceptions) {
    if (!cursor.object({"node", "takes_from", "condition", "source"})) continue;
    const auto node = instrument.find(cursor.text("node", true));
    const auto from = instrument.find(cursor.text("takes_from", true));
    const auto condition = condition_of(cursor);
    if (!node || !from) {
      cursor.refuse("unknown_node");
      continue;
    }
    if (!condition) cursor.refuse("missing_key", {}, {{"key", "condition"}});
    instrument.exceptions.push_back(
        {*node, *from, condition.value_or(Condition::behavioural_difficulty), source_of(cursor)});
  }
}

}  // namespace

Instrument read_instrument(const Value& document, Findings& findings) {
  Instrument instrument;
  const Cursor cursor{document, "", findings};
  if (!cursor.object({"format", "id", "version", "title", "note", "licence", "scale",
                      "default_rule", "rules", "exceptions", "areas"}))
    return instrument;
  if (cursor.text("format", true) != "gcp2/instrument/1")
    cursor.refuse("wrong_format", {}, {{"expected", "gcp2/instrument/1"}});
  instrument.id = cursor.text("id", true);
  instrument.version = cursor.text("version", true);
  instrument.title = cursor.text("title", true);
  instrument.note = cursor.text("note", false);
  if (const auto licence = cursor.member("licence", true);
      licence && licence->object({"state", "note"})) {
    instrument.licence_state = licence->text("state", true);
    instrument.licence_note = licence->text("note", false);
  }
  read_scale(cursor, instrument);
  read_rules(cursor, instrument);
  TreeReader tree{instrument};
  for (const Cursor& area : cursor.items("areas", true)) tree.read(area, Level::area, {});
  read_exceptions(cursor, instrument);
  reading::check_codes(instrument, tree.places, findings);
  reading::check_bands(instrument, tree.places, findings);
  reading::check_exceptions(instrument, findings);
  return instrument;
}

}  // namespace gcp2
