// Keys, and what is sealed with them: libsodium behind the project's own words. Nothing here knows
// what a record is. Bytes are held in std::string, secrets only in `Secret`.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gcp2/core.h"

namespace gcp2 {

/// 16 bytes that name something and say nothing about it but, where made here, when. All zero =
/// none.
struct Id {
  std::array<std::uint8_t, 16> bytes{};

  /// A UUID of version 7: six bytes of milliseconds since 1970, then 74 random bits. An index of
  /// such ids grows at its end, however many there are.
  static Id random();
  /// From the 36 characters of a lower-case UUID, or from exactly 16 bytes.
  static std::optional<Id> parse(std::string_view text);
  static std::optional<Id> from(std::string_view raw) noexcept;
  [[nodiscard]] std::string text() const;      ///< 36 characters
  [[nodiscard]] std::string_view raw() const;  ///< 16 bytes, of this object
  [[nodiscard]] bool none() const noexcept { return *this == Id{}; }
  friend bool operator==(const Id&, const Id&) = default;
  friend std::strong_ordering operator<=>(const Id&, const Id&) = default;
};

/// 32 secret bytes in memory that is locked, guarded, left out of core dumps, and wiped at the end.
/// Moved from, it is empty and only fit to be destroyed or assigned to.
class Secret {
 public:
  static constexpr std::size_t size = 32;

  static Secret random();
  /// Copies the bytes in; nullopt unless there are exactly 32. Wiping the source is the caller's.
  static std::optional<Secret> from(std::string_view bytes);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  [[nodiscard]] std::string_view bytes() const noexcept;
  [[nodiscard]] Secret copy() const;

 private:
  Secret();
  unsigned char* bytes_ = nullptr;
};

/// Two lower-case digits a byte; and back, empty where it is none.
std::string hexadecimal(std::string_view bytes);
std::string from_hexadecimal(std::string_view text);

/// Wipes a text that held something secret.
void wipe(std::string& text) noexcept;

/// Seals with XChaCha20-Poly1305 under a random nonce. The length is hidden to the next 256 bytes.
/// `bound` is not stored, but must be the same to open: where the sealed bytes belong.
std::string seal(std::string_view plain, const Secret& key, std::string_view bound);
/// nullopt: another key, another place, or a changed byte; which of them cannot be told.
std::optional<std::string> unseal(std::string_view sealed, const Secret& key,
                                  std::string_view bound);

/// A secret under another one, 73 bytes. What is wrapped never opens as a text, nor the other way.
std::string wrap(const Secret& secret, const Secret& under, std::string_view bound);
std::optional<Secret> unwrap(std::string_view wrapped, const Secret& under, std::string_view bound);

/// BLAKE2b of 32 bytes, under a key or without one.
std::string keyed_hash(const Secret& key, std::string_view bytes);
std::string plain_hash(std::string_view bytes);
inline constexpr std::size_t plain_hash_size = 32;
/// The same of what comes in pieces.
class PlainHash {
 public:
  PlainHash();
  ~PlainHash();
  PlainHash(const PlainHash&) = delete;
  PlainHash& operator=(const PlainHash&) = delete;
  void add(std::string_view piece);
  /// Of all pieces; the end of it.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};
/// The same of everything that a stream still has, however much that is.
std::string plain_hash_of(std::istream& in);

/// What anyone may know of a pair: 32 raw bytes.
using PublicKey = std::array<std::uint8_t, 32>;

/// An X25519 pair: whoever has the public half can seal to it, the secret half alone opens.
struct KeyPair {
  Secret secret;
  PublicKey open{};

  static KeyPair random();
  static KeyPair of(Secret secret);  ///< the pair that this secret half belongs to
};
/// 80 bytes, others every time. Empty: `reader` is no key that anything can be sealed to.
std::string seal_to(const PublicKey& reader, const Secret& secret);
std::optional<Secret> unseal_from(const KeyPair& reader, std::string_view sealed);

/// Eight groups of four digits for people to compare by telephone; of a hash of the key.
std::string fingerprint(const PublicKey& key);
/// Whether what was read out is that fingerprint, however its digits were grouped.
bool is_fingerprint(std::string_view read_out, std::string_view fingerprint);

/// An Ed25519 pair made from a secret of 32 bytes.
struct SigningPair {
  Secret seed;
  PublicKey open{};

  static SigningPair of(Secret seed);
};
std::string sign_bytes(const SigningPair& by, std::string_view bytes);  ///< 64 raw bytes
bool is_signed_by(const PublicKey& by, std::string_view bytes, std::string_view signature);

/// How hard a passphrase is to guess, as it is stored with what it protects.
struct Hardness {
  std::uint64_t passes = 3;
  std::uint64_t bytes = std::uint64_t{256} << 20;
};
inline constexpr std::size_t salt_size = 16;
std::string random_salt();
/// Argon2id. At most two run at once in a process, the others wait. An error: too little memory, a
/// salt of another length, or a hardness (as it was read) that nobody recorded: at least one pass
/// and 8 KiB, at most 10 passes and 1 GiB.
Result<Secret> key_from_passphrase(std::string_view passphrase, std::string_view salt,
                                   const Hardness& hardness);

/// The recovery key as a person writes it down: 11 groups of five letters and digits without 0, 1,
/// I, O; the last four carry a check that any single wrong letter fails, and any two neighbours
/// that changed places. Read back in any case, with or without spaces, hyphens and line ends.
std::string printed(const Secret& secret);
std::optional<Secret> from_print(std::string_view text);

/// A long message in pieces (secretstream): none can be changed, left out, moved or repeated, and
/// one that was cut off never comes to its last piece.
class SealedWriter {
 public:
  explicit SealedWriter(const Secret& key);
  ~SealedWriter();
  [[nodiscard]] const std::string& header() const;       ///< to be sent first
  std::string piece(std::string_view plain, bool last);  ///< none comes after the last

 private:
  struct State;
  std::unique_ptr<State> state_;
};
class SealedReader {
 public:
  SealedReader(const Secret& key, std::string_view header);
  ~SealedReader();
  static const std::size_t header_size;
  static const std::size_t overhead;  ///< bytes that a piece is longer than what it holds
  struct Piece {
    std::string plain;
    bool last = false;
  };
  /// nullopt: another key, or not the piece that comes next.
  std::optional<Piece> piece(std::string_view sealed);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// No core dumps of this process: what is in its memory is written to no disk.
Result<Done> forbid_core_dumps();

/// Before the first secret: core dumps off for this process, as much locked memory as it may have
/// (a page for each secret), and libsodium ready. An error where the system refuses.
Result<Done> prepare_for_secrets();

}  // namespace gcp2
