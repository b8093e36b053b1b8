#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "gcp2/keys.h"
#include "gcp2/seal.h"
#include "seal/bare.h"
#include "seal/bytes.h"

namespace gcp2 {
namespace {

using test::counting;
using test::from_hex;
using test::turned;

// Worked out apart from libsodium, by a program that gives the example of
// draft-irtf-cfrg-xchacha-03, A.3.1: key 00..1f, nonce 40..57, "row 7" and "key 7".
constexpr std::string_view kept_text =
    "01404142434445464748494a4b4c4d4e4f5051525354555657875c601ef0820036e19be5d1cbe545f7fec9c8"
    "ea9359539a6a31fd450904239016f9026e55928410ffb2f44c0adadaf19b6b7de86f85b49cb6fc08f413b24c"
    "545a2bf87214b345c88503b0ffdc799ceff6c7062b283d647750a30794c56533252675b7c9b8e56bb6dda162"
    "9a4717c98b9ff313de29ca83e00cbf571222c77b9fdf51470ed1ded6b0a0a0f23069a7de50ee2768ff352c5c"
    "1d4d2aa1b93ddb0ab139fc04bc7e42e07e51fdcec36bd73cfe81eacae18ce1f48ee9c2078f1a952a99aafdb4"
    "a3937724fa7b33296dcddd0570c8406b44d2f9a12aa38e4cf7ec3d3ead1f0568e31a097342d0f62a600b2351"
    "762db7ddff84d44d905575c69e440ccab690e029797ee9e74ef7acc1155ac2262f";
constexpr std::string_view kept_secret =
    "02404142434445464748494a4b4c4d4e4f505152535455565734d8e79334059ff1671d6d5543718b7d624b5f"
    "37e7aca56d92c807bef5f9dd6f61e3e44b920328bb0d48e1398c26c339";

TEST(SealingTest, WhatWasSealedOnceOpensForEver) {
  EXPECT_EQ(unseal(from_hex(kept_text), counting(), "row 7"), "Seen by nobody else.");
  const std::optional<Secret> secret = unwrap(from_hex(kept_secret), counting(), "key 7");
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->bytes(),
            from_hex("e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
}

RC_GTEST_PROP(SealingTest, GivesBackWhatWentIn, ()) {
  const Secret key = Secret::random();
  const auto plain = *rc::gen::arbitrary<std::string>();
  const auto bound = *rc::gen::arbitrary<std::string>();
  RC_ASSERT(unseal(seal(plain, key, bound), key, bound) == plain);
  RC_ASSERT(!unseal(seal(plain, key, bound), key, bound + 'x'));
}

TEST(SealingTest, HidesTheLengthToTheNext256Bytes) {
  const Secret key = Secret::random();
  for (std::size_t length = 0; length <= 1024; ++length) {
    // Ends in what padding is made of.
    const std::string plain =
        std::string(length / 2, '\x80') + std::string(length - length / 2, '\0');
    const std::string sealed = seal(plain, key, "");
    EXPECT_EQ(sealed.size(), 1 + 24 + (length / 256 + 1) * 256 + 16) << length;
    EXPECT_EQ(unseal(sealed, key, ""), plain) << length;
  }
}

TEST(SealingTest, NoBitCanBeChanged) {
  const std::string sealed = from_hex(kept_text);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit)
    EXPECT_FALSE(unseal(turned(sealed, bit), counting(), "row 7")) << bit;
  const std::string wrapped = from_hex(kept_secret);
  for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit)
    EXPECT_FALSE(unwrap(turned(wrapped, bit), counting(), "key 7")) << bit;
}

TEST(SealingTest, NothingCanBeCutOrAdded) {
  const std::string sealed = from_hex(kept_text);
  for (std::size_t length = 0; length < sealed.size(); ++length)
    EXPECT_FALSE(unseal(std::string_view{sealed}.substr(0, length), counting(), "row 7")) << length;
  EXPECT_FALSE(unseal(sealed + '\0', counting(), "row 7"));
  EXPECT_FALSE(unseal(sealed + std::string(256, '\0'), counting(), "row 7"));
  const std::string wrapped = from_hex(kept_secret);
  for (std::size_t length = 0; length < wrapped.size(); ++length)
    EXPECT_FALSE(unwrap(std::string_view{wrapped}.substr(0, length), counting(), "key 7"));
  EXPECT_FALSE(unwrap(wrapped + '\0', counting(), "key 7"));
}

TEST(SealingTest, WrongPaddingIsRefused) {
  const auto opened = [](const std::string& padded) {
    return unseal(test::sealed_bare(padded, counting()), counting(), "row 7");
  };
  const std::string zeros(255, '\0');
  EXPECT_EQ(opened("\x80" + zeros), "");
  EXPECT_EQ(opened("a\x80" + zeros.substr(1)), "a");
  EXPECT_EQ(opened(std::string(511, 'a') + "\x80"), std::string(511, 'a'));
  for (const std::string& wrong :
       {std::string(256, '\0'), std::string(256, 'a'), "\x81" + zeros,
        "\x80" + zeros.substr(1) + "a",
        // The mark a whole block before the end, and no whole number of blocks.
        "\x80" + zeros + std::string(256, '\0'), "a\x80" + zeros, std::string("\x80"),
        std::string(300, 'a') + "\x80" + zeros, std::string()})
    EXPECT_FALSE(opened(wrong)) << wrong.size();
}

TEST(SealingTest, OpensOnlyWithItsKeyInItsPlace) {
  const std::string sealed = from_hex(kept_text), wrapped = from_hex(kept_secret);
  for (std::size_t bit = 0; bit < Secret::size * 8; ++bit) {
    const Secret other = *Secret::from(turned(std::string{counting().bytes()}, bit));
    EXPECT_FALSE(unseal(sealed, other, "row 7")) << bit;
    EXPECT_FALSE(unwrap(wrapped, other, "key 7")) << bit;
  }
  for (const std::string_view bound : {"", "row", "row 8", "row 77", "Row 7", "key 7"})
    EXPECT_FALSE(unseal(sealed, counting(), bound)) << bound;
  for (const std::string_view bound : {"", "key", "key 8", "key 77", "row 7"})
    EXPECT_FALSE(unwrap(wrapped, counting(), bound)) << bound;
}

TEST(SealingTest, ATextIsNoSecretAndASecretIsNoText) {
  const Secret key = Secret::random();
  std::string sealed = seal(key.bytes(), key, "place");
  EXPECT_FALSE(unwrap(sealed, key, "place"));
  sealed[0] = 2;
  EXPECT_FALSE(unwrap(sealed, key, "place"));
  std::string wrapped = wrap(key, key, "place");
  EXPECT_EQ(wrapped.size(), 73U);
  EXPECT_FALSE(unseal(wrapped, key, "place"));
  wrapped[0] = 1;
  EXPECT_FALSE(unseal(wrapped, key, "place"));
}

TEST(SealingTest, TheSameIsSealedDifferentlyEveryTime) {
  const Secret key = Secret::random();
  std::set<std::string> nonces, texts;
  for (int time = 0; time < 100; ++time) {
    const std::string sealed = seal("the same", key, "");
    nonces.insert(sealed.substr(1, 24));
    texts.insert(sealed.substr(25));
  }
  EXPECT_EQ(nonces.size(), 100U);
  EXPECT_EQ(texts.size(), 100U);
  EXPECT_NE(wrap(key, key, ""), wrap(key, key, ""));
}

TEST(SealingTest, ASecretUnderAnother) {
  const Secret secret = Secret::random(), under = Secret::random();
  const std::string wrapped = wrap(secret, under, "child");
  EXPECT_EQ(unwrap(wrapped, under, "child")->bytes(), secret.bytes());
  EXPECT_FALSE(unwrap(wrapped, secret, "child"));
}

TEST(HashTest, IsBlake2b) {
  // The values of Python's hashlib.
  EXPECT_EQ(plain_hash("abc"),
            from_hex("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
  EXPECT_EQ(plain_hash(""),
            from_hex("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"));
  EXPECT_EQ(keyed_hash(counting(), "abc"),
            from_hex("d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f"));
}

TEST(HashTest, Sha256OfFips180) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace gcp2
