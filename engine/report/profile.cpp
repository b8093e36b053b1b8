#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "report/explained.h"
#include "report/over_time.h"
#include "report/words.h"

namespace gcp2 {
namespace {

const Language& english() { return Language::english(); }

void append_fact(std::string& out, std::string_view key, const std::string& text) {
  out += fmt::format("  {:<12}{}\n", key.empty() ? "" : english().say(key), text);
}

void append_row(std::string& out, const ScoredRecord& r, NodeIndex index, std::size_t label_width) {
  const Node& node = r.instrument.node(index);
  const NodeScore& score = r.card.nodes[index];
  const std::string indent = node.level == Level::area ? "" : "  ";
  const std::string name = indent + words::node(r.instrument, index);
  const std::string grade =
      score.grade ? words::grade(english(), r.instrument, *score.grade) : "-";
  const std::size_t gap = label_width - std::min(label_width, words::length(name));
  out += fmt::format("{}{:{}}  {:<14}  {}\n", name, "", gap, grade, words::state(english(), score));
}

void append_header(std::string& out, const ScoredRecord& r) {
  const Assessment& a = r.assessment;
  const Language& say = english();
  const std::string child =
      a.child.ref.empty() ? say.say("record.no_reference") : one_line(a.child.ref);
  out += say.say("profile.title", {{"child", child}}) + "\n";
  append_fact(out, "profile.assessment",
              say.say("profile.assessment_of",
                      {{"id", a.id.empty() ? say.say("record.no_id") : one_line(a.id)},
                       {"status", say.say(a.is_signed ? "record.signed" : "record.draft")}}));
  append_fact(
      out, "profile.window",
      say.say("profile.window_of",
              {{"from", a.window_from ? a.window_from->text() : "?"},
               {"to", a.window_to ? a.window_to->text() : "?"},
               {"age", a.child.date_of_birth ? words::age(say, r.sheet.age_months)
                                             : say.say("age.unborn")}}));
  append_fact(out, "profile.instrument",
              one_line(fmt::format("{} {}: {}", r.instrument.id, r.instrument.version, r.instrument.title)));
  append_fact(out, "profile.rule", r.rule.name + ", " + words::provenance(say, r.rule.source));
  if (r.rule.name != r.instrument.default_rule)
    append_fact(out, "", say.say("profile.teaching", {{"rule", r.instrument.default_rule}}));
  append_fact(out, "profile.grades",
              say.say("profile.scale", {{"best", one_line(r.instrument.scale.front().quality)},
                                        {"worst", one_line(r.instrument.scale.back().quality)}}));
  out += '\n';
}

void append_counts(std::string& out, const ScoredRecord& r, std::size_t width) {
  const Language& say = english();
  std::vector<std::string> counts;
  for (std::size_t i = 0; i < r.card.counts.size(); ++i)
    if (r.card.counts[i] != 0)
      counts.push_back(say.say("profile.count", {{"count", std::to_string(r.card.counts[i])},
                                                 {"grade", std::to_string(i + 1)}}));
  if (r.card.missing != 0)
    counts.push_back(say.say("profile.missing_count", {{"count", std::to_string(r.card.missing)}}));
  const auto first = [&say](std::string_view key) { return say.say(key) + ": "; };
  out += wrapped(words::list(say, counts), width, first("profile.items"), 7);
  if (r.card.missing != 0) out += "       " + say.say("profile.missing_rule") + "\n";
  if (r.card.worst.empty() || r.card.nodes[r.card.worst.front()].grade->number() <= 2) return;
  std::vector<std::string> worst;
  for (const NodeIndex leaf : r.card.worst) worst.push_back(words::node(r.instrument, leaf));
  const Grade grade = *r.card.nodes[r.card.worst.front()].grade;
  out += wrapped(say.say("profile.worst_of", {{"leaves", words::list(say, worst)},
                                              {"grade", words::grade(say, r.instrument, grade)}}),
                 width, first("profile.worst"), 7);
}

std::string profile_body(const ScoredRecord& r, std::size_t width) {
  std::string out;
  append_header(out, r);
  std::size_t label_width = 0;
  for (NodeIndex i = 0; i < r.instrument.nodes.size(); ++i)
    if (r.instrument.node(i).level != Level::item)
      label_width = std::max(label_width, 2 + words::length(words::node(r.instrument, i)));
  for (NodeIndex i = 0; i < r.instrument.nodes.size(); ++i)
    if (r.instrument.node(i).level != Level::item) append_row(out, r, i, label_width);
  out += '\n';
  append_counts(out, r, width);
  return out += '\n';
}

}  // namespace

std::string profile_text(const ScoredRecord& record, std::size_t width) {
  return profile_body(record, width) + over_time::closing_text(record.instrument, english(), width);
}

std::string explanation_text(const ScoredRecord& record, std::size_t width) {
  std::string out = profile_body(record, width) + english().say("explain.title") + "\n\n";
  for (const ExplainedArea& area : explained(record, english())) {
    out += area.heading + "\n";
    for (const ExplainedLine& line : area.lines) {
      const auto indent = static_cast<std::size_t>(2 + 2 * line.depth);
      out += wrapped(line.text, width, std::string(indent, ' '), indent + 2);
    }
    if (record.card.nodes[area.area].status != Status::not_applicable) out += "\n";
  }
  return out + over_time::closing_text(record.instrument, english(), width);
}

}  // namespace gcp2
