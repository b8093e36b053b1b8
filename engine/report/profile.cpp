#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "report/words.h"

namespace gcp2 {
namespace {

std::string state(const NodeScore& score) {
  switch (score.status) {
    case Status::complete: return score.judged ? "judged by the practitioner" : "complete";
    case Status::provisional:
      return score.possible.single()
                 ? "provisional, but settled"
                 : "provisional: " + words::grades(score.possible) + " possible";
    case Status::ungraded: return "nothing graded yet";
    case Status::not_applicable: break;
  }
  return "does not apply";
}

void append_row(std::string& out, const ScoredRecord& r, NodeIndex index, std::size_t label_width) {
  const Node& node = r.instrument.node(index);
  const NodeScore& score = r.card.nodes[index];
  const std::string indent = node.level == Level::area ? "" : "  ";
  const std::string name = indent + words::node(r.instrument, index);
  const std::string grade = score.grade ? words::grade(r.instrument, *score.grade) : "-";
  const std::size_t gap = label_width - std::min(label_width, words::length(name));
  out += fmt::format("{}{:{}}  {:<14}  {}\n", name, "", gap, grade, state(score));
}

}  // namespace

std::string profile_text(const ScoredRecord& r, std::size_t width) {
  const Assessment& a = r.assessment;
  std::string out = fmt::format("Graded care profile of child {}\n",
                                a.child.ref.empty() ? "(no reference)" : a.child.ref);
  out += fmt::format("  assessment  {} ({})\n", a.id.empty() ? "(no id)" : a.id,
                     a.is_signed ? "signed" : "draft");
  out += fmt::format("  window      {} to {}; age at its end {}\n",
                     a.window_from ? a.window_from->text() : "?",
                     a.window_to ? a.window_to->text() : "?",
                     a.child.date_of_birth ? words::age(r.sheet.age_months) : "unborn");
  out += fmt::format("  instrument  {} {}: {}\n", r.instrument.id, r.instrument.version,
                     r.instrument.title);
  out += fmt::format("  rule        {}, {}\n", r.rule.name, words::provenance(r.rule.source));
  if (r.rule.name != r.instrument.default_rule)
    out += fmt::format("              chosen for teaching; the instrument's own is {}\n",
                       r.instrument.default_rule);
  out += fmt::format("  grades      1 ({}) to 5 ({}); lower is better\n\n",
                     r.instrument.scale.front().quality, r.instrument.scale.back().quality);

  std::size_t label_width = 0;
  for (NodeIndex i = 0; i < r.instrument.nodes.size(); ++i)
    if (r.instrument.node(i).level != Level::item)
      label_width = std::max(label_width, 2 + words::length(words::node(r.instrument, i)));
  for (NodeIndex i = 0; i < r.instrument.nodes.size(); ++i)
    if (r.instrument.node(i).level != Level::item) append_row(out, r, i, label_width);

  out += '\n';
  std::vector<std::string> counts;
  for (std::size_t i = 0; i < r.card.counts.size(); ++i)
    if (r.card.counts[i] != 0)
      counts.push_back(fmt::format("{} at grade {}", r.card.counts[i], i + 1));
  if (r.card.missing != 0) counts.push_back(fmt::format("{} missing", r.card.missing));
  out += wrapped(words::list(counts), width, "Items: ", 7);
  if (r.card.missing != 0) out += "       A missing grade is never a good one.\n";
  if (!r.card.worst.empty() && r.card.nodes[r.card.worst.front()].grade->number() > 2) {
    std::vector<std::string> worst;
    for (const NodeIndex leaf : r.card.worst) worst.push_back(words::node(r.instrument, leaf));
    out += wrapped(words::list(worst) + ", grade " +
                       words::grade(r.instrument, *r.card.nodes[r.card.worst.front()].grade),
                   width, "Worst: ", 7);
  }
  return out += '\n' + words::closing(r.instrument, width);
}

}  // namespace gcp2
