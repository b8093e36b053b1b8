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

using Micros = std::chrono::microseconds;

Micros how_long(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now() - start);
}

/// Where the kills of some work fall: before it has done what it does, or behind that.
class Aim {
 public:
  /// `whole`: how long the work takes. `wanted` kills are enough, once there were some before, some
  /// behind, and, where `needs_untold`, some of these before anybody was told.
  Aim(Micros whole, int wanted, bool needs_untold = false)
      : window_{whole}, wanted_{wanted}, needs_untold_{needs_untold} {}

  /// Where it takes far too many, something is wrong, and `expect_met` says so.
  [[nodiscard]] bool goes_on() const {
    const int all = before_ + untold_ + told_;
    return all < wanted_ || (!is_met() && all < 50 + 20 * wanted_);
  }
  /// Of the window, more often early: what can be cut off is often decided soon.
  Micros next(std::mt19937& chance) {
    const double part = std::uniform_real_distribution{}(chance);
    return std::chrono::duration_cast<Micros>(window_ * part * part);
  }
  /// Where the last one fell. The window follows the machine, which has more to do at times: so
  /// neither side is ever out of reach.
  void fell(bool is_done, bool is_told) {
    EXPECT_TRUE(is_done || !is_told) << "acknowledged";
    if (!is_done) window_ = window_ * 5 / 4 + Micros{1};
    if (is_told) window_ = window_ * 3 / 4;
    ++(!is_done ? before_ : is_told ? told_ : untold_);
  }
  void expect_met() const {
    EXPECT_TRUE(is_met()) << before_ << " kills before, " << untold_ << " before anybody was told, "
                          << told_ << " behind";
  }

 private:
  [[nodiscard]] bool is_met() const {
    return before_ > 0 && untold_ + told_ > 0 && (untold_ > 0 || !needs_untold_);
  }
  Micros window_;
  int wanted_;
  bool needs_untold_;
  int before_ = 0, untold_ = 0, told_ = 0;
};

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
      const std::function<void(const std::function<void(int)>&)>& work, Micros after) {
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
  /// Without logging in; and nothing is open any more when a process is begun.
  [[nodiscard]] Micros how_long_for_sue(const std::function<void(Desk&)>& work) const {
    Desk sue = school.at("sue");
    return how_long([&] { work(sue); });
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
  const Micros round = how_long([&] {
    Desk tess = school.at("tess");
    work(tess, 1, [](int) {});
  });
  int next = 2;
  for (int i = 0; i < kills(30); ++i) {
    const int first = next;
    const auto told = told_until_killed(
        [&](const auto& tell) {
          Desk tess = school.at("tess");
          tell(0);
          for (int number = first;; ++number) work(tess, number, tell);
        },
        Micros{chance() % static_cast<unsigned>(3 * round.count())});
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
  int next = 1;
  const auto asked_for = [&] {
    const Id id = allowed(school.at("tess").add(sample(child(next++)), instruments(), none)).id;
    (void)allowed(school.at("rex").ask_erasure(id, retention));
    return id;
  };
  const Id first = asked_for();
  Aim aim{
      how_long_for_sue([&](Desk& sue) { (void)allowed(sue.confirm_erasure(first, retention)); }),
      kills(10), true};
  while (aim.goes_on()) {
    const Id id = asked_for();
    const auto told = told_until_killed(
        [&](const auto& tell) {
          Desk sue = school.at("sue");
          tell(0);
          (void)allowed(sue.confirm_erasure(id, retention));
          tell(1);
        },
        aim.next(chance));
    Desk sue = school.at("sue");
    const std::string now = why(sue.history(id, cover));
    const bool is_gone = now == "no_such_child";
    EXPECT_TRUE(is_gone || now == "done") << now;
    aim.fell(is_gone, !told.empty());
    const bool has_key = Ring::open(school.places.ring, Opening::reading)->key_of(id)->has_value();
    EXPECT_EQ(has_key, !is_gone);
    expect_whole();
  }
  aim.expect_met();
}

TEST_P(KilledDesk, WhileBackingUpACopyIsThereWholeOrNotAtAll) {
  for (int i = 1; i <= 20; ++i)
    (void)allowed(school.at("tess").add(sample(child(i)), instruments(), none));
  const std::string backup = school.path("backup");
  const auto remove = [&] {
    for (const char* more : {"", ".manifest"}) fs::remove(backup + more);
  };
  const auto back_up = [&](Desk& sue) { (void)allowed(sue.back_up_records(backup)); };
  Aim aim{how_long_for_sue(back_up), kills(5)};
  remove();
  while (aim.goes_on()) {
    const auto told = told_until_killed(
        [&](const auto& tell) {
          Desk sue = school.at("sue");
          tell(0);
          back_up(sue);
          tell(1);
        },
        aim.next(chance));
    expect_whole();
    const bool is_there = fs::exists(backup);
    aim.fell(is_there, !told.empty());
    if (is_there) {
      EXPECT_TRUE(open_store("sqlite:" + backup, Opening::reading));
    }
    remove();
  }
  aim.expect_met();
}

TEST_P(KilledDesk, WhileRestoringItIsBegunAgain) {
  for (int i = 1; i <= 20; ++i)
    (void)allowed(school.at("tess").add(sample(child(i)), instruments(), none));
  const std::string backup = school.path("backup");
  (void)allowed(school.at("sue").back_up_records(backup));
  const auto restored = [&] {
    return restore(school.places, school.means, backup, "sue", passphrase);
  };
  school.places.records = elsewhere();
  Aim aim{how_long([&] { (void)allowed(restored()); }), kills(5)};
  while (aim.goes_on()) {
    school.places.records = elsewhere();
    const auto told = told_until_killed(
        [&](const auto& tell) {
          tell(0);
          (void)allowed(restored());
          tell(1);
        },
        aim.next(chance));
    // One that was cut off is begun again, and nothing has to be taken away before.
    const bool is_restored = why(Setting::open(school.places, school.means)) == "done";
    aim.fell(is_restored, !told.empty());
    if (!is_restored) {
      const auto again = restored();
      EXPECT_EQ(why(again), "done") << (again ? "" : again.error().store.message);
    }
    EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 20U);
    expect_whole();
  }
  aim.expect_met();
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
  // A server can still be carrying out what a program had begun that was killed: then the records
  // come into being between two looks, and only who comes later finds what there is to go on with.
  const auto found_again = [&](const Places& where) {
    if (found(where) == "done") return std::string{"done"};
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    return found(where);
  };
  const auto some_place = [&] {
    Places where;
    where.records = elsewhere();
    where.ring = school.path("ring-" + std::to_string(++places));
    where.erased = where.ring + ".erased";
    return where;
  };
  const Places first = some_place();
  Aim aim{how_long([&] { EXPECT_EQ(found(first), "done"); }), kills(10)};
  while (aim.goes_on()) {
    const Places where = some_place();
    const auto told = told_until_killed(
        [&](const auto& tell) {
          tell(0);
          if (found(where) == "done") tell(1);
        },
        aim.next(chance));
    const std::string again = found_again(where);
    EXPECT_THAT(again, testing::AnyOf("done", "store"));
    aim.fell(again == "store", !told.empty());
    Setting setting = allowed(Setting::open(where, school.means));
    EXPECT_EQ(why(setting.log_in("sue", passphrase)), "done");
    EXPECT_THAT(allowed(verify(where, school.means)).flaws, IsEmpty());
  }
  aim.expect_met();
}

}  // namespace
}  // namespace gcp2::test
