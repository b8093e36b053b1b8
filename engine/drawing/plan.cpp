#include "drawing/plan.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "drawing/ranked.h"
#include "drawing/rows.h"
#include "drawing/symbols.h"

namespace gcp2::drawing {
namespace {

constexpr double gap = 26;         // between neighbours
constexpr double margin = 18;      // around everything
constexpr double lane_height = 9;  // between lines that run side by side
constexpr double clearance = 15;   // between the last line and the next row

/// Lines between two rows, each in a lane where no other one covers it.
class Lanes {
 public:
  std::size_t take(double from, double to) {
    std::size_t lane = 0;
    const auto covers = [&](const Stretch& s) {
      return s.lane == lane && from < s.to + lane_height && s.from - lane_height < to;
    };
    while (std::ranges::any_of(taken_, covers)) ++lane;
    taken_.push_back({lane, from, to});
    count_ = std::max(count_, lane + 1);
    return lane;
  }
  [[nodiscard]] double height() const { return static_cast<double>(count_) * lane_height; }

 private:
  struct Stretch {
    std::size_t lane;
    double from, to;
  };
  std::vector<Stretch> taken_;
  std::size_t count_ = 0;
};

struct Planner {
  const Kin& kin;
  Plan plan;
  std::vector<int> rows = generations(kin);
  std::vector<double> union_x = {};

  /// The row below which a union's lines run; -1 = above the first one.
  [[nodiscard]] int row_above(const Union& u) const {
    int row = -1;
    for (const std::size_t one : u.partners) row = std::max(row, rows[one]);
    if (!u.partners.empty()) return row;
    row = rows[u.children.front()];
    for (const std::size_t one : u.children) row = std::min(row, rows[one]);
    return row - 1;
  }

  /// Graphviz sees people and unions in rows in turn. It is asked twice: for the best order of the
  /// blocks, and then for the places while each block stays together.
  void set_columns() {
    std::vector<Box> boxes;
    std::vector<Link> links;
    for (std::size_t i = 0; i < rows.size(); ++i)
      boxes.push_back({2 * plan.places[i].half_width, 2 * rows[i] + 1});
    for (const Union& u : kin.unions) {
      const std::size_t here = boxes.size();
      boxes.push_back({1, 2 * row_above(u) + 2});
      for (const std::size_t one : u.partners) links.push_back({one, here, 2});
      for (const std::size_t one : u.children) links.push_back({here, one, 3});
    }
    auto all = blocks(kin, rows);
    const auto first = ranked(boxes, links, all, gap);
    const auto middle = [&first](const Chain& block) {
      double sum = 0;
      for (const std::size_t one : block) sum += first[one];
      return std::pair{sum / static_cast<double>(block.size()), block.front()};
    };
    std::ranges::sort(all, {}, middle);
    std::vector<Chain> chains(plan.rows.size());
    for (const Chain& block : all) {
      Chain& chain = chains[static_cast<std::size_t>(rows[block.front()])];
      chain.insert(chain.end(), block.begin(), block.end());
    }
    const auto x = ranked(boxes, links, chains, gap);
    for (std::size_t i = 0; i < rows.size(); ++i) plan.places[i].middle.x = x[i];
    union_x.assign(x.begin() + static_cast<std::ptrdiff_t>(rows.size()), x.end());
    for (std::size_t row = 0; row < chains.size(); ++row) plan.rows[row].people = chains[row];
  }

  /// Everything starts at the margin.
  void shift() {
    double left = 0;
    double right = 0;
    for (std::size_t i = 0; i < plan.places.size(); ++i) {
      const Place& p = plan.places[i];
      left = i == 0 ? p.middle.x - p.half_width : std::min(left, p.middle.x - p.half_width);
      right = std::max(right, p.middle.x + p.half_width);
    }
    for (Place& p : plan.places) p.middle.x += margin - left;
    for (double& x : union_x) x += margin - left;
    plan.width = right - left + 2 * margin;
  }

  /// The partners' places in their row, where they are neighbours.
  [[nodiscard]] bool beside(const Union& u) const {
    if (u.partners.size() != 2 || rows[u.partners[0]] != rows[u.partners[1]]) return false;
    const auto& people = plan.rows[plan.places[u.partners[0]].row].people;
    const auto one = std::ranges::find(people, u.partners[0]) - people.begin();
    const auto other = std::ranges::find(people, u.partners[1]) - people.begin();
    return one - other == 1 || other - one == 1;
  }

  void set_bonds() {
    std::map<std::size_t, std::vector<double*>> leaving;
    for (std::size_t i = 0; i < kin.unions.size(); ++i) {
      const Union& u = kin.unions[i];
      Bond& bond = plan.bonds[i];
      bond.beside = beside(u);
      if (bond.beside) continue;
      bond.stubs.resize(u.partners.size());
      for (std::size_t p = 0; p < u.partners.size(); ++p) {
        bond.stubs[p] = plan.places[u.partners[p]].middle.x;
        leaving[u.partners[p]].push_back(&bond.stubs[p]);
      }
    }
    // Two strokes that leave the same person do not lie on each other.
    for (auto& [person, stubs] : leaving)
      for (std::size_t i = 0; i < stubs.size(); ++i)
        *stubs[i] += (static_cast<double>(i) - static_cast<double>(stubs.size() - 1) / 2) * 8;
  }

  /// Between the labels of neighbours, or along the line that joins the partners; straight above an
  /// only child where that is possible.
  [[nodiscard]] double drop_x(std::size_t i) const {
    const Union& u = kin.unions[i];
    const Bond& bond = plan.bonds[i];
    double best = union_x[i];
    double from = best;
    double to = best;
    if (bond.beside) {
      const Place* left = &plan.places[u.partners[0]];
      const Place* right = &plan.places[u.partners[1]];
      if (right->middle.x < left->middle.x) std::swap(left, right);
      from = left->middle.x + left->half_width + 4;
      to = right->middle.x - right->half_width - 4;
      best = (from + to) / 2;
      if (u.children.size() != 1 || std::abs(plan.places[u.children[0]].middle.x - best) > 6)
        return best;
    } else {
      std::vector<double> reach = bond.stubs;
      if (reach.empty())
        for (const std::size_t child : u.children) reach.push_back(plan.places[child].middle.x);
      const auto ends = std::ranges::minmax(reach);
      from = ends.min;
      to = ends.max;
    }
    if (u.children.size() == 1) best = plan.places[u.children.front()].middle.x;
    return std::clamp(best, from, to);
  }

  [[nodiscard]] std::pair<double, double> sibship_reach(std::size_t i) const {
    double from = plan.bonds[i].drop.x;
    double to = from;
    for (const std::size_t child : kin.unions[i].children) {
      from = std::min(from, plan.places[child].middle.x);
      to = std::max(to, plan.places[child].middle.x);
    }
    return {from, to};
  }

  /// Lanes for what runs below one row, and how high they are together.
  double set_lanes(int row, double below) {
    Lanes bars;
    std::vector<std::size_t> here;
    for (std::size_t i = 0; i < kin.unions.size(); ++i) {
      if (row_above(kin.unions[i]) != row) continue;
      here.push_back(i);
      Bond& bond = plan.bonds[i];
      if (bond.stubs.size() != 2) continue;
      const auto [least, most] = std::ranges::minmax(bond.stubs);
      bond.bar_y = below + static_cast<double>(bars.take(least, most) + 1) * lane_height;
    }
    Lanes sibships;
    const double next = below + bars.height();
    for (const std::size_t i : here) {
      Bond& bond = plan.bonds[i];
      bond.drop.x = drop_x(i);
      bond.drop.y = bond.stubs.size() == 2 ? bond.bar_y : below;
      if (bond.beside) bond.drop.y = plan.places[kin.unions[i].partners[0]].middle.y;
      if (kin.unions[i].children.empty()) continue;
      const auto [from, to] = sibship_reach(i);
      bond.sibship_y = next + static_cast<double>(sibships.take(from, to) + 1) * lane_height;
      if (bond.stubs.empty() && !bond.beside) bond.drop.y = bond.sibship_y;
    }
    const double used = bars.height() + sibships.height();
    return used == 0 ? 0 : used + clearance;
  }

  void set_heights() {
    double y = margin;
    y += set_lanes(-1, y);
    for (std::size_t r = 0; r < plan.rows.size(); ++r) {
      Row& row = plan.rows[r];
      row.top = y;
      row.label_top = y + symbol_size + 2;
      row.bottom = row.label_top;
      for (const std::size_t one : row.people) {
        Place& place = plan.places[one];
        place.middle.y = y + symbol_size / 2;
        row.bottom =
            std::max(row.bottom, row.label_top + height_of(place.label, letter_size));
      }
      y = row.bottom + 6;
      y += set_lanes(static_cast<int>(r), y) + 8;
    }
    plan.height = y + margin / 2;
  }
};

}  // namespace

Plan plan_of(const Kin& kin, std::vector<std::vector<Line>> labels) {
  Planner planner{kin, {}};
  Plan& plan = planner.plan;
  int last = 0;
  for (std::size_t i = 0; i < kin.people.size(); ++i) {
    Place& place = plan.places.emplace_back();
    place.label = std::move(labels[i]);
    place.half_width = std::max(symbol_size, width_of(place.label, letter_size)) / 2 + 1;
    place.row = static_cast<std::size_t>(planner.rows[i]);
    last = std::max(last, planner.rows[i]);
  }
  plan.rows.resize(static_cast<std::size_t>(last) + 1);
  plan.bonds.resize(kin.unions.size());
  planner.set_columns();
  planner.shift();
  planner.set_bonds();
  planner.set_heights();
  return std::move(planner.plan);
}

}  // namespace gcp2::drawing
