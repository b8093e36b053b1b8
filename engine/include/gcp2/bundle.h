// A bundle: one child's records on the way from one setting to another. Sealed to the recipient,
// signed by the sender. Nothing here looks at what is in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gcp2/keys.h"

namespace gcp2 {

/// Bytes; no larger one is made or read.
inline constexpr std::size_t largest_bundle = std::size_t{16} << 20;

/// What other settings may know of one: its store's id, whom to seal to, whose signature it is. As
/// text: a line that people can copy, with a check.
struct Address {
  Id store;
  PublicKey seal_to{}, signed_by{};

  [[nodiscard]] std::string text() const;
  static std::optional<Address> parse(std::string_view text);
  /// To be compared by telephone, on a number that was known before.
  [[nodiscard]] std::string fingerprint() const;
  friend bool operator==(const Address&, const Address&) = default;
};

struct BundleHead {
  Id bundle;     ///< its own random id
  Address from;  ///< as it says; whether that is so, the signature shows
  Id to;         ///< the recipient's store
};

/// The bytes: magic, head, the stream's key sealed to the recipient, the sealed pieces, and a
/// signature over everything before it.
std::string write_bundle(const BundleHead& head, const Address& to, const SigningPair& by,
                         std::string_view content);

/// What the outside of a bundle says; nullopt: no bundle, or cut off. Trusts nothing.
std::optional<BundleHead> bundle_head(std::string_view bytes);
/// Whether the whole bundle is signed by that key.
bool is_bundle_signed_by(std::string_view bytes, const PublicKey& by);
/// nullopt: not sealed to this pair, or changed.
std::optional<std::string> read_bundle(std::string_view bytes, const KeyPair& reader);

}  // namespace gcp2
