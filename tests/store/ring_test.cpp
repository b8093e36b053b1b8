// What a ring keeps, and that a batch is kept whole or not at all.
#include "gcp2/ring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>

#include "rings.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RingTest : public testing::Test {
 protected:
  std::optional<Trouble> commit(const RingBatch& batch) {
    const Stored<Done> done = ring.commit(batch);
    return done ? std::nullopt : std::optional{done.error().trouble};
  }
  void must(const RingBatch& batch) { got(ring.commit(batch)); }

  Folder folder;
  std::string file = folder.path("ring");
  Ring ring = fresh(file);
};

TEST(RoleTest, HasANameAndBack) {
  std::set<std::string_view> names;
  for (int at = 1; at <= 7; ++at) {
    const auto role = static_cast<Role>(at);
    EXPECT_EQ(role_from(name_of(role)), role);
    names.insert(name_of(role));
  }
  EXPECT_EQ(names.size(), 7U);
  EXPECT_EQ(name_of(Role::records_manager), "records_manager");
  for (const std::string_view wrong : {"", "Reader", "reader ", "king"})
    EXPECT_FALSE(role_from(wrong)) << wrong;
}

TEST_F(RingTest, AFreshOneIsEmptyAndItsOwnersAlone) {
  EXPECT_EQ(ring.store(), number(1));
  EXPECT_EQ(ring.file(), file);
  EXPECT_EQ(got(ring.serial()), 0);
  EXPECT_THAT(got(ring.accounts()), IsEmpty());
  EXPECT_THAT(got(ring.keys()), IsEmpty());
  EXPECT_THAT(got(ring.erasures()), IsEmpty());
  EXPECT_THAT(got(ring.backups()), IsEmpty());
  EXPECT_EQ(got(ring.head()), Head{});
  EXPECT_FALSE(got(ring.account(number(1))));
  EXPECT_FALSE(got(ring.active_account("A")));
  EXPECT_FALSE(got(ring.key(number(1))));
  EXPECT_FALSE(got(ring.key_of(number(1))));
  EXPECT_FALSE(got(ring.named("a")));
  EXPECT_THAT(got(ring.find("hash")), IsEmpty());
  EXPECT_THAT(got(ring.reader_keys(number(1))), IsEmpty());
  struct stat found{};
  ASSERT_EQ(stat(file.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_F(RingTest, KeepsAccounts) {
  Account first = account(9, "first"), second = account(2, "Zoë");
  must({.accounts = {first, second}});
  EXPECT_THAT(got(ring.accounts()), ElementsAre(first, second));
  EXPECT_EQ(got(ring.account(number(2))), second);
  EXPECT_EQ(got(ring.active_account("Zoë")), second);
  EXPECT_FALSE(got(ring.active_account("zoë")));

  first.role = Role::auditor;
  first.name = "renamed";
  first.made = 1;
  first.open.fill(77);
  first.wrapped_secret = sealed_bytes(40);
  first.salt = sealed_bytes(16);
  first.hardness = {5, 54321};
  first.setting_key.clear();
  first.failures = 0;
  first.failed_at = 0;
  first.active = false;
  first.ended = 500;
  must({.accounts = {first}});
  EXPECT_THAT(got(ring.accounts()), ElementsAre(first, second));
  EXPECT_EQ(got(ring.account(number(9))), first);
  EXPECT_FALSE(got(ring.active_account("renamed")));
  EXPECT_FALSE(got(ring.active_account("first")));
  for (int role = 1; role <= 7; ++role) {
    second.role = static_cast<Role>(role);
    must({.accounts = {second}});
    EXPECT_EQ(got(ring.account(second.id))->role, second.role);
  }
}

TEST_F(RingTest, ANameBelongsToOneActiveAccount) {
  Account one = account(1, "name");
  const Account other = account(2, "name");
  must({.accounts = {one}});
  must({.accounts = {one}});
  EXPECT_EQ(commit({.accounts = {other}}), Trouble::conflict);
  EXPECT_EQ(commit({.accounts = {account(3, "new"), account(4, "new")}}), Trouble::conflict);
  EXPECT_THAT(got(ring.accounts()), ElementsAre(one));
  one.active = false;
  // In whatever order: the name is given on.
  must({.accounts = {other, one}});
  EXPECT_EQ(got(ring.active_account("name")), other);
  Account ended = account(5, "name");
  ended.active = false;
  must({.accounts = {ended}});
  one.active = true;
  EXPECT_EQ(commit({.accounts = {one}}), Trouble::conflict);
}

TEST_F(RingTest, KeepsKeys) {
  RingKey child{number(20), number(2), sealed_bytes()}, family{number(10), number(3), ""};
  must({.keys = {child, family}});
  EXPECT_EQ(got(ring.key(number(20))), child);
  EXPECT_EQ(got(ring.key_of(number(3))), family);
  EXPECT_FALSE(got(ring.key(number(2))));
  EXPECT_THAT(got(ring.keys()), ElementsAre(child, family));
  child.wrapped = sealed_bytes();
  const RingKey newer{number(5), number(2), sealed_bytes()};
  must({.keys = {child, newer}});
  EXPECT_EQ(got(ring.key(number(20))), child);
  EXPECT_EQ(got(ring.key_of(number(2))), newer);
  EXPECT_THAT(got(ring.keys()), ElementsAre(child, family, newer));
}

TEST_F(RingTest, KeepsReadersKeys) {
  ReaderKey one{number(1), number(20), sealed_bytes(), 5}, two{number(1), number(10), "", 6};
  const ReaderKey others{number(2), number(20), sealed_bytes(), 7};
  must({.reader_keys = {one, two, others}});
  EXPECT_THAT(got(ring.reader_keys(number(1))), ElementsAre(one, two));
  EXPECT_THAT(got(ring.reader_keys(number(2))), ElementsAre(others));
  one.sealed = sealed_bytes();
  one.until = 99;
  must({.reader_keys = {one}, .drop_reader_keys = {two, {number(3), number(4), "", 0}}});
  EXPECT_THAT(got(ring.reader_keys(number(1))), ElementsAre(one));
  EXPECT_THAT(got(ring.reader_keys(number(2))), ElementsAre(others));
}

TEST_F(RingTest, FindsByLookUps) {
  const std::string hash(32, 'h'), other(32, '\0');
  must({.look_ups = {{hash, number(9)}, {other, number(9)}, {hash, number(3)}}});
  must({.look_ups = {{hash, number(9)}}});
  EXPECT_THAT(got(ring.find(hash)), ElementsAre(number(9), number(3)));
  EXPECT_THAT(got(ring.find(other)), ElementsAre(number(9)));
  EXPECT_THAT(got(ring.find("")), IsEmpty());
  EXPECT_THAT(got(ring.find({})), IsEmpty());
  must({.look_ups = {{"new", number(9)}}, .drop_look_ups_of = {number(9)}});
  EXPECT_THAT(got(ring.find(hash)), ElementsAre(number(3)));
  EXPECT_THAT(got(ring.find(other)), IsEmpty());
  EXPECT_THAT(got(ring.find("new")), ElementsAre(number(9)));
}

TEST_F(RingTest, KeepsErasuresBackupsNamedSecretsAndTheHead) {
  Erasure one{number(1), ErasureStep::asked, number(8), {}, 5, "asked_for"};
  const Erasure two{number(2), ErasureStep::complete, number(8), number(9), 6, ""};
  const RingBackup backup{4, 50, std::string(32, '\0'), "/a/b"}, again{4, 51, "d", "/a/b"};
  const Head head{7, std::string(32, 'h'), 70};
  must({.erasures = {one, two},
        .backups = {backup},
        .named = {{"a", "A"}, {"b", ""}},
        .head = head});
  for (const ErasureStep step :
       {ErasureStep::confirmed, ErasureStep::begun, ErasureStep::complete}) {
    one.step = step;
    one.confirmed_by = number(7);
    one.at += 1;
    must({.erasures = {one}});
    EXPECT_THAT(got(ring.erasures()), ElementsAre(one, two));
  }
  must({.backups = {again}, .named = {{"a", "changed"}}});
  EXPECT_THAT(got(ring.backups()), ElementsAre(backup, again));
  EXPECT_EQ(got(ring.named("a")), "changed");
  EXPECT_EQ(got(ring.named("b")), "");
  EXPECT_FALSE(got(ring.named("c")));
  must({.named = {{"c/2", "two"}, {"c/1", "one"}, {"cc/", "other"}, {"b/c/", "another"}}});
  EXPECT_THAT(got(ring.named_from("c/")),
              ElementsAre(std::pair{"c/1", "one"}, std::pair{"c/2", "two"}));
  EXPECT_THAT(got(ring.named_from("d")), IsEmpty());
  EXPECT_EQ(got(ring.head()), head);
}

TEST_F(RingTest, DropsKeysWithTheirCopiesAndLookUps) {
  const RingKey child{number(20), number(2), sealed_bytes()},
      second{number(21), number(2), sealed_bytes()}, other{number(30), number(3), sealed_bytes()};
  const ReaderKey kept{number(1), number(30), sealed_bytes(), 5};
  must({.keys = {child, second, other},
        .reader_keys = {{number(1), number(20), "c", 5}, {number(4), number(21), "c", 5}, kept},
        .look_ups = {{"h", number(2)}, {"h", number(3)}}});
  const RingKey anew{number(22), number(2), sealed_bytes()};
  must({.keys = {anew}, .drop_keys_of = {number(2), number(99)}});
  EXPECT_THAT(got(ring.keys()), ElementsAre(other, anew));
  EXPECT_THAT(got(ring.reader_keys(number(1))), ElementsAre(kept));
  EXPECT_THAT(got(ring.reader_keys(number(4))), IsEmpty());
  EXPECT_THAT(got(ring.find("h")), ElementsAre(number(3)));
}

TEST_F(RingTest, TheSerialRisesWithKeysLookUpsAccountsAndNamedSecretsAlone) {
  std::int64_t serial = 0;
  const auto rises = [&](const RingBatch& batch) {
    must(batch);
    const std::int64_t before = serial;
    serial = got(ring.serial());
    return serial - before;
  };
  const RingKey key{number(20), number(2), "k"};
  const ReaderKey copy{number(1), number(20), "c", 5};
  EXPECT_EQ(rises({}), 0);
  EXPECT_EQ(rises({.accounts = {account(1, "a"), account(2, "b")}}), 1);
  EXPECT_EQ(rises({.accounts = {account(1, "a")}}), 1);
  EXPECT_EQ(rises({.keys = {key}}), 1);
  EXPECT_EQ(rises({.keys = {key}, .named = {{"n", "v"}}}), 1);
  EXPECT_EQ(rises({.reader_keys = {copy}}), 1);
  EXPECT_EQ(rises({.named = {{"n", "v"}}}), 1);
  EXPECT_EQ(rises({.drop_reader_keys = {copy}}), 1);
  EXPECT_EQ(rises({.drop_reader_keys = {copy}}), 0);
  EXPECT_EQ(rises({.look_ups = {{"h", number(2)}}}), 1);
  EXPECT_EQ(rises({.look_ups = {{"h", number(2)}}}), 0);
  EXPECT_EQ(rises({.drop_look_ups_of = {number(2)}}), 1);
  EXPECT_EQ(rises({.drop_look_ups_of = {number(2)}}), 0);
  EXPECT_EQ(rises({.drop_keys_of = {number(2)}}), 1);
  EXPECT_EQ(rises({.drop_keys_of = {number(2)}}), 0);
  EXPECT_EQ(rises({.erasures = {{number(2), ErasureStep::asked, {}, {}, 0, ""}},
                   .backups = {{1, 2, "d", "f"}},
                   .head = Head{}}),
            0);
  EXPECT_NE(commit({.accounts = {account(3, "a")}}), std::nullopt);
  EXPECT_EQ(got(ring.serial()), serial);
}

TEST_F(RingTest, AConflictInABatchChangesNothing) {
  const Account one = account(1, "one");
  const RingKey key{number(20), number(2), sealed_bytes()};
  must({.accounts = {one},
        .keys = {key},
        .reader_keys = {{number(1), number(20), "c", 5}},
        .look_ups = {{"h", number(2)}}});
  const std::string before = bytes_of(file);
  Account ended = one;
  ended.active = false;
  EXPECT_EQ(commit({.accounts = {ended, account(2, "two"), account(3, "two")},
                    .keys = {{number(21), number(3), "x"}},
                    .reader_keys = {{number(1), number(21), "x", 5}},
                    .look_ups = {{"g", number(3)}},
                    .erasures = {{number(2), ErasureStep::begun, {}, {}, 0, ""}},
                    .backups = {{1, 2, "d", "f"}},
                    .named = {{"n", "v"}},
                    .drop_keys_of = {number(2)},
                    .head = Head{1, std::string(32, 'x'), 2}}),
            Trouble::conflict);
  EXPECT_EQ(bytes_of(file), before);
  EXPECT_THAT(got(ring.accounts()), ElementsAre(one));
  EXPECT_THAT(got(ring.keys()), ElementsAre(key));
  EXPECT_THAT(got(ring.find("h")), ElementsAre(number(2)));
  EXPECT_THAT(got(ring.erasures()), IsEmpty());
  must({.keys = {{number(21), number(3), "x"}}});
}

TEST_F(RingTest, WhatTheLogIsYetToBeToldIsReplacedByWhoeverKnowsIt) {
  must({.untold = "first", .expected_untold = ""});
  EXPECT_EQ(commit({.named = {{"n", "v"}}, .untold = "second", .expected_untold = ""}),
            Trouble::busy);
  EXPECT_EQ(commit({.untold = "", .expected_untold = "second"}), Trouble::busy);
  EXPECT_EQ(got(ring.untold()), "first");
  EXPECT_FALSE(got(ring.named("n")));
  must({.untold = "", .expected_untold = "first"});
  EXPECT_EQ(got(ring.untold()), "");
}

TEST_F(RingTest, TwoHandlesSeeTheSame) {
  Ring other = existing(file);
  must({.accounts = {account(1, "a")}});
  EXPECT_TRUE(got(other.active_account("a")));
  got(other.commit({.named = {{"n", "theirs"}}}));
  EXPECT_EQ(got(ring.named("n")), "theirs");
  const Stored<Done> refused = other.commit({.accounts = {account(2, "a")}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().trouble, Trouble::conflict);
  EXPECT_EQ(refused.error().message.find("theirs"), std::string::npos);
  EXPECT_EQ(got(ring.serial()), 2);
  EXPECT_EQ(got(other.serial()), 2);
}

TEST_F(RingTest, StaysWhenItIsOpenedAgain) {
  const Account one = account(1, "a");
  must({.accounts = {one}});
  ring = existing(file);
  EXPECT_THAT(got(ring.accounts()), ElementsAre(one));
  EXPECT_EQ(ring.store(), number(1));
  ring = got(Ring::open(file, Opening::reading));
  EXPECT_THAT(got(ring.accounts()), ElementsAre(one));
  EXPECT_EQ(commit({.named = {{"n", "v"}}}), Trouble::outside);
}

}  // namespace
}  // namespace gcp2::test
