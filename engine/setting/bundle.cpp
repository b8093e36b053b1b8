#include "gcp2/bundle.h"

#include <algorithm>

namespace gcp2 {
namespace {

constexpr std::string_view magic = "gcp2/bundle/1\n";
constexpr std::size_t key_size = 32, signature_size = 64, length_size = 4;
constexpr std::size_t wrapped_key_size = 80;  // a sealed box of 32 bytes
constexpr std::size_t piece_size = std::size_t{1} << 16;
constexpr std::size_t head_size =
    magic.size() + 3 * 16 + 2 * key_size + wrapped_key_size;  // up to the stream's header

std::string_view raw(const PublicKey& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}
PublicKey public_key(std::string_view bytes) {
  PublicKey key{};
  std::ranges::transform(bytes, key.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  return key;
}
std::string raw(const Address& address) {
  return std::string{address.store.raw()} + std::string{raw(address.seal_to)} +
         std::string{raw(address.signed_by)};
}

/// Without the signature; nullopt where there is no room for one.
std::optional<std::string_view> signed_part(std::string_view bytes) {
  if (bytes.size() < head_size + SealedReader::header_size + signature_size) return std::nullopt;
  return bytes.substr(0, bytes.size() - signature_size);
}

}  // namespace

std::string Address::text() const {
  const std::string bytes = raw(*this);
  return "gcp2-" + hexadecimal(bytes + plain_hash(bytes).substr(0, 4));
}

std::optional<Address> Address::parse(std::string_view text) {
  constexpr std::size_t size = 16 + 2 * key_size, check = 4;
  constexpr std::string_view start = "gcp2-";
  if (!text.starts_with(start)) return std::nullopt;
  text.remove_prefix(start.size());
  const std::string bytes = from_hexadecimal(text);
  if (bytes.size() != size + check) return std::nullopt;
  if (plain_hash(bytes.substr(0, size)).substr(0, check) != bytes.substr(size)) return std::nullopt;
  const std::string_view all = bytes;
  return Address{*Id::from(all.substr(0, 16)), public_key(all.substr(16, key_size)),
                 public_key(all.substr(16 + key_size, key_size))};
}

std::string Address::fingerprint() const {
  return gcp2::fingerprint(public_key(plain_hash(raw(*this))));
}

std::string write_bundle(const BundleHead& head, const Address& to, const SigningPair& by,
                         std::string_view content) {
  const Secret key = Secret::random();
  SealedWriter writer{key};
  std::string out{magic};
  out += head.bundle.raw();
  out += raw(head.from);
  out += head.to.raw();
  out += seal_to(to.seal_to, key);
  out += writer.header();
  do {
    const std::string_view some = content.substr(0, piece_size);
    content.remove_prefix(some.size());
    const std::string piece = writer.piece(some, content.empty());
    for (std::size_t i = 0; i < length_size; ++i)
      out += static_cast<char>(piece.size() >> (8 * i) & 0xFFU);
    out += piece;
  } while (!content.empty());
  return out + sign_bytes(by, out);
}

std::optional<BundleHead> bundle_head(std::string_view bytes) {
  if (!bytes.starts_with(magic) || !signed_part(bytes)) return std::nullopt;
  bytes.remove_prefix(magic.size());
  const auto next = [&](std::size_t size) {
    const std::string_view part = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return part;
  };
  BundleHead head;
  head.bundle = *Id::from(next(16));
  head.from.store = *Id::from(next(16));
  head.from.seal_to = public_key(next(key_size));
  head.from.signed_by = public_key(next(key_size));
  head.to = *Id::from(next(16));
  return head;
}

bool is_bundle_signed_by(std::string_view bytes, const PublicKey& by) {
  const auto part = signed_part(bytes);
  return part && is_signed_by(by, *part, bytes.substr(part->size()));
}

std::optional<std::string> read_bundle(std::string_view bytes, const KeyPair& reader) {
  const auto part = signed_part(bytes);
  if (!part || !bytes.starts_with(magic)) return std::nullopt;
  std::string_view rest = part->substr(head_size - wrapped_key_size);
  const auto key = unseal_from(reader, rest.substr(0, wrapped_key_size));
  if (!key) return std::nullopt;
  rest.remove_prefix(wrapped_key_size);
  SealedReader pieces{*key, rest.substr(0, SealedReader::header_size)};
  rest.remove_prefix(SealedReader::header_size);
  std::string content;
  while (rest.size() >= length_size) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < length_size; ++i)
      size |= std::size_t{static_cast<unsigned char>(rest[i])} << (8 * i);
    rest.remove_prefix(length_size);
    if (size > rest.size()) return std::nullopt;
    const auto piece = pieces.piece(rest.substr(0, size));
    if (!piece) return std::nullopt;
    rest.remove_prefix(size);
    content += piece->plain;
    if (piece->last) return rest.empty() ? std::optional{content} : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace gcp2
