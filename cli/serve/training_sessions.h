// Training sessions: whom a facilitator's code let in, and what they graded. Cases are invented, so
// all of it stands in memory alone, and is gone when a session ends.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gcp2/marking.h"
#include "gcp2/setting.h"

namespace gcp2::cli::web {

/// One trainee with what they graded, by case of the session.
struct Seat {
  std::string name;
  std::string order;  ///< random: numbers in place of names follow it, and tell nothing
  std::string back;   ///< the trainee's own code, by which another browser gets at this seat
  std::size_t wrong_backs = 0;  ///< codes that were tried and are none, since the last right one
  std::vector<Sheet> sheets = {};
  std::vector<std::map<NodeIndex, std::string>> lines = {};  ///< what each grade goes by, as typed
};

struct TrainingSession {
  Id id, facilitator;  ///< an account
  std::string code;    ///< as it is shown: two groups of three
  std::vector<ToldCase> cases;
  bool closed = false;  ///< nobody grades any more; the key may be shown
  std::vector<Seat> seats = {};
  Seconds used = 0;
};

/// How far a trainee is with a case: items with a grade or a reason for none, of those of the key.
std::size_t items_answered(const ToldCase& of, const Sheet& sheet);
/// The trainees of a session as `rooms_of` takes them; `numbered`: numbers in place of names.
std::vector<Trainee> trainees_of(const TrainingSession& session, bool numbered);

/// For threads that answer; everything that it gives is a copy.
class TrainingSessions {
 public:
  static constexpr std::size_t most_sessions = 20, most_trainees = 200;
  static constexpr std::size_t longest_name = 60, longest_lines = 200, most_wrong_backs = 10;
  static constexpr Seconds idle = Seconds{4} * 60 * 60;

  /// `steady`: a clock that nobody sets.
  explicit TrainingSessions(Clock steady);

  // For the facilitator, who sees their own alone. ------------------------------------------------
  /// nullopt where there are too many already.
  std::optional<Id> open(const Id& facilitator, std::vector<ToldCase> cases);
  [[nodiscard]] std::vector<TrainingSession> of(const Id& facilitator);
  [[nodiscard]] std::optional<TrainingSession> session(const Id& id, const Id& facilitator);
  void close(const Id& id, const Id& facilitator);
  void end(const Id& id, const Id& facilitator);

  // For trainees, by the cookie of their browser. -------------------------------------------------
  enum class Joined : std::uint8_t {
    in,
    no_such_code,
    slow_down,
    full,
    closed,
    name_taken,
    not_theirs,
    barred
  };
  /// Codes may be typed in lower case, with or without their gap. After many codes that are none,
  /// whoever they came from, none is taken for up to a minute. `back`: whoever has joined before
  /// comes back to what they graded, and an earlier browser is out. After `most_wrong_backs` that
  /// are none, a seat is its browser's alone.
  Joined join(std::string_view cookie, std::string_view code, std::string_view name,
              std::string_view back);
  void leave(std::string_view cookie);
  /// What a trainee may see of a session: no code, and nobody else.
  struct Place {
    std::vector<ToldCase> cases;
    bool closed = false;
    Seat seat;
  };
  [[nodiscard]] std::optional<Place> place(std::string_view cookie);
  struct Answered {
    NodeIndex node = 0;
    Mark mark = {};
    std::string lines = {};
  };
  /// False where grading is closed, or there is no such session any more.
  bool answer(std::string_view cookie, std::size_t which, const std::vector<Answered>& answers);

  /// Forgets what nobody asked for within `idle`. To be called every few seconds.
  void end_idle();

 private:
  using Seated = std::pair<Id, std::string>;  ///< the session, and the seat's `order`
  TrainingSession* found(const Id& id);
  TrainingSession* owned(const Id& id, const Id& facilitator);
  Seat* seat_of(std::string_view cookie, TrainingSession*& session);
  void seat_at(std::string_view cookie, TrainingSession& session, const Seat& seat);
  Joined come_back(std::string_view cookie, TrainingSession& session, Seat& seat,
                   std::string_view back);
  [[nodiscard]] std::string new_code() const;

  Clock steady_;
  Secret secret_;  ///< cookies stand in the table under hashes
  std::mutex mutex_;
  std::vector<TrainingSession> sessions_;
  std::map<std::string, Seated> seated_;
  std::deque<Seconds> wrong_;  ///< when codes came that are none
};

}  // namespace gcp2::cli::web
