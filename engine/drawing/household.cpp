#include "drawing/household.h"

#include <algorithm>
#include <numeric>

#include "drawing/symbols.h"

namespace gcp2::drawing {
namespace {

constexpr double padding = 8;
constexpr double least_passage = 16;  // two outlines are joined by one that is at least so wide

/// Neighbours of one row who all live with the child.
struct Run {
  std::size_t row;
  double left, right, top, bottom;
};

struct Passage {
  std::size_t above, below;  ///< runs
  double left, right;
};

std::vector<Run> runs_of(const Kin& kin, const Plan& plan) {
  std::vector<Run> runs;
  for (std::size_t r = 0; r < plan.rows.size(); ++r) {
    bool open = false;
    for (const std::size_t one : plan.rows[r].people) {
      const Place& place = plan.places[one];
      const double left = place.middle.x - place.half_width - padding;
      const double right = place.middle.x + place.half_width + padding;
      if (!kin.people[one].household) {
        open = false;
      } else if (open) {
        runs.back().right = right;
      } else {
        runs.push_back({r, left, right, plan.rows[r].top - padding, plan.rows[r].bottom + 3});
        open = true;
      }
    }
  }
  return runs;
}

std::vector<Passage> passages_of(const std::vector<Run>& runs) {
  std::vector<Passage> all;
  for (std::size_t a = 0; a < runs.size(); ++a)
    for (std::size_t b = 0; b < runs.size(); ++b) {
      const double left = std::max(runs[a].left, runs[b].left);
      const double right = std::min(runs[a].right, runs[b].right);
      if (runs[a].row + 1 == runs[b].row && right - left >= least_passage)
        all.push_back({a, b, left, right});
    }
  return all;
}

/// One side of a run, left open where a passage goes out.
void add_side(Picture& picture, double y, double left, double right,
              std::vector<std::pair<double, double>> open) {
  std::ranges::sort(open);
  for (const auto& [from, to] : open) {
    if (from > left) add_line(picture, {left, y}, {from, y}, 1.1, true);
    left = to;
  }
  if (right > left) add_line(picture, {left, y}, {right, y}, 1.1, true);
}

}  // namespace

std::size_t add_household(Picture& picture, const Kin& kin, const Plan& plan) {
  const auto runs = runs_of(kin, plan);
  const auto passages = passages_of(runs);
  std::vector<std::size_t> outline(runs.size());
  std::iota(outline.begin(), outline.end(), std::size_t{0});
  for (const Passage& p : passages) {
    const std::size_t from = outline[p.below];
    std::ranges::replace(outline, from, outline[p.above]);
    for (const double x : {p.left, p.right})
      add_line(picture, {x, runs[p.above].bottom}, {x, runs[p.below].top}, 1.1, true);
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    std::vector<std::pair<double, double>> above;
    std::vector<std::pair<double, double>> below;
    for (const Passage& p : passages) {
      if (p.below == i) above.emplace_back(p.left, p.right);
      if (p.above == i) below.emplace_back(p.left, p.right);
    }
    add_side(picture, run.top, run.left, run.right, above);
    add_side(picture, run.bottom, run.left, run.right, below);
    for (const double x : {run.left, run.right})
      add_line(picture, {x, run.top}, {x, run.bottom}, 1.1, true);
  }
  std::ranges::sort(outline);
  return static_cast<std::size_t>(std::ranges::unique(outline).begin() - outline.begin());
}

}  // namespace gcp2::drawing
