#include "indication/reading.h"

#include <algorithm>
#include <charconv>

namespace gcp2::reading_rules {

void Form::refuse(std::string_view code, Details details) const {
  add_finding(findings, {.code = code,
                         .severity = Severity::invalid,
                         .pointer = pointer,
                         .details = std::move(details)});
}

bool Form::object(const std::vector<std::string_view>& keys) const {
  if (!value.is_object()) {
    refuse("wrong_type", {{"expected", "object"}});
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

std::optional<Form> Form::member(std::string_view key, bool required) const {
  const Value* found = value.find(key);
  if (found != nullptr) return Form{*found, pointer + pointer_step(key), findings};
  if (required) refuse("missing_key", {{"key", std::string{key}}});
  return std::nullopt;
}

std::string Form::text(std::string_view key, bool required) const {
  const auto found = member(key, required);
  if (!found) return {};
  const bool blank = found->value.text().find_first_not_of(" \t\n\r") == std::string::npos;
  if (found->value.is_text() && !blank) return found->value.text();
  found->refuse("wrong_type", {{"expected", "text"}});
  return {};
}

std::optional<std::size_t> Form::word(const std::vector<std::string_view>& words) const {
  const auto found = value.is_text() ? std::ranges::find(words, value.text()) : words.end();
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string expected;
  for (const std::string_view each : words) {
    if (!expected.empty()) expected += ", ";
    expected += each;
  }
  const std::string_view near = value.is_text() ? nearest(value.text(), words) : "";
  refuse("unknown_word", {{"expected", expected}, {"nearest", std::string{near}}});
  return std::nullopt;
}

std::optional<std::size_t> Form::word(std::string_view key, bool required,
                                      const std::vector<std::string_view>& words) const {
  const auto found = member(key, required);
  return found ? found->word(words) : std::nullopt;
}

std::optional<int> Form::number(std::string_view key, bool required, int least, int most) const {
  const auto found = member(key, required);
  if (!found) return std::nullopt;
  const std::string& spelling = found->value.text();
  int number = 0;
  const auto [end, error] =
      std::from_chars(spelling.data(), spelling.data() + spelling.size(), number);
  if (found->value.kind() == Value::Kind::number && error == std::errc{} &&
      end == spelling.data() + spelling.size() && least <= number && number <= most)
    return number;
  found->refuse("number_out_of_range",
                {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
  return std::nullopt;
}

std::vector<Form> Form::items() const {
  if (!value.is_list() || value.items().empty())
    refuse("wrong_type", {{"expected", "list with at least one entry"}});
  std::vector<Form> forms;
  for (std::size_t i = 0; i < value.items().size(); ++i)
    forms.push_back({value.items()[i], pointer + "/" + std::to_string(i), findings});
  return forms;
}

std::vector<Form> Form::items(std::string_view key, bool required) const {
  const auto found = member(key, required);
  return found ? found->items() : std::vector<Form>{};
}

std::string Form::id() const {
  const std::string id = text("id", true);
  if (!id.empty() && shown(id) != id)
    Form{*value.find("id"), pointer + "/id", findings}.refuse("bad_code");
  return id;
}

const std::vector<std::string_view>& neglect_words() {
  static const std::vector<std::string_view> words = [] {
    std::vector<std::string_view> all;
    for (const NeglectType type : neglect_types) all.push_back(name_of(type));
    return all;
  }();
  return words;
}

const std::vector<std::string_view>& level_words() {
  static const std::vector<std::string_view> words{
      name_of(IndicationLevel::strength), name_of(IndicationLevel::watch),
      name_of(IndicationLevel::concern), name_of(IndicationLevel::urgent)};
  return words;
}

}  // namespace gcp2::reading_rules
