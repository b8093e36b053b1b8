#include <utf8proc.h>
#include <zxcvbn.h>

#include <string>

#include "gcp2/setting.h"

namespace gcp2 {

bool Setting::strong_enough(std::string_view passphrase, std::string_view name) {
  constexpr std::size_t shortest = 14, longest = 1000;
  // At 0.6 s and 256 MiB a guess: years, for whoever guesses as people choose.
  constexpr double fewest_bits = 45;
  if (passphrase.size() < shortest || passphrase.size() > longest) return false;
  if (!name.empty() && passphrase.find(name) != std::string_view::npos) return false;
  // A copy that ends where the library expects it, and is gone afterwards.
  std::string text{passphrase}, lower_name{name};
  for (char& c : lower_name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const char* known[] = {lower_name.c_str(), "gcp2",     "graded", "care", "profile",
                         "passphrase",       "sandwell", "dudley", nullptr};
  const double bits = ZxcvbnMatch(text.c_str(), known, nullptr);
  wipe(text);
  return bits >= fewest_bits;
}

bool Setting::is_account_name(std::string_view name) {
  constexpr std::size_t longest = 64;
  if (name.empty() || name.size() > longest || name.front() == ' ' || name.back() == ' ')
    return false;
  bool latin = false, other = false;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(name.data());
  const auto size = static_cast<utf8proc_ssize_t>(name.size());
  for (utf8proc_ssize_t at = 0; at < size;) {
    utf8proc_int32_t letter = 0;
    const auto step = utf8proc_iterate(bytes + at, size - at, &letter);
    if (step <= 0) return false;
    const auto kind = utf8proc_category(letter);
    const bool is_letter = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
    const bool is_digit = kind == UTF8PROC_CATEGORY_ND;
    const bool joins =
        std::string_view{" .-_'@+"}.find(static_cast<char>(letter)) != std::string_view::npos &&
        letter < 128;
    if (!is_letter && !is_digit && !joins) return false;
    constexpr utf8proc_int32_t last_latin = 0x24F;
    if (is_letter) (letter <= last_latin ? latin : other) = true;
    at += step;
  }
  return (latin || other) && !(latin && other);
}

}  // namespace gcp2
