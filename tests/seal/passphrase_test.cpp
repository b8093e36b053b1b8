#include <gtest/gtest.h>
#include <sys/resource.h>

#include <limits>
#include <thread>
#include <vector>

#include "gcp2/keys.h"
#include "seal/bytes.h"

namespace gcp2 {
namespace {

using test::from_hex;

constexpr Hardness low{1, 8192};
const std::string salt = "sixteen of salt.";

std::string key(std::string_view passphrase, std::string_view with, const Hardness& hardness) {
  const Result<Secret> secret = key_from_passphrase(passphrase, with, hardness);
  return secret ? std::string{secret->bytes()} : "refused";
}

TEST(PassphraseTest, IsArgon2id) {
  // From libsodium's own tests, written there as $argon2id$v=19$m=4882,t=2,p=1$bA81...$Nm8Q...
  EXPECT_EQ(key("", from_hex("6c0f356abb225f2b1ddd66d34739843b"), {2, 4882 * 1024}),
            from_hex("366f1004cfbb447d435e8f6bbe9e5cc0a10e38e7c3da0e89bb19578a1a0d7291"));
}

TEST(PassphraseTest, EverythingCounts) {
  const std::string usual = key("correct horse", salt, low);
  EXPECT_EQ(usual.size(), Secret::size);
  EXPECT_EQ(key("correct horse", salt, low), usual);
  EXPECT_NE(key("correct horsf", salt, low), usual);
  EXPECT_NE(key("correct horse ", salt, low), usual);
  EXPECT_NE(key(std::string("correct horse\0", 14), salt, low), usual);
  EXPECT_NE(key("correct horse", "sixteen of salt,", low), usual);
  EXPECT_NE(key("correct horse", salt, {2, low.bytes}), usual);
  EXPECT_NE(key("correct horse", salt, {low.passes, 16384}), usual);
}

TEST(PassphraseTest, HardnessOutOfRangeIsAnError) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint64_t gib = std::uint64_t{1} << 30;
  for (const Hardness& wrong :
       {Hardness{0, 8192}, Hardness{11, 8192}, Hardness{most, 8192}, Hardness{1, 0},
        Hardness{1, 8191}, Hardness{1, gib + 1}, Hardness{1, most}, Hardness{1, gib << 12}})
    EXPECT_EQ(key("x", salt, wrong), "refused") << wrong.passes << ' ' << wrong.bytes;
  EXPECT_NE(key("x", salt, {10, 8192}), "refused");
  EXPECT_NE(key("x", salt, {1, 8192}), "refused");
}

TEST(PassphraseTest, ASaltOfAnotherLengthIsAnError) {
  for (const std::size_t length : {0U, 15U, 17U, 32U})
    EXPECT_EQ(key("x", std::string(length, 's'), low), "refused") << length;
  EXPECT_EQ(random_salt().size(), salt_size);
  EXPECT_NE(random_salt(), random_salt());
}

long most_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(PassphraseTest, NoMoreThanTwoTakeMemoryAtOnce) {
  constexpr Hardness each{2, 64 << 20};
  const long before = most_kilobytes();
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 6; ++thread)
      threads.emplace_back([&] { EXPECT_NE(key("many", salt, each), "refused"); });
  }
  const long taken = (most_kilobytes() - before) / 1024;
  EXPECT_GE(taken, 60);
  EXPECT_LE(taken, 2 * 64 + 24);
}

TEST(PassphraseTest, ManyAtOnceAllComeToTheirKey) {
  const std::string wanted = key("many", salt, {1, 1 << 20});
  std::vector<std::string> keys(16);
  {
    std::vector<std::jthread> threads;
    for (std::string& mine : keys)
      threads.emplace_back([&mine] {
        for (int time = 0; time < 8; ++time) mine = key("many", salt, {1, 1 << 20});
      });
  }
  for (const std::string& each : keys) EXPECT_EQ(each, wanted);
}

}  // namespace
}  // namespace gcp2
