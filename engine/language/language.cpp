#include "gcp2/language.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <cstdint>
#include <stdexcept>

#include "embedded/phrases_cy.h"
#include "embedded/phrases_en.h"

namespace gcp2 {
namespace {

// A .mo file: seven numbers, then keys and sentences as tables of (length, offset), sorted by key.
// GNU gettext manual, "The Format of GNU MO Files". Ours are compiled on the machine that runs them.
constexpr std::uint32_t magic = 0x950412de;

std::uint32_t number_at(std::string_view catalogue, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;)
    number = number << 8U | static_cast<unsigned char>(catalogue.at(offset + i));
  return number;
}

std::size_t count_of(std::string_view catalogue) { return number_at(catalogue, 8); }

/// Entry `index` of the table of keys (`which` 0) or of sentences (1).
std::string_view entry(std::string_view catalogue, std::size_t which, std::size_t index) {
  const std::size_t at = number_at(catalogue, 12 + 4 * which) + 8 * index;
  return catalogue.substr(number_at(catalogue, at + 4), number_at(catalogue, at));
}

}  // namespace

Language::Language(std::string_view tag, std::string_view catalogue)
    : tag_{tag}, catalogue_{catalogue} {
  if (number_at(catalogue, 0) != magic) throw std::logic_error{"a catalogue is no .mo file"};
}

const Language& Language::english() {
  static const Language language{"en", embedded::phrases_en};
  return language;
}

const Language* Language::find(std::string_view tag) {
  if (tag == "en") return &english();
  static const Language welsh{"cy", embedded::phrases_cy};
  return tag == "cy" ? &welsh : nullptr;
}

std::optional<std::string_view> Language::find_phrase(std::string_view key) const noexcept {
  std::size_t first = 0;
  std::size_t last = count_of(catalogue_);
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    const std::string_view here = entry(catalogue_, 0, middle);
    if (here == key) return entry(catalogue_, 1, middle);
    if (here < key)
      first = middle + 1;
    else
      last = middle;
  }
  return std::nullopt;
}

bool Language::has(std::string_view key) const noexcept { return find_phrase(key).has_value(); }

std::string Language::say(std::string_view key, std::initializer_list<Filling> fillings) const {
  return say(key, std::span{fillings.begin(), fillings.end()});
}

std::string Language::say(std::string_view key, std::span<const Filling> fillings) const {
  auto sentence = find_phrase(key);
  if (!sentence) sentence = english().find_phrase(key);
  if (!sentence) throw std::logic_error{"no phrase: " + std::string{key}};
  fmt::dynamic_format_arg_store<fmt::format_context> arguments;
  std::vector<std::string> names;
  names.reserve(fillings.size());
  for (const auto& [name, text] : fillings)
    arguments.push_back(fmt::arg(names.emplace_back(name).c_str(), text));
  try {
    return fmt::vformat(*sentence, arguments);
  } catch (const fmt::format_error& error) {
    throw std::logic_error{"phrase " + std::string{key} + ": " + error.what()};
  }
}

std::vector<std::string_view> Language::keys() const {
  std::vector<std::string_view> keys;
  for (std::size_t i = 0; i < count_of(catalogue_); ++i)
    if (const auto key = entry(catalogue_, 0, i); !key.empty()) keys.push_back(key);
  return keys;
}

}  // namespace gcp2
