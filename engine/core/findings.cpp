#include "gcp2/findings.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace gcp2 {
namespace {

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::size_t edits(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t change = diagonal + (lower(from[i]) == lower(to[j]) ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view name_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::invalid: return "invalid";
    case Severity::error: return "error";
    case Severity::query: return "query";
    case Severity::note: break;
  }
  return "note";
}

bool any(const Findings& findings, Severity severity) noexcept {
  return std::ranges::any_of(findings,
                             [severity](const Finding& f) { return f.severity == severity; });
}

void add_finding(Findings& findings, Finding finding) {
  if (findings.size() < most_findings) {
    findings.push_back(std::move(finding));
    return;
  }
  constexpr std::string_view rest = "too_many_findings";
  const auto found =
      std::ranges::find(findings.begin() + most_findings, findings.end(), rest, &Finding::code);
  if (found == findings.end())
    findings.push_back({.code = rest,
                        .severity = finding.severity,
                        .pointer = std::move(finding.pointer),
                        .position = finding.position,
                        .file = std::move(finding.file)});
  else
    found->severity = std::min(found->severity, finding.severity);
}

void locate(Findings& findings, const Value& document) {
  for (Finding& finding : findings)
    if (finding.position.line == 0)
      finding.position = at(document, finding.pointer, true)->position();
}

void sort_by_place(Findings& findings) {
  // By index, because libstdc++ 12's stable_sort uses what clang 19 calls deprecated.
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&findings](std::size_t i) {
    const Finding& f = findings[i];
    return std::tuple{std::string_view{f.file}, f.position.line, f.position.column,
                      std::string_view{f.pointer}, i};
  });
  Findings sorted;
  for (const std::size_t i : order) sorted.push_back(std::move(findings[i]));
  findings = std::move(sorted);
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view best;
  std::size_t fewest = std::min<std::size_t>(3, std::max<std::size_t>(word.size(), 1));
  if (word.size() > 64) return best;
  for (const std::string_view candidate : known) {
    const std::size_t count = edits(word, candidate);
    if (count < fewest) {
      fewest = count;
      best = candidate;
    }
  }
  return best;
}

std::string shown(std::string_view word) {
  const bool plain = !word.empty() && word.size() <= 40 && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
  return plain ? std::string{word} : std::string{};
}

}  // namespace gcp2
