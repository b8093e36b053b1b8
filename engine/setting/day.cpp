#include "setting/day.h"

namespace gcp2 {

Date day_of(Seconds at) {
  const std::chrono::year_month_day day{
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{at}})};
  return *Date::from(static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

Instant instant_of(Seconds at) {
  constexpr Seconds day = 86400;
  return {day_of(at), static_cast<int>(((at % day) + day) % day)};
}

}  // namespace gcp2
