#include "training_sessions.h"

#include <algorithm>

#include "../phrase.h"

namespace gcp2::cli::web {
namespace {

/// Told apart by ear and at sight; 16, so that half a random byte chooses one. Six of them are 24
/// bits: at `most_wrong` guesses a minute, one in a thousand is found in seven hours.
constexpr std::string_view alphabet = "AFHKLMRWXY234679";
constexpr std::size_t code_length = 6, group = 3;
constexpr std::size_t most_wrong = 40;
constexpr Seconds minute = 60;

std::string plain_code(std::string_view typed) {
  std::string out;
  for (const char c : typed)
    if (c >= 'a' && c <= 'z')
      out += static_cast<char>(c - 'a' + 'A');
    else if (c != ' ' && c != '-')
      out += c;
  return out;
}

/// In two groups.
std::string random_code() {
  const Secret chance = Secret::random();
  std::string code;
  for (std::size_t i = 0; i < code_length; ++i) {
    if (i == group) code += ' ';
    code += alphabet[static_cast<unsigned char>(chance.bytes()[i]) % alphabet.size()];
  }
  return code;
}

std::string random_token() { return hexadecimal(Secret::random().bytes()); }

bool is_answered(const Mark& mark) { return mark.grade || mark.not_graded != NotGraded::not_yet; }

/// Nothing graded yet, of the case's child.
Sheet empty_sheet(const ToldCase& of) {
  Sheet sheet;
  sheet.clear(of.told->instrument->nodes.size());
  sheet.age_months = of.profile->age_months;
  sheet.conditions = of.profile->conditions;
  return sheet;
}

}  // namespace

std::size_t items_answered(const ToldCase& of, const Sheet& sheet) {
  return static_cast<std::size_t>(std::ranges::count_if(
      of.profile->key,
      [&](const KeyEntry& entry) { return is_answered(sheet.marks[entry.node]); }));
}

std::vector<Trainee> trainees_of(const TrainingSession& session, bool numbered) {
  std::vector<const Seat*> seats;
  for (const Seat& seat : session.seats) seats.push_back(&seat);
  std::ranges::sort(seats, {}, [&](const Seat* seat) -> const std::string& {
    return numbered ? seat->order : seat->name;
  });
  std::vector<Trainee> out;
  for (std::size_t i = 0; i < session.cases.size(); ++i)
    for (std::size_t n = 0; n < seats.size(); ++n) {
      const Sheet& sheet = seats[n]->sheets[i];
      if (items_answered(session.cases[i], sheet) == 0) continue;
      out.push_back(
          {numbered ? phrase("train.number", {{"number", std::to_string(n + 1)}}) : seats[n]->name,
           {},
           mark(session.cases[i], sheet)});
    }
  return out;
}

TrainingSessions::TrainingSessions(Clock steady)
    : steady_{std::move(steady)}, secret_{Secret::random()} {}

TrainingSession* TrainingSessions::found(const Id& id) {
  const auto at = std::ranges::find(sessions_, id, &TrainingSession::id);
  if (at == sessions_.end()) return nullptr;
  at->used = steady_();
  return &*at;
}

TrainingSession* TrainingSessions::owned(const Id& id, const Id& facilitator) {
  const auto at = std::ranges::find(sessions_, id, &TrainingSession::id);
  return at == sessions_.end() || at->facilitator != facilitator ? nullptr : found(id);
}

Seat* TrainingSessions::seat_of(std::string_view cookie, TrainingSession*& session) {
  const auto seated = seated_.find(keyed_hash(secret_, cookie));
  if (seated == seated_.end()) return nullptr;
  session = found(seated->second.first);
  if (session == nullptr) {
    seated_.erase(seated);
    return nullptr;
  }
  const auto seat = std::ranges::find(session->seats, seated->second.second, &Seat::order);
  return seat == session->seats.end() ? nullptr : &*seat;
}

std::string TrainingSessions::new_code() const {
  for (;;) {
    std::string code = random_code();
    if (std::ranges::find(sessions_, code, &TrainingSession::code) == sessions_.end()) return code;
  }
}

std::optional<Id> TrainingSessions::open(const Id& facilitator, std::vector<ToldCase> cases) {
  const std::lock_guard lock{mutex_};
  if (sessions_.size() >= most_sessions) return std::nullopt;
  sessions_.push_back({.id = Id::random(),
                       .facilitator = facilitator,
                       .code = new_code(),
                       .cases = std::move(cases),
                       .used = steady_()});
  return sessions_.back().id;
}

std::vector<TrainingSession> TrainingSessions::of(const Id& facilitator) {
  const std::lock_guard lock{mutex_};
  std::vector<TrainingSession> out;
  std::ranges::copy_if(sessions_, std::back_inserter(out), [&](const TrainingSession& each) {
    return each.facilitator == facilitator;
  });
  return out;
}

std::optional<TrainingSession> TrainingSessions::session(const Id& id, const Id& facilitator) {
  const std::lock_guard lock{mutex_};
  const TrainingSession* one = owned(id, facilitator);
  return one == nullptr ? std::nullopt : std::optional{*one};
}

void TrainingSessions::close(const Id& id, const Id& facilitator) {
  const std::lock_guard lock{mutex_};
  if (TrainingSession* one = owned(id, facilitator)) one->closed = true;
}

void TrainingSessions::end(const Id& id, const Id& facilitator) {
  const std::lock_guard lock{mutex_};
  if (owned(id, facilitator) == nullptr) return;
  std::erase_if(sessions_, [&](const TrainingSession& each) { return each.id == id; });
  std::erase_if(seated_, [&](const auto& each) { return each.second.first == id; });
}

void TrainingSessions::seat_at(std::string_view cookie, TrainingSession& session,
                               const Seat& seat) {
  seated_[keyed_hash(secret_, cookie)] = {session.id, seat.order};
  session.used = steady_();
}

TrainingSessions::Joined TrainingSessions::come_back(std::string_view cookie,
                                                     TrainingSession& session, Seat& seat,
                                                     std::string_view back) {
  if (back.empty()) return Joined::name_taken;
  if (seat.wrong_backs >= most_wrong_backs) return Joined::barred;
  if (plain_code(back) != plain_code(seat.back)) {
    ++seat.wrong_backs;
    return Joined::not_theirs;
  }
  seat.wrong_backs = 0;
  std::erase_if(seated_,
                [&](const auto& each) { return each.second == Seated{session.id, seat.order}; });
  seat_at(cookie, session, seat);
  return Joined::in;
}

TrainingSessions::Joined TrainingSessions::join(std::string_view cookie, std::string_view code,
                                                std::string_view name, std::string_view back) {
  const std::lock_guard lock{mutex_};
  while (!wrong_.empty() && wrong_.front() + minute <= steady_()) wrong_.pop_front();
  if (wrong_.size() >= most_wrong) return Joined::slow_down;
  const auto session = std::ranges::find_if(sessions_, [&](const TrainingSession& each) {
    return plain_code(each.code) == plain_code(code);
  });
  if (session == sessions_.end()) {
    wrong_.push_back(steady_());
    return Joined::no_such_code;
  }
  const auto theirs = std::ranges::find(session->seats, name, &Seat::name);
  if (theirs != session->seats.end()) return come_back(cookie, *session, *theirs, back);
  if (session->closed) return Joined::closed;
  if (session->seats.size() >= most_trainees) return Joined::full;
  Seat fresh{.name = std::string{name}, .order = random_token(), .back = random_code()};
  for (const ToldCase& each : session->cases) fresh.sheets.push_back(empty_sheet(each));
  fresh.lines.resize(session->cases.size());
  seat_at(cookie, *session, fresh);
  session->seats.push_back(std::move(fresh));
  return Joined::in;
}

void TrainingSessions::leave(std::string_view cookie) {
  const std::lock_guard lock{mutex_};
  seated_.erase(keyed_hash(secret_, cookie));
}

std::optional<TrainingSessions::Place> TrainingSessions::place(std::string_view cookie) {
  const std::lock_guard lock{mutex_};
  TrainingSession* session = nullptr;
  const Seat* seat = seat_of(cookie, session);
  if (seat == nullptr) return std::nullopt;
  return Place{session->cases, session->closed, *seat};
}

bool TrainingSessions::answer(std::string_view cookie, std::size_t which,
                              const std::vector<Answered>& answers) {
  const std::lock_guard lock{mutex_};
  TrainingSession* session = nullptr;
  Seat* seat = seat_of(cookie, session);
  if (seat == nullptr || session->closed || which >= seat->sheets.size()) return false;
  for (const Answered& each : answers) {
    seat->sheets[which].marks.at(each.node) = each.mark;
    seat->lines[which][each.node] = each.lines;
  }
  return true;
}

void TrainingSessions::end_idle() {
  const std::lock_guard lock{mutex_};
  const auto is_over = [&](const TrainingSession& each) { return each.used + idle <= steady_(); };
  std::erase_if(seated_, [&](const auto& each) {
    const auto session = std::ranges::find(sessions_, each.second.first, &TrainingSession::id);
    return session == sessions_.end() || is_over(*session);
  });
  std::erase_if(sessions_, is_over);
}

}  // namespace gcp2::cli::web
