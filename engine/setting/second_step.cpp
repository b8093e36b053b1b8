#include "gcp2/second_step.h"

#include <liboath/oath.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

namespace gcp2 {
namespace {

/// As long as a SHA-1: more is not taken by every authenticator.
constexpr std::size_t key_bytes = 20;
constexpr unsigned step_seconds = 30;
constexpr std::size_t steps_away = 1;
constexpr std::size_t digits = 6;

std::string_view key_of(const Secret& secret) { return secret.bytes().substr(0, key_bytes); }

}  // namespace

std::string authenticator_key(const Secret& secret) {
  char* text = nullptr;
  std::size_t length = 0;
  if (oath_base32_encode(key_of(secret).data(), key_bytes, &text, &length) != OATH_OK)
    throw std::bad_alloc{};
  const std::unique_ptr<char, decltype(&std::free)> owned{text, &std::free};
  return {text, length};
}

std::string authenticator_uri(const Secret& secret, std::string_view account) {
  std::string name;
  for (const char c : account) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    name += plain ? std::string{c} : "%" + hexadecimal({reinterpret_cast<const char*>(&byte), 1});
  }
  return "otpauth://totp/gcp2:" + name + "?secret=" + authenticator_key(secret) + "&issuer=gcp2";
}

bool is_code(const Secret& secret, std::string_view typed, Seconds now) {
  std::string code{typed};
  std::erase(code, ' ');
  if (code.size() != digits ||
      !std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  return oath_totp_validate(key_of(secret).data(), key_bytes, now, step_seconds, 0, steps_away,
                            code.c_str()) >= 0;
}

}  // namespace gcp2
