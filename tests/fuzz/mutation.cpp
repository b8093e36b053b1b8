#include "mutation.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "gcp2/json.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace gcp2::fuzz {
namespace {

void collect(Value& value, std::vector<Value*>& all) {
  all.push_back(&value);
  for (Value& item : value.items()) collect(item, all);
  for (Member& member : value.members()) collect(member.value, all);
}

Value& any_value(Value& document, Chance& chance) {
  std::vector<Value*> all;
  collect(document, all);
  return *all[chance() % all.size()];
}

/// One of a list's items or an object's members; null where there is none.
template <class Container>
auto any_of(Container& all, Chance& chance) -> decltype(all.data()) {
  return all.empty() ? nullptr : &all[chance() % all.size()];
}

void take_away(Value& parent, Chance& chance) {
  if (auto* item = any_of(parent.items(), chance))
    parent.items().erase(parent.items().begin() + (item - parent.items().data()));
  if (auto* member = any_of(parent.members(), chance))
    parent.members().erase(parent.members().begin() + (member - parent.members().data()));
}

void swap_two(Value& parent, Chance& chance) {
  if (auto* item = any_of(parent.items(), chance))
    std::swap(*item, *any_of(parent.items(), chance));
  if (auto* member = any_of(parent.members(), chance))
    std::swap(*member, *any_of(parent.members(), chance));
}

void add_copy(Value& parent, Chance& chance) {
  if (auto* item = any_of(parent.items(), chance)) parent.items().push_back(Value{*item});
  if (auto* member = any_of(parent.members(), chance)) parent.members().push_back(Member{*member});
}

/// Near what stands there: another digit, another letter, or what the fuzzer makes of the bytes.
Value nearby(const Value& value, Chance& chance) {
  if (value.kind() == Value::Kind::number) return Value::number(std::to_string(chance() % 7));
  if (!value.is_text()) return value;
  std::string text = value.text();
  if (chance() % 2 == 0 || text.empty())
    return Value::text(mutated_bytes(text, 2 * text.size() + 8));
  char& one = text[chance() % text.size()];
  one = static_cast<char>(one + (chance() % 2 == 0 ? 1 : -1));
  return Value::text(text);
}

void change(Value& document, Chance& chance, const Vocabulary& words) {
  Value& value = any_value(document, chance);
  const auto& key = words.keys[chance() % words.keys.size()];
  const auto& other = words.values[chance() % words.values.size()];
  switch (chance() % 9) {
    case 0: value = Value{other}; break;
    case 1: take_away(value, chance); break;
    case 2: swap_two(value, chance); break;
    case 3: add_copy(value, chance); break;
    case 4:
      if (auto* member = any_of(value.members(), chance)) member->key = key;
      break;
    case 5:
      if (value.is_object()) value.set(key, other);
      if (value.is_list()) value.items().push_back(other);
      break;
    case 6: {
      Value copy = any_value(document, chance);  // before it changes under its own copy
      value = std::move(copy);
      break;
    }
    default: value = nearby(value, chance);
  }
}

void gather(const Value& value, Vocabulary& words) {
  words.values.push_back(value);
  for (const Value& item : value.items()) gather(item, words);
  for (const Member& member : value.members()) {
    words.keys.push_back(member.key);
    gather(member.value, words);
  }
}

}  // namespace

Vocabulary::Vocabulary(std::string_view json) {
  Findings findings;
  const Value document = read_json(json, findings);
  if (!findings.empty()) throw std::logic_error{"the vocabulary is not JSON"};
  gather(document, *this);
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

void mutate_document(Value& document, Chance& chance, const Vocabulary& words) {
  for (auto changes = 1 + chance() % 3; changes != 0; --changes) change(document, chance, words);
}

std::size_t mutate_json(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed,
                        const Vocabulary& words) {
  Chance chance{seed};
  if (chance() % 4 != 0) {
    Findings findings;
    Value document = read_json({reinterpret_cast<const char*>(data), size}, findings);
    if (!document.is_null()) {
      mutate_document(document, chance, words);
      const auto layout = chance() % 4 == 0 ? Layout::pretty : Layout::line;
      const std::string text = write_json(document, layout);
      if (text.size() <= most) return give_back(text, data, most);
    }
  }
  return LLVMFuzzerMutate(data, size, most);
}

std::string mutated_bytes(std::string bytes, std::size_t most) {
  const std::size_t size = bytes.size();
  bytes.resize(std::max(size, most));
  auto* data = reinterpret_cast<std::uint8_t*>(bytes.data());
  bytes.resize(LLVMFuzzerMutate(data, size, bytes.size()));
  return bytes;
}

std::size_t give_back(std::string_view bytes, std::uint8_t* data, std::size_t most) {
  const std::size_t size = std::min(bytes.size(), most);
  std::memcpy(data, bytes.data(), size);
  return size;
}

}  // namespace gcp2::fuzz
