#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "gcp2/keys.h"
#include "seal/bytes.h"

namespace gcp2 {
namespace {

constexpr std::string_view sample = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

TEST(IdTest, IsReadAndWrittenAsAUuid) {
  const std::optional<Id> id = Id::parse(sample);
  ASSERT_TRUE(id);
  EXPECT_EQ(id->text(), sample);
  EXPECT_EQ(id->raw(), test::from_hex("0f1e2d3c4b5a69788796a5b4c3d2e1f0"));
  EXPECT_EQ(Id::from(id->raw()), id);
  EXPECT_EQ(id->raw().data(), reinterpret_cast<const char*>(id->bytes.data()));
}

TEST(IdTest, NothingElseIsRead) {
  for (const std::string_view wrong :
       {"", "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f00",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1g0", "0f1e2d3-c4b5a-6978-8796-a5b4c3d2e1f0",
        "{f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"})
    EXPECT_FALSE(Id::parse(wrong)) << wrong;
  for (const std::size_t length : {0U, 15U, 17U, 32U, 36U})
    EXPECT_FALSE(Id::from(std::string(length, 'a'))) << length;
}

TEST(IdTest, RandomOnesAreOfVersionSevenAndDiffer) {
  std::set<Id> seen;
  std::set<char> variants;
  for (int time = 0; time < 1000; ++time) {
    const Id id = Id::random();
    const std::string text = id.text();
    EXPECT_EQ(text[14], '7');
    variants.insert(text[19]);
    EXPECT_EQ(Id::parse(text), id);
    EXPECT_FALSE(id.none());
    seen.insert(id);
  }
  EXPECT_EQ(seen.size(), 1000U);
  EXPECT_EQ(variants, (std::set<char>{'8', '9', 'a', 'b'}));
}

TEST(IdTest, RandomOnesBeginWithTheTimeSoThatLaterOnesAreGreater) {
  const auto now = [] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  const auto before = now();
  const Id first = Id::random();
  std::int64_t made = 0;
  for (std::size_t at = 0; at < 6; ++at) made = made << 8 | first.bytes[at];
  EXPECT_GE(made, before);
  EXPECT_LE(made, now());
  std::this_thread::sleep_for(std::chrono::milliseconds{2});
  EXPECT_LT(first, Id::random());
}

TEST(IdTest, AllZeroIsNone) {
  EXPECT_TRUE(Id{}.none());
  EXPECT_EQ(Id{}.text(), "00000000-0000-0000-0000-000000000000");
  EXPECT_TRUE(Id::parse(Id{}.text())->none());
  EXPECT_LT(Id{}, *Id::parse(sample));
}

TEST(HexadecimalTest, IsTwoDigitsAByteAndNothingElse) {
  EXPECT_EQ(hexadecimal(std::string_view{"\x00\x7f\xff", 3}), "007fff");
  EXPECT_EQ(from_hexadecimal("007fff"), (std::string{"\x00\x7f\xff", 3}));
  EXPECT_EQ(hexadecimal(""), "");
  for (const char* text : {"", "0", "007ff", "0g", "FF", " 00"})
    EXPECT_EQ(from_hexadecimal(text), "") << text;
}

TEST(FingerprintTest, IsTheSameHoweverItIsGrouped) {
  const std::string said = fingerprint(KeyPair::random().open);
  std::string together = said;
  std::erase(together, ' ');
  EXPECT_TRUE(is_fingerprint(said, said));
  EXPECT_TRUE(is_fingerprint(together, said));
  EXPECT_FALSE(is_fingerprint(together.substr(1), said));
  EXPECT_FALSE(is_fingerprint("", said));
}

}  // namespace
}  // namespace gcp2
