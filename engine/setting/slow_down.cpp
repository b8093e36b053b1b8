#include "setting/slow_down.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "gcp2/keys.h"

namespace gcp2 {
namespace {

struct Tries {
  std::int64_t failures = 0;
  Seconds failed_at = 0;
};
struct Book {
  std::mutex mutex;
  std::map<std::string, Tries> tries;  // by what may be a passphrase in the wrong place: hashed
};
Book& book() {
  static Book the;
  return the;
}
std::string key_of(const Id& ring, std::string_view name) {
  return plain_hash(ring.text() + "/" + std::string{name});
}

}  // namespace

Seconds left_to_wait(std::int64_t failures, Seconds failed_at, Seconds now) {
  constexpr std::int64_t slips = 3, longest = 300;
  if (failures < slips) return 0;
  const Seconds delay =
      std::min<Seconds>(longest, Seconds{1} << std::min<std::int64_t>(failures - slips, 20));
  return std::clamp<Seconds>(failed_at + delay - now, 0, delay);
}

Seconds Strangers::left_to_wait(const Id& ring, std::string_view name, Seconds now) {
  const std::lock_guard lock{book().mutex};
  const auto found = book().tries.find(key_of(ring, name));
  if (found == book().tries.end()) return 0;
  return gcp2::left_to_wait(found->second.failures, found->second.failed_at, now);
}

void Strangers::fail(const Id& ring, std::string_view name, Seconds now) {
  constexpr std::size_t most = 4096;
  const std::lock_guard lock{book().mutex};
  auto& tries = book().tries;
  Tries& of_name = tries[key_of(ring, name)];
  ++of_name.failures;
  of_name.failed_at = now;
  if (tries.size() <= most) return;
  tries.erase(
      std::ranges::min_element(tries, {}, [](const auto& each) { return each.second.failed_at; }));
}

}  // namespace gcp2
