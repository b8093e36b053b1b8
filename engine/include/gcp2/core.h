// Grades, sets of grades, civil dates, instants and results: the words that every module speaks.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace gcp2 {

/// A grade of care, 1 (best) to 5 (worst). `from` is the only door in. Grades are compared, never
/// added: good care in one place must not offset bad care in another.
class Grade {
 public:
  static constexpr int best = 1;
  static constexpr int worst = 5;

  static constexpr std::optional<Grade> from(int number) noexcept {
    if (number < best || number > worst) return std::nullopt;
    return Grade{static_cast<std::uint8_t>(number)};
  }
  [[nodiscard]] constexpr int number() const noexcept { return number_; }
  [[nodiscard]] constexpr bool worse_than(Grade other) const noexcept {
    return number_ > other.number_;
  }
  friend constexpr bool operator==(Grade, Grade) = default;

 private:
  explicit constexpr Grade(std::uint8_t number) noexcept : number_{number} {}
  std::uint8_t number_;
};

/// A set of grades; empty means that no grade is possible (nothing applies).
class GradeSet {
 public:
  constexpr GradeSet() = default;
  constexpr explicit GradeSet(Grade only) noexcept { insert(only); }
  static constexpr GradeSet all() noexcept { return GradeSet{std::uint8_t{0b111110}}; }

  constexpr void insert(Grade grade) noexcept {
    bits_ = static_cast<std::uint8_t>(bits_ | (1U << grade.number()));
  }
  [[nodiscard]] constexpr bool contains(Grade grade) const noexcept {
    return (bits_ >> grade.number() & 1U) != 0;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  [[nodiscard]] constexpr bool single() const noexcept {
    return bits_ != 0 && (bits_ & (bits_ - 1)) == 0;
  }
  /// Bit n is set where grade n is in the set.
  [[nodiscard]] constexpr unsigned bits() const noexcept { return bits_; }
  friend constexpr bool operator==(GradeSet, GradeSet) = default;

 private:
  explicit constexpr GradeSet(std::uint8_t bits) noexcept : bits_{bits} {}
  std::uint8_t bits_ = 0;
};

/// A civil date of the years 1 to 9999 that exists in the calendar.
class Date {
 public:
  static std::optional<Date> from(int year, unsigned month, unsigned day) noexcept;
  /// "YYYY-MM-DD" and nothing else; nullopt for another shape or a date that does not exist.
  static std::optional<Date> parse(std::string_view text) noexcept;

  [[nodiscard]] std::chrono::year_month_day calendar() const noexcept { return date_; }
  [[nodiscard]] std::string text() const;  ///< ISO 8601
  friend constexpr bool operator==(const Date&, const Date&) = default;
  friend constexpr std::strong_ordering operator<=>(const Date&, const Date&) = default;

 private:
  explicit constexpr Date(std::chrono::year_month_day date) noexcept : date_{date} {}
  std::chrono::year_month_day date_;
};

/// Days from `from` to `to`; negative where `to` is earlier.
int days_between(const Date& from, const Date& to) noexcept;
/// Completed months of age on a day; negative before birth.
int completed_months(const Date& birth, const Date& on) noexcept;

/// A moment in UTC, "YYYY-MM-DDTHH:MM:SSZ".
struct Instant {
  Date date;
  int second_of_day = 0;

  /// Of seconds since 1970-01-01 UTC; what is before the year 1 or after 9999 is its end.
  static Instant at(std::int64_t seconds) noexcept;
  static std::optional<Instant> parse(std::string_view text) noexcept;
  [[nodiscard]] std::string text() const;
};

/// Lower-case UUID in its 36-character form.
bool is_uuid(std::string_view text) noexcept;

/// A failure of the outside world (file, disk, key): what was attempted and what it answered.
struct Error {
  std::string message;
};

/// A value or the outside world's error. Check before use; `value()` on an error is a logic error.
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_{std::in_place_index<0>, std::move(value)} {}  // NOLINT: implicit by design
  Result(E error) : state_{std::in_place_index<1>, std::move(error)} {}  // NOLINT

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &std::get<0>(state_); }
  [[nodiscard]] const E& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, E> state_;
};

struct Done {};  ///< what an effect gives when there is nothing to give

}  // namespace gcp2
