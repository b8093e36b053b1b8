#include "session.h"

#include <algorithm>
#include <utility>

#include "gcp2/keys.h"

namespace gcp2::cli::web {
namespace {

std::string random_token() { return hexadecimal(Secret::random().bytes()); }

/// As many as there are hands beside them: a passphrase takes a second, and others want to work.
constexpr int most_logging_in = 2;
constexpr Seconds until_less_busy = 3;
/// Longer than a code is good for.
constexpr Seconds codes_remembered = 180;

}  // namespace

Sessions::Sessions(Rules rules)
    : rules_{std::move(rules)}, secret_{Secret::random()}, link_{random_token()} {}

std::string Sessions::link_token() {
  const std::lock_guard lock{mutex_};
  return link_;
}

bool Sessions::is_link_token(std::string_view token) {
  const std::lock_guard lock{mutex_};
  // Compared by their hashes, so that the time it takes says nothing.
  return keyed_hash(secret_, token) == keyed_hash(secret_, link_);
}

Visitor Sessions::visitor(std::string_view cookie, bool by_itself) {
  if (cookie.empty()) return {random_token(), true, !rules_.by_link};
  std::shared_ptr<Person> leaving;  // its end writes to the store: not under the lock
  const std::lock_guard lock{mutex_};
  const auto found = table_.find(keyed_hash(secret_, cookie));
  if (found == table_.end()) return {std::string{cookie}, false, !rules_.by_link};
  Session& session = found->second;
  if (is_idle(session)) leaving = std::exchange(session.person, nullptr);
  if (!by_itself) session.used = now();
  return {std::string{cookie}, false, true, session.person};
}

bool Sessions::is_logged_in(std::string_view cookie) {
  const std::lock_guard lock{mutex_};
  const auto found = table_.find(keyed_hash(secret_, cookie));
  return found != table_.end() && found->second.person && !is_idle(found->second);
}

bool Sessions::is_idle(const Session& session) const { return session.used + rules_.idle <= now(); }

std::string Sessions::form_token(const Visitor& visitor) const {
  return hexadecimal(keyed_hash(secret_, "form " + visitor.cookie));
}

bool Sessions::is_form_token(const Visitor& visitor, std::string_view token) const {
  return keyed_hash(secret_, token) == keyed_hash(secret_, form_token(visitor));
}

Allowed<std::string> Sessions::log_in(const Visitor& visitor, const Proof& proof) {
  struct Counted {
    std::atomic<int>& count;
    const int before = count++;
    ~Counted() { --count; }
  } const counted{logging_in_};
  if (counted.before >= most_logging_in)
    return Refusal{.why = Why::slow_down, .wait = until_less_busy};
  auto setting = rules_.open();
  if (!setting) return setting.error();
  std::optional<std::string_view> code;
  // What has let somebody in is no code any more: that it was tried again is logged as a wrong one.
  if (rules_.second_step) code = was_used(proof) ? std::string_view{} : proof.code;
  auto desk = setting->log_in(proof.name, proof.passphrase, code);
  if (!desk) return desk.error();
  std::optional<Secret> offered;
  bool has_code = false;
  if (rules_.second_step) {
    const auto has = desk->has_second_step();
    if (!has) return has.error();
    has_code = *has;
    if (!has_code) offered = Secret::random();
  }
  auto place = place_for(*std::move(setting), *desk);
  auto person = std::make_shared<Person>(std::move(place), *std::move(desk));
  person->second_step = std::move(offered);
  std::string cookie = random_token();
  const std::lock_guard lock{mutex_};
  // Two at once.
  if (has_code && !used_codes_.emplace(code_name(proof), rules_.clock()).second)
    return Refusal{.why = Why::not_logged_in};
  if (keyed_hash(secret_, proof.link) == keyed_hash(secret_, link_)) link_ = random_token();
  table_.erase(keyed_hash(secret_, visitor.cookie));
  table_[keyed_hash(secret_, cookie)] = {std::move(person), now()};
  return cookie;
}

std::shared_ptr<Place> Sessions::place_for(Setting&& opened, Desk& desk) {
  const std::lock_guard lock{mutex_};
  std::erase_if(places_, [](const auto& place) { return place.expired(); });
  if (places_.size() >= rules_.most_settings) {
    const auto least =
        std::ranges::min_element(places_, {}, [](const auto& place) { return place.use_count(); });
    // Its last one may have left just now.
    if (auto place = least->lock()) {
      desk.work_through(place->setting);
      return place;
    }
  }
  auto place = std::make_shared<Place>(std::move(opened));
  places_.push_back(place);
  return place;
}

std::string Sessions::code_name(const Proof& proof) const {
  std::string code{proof.code};
  std::erase(code, ' ');
  return keyed_hash(secret_, "code " + code + " " + std::string{proof.name});
}

bool Sessions::was_used(const Proof& proof) {
  const std::lock_guard lock{mutex_};
  return used_codes_.contains(code_name(proof));
}

void Sessions::log_out(const Visitor& visitor) {
  std::shared_ptr<Person> leaving;  // its end writes to the store: not under the lock
  const std::lock_guard lock{mutex_};
  const auto found = table_.find(keyed_hash(secret_, visitor.cookie));
  if (found != table_.end()) leaving = std::exchange(found->second.person, nullptr);
}

void Sessions::end_idle() {
  std::vector<std::shared_ptr<Person>> leaving;
  const std::lock_guard lock{mutex_};
  std::erase_if(used_codes_,
                [&](const auto& used) { return used.second + codes_remembered <= rules_.clock(); });
  for (auto& [key, session] : table_) {
    if (!session.person) continue;
    // Who is at it asks for them now.
    if (const std::unique_lock at{session.person->place->mutex, std::try_to_lock})
      std::erase_if(session.person->drawn,
                    [&](const auto& each) { return each.second.at + drawn_kept <= now(); });
    if (is_idle(session)) leaving.push_back(std::exchange(session.person, nullptr));
  }
}

}  // namespace gcp2::cli::web
