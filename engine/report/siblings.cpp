#include <fmt/format.h>

#include "gcp2/report.h"
#include "report/over_time.h"

namespace gcp2 {
namespace {

std::string name_of_child(const ScoredRecord& record, const Language& language) {
  const std::string& ref = record.assessment.child.ref;
  return ref.empty() ? language.say("comparison.no_reference") : ref;
}

std::string children_text(const Siblings& siblings, const Language& language, std::size_t width) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::size_t c = 0; c < siblings.children.size(); ++c) {
    const ScoredRecord& record = siblings.children[c];
    std::string text = language.say(
        "comparison.sibling",
        {{"child", name_of_child(record, language)},
         {"age", record.assessment.child.date_of_birth ? words::age(language, record.sheet.age_months)
                                                       : language.say("comparison.unborn")},
         {"to", over_time::day_of(record)}});
    if (!siblings.comparable[c])
      text += " " + language.say(
                        "comparison.sibling_not_compared",
                        {{"instrument", record.instrument.id + " " + record.instrument.version}});
    rows.emplace_back(language.say("comparison.child", {{"number", std::to_string(c + 1)}}),
                      std::move(text));
  }
  const Instrument& instrument = siblings.children[siblings.newest].instrument;
  rows.emplace_back(language.say("comparison.instrument"),
                    fmt::format("{} {}: {}", instrument.id, instrument.version, instrument.title));
  rows.emplace_back(language.say("comparison.rule"),
                    over_time::rules_of(siblings.children, language));
  rows.emplace_back(language.say("comparison.grades"),
                    language.say("comparison.scale", {{"best", instrument.scale.front().quality},
                                                      {"worst", instrument.scale.back().quality}}));
  return over_time::facts(rows, width);
}

}  // namespace

std::string siblings_text(const Siblings& siblings, const Findings& findings, std::size_t width) {
  const Language& language = Language::english();
  const ScoredRecord& newest = siblings.children[siblings.newest];
  std::string out =
      language.say("comparison.siblings_title", {{"family", newest.assessment.child.family}}) +
      "\n";
  out += children_text(siblings, language, width);
  out += over_time::findings_section(findings, language, width) + "\n";

  std::vector<std::string> headings;
  for (std::size_t c = 0; c < siblings.children.size(); ++c)
    headings.push_back(fmt::format(
        "{:<3}", language.say("comparison.child", {{"number", std::to_string(c + 1)}})));
  std::vector<over_time::Row> rows;
  for (const Siblings::Row& row : siblings.rows) {
    if (newest.instrument.node(row.node).level == Level::item) continue;
    over_time::Row line{over_time::row_label(newest.instrument, row.node), {}, {}};
    for (std::size_t c = 0; c < row.at.size(); ++c) {
      const ScoredRecord& child = siblings.children[c];
      line.cells.push_back(over_time::cell(
          child, row.at[c], row.at[c] ? child.card.nodes[*row.at[c]].grade : std::nullopt));
    }
    rows.push_back(std::move(line));
  }
  out += over_time::rows_text(headings, rows);
  out += wrapped(language.say("comparison.legend"), width);
  out += wrapped(language.say("comparison.never_pooled"), width);
  return out + "\n" + over_time::closing_text(newest.instrument, language, width);
}

}  // namespace gcp2
