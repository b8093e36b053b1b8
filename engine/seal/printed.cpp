// 256 bits of the key and a check of 19, five to a letter.
#include <algorithm>
#include <array>

#include "raw.h"

namespace gcp2 {
namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr std::string_view between = " -\t\r\n";
constexpr std::size_t letters = 55;
constexpr std::size_t to_a_group = 5;
constexpr unsigned check_bits = 19;
static_assert(alphabet.size() == 32 && letters * 5 == Secret::size * 8 + check_bits);

/// The remainder by (x + 1)(x^9 + x^4 + 1)(x^9 + x^6 + x^4 + x^3 + 1), of the BCH code of 511 bits
/// with distance 6: any five wrong bits are caught, and whatever is wrong within 19 bits in a row,
/// thus a wrong letter, and two neighbours that changed places. It begins with ones, so that a page
/// of one letter is no key.
std::uint32_t check_of(std::string_view bytes) {
  constexpr std::uint32_t divisor = 0xdbe5b;
  constexpr std::uint32_t top = 1U << check_bits;
  std::uint32_t rest = top - 1;
  for (const char byte : bytes)
    for (int bit = 7; bit >= 0; --bit) {
      rest = rest << 1 ^ (static_cast<unsigned char>(byte) >> bit & 1U) << check_bits;
      if ((rest & top) != 0) rest ^= divisor;
    }
  return rest;
}

/// A text of bits, the first of a byte its highest.
unsigned bit_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at / 8]) >> (7 - at % 8) & 1U;
}

std::size_t number_of(char letter) {
  if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  return alphabet.find(letter);
}

}  // namespace

std::string printed(const Secret& secret) {
  raw::of(secret);
  const std::string_view bytes = secret.bytes();
  const std::uint32_t check = check_of(bytes);
  constexpr std::size_t of_key = Secret::size * 8;
  std::string text;
  text.reserve(letters + letters / to_a_group);
  for (std::size_t letter = 0; letter < letters; ++letter) {
    unsigned number = 0;
    for (std::size_t at = letter * 5; at < letter * 5 + 5; ++at)
      number = number << 1 |
               (at < of_key ? bit_at(bytes, at) : check >> (of_key + check_bits - 1 - at) & 1U);
    if (letter != 0 && letter % to_a_group == 0) text += ' ';
    text += alphabet[number];
  }
  return text;
}

std::optional<Secret> from_print(std::string_view text) {
  std::string bytes(Secret::size, '\0');
  std::uint32_t check = 0;
  std::size_t at = 0;
  bool sound = true;
  for (const char letter : text) {
    if (between.find(letter) != std::string_view::npos) continue;
    const std::size_t number = number_of(letter);
    sound = number < alphabet.size() && at < letters * 5;
    if (!sound) break;
    for (int bit = 4; bit >= 0; --bit, ++at) {
      const unsigned set = number >> bit & 1U;
      if (at / 8 < bytes.size())
        bytes[at / 8] =
            static_cast<char>(static_cast<unsigned char>(bytes[at / 8]) | set << (7 - at % 8));
      else
        check = check << 1 | set;
    }
  }
  std::optional<Secret> secret;
  if (sound && at == letters * 5 && check == check_of(bytes)) secret = Secret::from(bytes);
  wipe(bytes);
  return secret;
}

}  // namespace gcp2
