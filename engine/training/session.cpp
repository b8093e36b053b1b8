#include "gcp2/session.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace gcp2 {
namespace {

bool is_of_a_room(const Statistic& each) {
  return each.measure == Measure::percent_exact || each.measure == Measure::percent_within_one ||
         (each.measure == Measure::gwet_ac && each.weights == Weights::quadratic) ||
         (each.measure == Measure::krippendorff_alpha && each.weights == Weights::ordinal);
}

std::vector<Statistic> statistics_of(const Ratings& ratings, const AgreementOptions& options,
                                     std::vector<Statistic>* leaning) {
  std::vector<Statistic> chosen;
  for (Statistic& each : agreement(ratings, options))
    if (is_of_a_room(each))
      chosen.push_back(std::move(each));
    else if (each.measure == Measure::rp_bias && leaning != nullptr)
      leaning->push_back(std::move(each));
  return chosen;
}

Ratings ratings_of(const Room& room) {
  const std::size_t leaves = room.of.profile->key.size();
  Ratings ratings{std::vector<std::string>(leaves), std::vector<std::string>(room.trainees.size())};
  for (std::size_t t = 0; t < room.trainees.size(); ++t)
    for (std::size_t i = 0; i < leaves; ++i)
      if (const auto grade = room.trainees[t].marking.leaves[i].own.grade)
        ratings.set(i, t, grade->number());
  return ratings;
}

RoomLeaf leaf_of(const Room& room, std::size_t index) {
  RoomLeaf leaf;
  leaf.key = &room.of.profile->key[index];
  for (const Trainee& trainee : room.trainees)
    if (const auto grade = trainee.marking.leaves[index].own.grade)
      ++leaf.gave.at(static_cast<std::size_t>(grade->number() - Grade::best));
    else
      ++leaf.missing;
  const std::size_t graded = leaf.graded();
  if (graded >= 2) {
    std::size_t pairs = 0;
    for (const std::size_t gave : leaf.gave)
      pairs += gave * (gave - std::min<std::size_t>(gave, 1));
    leaf.alike = static_cast<double>(pairs) / static_cast<double>(graded * (graded - 1));
  }
  if (graded != 0 && leaf.key->grade)
    leaf.as_key = static_cast<double>(leaf.gave.at(
                      static_cast<std::size_t>(leaf.key->grade->number() - Grade::best))) /
                  static_cast<double>(graded);
  return leaf;
}

std::vector<std::size_t> splits_of(const std::vector<RoomLeaf>& leaves) {
  std::vector<std::size_t> splits;
  for (std::size_t i = 0; i < leaves.size(); ++i)
    if (leaves[i].alike && leaves[i].as_key && (*leaves[i].alike < 1 || *leaves[i].as_key < 1))
      splits.push_back(i);
  std::ranges::sort(splits, {}, [&leaves](std::size_t i) {
    return std::tuple{*leaves[i].alike, *leaves[i].as_key, i};
  });
  return splits;
}

void fill(Room& room, const AgreementOptions& options) {
  const Instrument& instrument = *room.of.told->instrument;
  const std::vector<KeyEntry>& key = room.of.profile->key;
  const Ratings ratings = ratings_of(room);
  room.statistics = statistics_of(ratings, options, &room.leaning);
  for (std::size_t i = 0; i < key.size(); ++i) room.leaves.push_back(leaf_of(room, i));
  room.splits = splits_of(room.leaves);
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end) {
    std::vector<std::size_t> within;
    for (std::size_t i = 0; i < key.size(); ++i)
      if (area <= key[i].node && key[i].node < instrument.node(area).end) within.push_back(i);
    if (within.empty()) continue;
    room.areas.push_back(
        {area, within.size(), statistics_of(ratings.only(within), options, nullptr)});
  }
}

}  // namespace

std::size_t RoomLeaf::graded() const noexcept {
  return std::accumulate(gave.begin(), gave.end(), std::size_t{});
}

std::vector<Room> rooms_of(std::vector<Trainee> trainees, unsigned threads, std::size_t samples) {
  std::vector<Room> rooms;
  for (Trainee& trainee : trainees) {
    const ToldCase of = trainee.marking.of;
    auto room = std::ranges::find_if(
        rooms, [&of](const Room& each) { return each.of.profile == of.profile; });
    if (room == rooms.end()) {
      rooms.emplace_back().of = of;
      room = rooms.end() - 1;
    }
    room->trainees.push_back(std::move(trainee));
  }
  const AgreementOptions options{
      .weights = {Weights::quadratic, Weights::ordinal}, .samples = samples, .threads = threads};
  for (Room& room : rooms) fill(room, options);
  return rooms;
}

std::string_view name_of(RoomChange::Told told) noexcept {
  constexpr std::array<std::string_view, 4> names{"rose", "fell", "cannot_be_told", "undefined"};
  return names.at(static_cast<std::size_t>(told));
}

std::vector<RoomChange> changes_of(const Room& before, const Room& now) {
  constexpr double normal_quantile = 1.96;  // semantics 7
  std::vector<RoomChange> changes;
  for (std::size_t i = 0; i < now.statistics.size(); ++i) {
    RoomChange change{.before = before.statistics[i], .now = now.statistics[i]};
    if (change.before.estimate && change.now.estimate)
      change.difference = *change.now.estimate - *change.before.estimate;
    if (change.difference && has_error(change.before) && has_error(change.now)) {
      const double reach = normal_quantile * std::hypot(*change.before.error, *change.now.error);
      change.interval = Interval{*change.difference - reach, *change.difference + reach};
      change.told = change.interval->low > 0    ? RoomChange::Told::rose
                    : change.interval->high < 0 ? RoomChange::Told::fell
                                                : RoomChange::Told::cannot_be_told;
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

const Room* earlier_of(const std::vector<Room>& earlier, const Room& now) noexcept {
  for (const Room& each : earlier)
    if (each.of.profile == now.of.profile) return &each;
  return earlier.size() == 1 ? &earlier.front() : nullptr;
}

}  // namespace gcp2
