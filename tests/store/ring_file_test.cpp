// The ring's file: what is no ring, what is forgotten, copies, and processes that are killed.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "rings.h"

namespace gcp2::test {
namespace {

namespace fs = std::filesystem;

std::optional<Trouble> trouble(const std::string& file, Opening opening) {
  const Stored<Ring> ring = Ring::open(file, opening, number(1));
  return ring ? std::nullopt : std::optional{ring.error().trouble};
}

TEST(RingFileTest, OnlyARingIsOpened) {
  const Folder folder;
  const std::string file = folder.path("ring");
  EXPECT_EQ(trouble(file, Opening::existing), Trouble::absent);
  EXPECT_EQ(trouble(file, Opening::reading), Trouble::absent);
  EXPECT_FALSE(fs::exists(file));
  fresh(file);
  EXPECT_EQ(trouble(file, Opening::fresh), Trouble::present);
  EXPECT_EQ(trouble(file, Opening::migrate), std::nullopt);

  std::ofstream{folder.path("text")} << std::string(5000, 'x');
  EXPECT_EQ(trouble(folder.path("text"), Opening::existing), Trouble::not_a_store);
  std::ofstream{folder.path("empty")};
  EXPECT_EQ(trouble(folder.path("empty"), Opening::existing), Trouble::not_a_store);
  EXPECT_EQ(trouble(folder.path(), Opening::existing), Trouble::not_a_store);
  got(open_store(folder.path("store"), Opening::fresh, number(1)));
  EXPECT_EQ(trouble(folder.path("store"), Opening::existing), Trouble::not_a_store);
  const auto as_store = open_store(file, Opening::existing);
  ASSERT_FALSE(as_store);
  EXPECT_EQ(as_store.error().trouble, Trouble::not_a_store);
}

TEST(RingFileTest, AnotherVersionAndDamageAreTold) {
  const Folder folder;
  const auto changed = [&](const char* name, const char* statement) {
    fresh(folder.path(name));
    SQLite::Database{folder.path(name), SQLite::OPEN_READWRITE}.exec(statement);
    return trouble(folder.path(name), Opening::existing);
  };
  EXPECT_EQ(changed("newer", "PRAGMA user_version=2"), Trouble::newer);
  EXPECT_EQ(changed("none", "PRAGMA user_version=0"), Trouble::damaged);
  EXPECT_EQ(changed("table", "DROP TABLE ring"), Trouble::damaged);
  EXPECT_EQ(changed("row", "DELETE FROM ring"), Trouble::damaged);

  const std::string file = folder.path("values");
  {
    Ring ring = fresh(file);
    got(ring.commit({.accounts = {account(1, "a")},
                     .keys = {{number(2), number(3), "k"}},
                     .erasures = {{number(3), ErasureStep::asked, {}, {}, 0, ""}}}));
  }
  SQLite::Database{file, SQLite::OPEN_READWRITE}.exec(
      "UPDATE accounts SET role = 8; UPDATE keys SET of = x'00'; UPDATE erasures SET step = 0");
  Ring ring = existing(file);
  EXPECT_EQ(ring.accounts().error().trouble, Trouble::damaged);
  EXPECT_EQ(ring.keys().error().trouble, Trouble::damaged);
  EXPECT_EQ(ring.erasures().error().trouble, Trouble::damaged);
}

TEST(RingFileTest, OverwrittenPagesAreTold) {
  const Folder folder;
  const std::string file = folder.path("ring");
  {
    Ring ring = fresh(file);
    RingBatch batch;
    for (std::uint64_t each = 0; each < 500; ++each)
      batch.keys.push_back({number(each), number(each), sealed_bytes()});
    got(ring.commit(batch));
  }
  std::string bytes = bytes_of(file);
  std::fill(bytes.begin() + 4096, bytes.end(), '\x55');
  std::ofstream{file, std::ios::binary} << bytes;
  const Stored<Ring> opened = Ring::open(file, Opening::existing);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().trouble, Trouble::damaged);
}

/// Rows that come, change their length and go, so that SQLite moves them from page to page.
class Churn {
 public:
  explicit Churn(const std::string& file) : ring_{fresh(file)} { person_.name = "person"; }

  void round() {
    RingBatch batch;
    for (int each = 0; each < 80; ++each) {
      const Id key = number(++count_), subject = number(1'000'000 - count_);
      Child& child = children_.emplace_back();
      child.key = {key, subject, some()};
      child.copy = {number(1), key, some(), 9};
      child.hash = sealed_bytes(32);
      batch.look_ups.push_back({child.hash, subject});
    }
    std::shuffle(children_.begin(), children_.end(), chance_);
    for (std::size_t each = 0; each < 40; ++each) {
      replace(children_[each].key.wrapped);
      replace(children_[each].copy.sealed);
    }
    for (const Child& each : children_) {
      batch.keys.push_back(each.key);
      batch.reader_keys.push_back(each.copy);
    }
    got(ring_.commit(batch));
  }

  /// The last change of all tables.
  void drop() {
    RingBatch batch;
    for (int each = 0; each < 60; ++each) {
      const Child& child = children_.back();
      batch.drop_keys_of.push_back(child.key.of);
      gone.insert(gone.end(), {child.key.wrapped, child.copy.sealed, child.hash});
      children_.pop_back();
    }
    replace(person_.wrapped_secret);
    replace(person_.setting_key);
    replace(named_);
    batch.accounts = {person_};
    batch.named = {{"recovery", named_}};
    got(ring_.commit(batch));
  }

  [[nodiscard]] std::vector<std::string> kept() const {
    std::vector<std::string> all{person_.wrapped_secret, person_.setting_key, named_};
    for (const Child& child : children_)
      all.insert(all.end(), {child.key.wrapped, child.copy.sealed, child.hash});
    return all;
  }
  std::vector<std::string> gone;

 private:
  struct Child {
    RingKey key;
    ReaderKey copy;
    std::string hash;
  };
  std::string some() { return sealed_bytes(20 + chance_() % 600); }
  void replace(std::string& sealed) {
    if (!sealed.empty()) gone.push_back(sealed);
    sealed = some();
  }

  Ring ring_;
  std::mt19937 chance_{20260123};
  std::vector<Child> children_;
  std::uint64_t count_ = 0;
  Account person_;
  std::string named_;
};

TEST(RingForgetsTest, WhatIsDroppedOrReplacedIsInTheFileNoMore) {
  const Folder folder;
  Churn churn{folder.path("ring")};
  for (int round = 0; round < 40; ++round) {
    churn.round();
    churn.drop();
  }
  EXPECT_EQ(found_in(folder, churn.gone), 0U);
  EXPECT_EQ(found_in(folder, churn.kept()), 2 * churn.kept().size());
}

}  // namespace
}  // namespace gcp2::test
