// The whole case store, killed at random moments of everything that changes it: what was
// acknowledged is there, everything opens, and whatever was begun is carried through or has never
// been.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <random>
#include <thread>

#include "gcp2/json.h"
#include "gcp2/postgres.h"
#include "school.h"
#include "store/database.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

namespace fs = std::filesystem;

const Instruments& instruments() { return shipped_instruments(); }
const Purpose retention{"retention", ""};

int kills(int usual) {
  const char* wanted = std::getenv("GCP2_KILLS");
  return wanted == nullptr ? usual : std::atoi(wanted);
}

enum class Records { in_a_file, on_a_server };

class KilledDesk : public testing::TestWithParam<Records> {
 protected:
  KilledDesk() {
    school.employ("tess", Role::practitioner);
    school.employ("rex", Role::records_manager);
  }

  /// Runs `work` in a process that is killed a while after the first number that it tells; gives
  /// the further ones, in order.
  std::vector<int> told_until_killed(
      const std::function<void(const std::function<void(int)>&)>& work,
      std::chrono::microseconds after) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error{"no pipe"};
    const pid_t child = fork();
    if (child == 0) {
      try {
        work([&](int number) {
          if (write(ends[1], &number, sizeof number) != sizeof number) _exit(1);
        });
      } catch (const std::exception& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        _exit(1);
      }
      _exit(0);
    }
    close(ends[1]);
    int started = 0;
    EXPECT_EQ(read(ends[0], &started, sizeof started), static_cast<ssize_t>(sizeof started));
    std::this_thread::sleep_for(after);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "it failed by itself";
    std::vector<int> told;
    for (int number = 0; read(ends[0], &number, sizeof number) == sizeof number;)
      told.push_back(number);
    close(ends[0]);
    return told;
  }
  std::chrono::microseconds some_time(unsigned most) {
    return std::chrono::microseconds{chance() % most};
  }
  void expect_whole() const {
    EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
  }

  /// A place for records where there are none yet.
  std::string elsewhere() {
    if (GetParam() == Records::on_a_server)
      return databases.emplace_back(std::make_unique<Database>())->name();
    return "sqlite:" + school.path("elsewhere-" + std::to_string(++places));
  }

  int places = 0;
  std::vector<std::unique_ptr<Database>> databases;
  School school{true, GetParam() == Records::on_a_server ? elsewhere() : "",
                GetParam() == Records::on_a_server ? open_postgres : open_store};
  std::mt19937 chance{20260123};
};
INSTANTIATE_TEST_SUITE_P(Each, KilledDesk,
                         testing::Values(Records::in_a_file, Records::on_a_server),
                         [](const auto& row) {
                           return row.param == Records::in_a_file ? "sqlite" : "postgres";
                         });

TEST_P(KilledDesk, WhileAddingSavingAndSigning) {
  const auto work = [](Desk& desk, int number, const std::function<void(int)>& tell) {
    const Value base = sample(child(number));
    (void)allowed(desk.add(base, instruments(), none));
    tell(number);
    Value changed = base;
    changed.find("observations")->items().front().set("grade", Value::number(5));
    (void)allowed(desk.save_draft(base, changed, none));
    tell(-number);
    (void)allowed(desk.sign(*Id::parse(uuid(number)), "P2", instruments(), none));
    tell(1'000'000 + number);
  };
  // As long as three rounds take on this machine.
  const auto start = std::chrono::steady_clock::now();
  {
    Desk tess = school.at("tess");
    work(tess, 1, [](int) {});
  }
  const std::chrono::microseconds round = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  int next = 2;
  for (int i = 0; i < kills(30); ++i) {
    const int first = next;
    const auto told = told_until_killed(
        [&](const auto& tell) {
          Desk tess = school.at("tess");
          tell(0);
          for (int number = first;; ++number) work(tess, number, tell);
        },
        some_time(static_cast<unsigned>(3 * round.count())));
    Desk tess = school.at("tess");
    for (const int number : told) {
      const int which = number < 0 ? -number : number % 1'000'000;
      const Value document = allowed(tess.read(*Id::parse(uuid(which)), none));
      if (number < 0 || number > 1'000'000) {
        EXPECT_EQ(document.find("observations")->items().front().find("grade")->text(), "5");
      }
      if (number > 1'000'000) {
        EXPECT_EQ(document.text_at("status"), "signed");
      }
      next = std::max(next, which + 1);
    }
    ++next;  // the one that was cut off
    expect_whole();
  }
  EXPECT_GT(next, kills(30) + 2);
}

TEST_P(KilledDesk, WhileErasingTheChildIsThereOrGoneForGood) {
  int gone = 0;
  for (int i = 1; i <= kills(10); ++i) {
    Sample wanted = child(i);
    const Id id = allowed(school.at("tess").add(sample(wanted), instruments(), none)).id;
    (void)allowed(school.at("rex").ask_erasure(id, retention));
    const auto told = told_until_killed(
        [&](const auto& tell) {
          Desk sue = school.at("sue");
          tell(0);
          (void)allowed(sue.confirm_erasure(id, retention));
          tell(1);
        },
        some_time(40'000));
    Desk sue = school.at("sue");
    const std::string now = why(sue.history(id, cover));
    const bool is_gone = now == "no_such_child";
    EXPECT_TRUE(is_gone || now == "done") << now;
    EXPECT_TRUE(is_gone || told.empty()) << "acknowledged";
    const bool has_key = Ring::open(school.places.ring, Opening::reading)->key_of(id)->has_value();
    EXPECT_EQ(has_key, !is_gone);
    gone += is_gone ? 1 : 0;
    expect_whole();
  }
  RecordProperty("gone", gone);
}

TEST_P(KilledDesk, WhileBackingUpAndRestoring) {
  for (int i = 1; i <= 20; ++i)
    (void)allowed(school.at("tess").add(sample(child(i)), instruments(), none));
  const std::string backup = school.path("backup");
  for (int i = 0; i < kills(5); ++i) {
    (void)told_until_killed(
        [&](const auto& tell) {
          Desk sue = school.at("sue");
          tell(0);
          (void)sue.back_up_records(backup);
        },
        some_time(60'000));
    expect_whole();
    // A copy is there whole, or not at all.
    if (fs::exists(backup)) {
      EXPECT_TRUE(open_store("sqlite:" + backup, Opening::reading));
    }
    for (const char* more : {"", ".manifest"}) fs::remove(backup + more);
  }
  (void)allowed(school.at("sue").back_up_records(backup));
  for (int i = 0; i < kills(5); ++i) {
    school.places.records = elsewhere();
    const auto told = told_until_killed(
        [&](const auto& tell) {
          tell(0);
          (void)allowed(restore(school.places, school.means, backup, "sue", passphrase));
          tell(1);
        },
        some_time(80'000));
    // One that was cut off is begun again, and nothing has to be taken away before.
    const bool is_restored = why(Setting::open(school.places, school.means)) == "done";
    EXPECT_TRUE(is_restored || told.empty()) << "acknowledged";
    if (!is_restored) {
      const auto again = restore(school.places, school.means, backup, "sue", passphrase);
      EXPECT_EQ(why(again), "done") << (again ? "" : again.error().store.message);
    }
    EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 20U);
    expect_whole();
  }
}

// The schema's migrations, the key ring and the first accounts: a founding that was cut off is
// begun again, and nothing has to be taken away before.
TEST_P(KilledDesk, WhileFounding) {
  const std::vector<Setting::Founder> founders{
      {"sue", std::string{passphrase}, Role::supervisor},
      {"adam", std::string{passphrase}, Role::administrator}};
  const auto found = [&](const Places& where) {
    return why(Setting::found(where, school.means, founders, true, [](auto& key) { return key; }));
  };
  const auto some_place = [&] {
    Places where;
    where.records = elsewhere();
    where.ring = school.path("ring-" + std::to_string(++places));
    where.erased = where.ring + ".erased";
    return where;
  };
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(found(some_place()), "done");
  const auto usual = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  for (int i = 0; i < kills(10); ++i) {
    const Places where = some_place();
    const auto told = told_until_killed(
        [&](const auto& tell) {
          tell(0);
          if (found(where) == "done") tell(1);
        },
        some_time(static_cast<unsigned>(usual.count() * 5 / 4)));
    const std::string again = found(where);
    EXPECT_THAT(again, testing::AnyOf("done", "store"));
    EXPECT_TRUE(told.empty() || again == "store") << "acknowledged";
    Setting setting = allowed(Setting::open(where, school.means));
    EXPECT_EQ(why(setting.log_in("sue", passphrase)), "done");
    EXPECT_THAT(allowed(verify(where, school.means)).flaws, IsEmpty());
  }
}

}  // namespace
}  // namespace gcp2::test
