#include "drawing/around.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

#include "drawing/symbols.h"

namespace gcp2::drawing {
namespace {

constexpr double turn = 2 * std::numbers::pi;
constexpr double padding = 12;   // inside the household's outline
constexpr double apart = 14;     // between neighbours
constexpr double distance = 62;  // from the household's outline to the others

struct Rect {
  Point low, high;
};

Rect rect_of(const Spot& s, double room = 0) {
  return {{s.middle.x - s.width / 2 - room, s.middle.y - s.height / 2 - room},
          {s.middle.x + s.width / 2 + room, s.middle.y + s.height / 2 + room}};
}

/// The part of the way from `a` to `b` (0 to 1) that lies in a rectangle (Liang and Barsky).
std::optional<std::pair<double, double>> within(const Rect& r, Point a, Point b) {
  double enters = 0;
  double leaves = 1;
  const auto clip = [&](double from, double step, double low, double high) {
    if (step == 0) return low <= from && from <= high;
    const auto [first, last] = std::minmax({(low - from) / step, (high - from) / step});
    enters = std::max(enters, first);
    leaves = std::min(leaves, last);
    return enters <= leaves;
  };
  if (!clip(a.x, b.x - a.x, r.low.x, r.high.x) || !clip(a.y, b.y - a.y, r.low.y, r.high.y))
    return std::nullopt;
  return std::pair{enters, leaves};
}

bool overlap(const Spot& a, const Spot& b) {
  return std::abs(a.middle.x - b.middle.x) < (a.width + b.width) / 2 + apart &&
         std::abs(a.middle.y - b.middle.y) < (a.height + b.height) / 2 + apart;
}

bool any_overlap(const std::vector<Spot>& spots) {
  for (std::size_t i = 0; i < spots.size(); ++i)
    for (std::size_t j = i + 1; j < spots.size(); ++j)
      if (overlap(spots[i], spots[j])) return true;
  return false;
}

double fraction(std::size_t part, std::size_t of) {
  return turn * static_cast<double>(part) / static_cast<double>(of);
}

void stretch(Point& low, Point& high, const Rect& r) {
  low = {std::min(low.x, r.low.x), std::min(low.y, r.low.y)};
  high = {std::max(high.x, r.high.x), std::max(high.y, r.high.y)};
}

/// The child in the middle, the others around it, as near as they can be; `start` turns their ring.
void place_household(Around& around, double start) {
  auto& spots = around.inside;
  // All of one size, so that any two can change places and symbols of one row are level.
  Point size;
  for (const Spot& s : spots) size = {std::max(size.x, s.width), std::max(size.y, s.height)};
  for (Spot& s : spots) std::tie(s.width, s.height) = std::tie(size.x, size.y);
  for (double radius = 60;; radius *= 1.08) {
    for (std::size_t i = 1; i < spots.size(); ++i) {
      const double angle = fraction(i - 1, spots.size() - 1) + fraction(1, spots.size() - 1) * start;
      spots[i].middle = {radius * 1.4 * std::cos(angle), radius * std::sin(angle)};
    }
    if (!any_overlap(spots)) break;
  }
  Point low, high;
  for (const Spot& s : spots) stretch(low, high, rect_of(s));
  for (Spot& s : spots) {
    s.middle.x -= (low.x + high.x) / 2;
    s.middle.y -= (low.y + high.y) / 2;
  }
  around.household = {(high.x - low.x) / 2 + padding, (high.y - low.y) / 2 + padding};
}

/// How bad a place for the others is: ties across somebody weigh more than any length.
double badness(const Around& around, const std::vector<Strand>& strands) {
  constexpr double across = 10000;
  double sum = 0;
  const std::size_t number = around.inside.size() + around.outside.size();
  for (const Strand& s : strands) {
    const auto ends = around.ends(s);
    if (!ends) continue;
    const auto& [a, b] = *ends;
    sum += std::hypot(b.x - a.x, b.y - a.y);
    for (std::size_t i = 0; i < number; ++i)
      if (i != s.from && i != s.to && within(rect_of(around.spot(i), 3), a, b)) sum += across;
  }
  return sum;
}

/// Changes two of a ring while that is better.
bool improve(Around& around, std::vector<Spot>& ring, std::size_t first,
             const std::vector<Strand>& strands, double& best) {
  bool better = false;
  for (std::size_t i = first; i < ring.size(); ++i)
    for (std::size_t j = i + 1; j < ring.size(); ++j) {
      std::swap(ring[i].middle, ring[j].middle);
      const double now = badness(around, strands);
      if (now < best - 0.001) {
        best = now;
        better = true;
      } else {
        std::swap(ring[i].middle, ring[j].middle);
      }
    }
  return better;
}

/// Changes places within both rings until nothing is better. Gives how bad the best is.
double improve(Around& around, const std::vector<Strand>& strands) {
  double best = badness(around, strands);
  bool better = true;
  while (better) {
    better = improve(around, around.outside, 0, strands, best);
    better = improve(around, around.inside, 1, strands, best) || better;
  }
  return best;
}

/// A ring around the household, wide enough for everybody to have any place on it. `start` turns it, as
/// a part of the way from one place to the next; `first` is who has the first place.
void place_others(Around& around, double start, std::size_t first) {
  double width = 0;
  double height = 0;
  for (const Spot& s : around.outside) {
    width = std::max(width, s.width);
    height = std::max(height, s.height);
  }
  // Somewhere between an ellipse and a rectangle, since what it goes round is a rectangle.
  const auto bulge = [](double part) { return std::copysign(std::pow(std::abs(part), 0.7), part); };
  const auto too_near = [&around](const Spot& s) {
    constexpr double least = 34;
    return std::abs(s.middle.x) < s.width / 2 + around.household.x + least &&
           std::abs(s.middle.y) < s.height / 2 + around.household.y + least;
  };
  std::vector<Spot> places(around.outside.size());
  for (double scale = 1;; scale *= 1.06) {
    const double a = (around.household.x + distance + width / 2) * scale;
    const double b = (around.household.y + distance + height / 2) * scale;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double angle = fraction(i, places.size()) + fraction(1, places.size()) * start - turn / 4;
      places[i].width = width;
      places[i].height = height;
      places[i].middle = {a * bulge(std::cos(angle)), b * bulge(std::sin(angle))};
    }
    if (!any_overlap(places) && std::ranges::none_of(places, too_near)) break;
  }
  for (std::size_t i = 0; i < places.size(); ++i)
    around.outside[(first + i) % places.size()].middle = places[i].middle;
}

/// How far from the heart of a spot, towards `to`, one is clear of it.
double clear_of(const Spot& s, Point to) {
  constexpr double room = 4;
  const Point heart = s.heart();
  const double length = std::hypot(to.x - heart.x, to.y - heart.y);
  double clear = s.person ? symbol_size / 2 : 0;
  Rect body = rect_of(s);
  if (s.person) {
    // The lines below the symbol, where the way leads through them.
    const double half = width_of(s.lines, letter_size) / 2;
    const double top = heart.y + symbol_size / 2;
    body = {{s.middle.x - half, top}, {s.middle.x + half, top + height_of(s.lines, letter_size)}};
    if (s.lines.empty()) return clear + room;
  }
  if (const auto part = within(body, heart, to)) clear = std::max(clear, part->second * length);
  return clear + room;
}

/// Starts from a few arrangements and keeps the best; more than anybody could follow are left as they
/// come.
void place_best(Around& around, const std::vector<Strand>& strands) {
  constexpr std::size_t most = 30;
  place_household(around, 0);
  place_others(around, 0, 0);
  const std::size_t number = around.outside.size();
  if (around.inside.size() + number > most || strands.size() > 2 * most) return;
  Around best = around;
  double least = improve(best, strands);
  for (const double turned : {0.0, 0.5}) {
    place_household(around, turned);
    for (const double start : {0.0, 0.5, 0.25, 0.75})
      for (std::size_t first = 0; first < std::min<std::size_t>(number, 3); ++first) {
        Around other = around;
        place_others(other, start, first * number / 3);
        if (const double bad = improve(other, strands); bad < least - 0.001) {
          least = bad;
          best = std::move(other);
        }
      }
  }
  around = std::move(best);
}

}  // namespace

Point Spot::heart() const {
  return person ? Point{middle.x, middle.y - height / 2 + symbol_size / 2} : middle;
}

std::optional<std::pair<Point, Point>> Around::ends(const Strand& strand) const {
  const bool of_all = strand.from == Strand::household;
  const Spot& to = spot(strand.to);
  const Point a = of_all ? Point{} : spot(strand.from).heart();
  const Point b = to.heart();
  const double length = std::hypot(b.x - a.x, b.y - a.y);
  if (length < 1) return std::nullopt;
  double start = 0;
  if (!of_all)
    start = clear_of(spot(strand.from), b);
  else if (const auto part = within({{-household.x, -household.y}, household}, a, b))
    start = part->second * length;
  const double end = length - clear_of(to, a);
  if (end - start < 2) return std::nullopt;
  const auto at = [&](double along) {
    return Point{a.x + (b.x - a.x) * along / length, a.y + (b.y - a.y) * along / length};
  };
  return std::pair{at(start), at(end)};
}

void place(Around& around, const std::vector<Strand>& strands) {
  place_best(around, strands);
  around.low = {-around.household.x, -around.household.y};
  around.high = around.household;
  for (const Spot& s : around.outside) stretch(around.low, around.high, rect_of(s));
}

}  // namespace gcp2::drawing
