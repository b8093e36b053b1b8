// A working day of a school whose records are on a PostgreSQL server.
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "gcp2/json.h"
#include "gcp2/postgres.h"
#include "school.h"
#include "store/database.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

class Server : public testing::Test {
 protected:
  Server() {
    school.employ("tess", Role::practitioner);
    school.employ("theo", Role::practitioner);
    school.employ("rex", Role::records_manager);
  }
  Database database;
  School school{true, database.name(), open_postgres};
};

TEST_F(Server, KeepsAWorkingDay) {
  Desk tess = school.at("tess");
  const Id id = allowed(tess.add(sample(child(1)), instruments(), none)).id;
  const Value draft = allowed(tess.read(*Id::parse(uuid(1)), none));
  EXPECT_EQ(write_json(draft), write_json(sample(child(1))));
  (void)allowed(tess.sign(*Id::parse(uuid(1)), "P2", instruments(), none));
  EXPECT_EQ(why(school.at("theo").history(id, none)), "reason_needed");
  EXPECT_EQ(allowed(school.at("theo").history(id, cover)).size(), 1U);
  const Id other = allowed(tess.add(sample(child(2)), instruments(), none)).id;
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  (void)allowed(school.at("rex").ask_erasure(other, {"retention", ""}));
  (void)allowed(school.at("sue").confirm_erasure(other, {"retention", ""}));
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
  EXPECT_EQ(school.all_bytes().find("Sample Child"), std::string::npos);

  // The backup comes back, on another database and without the child that was erased since.
  const Database elsewhere;
  school.places.records = elsewhere.name();
  const Restored restored =
      allowed(restore(school.places, school.means, backup, "sue", passphrase));
  EXPECT_GT(restored.erased_rows, 0U);
  EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 1U);
}

// Everybody saves at once, each another leaf: every answer that was acknowledged is there.
TEST_F(Server, LosesNoAnswerOfManyWhoSaveAtOnce) {
  Desk sue = school.at("sue");
  (void)allowed(sue.add(sample(child(1)), instruments(), none));
  const Value base = allowed(sue.read(*Id::parse(uuid(1)), none));
  constexpr std::size_t people = 4, answers = 5;
  std::vector<std::thread> threads;
  for (std::size_t person = 0; person < people; ++person)
    threads.emplace_back([&, person] {
      Desk desk = school.at("sue");
      for (std::size_t i = 0; i < answers; ++i) {
        const std::string leaf =
            "/observations/" + std::to_string(person * answers + i) + "/comment";
        EXPECT_EQ(why(desk.save_draft(base, changed(base, {{leaf, "\"answered\""}}), none)),
                  "done");
      }
    });
  for (std::thread& thread : threads) thread.join();
  const Value now = allowed(sue.read(*Id::parse(uuid(1)), none));
  for (std::size_t i = 0; i < people * answers; ++i)
    EXPECT_EQ(now.find("observations")->items()[i].text_at("comment"), "answered") << i;
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
}

// What a desk was told is kept is there; of what it was not told, all or nothing is, and the same
// can be tried again.
TEST(ServerThatCrashes, LosesNothingThatADeskWasToldIsKept) {
  Cluster cluster;
  const Database database{cluster.address()};
  School school{true, database.name(), open_postgres};
  school.employ("tess", Role::practitioner);
  std::atomic<bool> ended = false;
  std::atomic<int> since = 0;
  std::vector<int> kept, refused;
  std::thread worker{[&] {
    Desk tess = school.at("tess");
    for (int number = 1; !ended; ++number) {
      const auto added = tess.add(sample(child(number)), instruments(), none);
      (added ? kept : refused).push_back(number);
      if (added) {
        ++since;
        continue;
      }
      EXPECT_EQ(why(added), "store");
      EXPECT_FALSE(added.error().store.message.empty());
      std::this_thread::sleep_for(std::chrono::milliseconds{200});
    }
  }};
  for (int crash = 0; crash < 2; ++crash) {
    since = 0;
    while (since < 3) std::this_thread::sleep_for(std::chrono::milliseconds{5});
    cluster.restart();
  }
  since = 0;
  while (since < 3) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  ended = true;
  worker.join();
  Desk tess = school.at("tess");
  for (const int number : kept)
    EXPECT_EQ(why(tess.read(*Id::parse(uuid(number)), none)), "done") << number;
  for (const int number : refused) {
    const auto again = tess.add(sample(child(number)), instruments(), none);
    EXPECT_TRUE(again || why(again) == "already_there") << why(again);
    EXPECT_EQ(why(tess.read(*Id::parse(uuid(number)), none)), "done") << number;
  }
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
}

}  // namespace
}  // namespace gcp2::test
