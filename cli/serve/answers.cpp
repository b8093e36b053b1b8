#include "answers.h"

#include <algorithm>

#include "../phrase.h"
#include "members.h"

namespace gcp2::cli::web {
namespace {

bool mentions(const Value& value, std::string_view ref) {
  return value.text() == ref ||
         std::ranges::any_of(value.items(),
                             [&](const Value& each) { return mentions(each, ref); }) ||
         std::ranges::any_of(value.members(),
                             [&](const Member& each) { return mentions(each.value, ref); });
}

std::string field(std::string_view what, std::string_view node, std::string_view entry = {}) {
  std::string name = std::string{what} + "." + std::string{node};
  if (!entry.empty()) (name += '.') += entry;
  return name;
}

void say(Value& object, std::string_view key, std::string_view text) {
  if (text.empty())
    object.erase(key);
  else
    object.set(key, Value::text(std::string{text}));
}

/// The entries of a leaf that say anything.
Value evidence_in(const Form& form, std::string_view node, const Value* before) {
  Value list = Value::list();
  for (std::size_t i = 0; form.has(field("text", node, std::to_string(i))); ++i) {
    const std::string entry = std::to_string(i);
    const auto text = form.text(field("text", node, entry));
    const auto kind = form.text(field("kind", node, entry));
    const auto on = form.text(field("on", node, entry));
    if (text.empty() && on.empty()) continue;
    Value one = before != nullptr && i < before->items().size() && before->items()[i].is_object()
                    ? before->items()[i]
                    : Value::object();
    say(one, "kind", kind);
    say(one, "on", on);
    say(one, "text", text);
    list.items().push_back(std::move(one));
  }
  return list;
}

}  // namespace

std::string kind_in_words(std::string_view kind) {
  const bool is_kind = std::ranges::find(evidence_kinds, kind) != std::end(evidence_kinds);
  return is_kind ? phrase("serve.kind." + std::string{kind}) : std::string{kind};
}

std::vector<NodeIndex> pages_of(const Instrument& instrument) {
  std::vector<NodeIndex> out;
  for (NodeIndex node = 0; node < instrument.nodes.size(); ++node)
    if (instrument.node(node).level == Level::sub_area ||
        (instrument.node(node).level == Level::area && instrument.is_leaf(node)))
      out.push_back(node);
  return out;
}

std::vector<NodeIndex> leaves_of(const Record& record, NodeIndex node) {
  const Instrument& instrument = *record.instrument;
  std::vector<NodeIndex> out;
  for (NodeIndex each = node; each < instrument.node(node).end; ++each)
    if (instrument.is_leaf(each) &&
        applies(instrument, each, record.sheet.age_months, record.sheet.conditions))
      out.push_back(each);
  return out;
}

std::optional<NodeIndex> page_node(const Record& record, std::string_view code) {
  if (record.instrument == nullptr) return std::nullopt;
  const auto node = record.instrument->find(code);
  const auto pages = pages_of(*record.instrument);
  if (!node || std::ranges::find(pages, *node) == pages.end() || leaves_of(record, *node).empty())
    return std::nullopt;
  return node;
}

const Value* observation_of(const Value& document, std::string_view node) {
  const Value* list = document.find("observations");
  if (list == nullptr || !list->is_list()) return nullptr;
  const auto found = std::ranges::find_if(
      list->items(), [&](const Value& each) { return each.text_at("node") == node; });
  return found == list->items().end() ? nullptr : &*found;
}

Value with_observation(const Value& document, std::string_view node, const Value* observation) {
  Value out = document;
  std::vector<Value>& items = list_in(out, "observations");
  const auto found =
      std::ranges::find_if(items, [&](const Value& each) { return each.text_at("node") == node; });
  if (observation == nullptr) {
    if (found != items.end()) items.erase(found);
  } else if (found != items.end()) {
    *found = *observation;
  } else {
    items.push_back(*observation);
  }
  return out;
}

std::optional<Value> answered(const Form& form, std::string_view node, const Value* before,
                              std::string_view by) {
  Value out = before == nullptr ? Value::object() : *before;
  out.set("node", Value::text(std::string{node}));
  const std::string_view chosen = form.text(field("grade", node));
  const bool is_grade = chosen.size() == 1 && Grade::from(chosen[0] - '0');
  if (is_grade)
    out.set("grade", Value::number(std::int64_t{chosen[0] - '0'}));
  else
    out.erase("grade");
  say(out, "not_graded", not_graded_from(chosen) ? chosen : std::string_view{});
  say(out, "reason", form.text(field("reason", node)));
  Value evidence = evidence_in(form, node, before == nullptr ? nullptr : before->find("evidence"));
  if (evidence.items().empty())
    out.erase("evidence");
  else
    out.set("evidence", std::move(evidence));
  const bool says_nothing = std::ranges::all_of(out.members(), [](const Member& member) {
    return member.key == "node" || member.key == "by";
  });
  if (says_nothing) return std::nullopt;
  if (before != nullptr && out == *before) return *before;
  out.set("by", Value::text(std::string{by}));
  return out;
}

std::string unused_ref(const Value& document, std::string_view letter) {
  for (std::size_t n = 1;; ++n) {
    std::string ref = std::string{letter} + std::to_string(n);
    if (!mentions(document, ref)) return ref;
  }
}

std::string assessor_ref(Value& document, const std::string& name) {
  std::vector<Value>& people = list_in(document, "assessors");
  for (const Value& each : people)
    if (each.text_at("name") == name && !each.text_at("ref").empty())
      return std::string{each.text_at("ref")};
  const std::string ref = unused_ref(document, "P");
  Value one = Value::object();
  one.set("ref", Value::text(ref));
  one.set("name", Value::text(name));
  people.push_back(std::move(one));
  return ref;
}

}  // namespace gcp2::cli::web
