#include <algorithm>
#include <numeric>
#include <tuple>

#include "comparison/align.h"
#include "comparison/series.h"

namespace gcp2 {
namespace {

using Records = std::vector<ScoredRecord>;

void refuse(Findings& findings, std::string_view code, const ScoredRecord& record,
            const ScoredRecord& other, std::string pointer) {
  findings.push_back({.code = code,
                      .severity = Severity::invalid,
                      .pointer = std::move(pointer),
                      .details = {{"other", std::string{other.file}}},
                      .file = std::string{record.file}});
}

void refuse_other_families(const Records& records, Findings& findings) {
  for (const ScoredRecord& record : records) {
    const std::string& family = record.assessment.child.family;
    if (family.empty())
      refuse(findings, "family_unknown", record, record, "/child");
    else if (const std::string& first = records.front().assessment.child.family;
             !first.empty() && family != first)
      refuse(findings, "another_family", record, records.front(), "/child/family");
  }
}

/// The records of each child; one that cannot be told from another child's is refused.
std::vector<Records> by_child(const Records& records, Findings& findings) {
  std::vector<Records> children;
  for (const ScoredRecord& record : records) {
    Records* own = nullptr;
    for (Records& child : children)
      for (const ScoredRecord& other : child) {
        const Identity identity = identity_of(other.assessment.child, record.assessment.child);
        if (identity == Identity::same) own = &child;
        if (identity == Identity::contradictory || identity == Identity::unknown)
          refuse(findings, code_of(identity), record, other, "/child");
      }
    if (own == nullptr) own = &children.emplace_back();
    own->push_back(record);
  }
  return children;
}

/// The eldest first; who is not born yet by the expected date, after all others.
void sort_by_age(Records& children) {
  std::vector<std::size_t> order(children.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&children](std::size_t i) {
    const Child& child = children[i].assessment.child;
    return std::tuple{!child.date_of_birth, child.date_of_birth, child.expected_date,
                      std::string_view{child.ref}, std::string_view{children[i].assessment.id}};
  });
  Records sorted;
  for (const std::size_t i : order) sorted.push_back(children[i]);
  children.swap(sorted);
}

}  // namespace

Siblings siblings_of(const Records& records, Findings& findings) {
  Siblings siblings;
  Findings found;
  refuse_other_families(records, found);
  refuse_twice(records, found);
  const std::vector<Records> children = by_child(records, found);
  if (children.size() < 2 && !records.empty())
    refuse(found, "only_one_child", records.back(), records.front(), "/child");
  if (!any(found, Severity::invalid))
    for (const Records& child : children)
      if (const Records series = in_order(child, found); !series.empty())
        siblings.children.push_back(series.back());
  const bool refused = any(found, Severity::invalid);
  findings.insert(findings.end(), found.begin(), found.end());
  if (refused) return {};
  sort_by_age(siblings.children);

  const auto newest = std::ranges::max_element(siblings.children, {}, [](const ScoredRecord& r) {
    return std::tuple{r.assessment.window_to, std::string_view{r.assessment.id}};
  });
  siblings.newest = static_cast<std::size_t>(newest - siblings.children.begin());
  const Instrument& instrument = siblings.children[siblings.newest].instrument;
  std::vector<std::optional<Alignment>> alignments;
  for (const ScoredRecord& child : siblings.children) {
    alignments.push_back(align(child.instrument, instrument, {}));
    siblings.comparable.push_back(alignments.back().has_value());
  }
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
    Siblings::Row row{.node = i, .at = {}};
    for (const auto& alignment : alignments)
      row.at.push_back(alignment ? (*alignment)[i] : std::nullopt);
    siblings.rows.push_back(std::move(row));
  }
  return siblings;
}

}  // namespace gcp2
