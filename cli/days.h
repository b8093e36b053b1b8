// Days and moments (UTC): for what holds from a day or until one, and as ISO 8601 has them.
#pragma once

#include <chrono>
#include <string>

#include "gcp2/core.h"
#include "gcp2/store.h"

namespace gcp2::cli {

inline constexpr Seconds whole_day = 86400;

inline Seconds start_of(const Date& date) {
  return std::chrono::sys_days{date.calendar()}.time_since_epoch().count() * whole_day;
}
/// Whatever holds until a day holds on that day.
inline Seconds end_of(const Date& date) { return start_of(date) + whole_day; }

inline std::string day_text(Seconds at) { return Instant::at(at).date.text(); }
inline std::string moment_text(Seconds at) { return Instant::at(at).text(); }

}  // namespace gcp2::cli
