#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "gcp2/keys.h"
#include "seal/bytes.h"

namespace gcp2 {
namespace {

/// The flags of the memory that an address lies in, as the kernel gives them: " rd wr mr ".
std::string flags_of(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream smaps{"/proc/self/smaps"};
  bool inside = false;
  for (std::string line; std::getline(smaps, line);) {
    std::uintptr_t from = 0, to = 0;
    char dash = 0;
    if (std::istringstream start{line}; start >> std::hex >> from >> dash >> to && dash == '-')
      inside = from <= wanted && wanted < to;
    if (inside && line.starts_with("VmFlags:")) return line.substr(8) + ' ';
  }
  return {};
}

bool has(const std::string& flags, std::string_view flag) {
  return flags.find(' ' + std::string{flag} + ' ') != std::string::npos;
}

/// Whether this process can lock a page at all: not beyond its limit, nor under a sanitizer, which
/// makes mlock do nothing.
bool pages_can_be_locked() {
  const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  void* const page =
      mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const bool locked = mlock(page, size) == 0 && has(flags_of(page), "lo");
  munmap(page, size);
  return locked;
}

TEST(SecretTest, HoldsThirtyTwoBytesAndNothingElse) {
  const std::string bytes =
      test::from_hex("ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e00");
  EXPECT_EQ(Secret::from(bytes)->bytes(), bytes);
  for (const std::size_t length : {0U, 31U, 33U, 64U})
    EXPECT_FALSE(Secret::from(std::string(length, 'a'))) << length;
}

TEST(SecretTest, RandomOnesDiffer) {
  EXPECT_NE(Secret::random().bytes(), Secret::random().bytes());
}

TEST(SecretTest, ACopyIsItsOwn) {
  Secret secret = Secret::random();
  const Secret copy = secret.copy();
  const std::string bytes{secret.bytes()};
  EXPECT_NE(copy.bytes().data(), secret.bytes().data());
  secret = Secret::random();
  EXPECT_EQ(copy.bytes(), bytes);
  EXPECT_NE(secret.bytes(), bytes);
}

TEST(SecretTest, MovedFromItIsEmptyAndRefusedEverywhere) {
  Secret secret = test::counting();
  const void* const place = secret.bytes().data();
  Secret taken = std::move(secret);
  EXPECT_EQ(taken.bytes().data(), place);
  EXPECT_TRUE(secret.bytes().empty());  // NOLINT: what is looked at
  EXPECT_THROW((void)secret.copy(), std::logic_error);
  EXPECT_THROW(seal("text", secret, ""), std::logic_error);
  EXPECT_THROW(wrap(secret, taken, ""), std::logic_error);
  EXPECT_THROW(wrap(taken, secret, ""), std::logic_error);
  EXPECT_THROW(keyed_hash(secret, ""), std::logic_error);
  EXPECT_THROW(printed(secret), std::logic_error);
  EXPECT_THROW(SealedWriter{secret}, std::logic_error);
  secret = std::move(taken);
  EXPECT_EQ(secret.bytes(), test::counting().bytes());
  Secret& same = secret;
  secret = std::move(same);
  EXPECT_EQ(secret.bytes(), test::counting().bytes());
}

TEST(SecretTest, LiesInMemoryThatIsLockedAndLeftOutOfDumps) {
  const Secret secret = Secret::random();
  const std::string flags = flags_of(secret.bytes().data());
  EXPECT_TRUE(has(flags, "dd")) << flags;
  EXPECT_EQ(has(flags, "lo"), pages_can_be_locked()) << flags;
}

TEST(SecretDeathTest, BehindItIsNoMemory) {
  const Secret secret = Secret::random();
  const volatile char* const behind = secret.bytes().data() + Secret::size;
  EXPECT_DEATH((void)*behind, "");
}

TEST(SecretDeathTest, AGoneSecretIsGone) {
  const char* place = nullptr;
  {
    const Secret secret = Secret::random();
    place = secret.bytes().data();
  }
  EXPECT_TRUE(flags_of(place).empty());
}

TEST(SecretTest, AWipedTextIsZeroBehindItsEndToo) {
  std::string text(500, 's');
  const char* const place = text.data();
  text.resize(100);
  wipe(text);
  EXPECT_TRUE(text.empty());
  ASSERT_EQ(text.data(), place);
  EXPECT_TRUE(std::all_of(place, place + 500, [](char byte) { return byte == '\0'; }));
  std::string small = "short";
  wipe(small);
  EXPECT_TRUE(small.empty());
}

/// 7 where core dumps were on before, and are off afterwards.
int exit_code_of_preparing() {
  rlimit limit{0, RLIM_INFINITY};
  setrlimit(RLIMIT_CORE, &limit);
  const bool was = prctl(PR_GET_DUMPABLE) == 1;
  const bool done = prepare_for_secrets().has_value();
  limit = {1, 1};
  const bool off = getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 &&
                   limit.rlim_max == 0 && prctl(PR_GET_DUMPABLE) == 0;
  return was && done && off ? 7 : 1;
}

TEST(PrepareForSecretsDeathTest, TurnsCoreDumpsOff) {
  // In a process of its own: a sanitizer must be able to look into this one.
  EXPECT_EXIT(_exit(exit_code_of_preparing()), testing::ExitedWithCode(7), "");
}

/// As nobody in particular, who may lock nothing.
int exit_code_without_locked_memory() {
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_MEMLOCK, &none) != 0 || (getuid() == 0 && setuid(65534) != 0)) return 1;
  const auto ready = prepare_for_secrets();
  return ready || !ready.error().message.starts_with("no memory that is never written") ? 1 : 7;
}

TEST(PrepareForSecretsDeathTest, RefusesWhereNothingCanBeLocked) {
  if (!pages_can_be_locked()) GTEST_SKIP() << "not told from where it can";
  EXPECT_EXIT(_exit(exit_code_without_locked_memory()), testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace gcp2
