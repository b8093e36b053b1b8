// Bytes as whatever is read with a key, and as what sealed bytes turn out to hold: who has the key
// may have sealed anything.
#include "gcp2/keys.h"

#include <algorithm>
#include <cctype>

#include "claims.h"
#include "seal/bare.h"

namespace {

using gcp2::Id;
using gcp2::Secret;
using gcp2::fuzz::claim;

std::string counted() {
  std::string bytes;
  for (char byte = 0; byte < 32; ++byte) bytes += byte;
  return bytes;
}

const Secret& key() {
  static const Secret secret = *Secret::from(counted());
  return secret;
}

void claim_sealed(const std::string& bytes) {
  if (const auto plain = gcp2::unseal(bytes, key(), "row 7")) {
    claim(!gcp2::unseal(bytes, key(), "row 8"), "what is sealed opens in its place alone");
    claim(gcp2::unseal(gcp2::seal(*plain, key(), ""), key(), "") == plain,
          "a text is sealed again");
  }
  const std::size_t mark = bytes.find_last_not_of('\0');
  const bool padded = !bytes.empty() && bytes.size() % 256 == 0 && mark != std::string::npos &&
                      bytes[mark] == '\x80' && bytes.size() - mark <= 256;
  const auto plain = gcp2::unseal(gcp2::test::sealed_bare(bytes, key()), key(), "row 7");
  claim(plain.has_value() == padded, "a text opens where its padding is right");
  if (plain) claim(*plain == bytes.substr(0, mark), "a text is what stands before its padding");
  if (const auto secret = gcp2::unwrap(bytes, key(), "key 7"))
    claim(!gcp2::unseal(bytes, key(), "key 7"), "a secret is no text");
}

void claim_printed(const std::string& bytes) {
  const auto secret = gcp2::from_print(bytes);
  if (!secret) return;
  std::string letters, again = gcp2::printed(*secret);
  for (const char byte : bytes)
    if (std::isalnum(static_cast<unsigned char>(byte)))
      letters += static_cast<char>(std::toupper(static_cast<unsigned char>(byte)));
  std::erase(again, ' ');
  claim(letters == again, "a key that is read is printed with the same letters");
}

void claim_id(const std::string& bytes) {
  if (const auto id = Id::parse(bytes))
    claim(id->text() == bytes, "an id is written as it was read");
  if (const auto id = Id::from(bytes)) {
    claim(id->raw() == bytes, "an id is the bytes that it was made from");
    claim(Id::parse(id->text()) == id, "an id is read as it was written");
  }
}

void claim_stream(const std::string& bytes) {
  const std::size_t header = std::min(bytes.size(), gcp2::SealedReader::header_size);
  gcp2::SealedReader reader{key(), std::string_view{bytes}.substr(0, header)};
  const auto piece = reader.piece(std::string_view{bytes}.substr(header));
  if (piece && piece->last)
    claim(!reader.piece(std::string_view{bytes}.substr(header)), "nothing comes after the last");

  gcp2::SealedWriter writer{key()};
  gcp2::SealedReader other{key(), writer.header()};
  claim(!other.piece(bytes), "a piece of another message is refused");
  const auto next = other.piece(writer.piece(bytes, true));
  claim(next && next->plain == bytes && next->last, "the next piece is read after a refusal");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes{reinterpret_cast<const char*>(data), size};
  claim_sealed(bytes);
  claim_printed(bytes);
  claim_id(bytes);
  claim_stream(bytes);
  static const gcp2::KeyPair pair = gcp2::KeyPair::of(key().copy());
  claim(!gcp2::is_signed_by(pair.open, "", bytes), "nobody signed it");
  (void)gcp2::unseal_from(pair, bytes);
  return 0;
}
