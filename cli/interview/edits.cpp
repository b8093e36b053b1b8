#include "edits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace gcp2::cli {
namespace {

std::size_t index_of(std::string_view step) {
  std::size_t index = 0;
  std::from_chars(step.data(), step.data() + step.size(), index);
  return index;
}

/// The member of that key; a new one stands behind the last of those that the format names before
/// it.
Value& member(Value& object, const Shape* shape, std::string_view key) {
  auto& members = object.members();
  if (const auto found = std::ranges::find(members, key, &Member::key); found != members.end())
    return found->value;
  auto place = members.end();
  if (shape != nullptr) {
    const auto& fields = shape->fields;
    const auto rank = [&fields](std::string_view name) {
      return std::ranges::find(fields, name, &Field::key) - fields.begin();
    };
    const auto own = rank(key);
    const auto before = std::find_if(members.rbegin(), members.rend(),
                                     [&](const Member& m) { return rank(m.key) < own; });
    place = before.base();
  }
  return members.insert(place, Member{std::string{key}, Value{}})->value;
}

const Field* field_of(const Shape* shape, std::string_view key) {
  if (shape == nullptr) return nullptr;
  const auto found = std::ranges::find(shape->fields, key, &Field::key);
  return found == shape->fields.end() ? nullptr : &*found;
}

std::pair<std::string_view, std::string_view> split(std::string_view pointer) {
  const auto slash = pointer.rfind('/');
  return {pointer.substr(0, slash), pointer.substr(slash + 1)};
}

}  // namespace

void put(Value& document, std::string_view pointer, Value value) {
  Value* here = &document;
  const Shape* shape = &assessment_shape();
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    if (here->is_list()) {
      const std::size_t index = index_of(step);
      if (index > here->items().size()) throw std::logic_error{"an entry beyond a list's end"};
      if (index == here->items().size()) here->items().push_back(Value::object());
      here = &here->items()[index];
      continue;
    }
    const Field* field = field_of(shape, step);
    here = &member(*here, shape, step);
    if (here->is_null() && field != nullptr)
      *here = field->kind == Field::Kind::object ? Value::object()
              : field->kind == Field::Kind::objects || field->kind == Field::Kind::texts
                  ? Value::list()
                  : Value{};
    shape = field == nullptr ? nullptr : field->shape;
  }
  *here = std::move(value);
}

void put_text(Value& document, std::string_view pointer, std::string text) {
  put(document, pointer, Value::text(std::move(text)));
}

void take_away(Value& document, std::string_view pointer) {
  const auto [parent, step] = split(pointer);
  auto* around = const_cast<Value*>(at(document, parent));
  if (around == nullptr) return;
  if (!around->is_list()) return around->erase(step);
  const std::size_t index = index_of(step);
  if (index < around->items().size())
    around->items().erase(around->items().begin() + static_cast<std::ptrdiff_t>(index));
}

std::string text_at(const Value& document, std::string_view pointer) {
  const Value* value = at(document, pointer);
  return value != nullptr && value->is_text() ? value->text() : std::string{};
}

std::size_t size_at(const Value& document, std::string_view pointer) {
  const Value* value = at(document, pointer);
  return value == nullptr ? 0 : value->items().size();
}

std::string find_entry(const Value& document, std::string_view list, std::string_view node) {
  const Value* entries = document.find(list);
  if (entries == nullptr) return {};
  const auto& items = entries->items();
  const auto found =
      std::ranges::find_if(items, [node](const Value& v) { return v.text_at("node") == node; });
  return found == items.end() ? std::string{} : fmt::format("/{}/{}", list, found - items.begin());
}

std::string entry_for(Value& document, const Instrument& instrument, std::string_view list,
                      std::string_view node) {
  if (std::string found = find_entry(document, list, node); !found.empty()) return found;
  const std::string pointer = "/" + std::string{list};
  if (document.find(list) == nullptr) put(document, pointer, Value::list());
  auto& items = document.find(list)->items();
  const auto rank = [&instrument](std::string_view code) {
    return instrument.find(code).value_or(static_cast<NodeIndex>(instrument.nodes.size()));
  };
  const auto before = std::find_if(items.rbegin(), items.rend(), [&](const Value& v) {
    return rank(v.text_at("node")) < rank(node);
  });
  Value entry = Value::object();
  entry.set("node", Value::text(std::string{node}));
  const auto place = items.insert(before.base(), std::move(entry));
  return fmt::format("{}/{}", pointer, place - items.begin());
}

}  // namespace gcp2::cli
