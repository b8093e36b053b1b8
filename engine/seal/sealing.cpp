// A sealed text is: a version byte, the nonce, and under XChaCha20-Poly1305 the padded text and its
// tag. What is authenticated beside it: the version byte and where it belongs.
#include <sodium.h>

#include <stdexcept>

#include "raw.h"

namespace gcp2 {
namespace {

// A text never opens as a secret, nor a secret as a text. The numbers stand in files.
constexpr char text_version = 1;
constexpr char secret_version = 2;
constexpr std::size_t block = 256;
constexpr std::size_t head = 1 + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == Secret::size);
static_assert(crypto_generichash_BYTES == 32 && crypto_generichash_KEYBYTES == Secret::size);

std::string beside(char version, std::string_view bound) {
  return std::string(1, version).append(bound);
}

/// Seals what stands behind the head, in its place; the tag's room is there already.
void seal_in_place(std::string& sealed, char version, const Secret& key, std::string_view bound) {
  sealed[0] = version;
  unsigned char* const bytes = raw::out(sealed);
  randombytes_buf(bytes + 1, head - 1);
  const std::string with = beside(version, bound);
  if (crypto_aead_xchacha20poly1305_ietf_encrypt(
          bytes + head, nullptr, bytes + head, sealed.size() - head - tag, raw::in(with),
          with.size(), nullptr, bytes + 1, raw::of(key)) != 0)
    throw std::length_error("Too long to be sealed");
}

/// Opens into `plain`, which has as many bytes as `sealed` holds.
bool open_into(unsigned char* plain, std::string_view sealed, char version, const Secret& key,
               std::string_view bound) {
  if (sealed[0] != version) return false;
  const std::string with = beside(version, bound);
  const unsigned char* const bytes = raw::in(sealed);
  return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, nullptr, nullptr, bytes + head,
                                                    sealed.size() - head, raw::in(with),
                                                    with.size(), bytes + 1, raw::of(key)) == 0;
}

}  // namespace

std::string seal(std::string_view plain, const Secret& key, std::string_view bound) {
  raw::ready();
  const std::size_t padded = (plain.size() / block + 1) * block;
  // Padded where it will be sealed: no copy of the text stays anywhere.
  std::string sealed(head + padded + tag, '\0');
  plain.copy(sealed.data() + head, plain.size());
  std::size_t length = 0;
  if (sodium_pad(&length, raw::out(sealed) + head, plain.size(), block, padded) != 0 ||
      length != padded)
    throw std::logic_error("A text is not padded to the next block");
  seal_in_place(sealed, text_version, key, bound);
  return sealed;
}

std::optional<std::string> unseal(std::string_view sealed, const Secret& key,
                                  std::string_view bound) {
  raw::ready();
  if (sealed.size() < head + block + tag) return std::nullopt;
  std::string plain(sealed.size() - head - tag, '\0');
  std::size_t length = 0;
  if (!open_into(raw::out(plain), sealed, text_version, key, bound) || plain.size() % block != 0 ||
      sodium_unpad(&length, raw::in(plain), plain.size(), block) != 0) {
    wipe(plain);
    return std::nullopt;
  }
  plain.resize(length);
  return plain;
}

std::string wrap(const Secret& secret, const Secret& under, std::string_view bound) {
  raw::ready();
  std::string wrapped(head + Secret::size + tag, '\0');
  raw::of(secret);
  secret.bytes().copy(wrapped.data() + head, Secret::size);
  seal_in_place(wrapped, secret_version, under, bound);
  return wrapped;
}

std::optional<Secret> unwrap(std::string_view wrapped, const Secret& under,
                             std::string_view bound) {
  raw::ready();
  if (wrapped.size() != head + Secret::size + tag) return std::nullopt;
  std::string plain(Secret::size, '\0');
  std::optional<Secret> secret;
  if (open_into(raw::out(plain), wrapped, secret_version, under, bound))
    secret = Secret::from(plain);
  wipe(plain);
  return secret;
}

std::string keyed_hash(const Secret& key, std::string_view bytes) {
  raw::ready();
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(raw::out(hash), hash.size(), raw::in(bytes), bytes.size(), raw::of(key),
                     Secret::size);
  return hash;
}

std::string plain_hash(std::string_view bytes) {
  raw::ready();
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(raw::out(hash), hash.size(), raw::in(bytes), bytes.size(), nullptr, 0);
  return hash;
}

struct PlainHash::State {
  crypto_generichash_state of_sodium;
};
PlainHash::PlainHash() : state_{std::make_unique<State>()} {
  raw::ready();
  crypto_generichash_init(&state_->of_sodium, nullptr, 0, plain_hash_size);
}
PlainHash::~PlainHash() = default;

void PlainHash::add(std::string_view piece) {
  crypto_generichash_update(&state_->of_sodium, raw::in(piece), piece.size());
}

std::string PlainHash::finish() {
  std::string hash(plain_hash_size, '\0');
  crypto_generichash_final(&state_->of_sodium, raw::out(hash), hash.size());
  return hash;
}

std::string plain_hash_of(std::istream& in) {
  PlainHash hash;
  std::string piece(std::size_t{1} << 16U, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
    hash.add(std::string_view{piece}.substr(0, static_cast<std::size_t>(in.gcount())));
  return hash.finish();
}

}  // namespace gcp2
