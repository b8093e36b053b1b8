#include "drawing/rows.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace gcp2::drawing {
namespace {

using Rows = std::vector<std::optional<int>>;

/// Spreads from one person to everybody who is related, each by the first way that leads there.
void spread(const Kin& kin, std::size_t from, int row, Rows& rows) {
  rows[from] = row;
  std::deque<std::size_t> open{from};
  const auto reach = [&](const std::vector<std::size_t>& people, int at) {
    for (const std::size_t one : people)
      if (!rows[one]) {
        rows[one] = at;
        open.push_back(one);
      }
  };
  while (!open.empty()) {
    const std::size_t at = open.front();
    open.pop_front();
    for (const Union& u : kin.unions) {
      if (std::ranges::find(u.partners, at) != u.partners.end()) {
        reach(u.partners, *rows[at]);
        reach(u.children, *rows[at] + 1);
      }
      if (std::ranges::find(u.children, at) != u.children.end()) {
        reach(u.children, *rows[at]);
        reach(u.partners, *rows[at] - 1);
      }
    }
  }
}

/// Somebody unrelated stands with those of about the same age.
int row_of_age(const Kin& kin, std::size_t person, const Rows& rows) {
  int row = 0;
  int nearest = std::numeric_limits<int>::max();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i] || !kin.people[i].born || !kin.people[person].born) continue;
    const int apart = std::abs(*kin.people[i].born - *kin.people[person].born);
    if (apart < nearest) {
      nearest = apart;
      row = *rows[i];
    }
  }
  return row;
}

/// Builds one block outwards from a person.
struct BlockBuilder {
  const Kin& kin;
  const std::vector<int>& rows;
  std::vector<bool>& placed;

  /// Partners without parents here, who have no place yet.
  std::vector<std::size_t> free_partners(std::size_t person) const {
    std::vector<std::size_t> all;
    for (const std::size_t u : kin.unions_of(person))
      for (const std::size_t partner : kin.unions[u].partners)
        if (!placed[partner] && !kin.parents_of(partner) && rows[partner] == rows[person] &&
            std::ranges::find(all, partner) == all.end())
          all.push_back(partner);
    return all;
  }

  bool stands_left(std::size_t partner, std::size_t of) const {
    for (const Union& u : kin.unions)
      if (u.partners.size() == 2 && std::ranges::find(u.partners, of) != u.partners.end() &&
          std::ranges::find(u.partners, partner) != u.partners.end())
        return u.partners.front() == partner;
    return false;
  }

  /// The partner and whoever follows from there, away from the middle.
  void outwards(std::size_t partner, std::vector<std::size_t>& side) {
    if (placed[partner]) return;
    placed[partner] = true;
    side.push_back(partner);
    for (const std::size_t next : free_partners(partner)) outwards(next, side);
  }

  void add(std::size_t person, std::vector<std::size_t>& block) {
    placed[person] = true;
    std::vector<std::size_t> left;
    std::vector<std::size_t> right;
    const auto partners = free_partners(person);
    // The latest partner stands right of two, the earlier ones left, the one before next to them.
    for (std::size_t i = partners.size(); i-- > 0;) {
      const bool goes_left = partners.size() == 1 ? stands_left(partners[i], person)
                                                  : i + 1 < partners.size();
      outwards(partners[i], goes_left ? left : right);
    }
    block.insert(block.end(), left.rbegin(), left.rend());
    block.push_back(person);
    block.insert(block.end(), right.begin(), right.end());
  }
};

}  // namespace

std::vector<int> generations(const Kin& kin) {
  Rows found(kin.people.size());
  if (kin.child) spread(kin, *kin.child, 0, found);
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!found[i]) spread(kin, i, row_of_age(kin, i, found), found);
  std::vector<int> rows;
  for (const auto& row : found) rows.push_back(*row);
  // Marriages across generations leave children too high; nobody is their own ancestor, so this ends.
  for (bool moved = true; std::exchange(moved, false);)
    for (const Union& u : kin.unions)
      for (const std::size_t parent : u.partners)
        for (const std::size_t child : u.children)
          if (rows[child] <= rows[parent]) {
            rows[child] = rows[parent] + 1;
            moved = true;
          }
  // Empty rows close up.
  std::vector<int> used = rows;
  std::ranges::sort(used);
  used.erase(std::ranges::unique(used).begin(), used.end());
  for (int& row : rows)
    row = static_cast<int>(std::ranges::lower_bound(used, row) - used.begin());
  return rows;
}

std::vector<std::vector<std::size_t>> blocks(const Kin& kin, const std::vector<int>& rows) {
  std::vector<std::vector<std::size_t>> all;
  std::vector<bool> placed(kin.people.size());
  BlockBuilder builder{kin, rows, placed};
  for (std::size_t u = 0; u < kin.unions.size(); ++u) {
    // Half-siblings and siblings in other rows make blocks of their own.
    std::vector<std::size_t> block;
    for (const std::size_t child : kin.unions[u].children) {
      if (placed[child] || kin.parents_of(child) != u) continue;
      if (!block.empty() && rows[child] != rows[block.front()]) {
        all.push_back(std::move(block));
        block.clear();
      }
      builder.add(child, block);
    }
    if (!block.empty()) all.push_back(std::move(block));
  }
  std::vector<std::size_t> rest(kin.people.size());
  std::iota(rest.begin(), rest.end(), std::size_t{0});
  std::ranges::sort(rest, {}, [&kin](std::size_t one) {
    return std::pair{kin.unions.size() - kin.unions_of(one).size(), one};
  });
  for (const std::size_t one : rest)
    if (!placed[one]) builder.add(one, all.emplace_back());
  return all;
}

}  // namespace gcp2::drawing
