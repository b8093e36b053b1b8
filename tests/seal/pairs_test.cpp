#include <gtest/gtest.h>

#include <set>

#include "gcp2/keys.h"
#include "seal/bytes.h"

namespace gcp2 {
namespace {

using test::counting;
using test::from_hex;
using test::public_from_hex;
using test::secret_from_hex;
using test::turned;

TEST(KeyPairTest, IsX25519) {
  // RFC 7748, 6.1.
  EXPECT_EQ(KeyPair::of(
                secret_from_hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
                .open,
            public_from_hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
  EXPECT_EQ(KeyPair::of(
                secret_from_hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))
                .open,
            public_from_hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
  const KeyPair pair = KeyPair::random();
  EXPECT_EQ(KeyPair::of(pair.secret.copy()).open, pair.open);
  EXPECT_NE(KeyPair::random().open, pair.open);
}

// Sealed by this program once.
constexpr std::string_view kept =
    "44b39d8d76f0922e885d8cc352fff5c3ea4862590805a61bb9a395593be7483afa1eed824b2325b9"
    "505d05a802bbb25761136e07b70f3c977e4327c72a5c18b5566ad2323c9c1a6bac593e61f75ea8ed";

TEST(SealToTest, WhatWasSealedOnceOpensForEver) {
  const std::optional<Secret> secret = unseal_from(KeyPair::of(counting()), from_hex(kept));
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->bytes(), counting().bytes());
}

TEST(SealToTest, OnlyTheReaderOpens) {
  const KeyPair reader = KeyPair::random(), other = KeyPair::random();
  const Secret secret = Secret::random();
  const std::string sealed = seal_to(reader.open, secret);
  EXPECT_EQ(sealed.size(), 80U);
  EXPECT_NE(seal_to(reader.open, secret), sealed);
  EXPECT_EQ(unseal_from(reader, sealed)->bytes(), secret.bytes());
  EXPECT_FALSE(unseal_from(other, sealed));
  EXPECT_FALSE(unseal_from({other.secret.copy(), reader.open}, sealed));
}

TEST(SealToTest, NothingCanBeChangedCutOrAdded) {
  const KeyPair reader = KeyPair::of(counting());
  const std::string sealed = from_hex(kept);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit)
    EXPECT_FALSE(unseal_from(reader, turned(sealed, bit))) << bit;
  for (std::size_t length = 0; length < sealed.size(); ++length)
    EXPECT_FALSE(unseal_from(reader, std::string_view{sealed}.substr(0, length))) << length;
  EXPECT_FALSE(unseal_from(reader, sealed + '\0'));
}

TEST(SealToTest, ToAPointThatKeepsNoSecretNothingIsSealed) {
  PublicKey low{};
  EXPECT_TRUE(seal_to(low, counting()).empty());
  low[0] = 1;
  EXPECT_TRUE(seal_to(low, counting()).empty());
}

TEST(FingerprintTest, IsEightGroupsOfFourDigitsOfTheKeysHash) {
  // Worked out with Python's hashlib.
  EXPECT_EQ(fingerprint(public_from_hex(
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")),
            "5872 2309 3645 4778 0905 7043 1805 5606");
}

TEST(FingerprintTest, ChangesWithEveryBit) {
  const std::string key{counting().bytes()};
  std::set<std::string> seen;
  for (std::size_t bit = 0; bit < key.size() * 8; ++bit) {
    PublicKey changed{};
    const std::string bytes = turned(key, bit);
    std::copy_n(bytes.begin(), changed.size(), changed.begin());
    seen.insert(fingerprint(changed));
  }
  EXPECT_EQ(seen.size(), 256U);
}

TEST(SigningTest, IsEd25519) {
  // RFC 8032, 7.1, tests 1 to 3.
  struct Vector {
    std::string_view seed, open, bytes, signature;
  };
  for (const Vector& vector :
       {Vector{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
               "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
               "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc6"
               "1e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        Vector{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
               "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
               "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e45"
               "8f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
        Vector{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
               "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
               "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae"
               "67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"}}) {
    const SigningPair pair = SigningPair::of(secret_from_hex(vector.seed));
    const std::string bytes = from_hex(vector.bytes), signature = from_hex(vector.signature);
    EXPECT_EQ(pair.open, public_from_hex(vector.open));
    EXPECT_EQ(pair.seed.bytes(), from_hex(vector.seed));
    EXPECT_EQ(sign_bytes(pair, bytes), signature);
    EXPECT_TRUE(is_signed_by(pair.open, bytes, signature));
  }
}

TEST(SigningTest, NothingElseIsSigned) {
  const SigningPair pair = SigningPair::of(counting());
  const std::string bytes = "what is signed", signature = sign_bytes(pair, bytes);
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit)
    EXPECT_FALSE(is_signed_by(pair.open, bytes, turned(signature, bit))) << bit;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit)
    EXPECT_FALSE(is_signed_by(pair.open, turned(bytes, bit), signature)) << bit;
  for (const std::size_t length : {0U, 32U, 63U})
    EXPECT_FALSE(is_signed_by(pair.open, bytes, std::string_view{signature}.substr(0, length)));
  EXPECT_FALSE(is_signed_by(pair.open, bytes, signature + '\0'));
  EXPECT_FALSE(is_signed_by(SigningPair::of(Secret::random()).open, bytes, signature));
  EXPECT_FALSE(is_signed_by(PublicKey{}, bytes, signature));
}

TEST(SigningTest, AWrongPublicHalfInThePairGivesNothingAway) {
  SigningPair pair = SigningPair::of(counting());
  const std::string signature = sign_bytes(pair, "bytes");
  pair.open = SigningPair::of(Secret::random()).open;
  EXPECT_EQ(sign_bytes(pair, "bytes"), signature);
}

}  // namespace
}  // namespace gcp2
