#include "gcp2/document.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace gcp2 {

Value Value::boolean(bool truth) {
  Value value;
  value.kind_ = Kind::boolean;
  value.text_ = truth ? "true" : "false";
  return value;
}

Value Value::number(std::string spelling) {
  Value value;
  value.kind_ = Kind::number;
  value.text_ = std::move(spelling);
  return value;
}

Value Value::number(std::int64_t number) { return Value::number(std::to_string(number)); }

Value Value::text(std::string text) {
  Value value;
  value.kind_ = Kind::text;
  value.text_ = std::move(text);
  return value;
}

Value Value::list() {
  Value value;
  value.kind_ = Kind::list;
  return value;
}

Value Value::object() {
  Value value;
  value.kind_ = Kind::object;
  return value;
}

const Value* Value::find(std::string_view key) const noexcept {
  for (const Member& member : members_)
    if (member.key == key) return member.value.is_null() ? nullptr : &member.value;
  return nullptr;
}

Value* Value::find(std::string_view key) noexcept {
  return const_cast<Value*>(std::as_const(*this).find(key));
}

std::string_view Value::text_at(std::string_view key) const noexcept {
  const Value* value = find(key);
  return value != nullptr && value->is_text() ? std::string_view{value->text_} : std::string_view{};
}

Value& Value::set(std::string_view key, Value value) {
  const auto found = std::ranges::find(members_, key, &Member::key);
  if (found != members_.end()) return found->value = std::move(value);
  members_.push_back({std::string{key}, std::move(value)});
  return members_.back().value;
}

void Value::erase(std::string_view key) {
  std::erase_if(members_, [key](const Member& member) { return member.key == key; });
}

bool operator==(const Value& left, const Value& right) {
  return left.kind_ == right.kind_ && left.text_ == right.text_ && left.items_ == right.items_ &&
         std::ranges::equal(left.members_, right.members_, [](const Member& l, const Member& r) {
           return l.key == r.key && l.value == r.value;
         });
}

namespace {

std::string unescaped(std::string_view step) {
  std::string key;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (step[i] == '~' && i + 1 < step.size())
      key += step[++i] == '0' ? '~' : '/';
    else
      key += step[i];
  }
  return key;
}

const Value* child(const Value& value, std::string_view step) {
  if (value.is_list()) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    const bool whole = error == std::errc{} && end == step.data() + step.size();
    return whole && index < value.items().size() ? &value.items()[index] : nullptr;
  }
  const auto found = std::ranges::find(value.members(), unescaped(step), &Member::key);
  return found == value.members().end() ? nullptr : &found->value;
}

}  // namespace

const Value* at(const Value& document, std::string_view pointer, bool nearest) {
  const Value* value = &document;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto slash = std::min(pointer.find('/'), pointer.size());
    const Value* next = child(*value, pointer.substr(0, slash));
    if (next == nullptr) return nearest ? value : nullptr;
    value = next;
    pointer.remove_prefix(slash);
  }
  return value;
}

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~')
      step += "~0";
    else if (c == '/')
      step += "~1";
    else
      step += c;
  }
  return step;
}

}  // namespace gcp2
