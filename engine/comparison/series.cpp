#include "comparison/series.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace gcp2 {
namespace {

struct Gathering {
  const std::vector<ScoredRecord>& records;
  Findings& findings;

  void say(Severity severity, std::string_view code, std::size_t record, std::size_t other,
           std::string pointer) const {
    findings.push_back({.code = code,
                        .severity = severity,
                        .pointer = std::move(pointer),
                        .details = {{"other", std::string{records[other].file}}},
                        .file = std::string{records[record].file}});
  }

  [[nodiscard]] const Assessment& at(std::size_t i) const { return records[i].assessment; }

  /// Without an id, a record is known by its window and grades.
  [[nodiscard]] bool is_twice(std::size_t i, std::size_t j) const {
    if (!at(i).id.empty() || !at(j).id.empty()) return at(i).id == at(j).id;
    const auto grades = [](const Sheet& sheet) {
      std::vector<std::optional<Grade>> all;
      for (const Mark& mark : sheet.marks) all.push_back(mark.grade);
      return all;
    };
    return at(i).window_from == at(j).window_from && at(i).window_to == at(j).window_to &&
           grades(records[i].sheet) == grades(records[j].sheet) &&
           records[i].sheet.judgements == records[j].sheet.judgements;
  }

  [[nodiscard]] std::optional<std::size_t> successor(std::size_t i) const {
    for (std::size_t j = 0; j < records.size(); ++j)
      if (!at(i).id.empty() && at(j).supersedes == at(i).id) return j;
    return std::nullopt;
  }

  /// More successors than records lead back to one that was there.
  [[nodiscard]] bool in_a_circle(std::size_t i) const {
    std::optional<std::size_t> next = successor(i);
    for (std::size_t steps = 0; next && steps < records.size(); ++steps) {
      if (*next == i) return true;
      next = successor(*next);
    }
    return false;
  }
};

}  // namespace

void refuse_twice(const std::vector<ScoredRecord>& records, Findings& findings) {
  const Gathering gathering{records, findings};
  for (std::size_t i = 0; i < records.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (gathering.is_twice(i, j)) {
        gathering.say(Severity::invalid, "record_twice", i, j, "/id");
        break;
      }
}

std::vector<ScoredRecord> in_order(const std::vector<ScoredRecord>& records, Findings& findings) {
  const Gathering gathering{records, findings};
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&gathering](std::size_t i) {
    const Assessment& a = gathering.at(i);
    return std::tuple{a.window_to, a.window_from, std::string_view{a.id}, i};
  });
  std::vector<ScoredRecord> series;
  std::optional<std::size_t> before;
  for (const std::size_t i : order) {
    if (gathering.in_a_circle(i)) {
      gathering.say(Severity::invalid, "supersedes_in_a_circle", i, *gathering.successor(i),
                    "/supersedes");
      continue;
    }
    if (const auto successor = gathering.successor(i)) {
      gathering.say(Severity::note, "superseded_left_out", i, *successor, "/id");
      continue;
    }
    const Assessment& a = gathering.at(i);
    const auto& begins = a.window_from ? a.window_from : a.window_to;
    if (before && begins <= gathering.at(*before).window_to)
      gathering.say(Severity::query, "windows_overlap", i, *before, "/window");
    before = i;
    series.push_back(records[i]);
  }
  return series;
}

std::vector<ScoredRecord> series_of(const std::vector<ScoredRecord>& records, Findings& findings) {
  Findings found;
  const Gathering gathering{records, found};
  // What was wrong of the child in a record is put right by the one that supersedes it.
  std::vector<std::size_t> in_force;
  for (std::size_t i = 0; i < records.size(); ++i)
    if (!gathering.successor(i)) in_force.push_back(i);
  for (std::size_t i = 1; i < in_force.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Identity identity =
          identity_of(gathering.at(in_force[j]).child, gathering.at(in_force[i]).child);
      if (identity == Identity::same) continue;
      gathering.say(Severity::invalid, code_of(identity), in_force[i], in_force[j], "/child");
      break;
    }
  refuse_twice(records, found);
  std::vector<ScoredRecord> series;
  if (found.empty()) series = in_order(records, found);
  const bool refused = any(found, Severity::invalid);
  findings.insert(findings.end(), found.begin(), found.end());
  return refused ? std::vector<ScoredRecord>{} : series;
}

}  // namespace gcp2
