// Sentences for people, by key: one catalogue a language (schemas/languages/*.po, gettext's format).
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gcp2 {

/// What a sentence's {name} stands for.
using Filling = std::pair<std::string_view, std::string>;

class Language {
 public:
  static const Language& english();
  /// By BCP 47 tag; null = not at hand.
  static const Language* find(std::string_view tag);

  [[nodiscard]] std::string_view tag() const noexcept { return tag_; }
  /// Whether this language has a sentence of its own for the key.
  [[nodiscard]] bool has(std::string_view key) const noexcept;
  /// The sentence with its fillings; English where this language has none. A key without any, or a
  /// filling that is missing, is a bug (std::logic_error).
  [[nodiscard]] std::string say(std::string_view key,
                                std::initializer_list<Filling> fillings = {}) const;
  [[nodiscard]] std::string say(std::string_view key, std::span<const Filling> fillings) const;
  /// All keys that have a sentence, in the order of their bytes.
  [[nodiscard]] std::vector<std::string_view> keys() const;

 private:
  /// `catalogue` is what gettext compiles (a .mo file) and must outlive this.
  Language(std::string_view tag, std::string_view catalogue);
  [[nodiscard]] std::optional<std::string_view> find_phrase(std::string_view key) const noexcept;

  std::string_view tag_, catalogue_;
};

}  // namespace gcp2
