// A room of trainees who graded the same case: where they agree, where they split, who leans.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "gcp2/agreement.h"
#include "gcp2/marking.h"

namespace gcp2 {

/// One item as the room graded it.
struct RoomLeaf {
  const KeyEntry* key = nullptr;
  std::array<std::size_t, 5> gave{};  ///< trainees by grade; index 0 is grade 1
  std::size_t missing = 0;            ///< trainees without a grade
  std::optional<double> alike;   ///< share of pairs that gave the same grade; none below two grades
  std::optional<double> as_key;  ///< share of grades that are the key's; none without either
  [[nodiscard]] std::size_t graded() const noexcept;
};

struct RoomArea {
  NodeIndex area = 0;
  std::size_t leaves = 0;
  std::vector<Statistic> statistics;  ///< as a room's
};

struct Room {
  ToldCase of;
  std::vector<Trainee> trainees;
  /// Among the trainees, over the key's leaves: percent exact, percent within one, Gwet's AC2
  /// (quadratic), Krippendorff's alpha (ordinal).
  std::vector<Statistic> statistics;
  std::vector<RoomArea> areas;
  std::vector<RoomLeaf> leaves;    ///< by entry of the key
  std::vector<Statistic> leaning;  ///< by trainee: bias among the others; above 0 = harsher
  /// The items to talk about, by index of `leaves`: the lowest share alike first, then the lowest
  /// share that gave the key's grade. Without those on which all gave the key's grade, and those of
  /// which the text allows no grade.
  std::vector<std::size_t> splits;
};

/// The trainees by case and profile, in the order of their first ones. `threads` changes no result;
/// without `samples` (of alpha's bootstrap) alpha has no error, and all of it is fast.
std::vector<Room> rooms_of(std::vector<Trainee> trainees, unsigned threads = 1,
                           std::size_t samples = AgreementOptions{}.samples);

/// A figure of the room at two sessions.
struct RoomChange {
  enum class Told : std::uint8_t {
    rose,            ///< more than chance would make of two equal rooms, 19 times of 20
    fell,            ///< the same downwards
    cannot_be_told,  ///< the interval holds 0
    undefined        ///< a figure or its error is missing at one of them
  };
  Statistic before, now;
  std::optional<double> difference = {};  ///< now - before
  std::optional<Interval> interval = {};  ///< normal, the errors taken for independent
  Told told = Told::undefined;
};
std::string_view name_of(RoomChange::Told told) noexcept;
std::vector<RoomChange> changes_of(const Room& before, const Room& now);

/// The earlier room to hold one against: of the same case and profile, or else the only one there;
/// null where several are, and none of this case.
const Room* earlier_of(const std::vector<Room>& earlier, const Room& now) noexcept;

}  // namespace gcp2
