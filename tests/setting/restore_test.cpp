// A restore that is cut off, at its last steps: it is begun again, and nothing has to be taken
// away.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "school.h"

namespace gcp2::test {
namespace {

namespace fs = std::filesystem;

const Instruments& instruments() { return shipped_instruments(); }

/// Of a copy, where something comes between: nothing after `finish` is done any more, or not even
/// that.
class CutOffCopy final : public Store {
 public:
  CutOffCopy(std::unique_ptr<Store> copy, bool is_finished)
      : copy_{std::move(copy)}, is_finished_{is_finished} {}
  [[nodiscard]] Id id() const override { return copy_->id(); }
  Stored<std::optional<Row>> row(RowKind table, const Id& id) override {
    return copy_->row(table, id);
  }
  Stored<std::vector<Row>> rows_of(RowKind table, const Id& owner) override {
    return copy_->rows_of(table, owner);
  }
  Stored<Done> every_row(RowKind table, const Visit& visit) override {
    return copy_->every_row(table, visit);
  }
  Stored<Head> head() override { return copy_->head(); }
  Stored<Done> entries_from(std::int64_t number, const VisitEntry& visit) override {
    return copy_->entries_from(number, visit);
  }
  Stored<Done> snapshot(const Visit& rows, const VisitEntry& entries) override {
    return copy_->snapshot(rows, entries);
  }
  Stored<Head> commit(Batch batch) override { return copy_->commit(std::move(batch)); }
  Stored<Done> fill(const std::vector<Put>& rows, const std::vector<Entry>& entries) override {
    return copy_->fill(rows, entries);
  }
  Stored<Done> finish() override {
    if (is_finished_)
      if (auto done = copy_->finish(); !done) return done;
    return StoreError{Trouble::outside, "cut off"};
  }

 private:
  std::unique_ptr<Store> copy_;
  bool is_finished_;
};

class CutOffRestore : public testing::Test {
 protected:
  CutOffRestore() {
    (void)allowed(school.at("sue").add(sample(child(1)), instruments(), none));
    (void)allowed(school.at("sue").back_up_records(backup));
    (void)allowed(school.at("sue").add(sample(child(2)), instruments(), none));
    lost = allowed(verify(school.places, school.means)).head;
    school.places.records = "sqlite:" + school.path("anew");
  }
  Allowed<Restored> restored(const std::string& from) {
    return restore(school.places, school.means, from, "sue", passphrase);
  }
  void cut_off(bool is_finished) {
    Means means = school.means;
    means.open_records = [&](std::string_view name, Opening opening,
                             const Id& id) -> Stored<std::unique_ptr<Store>> {
      auto copy = open_store(name, opening, id);
      if (!copy || opening != Opening::copy) return copy;
      return std::unique_ptr<Store>{std::make_unique<CutOffCopy>(*std::move(copy), is_finished)};
    };
    EXPECT_EQ(why(restore(school.places, means, backup, "sue", passphrase)), "store");
    EXPECT_EQ(fs::exists(school.path("anew")), is_finished);
  }
  void expect_present(const Allowed<Restored>& result) {
    ASSERT_EQ(why(result), "store");
    EXPECT_EQ(result.error().store.trouble, Trouble::present);
  }

  School school;
  std::string backup = school.path("backup");
  Head lost;
};

TEST_F(CutOffRestore, BeforeItsEndHasNeverBeen) {
  cut_off(false);
  const Restored whole = allowed(restored(backup));
  EXPECT_EQ(whole.lost_head, lost);
  EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 1U);
}

TEST_F(CutOffRestore, BeforeTheRingHasSeenItIsCarriedOut) {
  cut_off(true);
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "rolled_back");
  const Head made = allowed(verify({.records = school.places.records}, school.means)).head;
  const Restored whole = allowed(restored(backup));
  EXPECT_EQ(whole.head, made);
  EXPECT_EQ(whole.lost_head, lost);
  EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 1U);
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, testing::IsEmpty());
  expect_present(restored(backup));
}

TEST_F(CutOffRestore, IsNotCarriedOutWithOtherRecordsThanItMade) {
  cut_off(true);
  const Id id = (*open_store(school.places.records, Opening::reading))->id();
  {
    Batch batch;
    batch.entries.emplace_back();
    ASSERT_TRUE((*open_store(school.places.records, Opening::existing))->commit(std::move(batch)));
  }
  expect_present(restored(backup));
  for (const char* more : {"", "-wal", "-shm"}) fs::remove(school.path("anew") + more);
  ASSERT_TRUE(open_store(school.places.records, Opening::fresh, id));
  expect_present(restored(backup));
  EXPECT_EQ(why(Setting::open(school.places, school.means)), "rolled_back");
}

TEST_F(CutOffRestore, IsNotCarriedOutWithAnotherBackup) {
  const Places restored_to = school.places;
  school.places.records = "sqlite:" + school.path("records");
  (void)allowed(school.at("sue").back_up_records(school.path("later")));
  school.places = restored_to;
  cut_off(true);
  expect_present(restored(school.path("later")));
  EXPECT_EQ(why(restored(backup)), "done");
}

}  // namespace
}  // namespace gcp2::test
