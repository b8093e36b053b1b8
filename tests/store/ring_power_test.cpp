// A key ring on a disk that loses its power: in commits, and while an earlier loss is made good.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "fragile_disk.h"
#include "rings.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Of the same two numbers always the same, and of others not: what commits bring, and so what is
/// to be in the ring, follows from their number alone.
std::string sealed_of(std::uint64_t number, std::uint64_t what, std::size_t least = 20) {
  std::mt19937_64 chance{number * 16 + what};
  std::string bytes(least + chance() % 300, '\0');
  for (char& byte : bytes) byte = static_cast<char>(chance());
  return bytes;
}

/// How many commits later a child is erased.
constexpr std::uint64_t stay = 8;

struct Child {
  RingKey key;
  ReaderKey copy;
  LookUp look_up;
  [[nodiscard]] const Id& subject() const { return key.of; }
};
/// Those who come with a commit.
std::vector<Child> children_of(std::uint64_t commit) {
  std::vector<Child> children;
  for (std::uint64_t each = commit * 3; each < commit * 3 + 3; ++each) {
    const Id key = number(each), subject = number(1'000'000 + each);
    children.push_back({{key, subject, sealed_of(each, 1)},
                        {number(1), key, sealed_of(each, 2), 9},
                        {sealed_of(each, 3, 32), subject}});
  }
  return children;
}
/// Three persons change their passphrases in turn.
Account person_of(std::uint64_t commit) {
  Account person = account(1 + commit % 3, "person " + std::to_string(commit % 3));
  person.wrapped_secret = sealed_of(commit, 4);
  person.setting_key = sealed_of(commit, 5);
  person.salt = sealed_of(commit, 6).substr(0, 16);
  return person;
}
std::string recovery_of(std::uint64_t commit) { return sealed_of(commit, 7); }
Head head_of(std::uint64_t commit) {
  return {static_cast<std::int64_t>(commit), sealed_of(commit, 8, 32).substr(0, 32), 5};
}

RingBatch batch_of(std::uint64_t commit) {
  RingBatch batch{.accounts = {person_of(commit)},
                  .named = {{"recovery", recovery_of(commit)}},
                  .head = head_of(commit)};
  for (const Child& child : children_of(commit)) {
    batch.keys.push_back(child.key);
    batch.reader_keys.push_back(child.copy);
    batch.look_ups.push_back(child.look_up);
  }
  if (commit <= stay) return batch;
  for (const Child& child : children_of(commit - stay)) {
    batch.drop_keys_of.push_back(child.subject());
    batch.erasures.push_back(
        {child.subject(), ErasureStep::complete, number(1), number(2), 5, "retention"});
  }
  return batch;
}

/// What the commits up to a number have dropped or replaced.
std::vector<std::string> gone_after(std::uint64_t commits) {
  std::vector<std::string> gone;
  for (std::uint64_t commit = 1; commit <= commits; ++commit) {
    if (commit + stay <= commits)
      for (const Child& child : children_of(commit))
        gone.insert(gone.end(), {child.key.wrapped, child.copy.sealed, child.look_up.hash});
    if (commit < commits) gone.push_back(recovery_of(commit));
    if (commit + 3 > commits) continue;
    const Account person = person_of(commit);
    gone.insert(gone.end(), {person.wrapped_secret, person.setting_key});
  }
  return gone;
}

/// Everything that the commits up to a number have brought, and nothing else.
void expect_whole(Ring& ring, std::uint64_t commits) {
  EXPECT_EQ(got(ring.accounts()).size(), std::min<std::uint64_t>(commits, 3));
  for (std::uint64_t back = 0; back < std::min<std::uint64_t>(commits, 3); ++back) {
    const Account person = person_of(commits - back);
    EXPECT_EQ(got(ring.account(person.id)), person);
  }
  std::vector<RingKey> keys;
  std::vector<ReaderKey> copies;
  for (std::uint64_t commit = 1; commit <= commits; ++commit) {
    const bool is_gone = commit + stay <= commits;
    for (const Child& child : children_of(commit)) {
      const auto found = got(ring.find(child.look_up.hash));
      if (is_gone) {
        EXPECT_THAT(found, IsEmpty());
        continue;
      }
      EXPECT_THAT(found, ElementsAre(child.subject()));
      keys.push_back(child.key);
      copies.push_back(child.copy);
    }
  }
  EXPECT_EQ(got(ring.keys()), keys);
  EXPECT_EQ(got(ring.reader_keys(number(1))), copies);
  EXPECT_EQ(got(ring.erasures()).size(), commits > stay ? 3 * (commits - stay) : 0);
  if (commits == 0) return;
  EXPECT_EQ(got(ring.named("recovery")), recovery_of(commits));
  EXPECT_EQ(got(ring.head()), head_of(commits));
}

struct Losses {
  int in_commits = 0;
  int undone = 0;  ///< of them, where some of a commit was in the file already
  int in_recovery = 0;
};

/// Commits from a number on until the power goes; gives the last that was acknowledged.
std::uint64_t commit_until_it_goes(FragileDisk& disk, const std::string& file, std::uint64_t from,
                                   Losses& losses) {
  Ring ring = existing(file);
  std::uint64_t number = from;
  while (true) {
    const Stored<Done> done = ring.commit(batch_of(number + 1));
    if (done) ++number;
    if (disk.has_power() && done) continue;
    EXPECT_FALSE(disk.has_power()) << done.error().message;
    losses.in_commits += done ? 0 : 1;
    return number;
  }
}

TEST(RingPowerLoss, TakesNothingThatWasCommittedAndBringsNothingBack) {
  constexpr int rounds = 120;
  std::mt19937 chance{20260123};
  const Folder folder;
  const std::string file = folder.path("ring");
  fresh(file);
  FragileDisk disk{20260123};
  Losses losses;
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < rounds; ++round) {
    disk.lose_power_in(static_cast<int>(chance() % 500));
    acknowledged = commit_until_it_goes(disk, file, acknowledged, losses);
    disk.recover();
    // It goes again while whoever opens next rolls back what was cut off.
    while (chance() % 2 == 0) {
      disk.lose_power_in(static_cast<int>(chance() % 12));
      (void)Ring::open(file, Opening::existing);
      losses.in_recovery += disk.has_power() ? 0 : 1;
      disk.recover();
    }
    const std::string left = bytes_of(file);
    Ring ring = existing(file);
    losses.undone += bytes_of(file) != left;
    // The one that was not acknowledged may be there, whole.
    const auto serial = static_cast<std::uint64_t>(got(ring.serial()));
    ASSERT_GE(serial, acknowledged) << "round " << round;
    ASSERT_LE(serial, acknowledged + 1) << "round " << round;
    acknowledged = serial;
    expect_whole(ring, serial);
    EXPECT_EQ(found_in(folder, gone_after(serial)), 0U);
    expect_sound(file);
    ASSERT_FALSE(testing::Test::HasFailure()) << "round " << round;
  }
  EXPECT_GT(acknowledged, std::uint64_t{rounds});
  EXPECT_GT(losses.in_commits, rounds / 2);
  EXPECT_GT(losses.undone, rounds / 20);
  EXPECT_GT(losses.in_recovery, rounds / 20);
}

}  // namespace
}  // namespace gcp2::test
