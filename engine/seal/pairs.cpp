#include <sodium.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "raw.h"

namespace gcp2 {
namespace {

static_assert(crypto_box_SECRETKEYBYTES == Secret::size && crypto_sign_SEEDBYTES == Secret::size);
static_assert(crypto_box_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);
static_assert(crypto_sign_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);

/// libsodium's signing key, 64 bytes: the seed and the public half.
struct SigningKey {
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> bytes{};
  PublicKey open{};

  // The public half is always made anew: signing with another one gives the seed away.
  explicit SigningKey(const Secret& seed) {
    raw::ready();
    crypto_sign_seed_keypair(open.data(), bytes.data(), raw::of(seed));
  }
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey() { sodium_memzero(bytes.data(), bytes.size()); }
};

}  // namespace

KeyPair KeyPair::random() { return of(Secret::random()); }

KeyPair KeyPair::of(Secret secret) {
  raw::ready();
  PublicKey open{};
  crypto_scalarmult_base(open.data(), raw::of(secret));
  return {std::move(secret), open};
}

std::string seal_to(const PublicKey& reader, const Secret& secret) {
  raw::ready();
  std::string sealed(crypto_box_SEALBYTES + Secret::size, '\0');
  if (crypto_box_seal(raw::out(sealed), raw::of(secret), Secret::size, reader.data()) != 0)
    return {};
  return sealed;
}

std::optional<Secret> unseal_from(const KeyPair& reader, std::string_view sealed) {
  raw::ready();
  if (sealed.size() != crypto_box_SEALBYTES + Secret::size) return std::nullopt;
  std::string plain(Secret::size, '\0');
  std::optional<Secret> secret;
  if (crypto_box_seal_open(raw::out(plain), raw::in(sealed), sealed.size(), reader.open.data(),
                           raw::of(reader.secret)) == 0)
    secret = Secret::from(plain);
  wipe(plain);
  return secret;
}

std::string fingerprint(const PublicKey& key) {
  const std::string hash = plain_hash(raw::text(key));
  std::string groups;
  for (std::size_t at = 0; at < hash.size(); at += 4) {
    std::uint32_t number = 0;
    for (const char byte : std::string_view{hash}.substr(at, 4))
      number = number << 8 | static_cast<unsigned char>(byte);
    if (at != 0) groups += ' ';
    // Of four thousand million numbers: that 0 to 7295 come up once more often is nothing.
    const std::string digits = std::to_string(10000 + number % 10000);
    groups += digits.substr(1);
  }
  return groups;
}

bool is_fingerprint(std::string_view read_out, std::string_view fingerprint) {
  const auto digits = [](std::string_view text) {
    std::string out;
    std::ranges::copy_if(text, std::back_inserter(out),
                         [](char c) { return c >= '0' && c <= '9'; });
    return out;
  };
  return digits(read_out) == digits(fingerprint);
}

SigningPair SigningPair::of(Secret seed) {
  const SigningKey key{seed};
  return {std::move(seed), key.open};
}

std::string sign_bytes(const SigningPair& by, std::string_view bytes) {
  const SigningKey key{by.seed};
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(raw::out(signature), nullptr, raw::in(bytes), bytes.size(),
                       key.bytes.data());
  return signature;
}

bool is_signed_by(const PublicKey& by, std::string_view bytes, std::string_view signature) {
  raw::ready();
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw::in(signature), raw::in(bytes), bytes.size(), by.data()) ==
             0;
}

}  // namespace gcp2
