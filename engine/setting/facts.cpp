#include "setting/facts.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

namespace gcp2 {
namespace {

struct Known {
  std::string_view key;
  std::string ChildFacts::* text;
  bool changes = false;  ///< in a child's life, and not by a mistake alone
};
constexpr Known texts[] = {{"ref", &ChildFacts::ref},
                           {"family", &ChildFacts::family_ref, true},
                           {"name", &ChildFacts::name, true},
                           {"nhs_number", &ChildFacts::nhs_number},
                           {"upn", &ChildFacts::upn}};

std::string former(const Known& what, const std::string& text) {
  return std::string{what.key} + ":" + text;
}

std::string without_spaces(std::string_view text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c != ' ' && c != '-'; });
  return out;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

}  // namespace

void call_as_here(Value& record, const ChildFacts& child) {
  if (Value* about = record.find("child"); about != nullptr && about->is_object())
    about->set("ref", Value::text(child.ref));
}

ChildFacts facts_of(const Assessment& assessment) {
  const Child& child = assessment.child;
  ChildFacts facts;
  facts.ref = child.ref;
  facts.family_ref = child.family;
  facts.name = child.name;
  facts.nhs_number = without_spaces(child.nhs_number);
  facts.upn = upper(without_spaces(child.upn));
  facts.date_of_birth = child.date_of_birth;
  facts.as_of = assessment.window_to;
  return facts;
}

Value to_document(const ChildFacts& facts) {
  Value out = Value::object();
  for (const Known& each : texts)
    if (!(facts.*each.text).empty()) out.set(each.key, Value::text(facts.*each.text));
  if (facts.date_of_birth) out.set("date_of_birth", Value::text(facts.date_of_birth->text()));
  if (facts.as_of) out.set("as_of", Value::text(facts.as_of->text()));
  if (facts.former.empty()) return out;
  Value former = Value::list();
  for (const std::string& each : facts.former) former.items().push_back(Value::text(each));
  out.set("former", std::move(former));
  return out;
}

ChildFacts facts_from(const Row& row, const Value& content) {
  ChildFacts facts;
  facts.id = row.id;
  facts.family = row.owner;
  facts.held = row.standing == Standing::held;
  for (const Known& each : texts) facts.*each.text = content.text_at(each.key);
  facts.date_of_birth = Date::parse(content.text_at("date_of_birth"));
  facts.as_of = Date::parse(content.text_at("as_of"));
  if (const Value* former = content.find("former"); former != nullptr && former->is_list())
    for (const Value& each : former->items()) facts.former.emplace_back(each.text());
  return facts;
}

bool learn(ChildFacts& known, const ChildFacts& said, Telling telling) {
  const bool corrects = telling == Telling::correction;
  const bool is_older = !corrects && said.as_of && known.as_of && *said.as_of < *known.as_of;
  bool changed = false, agrees = true;
  for (const Known& each : texts) {
    const std::string& now = said.*each.text;
    std::string& before = known.*each.text;
    if (now.empty() || now == before) continue;
    if (!before.empty()) {
      if (is_older) continue;
      const auto was_so = std::ranges::find(known.former, former(each, now));
      if (was_so != known.former.end()) {
        if (telling == Telling::again) {
          agrees = false;
          continue;
        }
        known.former.erase(was_so);
      }
      if (each.changes) known.former.push_back(former(each, before));
    }
    before = now;
    changed = true;
  }
  if (said.date_of_birth && said.date_of_birth != known.date_of_birth &&
      !(known.date_of_birth && is_older)) {
    known.date_of_birth = said.date_of_birth;
    changed = true;
  }
  // Also where nothing else is new: what is older than that does not undo it later.
  if (agrees && said.as_of && (!known.as_of || *known.as_of < *said.as_of))
    known.as_of = said.as_of;
  return changed;
}

bool have_other_numbers(const ChildFacts& left, const ChildFacts& right) {
  const auto other = [](const std::string& one, const std::string& another) {
    return !one.empty() && !another.empty() && one != another;
  };
  return other(left.nhs_number, right.nhs_number) || other(left.upn, right.upn);
}

std::string normal_name(std::string_view name) {
  constexpr auto how =
      static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE | UTF8PROC_STABLE);
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                 static_cast<utf8proc_ssize_t>(name.size()), &mapped, how);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned{mapped, &std::free};
  // No UTF-8 has come through the reader; as it stands is then the best there is.
  if (size < 0) return std::string{name};
  std::vector<std::string> words(1);
  utf8proc_ssize_t at = 0;
  while (at < size) {
    utf8proc_int32_t letter = 0;
    const auto step = utf8proc_iterate(mapped + at, size - at, &letter);
    if (step <= 0) break;
    const auto category = utf8proc_category(letter);
    const bool is_word = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
    // O'Neil and ONeil are one name, Smith-Jones and Smith Jones are, too.
    const bool joins = letter == '\'' || letter == 0x2019;
    if (is_word)
      words.back().append(reinterpret_cast<const char*>(mapped + at),
                          static_cast<std::size_t>(step));
    else if (!joins && !words.back().empty())
      words.emplace_back();
    at += step;
  }
  std::ranges::sort(words);
  std::string out;
  for (const std::string& word : words)
    if (!word.empty()) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::vector<std::string> hashes_of(const Identifiers& wanted, const Secret& look_up_key) {
  std::vector<std::string> hashes;
  const auto hash = [&](std::string_view kind, const std::string& text) {
    if (!text.empty()) hashes.push_back(keyed_hash(look_up_key, std::string{kind} + ":" + text));
  };
  hash("ref", wanted.ref);
  hash("upn", upper(without_spaces(wanted.upn)));
  hash("nhs", without_spaces(wanted.nhs_number));
  if (wanted.date_of_birth && !normal_name(wanted.name).empty())
    hash("born", wanted.date_of_birth->text() + ":" + normal_name(wanted.name));
  return hashes;
}

std::vector<std::string> hashes_of(const ChildFacts& facts, const Secret& look_up_key) {
  return hashes_of(
      Identifiers{facts.ref, facts.upn, facts.nhs_number, facts.name, facts.date_of_birth},
      look_up_key);
}

std::string hash_of_family(std::string_view family_ref, const Secret& look_up_key) {
  return keyed_hash(look_up_key, "family:" + std::string{family_ref});
}

bool is_reference(std::string_view ref) {
  constexpr std::size_t longest = 100;
  if (ref.empty() || ref.size() > longest || ref.front() == ' ' || ref.back() == ' ') return false;
  bool latin = false, other = false;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(ref.data());
  const auto size = static_cast<utf8proc_ssize_t>(ref.size());
  for (utf8proc_ssize_t at = 0; at < size;) {
    utf8proc_int32_t letter = 0;
    const auto step = utf8proc_iterate(bytes + at, size - at, &letter);
    if (step <= 0) return false;
    at += step;
    constexpr utf8proc_int32_t last_latin = 0x24F;
    const auto kind = utf8proc_category(letter);
    if (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO)
      (letter <= last_latin ? latin : other) = true;
    else if (letter < ' ' || letter > '~')
      return false;
  }
  return !(latin && other);
}

bool is_test_number(std::string_view nhs_number) {
  const std::string digits = without_spaces(nhs_number);
  return digits.size() == 10 && digits.starts_with("999");
}

}  // namespace gcp2
