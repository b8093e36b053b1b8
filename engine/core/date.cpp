#include <algorithm>

#include "gcp2/core.h"

namespace gcp2 {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

// Without a way out of the loop, which the compiler then unrolls.
constexpr std::optional<unsigned> digits(std::string_view text) noexcept {
  unsigned number = 0;
  bool all = true;
  for (const char c : text) {
    const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
    all = all && digit <= 9;
    number = number * 10 + digit;
  }
  return all ? std::optional{number} : std::nullopt;
}

void append_digits(std::string& out, unsigned number, std::size_t width) {
  const std::string text = std::to_string(number);
  out.append(width - std::min(width, text.size()), '0').append(text);
}

}  // namespace

std::optional<Date> Date::from(int y, unsigned m, unsigned d) noexcept {
  // chrono keeps months and days in a byte: larger numbers would come back as others.
  if (y < 1 || y > 9999 || m > 12 || d > 31) return std::nullopt;
  const year_month_day date{year{y}, month{m}, day{d}};
  const bool in_every_month = 1 <= m && 1 <= d && d <= 28;
  if (!in_every_month && !date.ok()) return std::nullopt;
  return Date{date};
}

std::optional<Date> Date::parse(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = digits(text.substr(0, 4));
  const auto m = digits(text.substr(5, 2));
  const auto d = digits(text.substr(8, 2));
  if (!y || !m || !d) return std::nullopt;
  return from(static_cast<int>(*y), *m, *d);
}

std::string Date::text() const {
  std::string out;
  append_digits(out, static_cast<unsigned>(static_cast<int>(date_.year())), 4);
  append_digits(out += '-', static_cast<unsigned>(date_.month()), 2);
  append_digits(out += '-', static_cast<unsigned>(date_.day()), 2);
  return out;
}

int days_between(const Date& from, const Date& to) noexcept {
  return static_cast<int>((sys_days{to.calendar()} - sys_days{from.calendar()}).count());
}

int completed_months(const Date& birth, const Date& on) noexcept {
  const auto b = birth.calendar();
  const auto o = on.calendar();
  const int months = (static_cast<int>(o.year()) - static_cast<int>(b.year())) * 12 +
                     static_cast<int>(static_cast<unsigned>(o.month())) -
                     static_cast<int>(static_cast<unsigned>(b.month()));
  return o.day() < b.day() ? months - 1 : months;
}

Instant Instant::at(std::int64_t seconds) noexcept {
  constexpr std::int64_t day = 86400;
  constexpr auto days_to = [](int y) {
    return std::int64_t{sys_days{year{y} / 1 / 1}.time_since_epoch().count()};
  };
  const std::int64_t at = std::clamp(seconds, days_to(1) * day, days_to(10000) * day - 1);
  const auto second = static_cast<int>((at % day + day) % day);
  const year_month_day date{
      sys_days{std::chrono::days{static_cast<std::chrono::days::rep>((at - second) / day)}}};
  return {*Date::from(static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day())),
          second};
}

std::optional<Instant> Instant::parse(std::string_view text) noexcept {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  const auto date = Date::parse(text.substr(0, 10));
  const auto h = digits(text.substr(11, 2));
  const auto m = digits(text.substr(14, 2));
  const auto s = digits(text.substr(17, 2));
  if (!date || !h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
  return Instant{*date, static_cast<int>(*h * 3600 + *m * 60 + *s)};
}

std::string Instant::text() const {
  const auto seconds = static_cast<unsigned>(second_of_day);
  std::string out = date.text();
  append_digits(out += 'T', seconds / 3600, 2);
  append_digits(out += ':', seconds / 60 % 60, 2);
  append_digits(out += ':', seconds % 60, 2);
  return out += 'Z';
}

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace gcp2
