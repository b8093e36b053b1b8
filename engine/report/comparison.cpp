#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "report/over_time.h"

namespace gcp2 {
namespace over_time {

std::string day_of(const ScoredRecord& record) {
  return record.assessment.window_to ? record.assessment.window_to->text() : "?";
}

std::string row_label(const Instrument& instrument, NodeIndex node) {
  return (instrument.node(node).level == Level::area ? "" : "  ") + words::node(instrument, node);
}

std::string cell(const ScoredRecord& record, const std::optional<NodeIndex>& node,
                 const std::optional<Grade>& grade) {
  if (!node || !grade) return "-";
  const bool provisional = record.card.nodes[*node].status == Status::provisional;
  return std::to_string(grade->number()) + (provisional ? "?" : "");
}

std::size_t label_width(const std::vector<Row>& rows) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, words::length(row.label));
  return width;
}

std::string rows_text(const std::vector<std::string>& headings, const std::vector<Row>& rows) {
  const std::size_t labels = label_width(rows);
  const auto padded = [](const std::string& text, std::size_t width) {
    return text + std::string(width - std::min(width, words::length(text)), ' ');
  };
  const auto line = [&](const Row& row) {
    std::string text = padded(row.label, labels);
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      text += "  " + padded(row.cells[i], words::length(headings[i]));
    if (!row.remark.empty()) text += "  " + row.remark;
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
  };
  std::string out = line({"", headings, ""});
  for (const Row& row : rows) out += line(row);
  return out;
}

std::string section(std::string_view heading, const std::vector<std::string>& paragraphs,
                    std::size_t width) {
  if (paragraphs.empty()) return {};
  std::string out = fmt::format("\n{}\n", heading);
  for (const std::string& paragraph : paragraphs) out += wrapped(paragraph, width, "  ", 4);
  return out;
}

std::string findings_section(const Findings& findings, const Language& language,
                             std::size_t width) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings)
    lines.push_back((finding.file.empty() ? "" : finding.file + ": ") + message(finding));
  return section(language.say("comparison.look_first"), lines, width);
}

std::string closing_text(const Instrument& instrument, const Language& language,
                         std::size_t width) {
  std::string out;
  for (const std::string& sentence : words::closing(language, instrument))
    out += wrapped(sentence, width);
  return out;
}

std::string facts(const std::vector<std::pair<std::string, std::string>>& rows, std::size_t width) {
  constexpr std::size_t column = 14;
  std::string out;
  for (const auto& [name, text] : rows)
    out += wrapped(text, width, fmt::format("  {:<{}}", name, column - 2), column);
  return out;
}

std::string rules_of(const std::vector<ScoredRecord>& records, const Language& language) {
  std::vector<std::string> rules;
  for (const ScoredRecord& record : records) {
    std::string said =
        fmt::format("{}, {}", record.rule.name, words::provenance(language, record.rule.source));
    if (record.rule.name != record.instrument.default_rule)
      said +=
          "; " + language.say("comparison.rule_chosen", {{"own", record.instrument.default_rule}});
    if (std::ranges::find(rules, said) == rules.end()) rules.push_back(std::move(said));
  }
  return fmt::format("{}", fmt::join(rules, "; "));
}

}  // namespace over_time

namespace {

using over_time::Row;

std::string change_words(const NodeChange& node, const Language& language) {
  if (!node.change) return {};
  const std::string count = std::to_string(std::abs(*node.change));
  switch (*node.direction) {
    case Direction::improved: return language.say("comparison.improved_by", {{"count", count}});
    case Direction::worsened: return language.say("comparison.worsened_by", {{"count", count}});
    case Direction::unchanged: break;
  }
  return language.say("comparison.unchanged");
}

/// Dates above the grades where they fit; else the records' numbers, and of those the last.
struct Columns {
  std::size_t first = 0;  ///< the first point that is shown
  std::vector<std::string> headings;
};
Columns columns_of(const Comparison& comparison, std::size_t room) {
  const std::size_t points = comparison.points.size();
  Columns columns;
  constexpr std::size_t date_column = 12;
  constexpr std::size_t number_column = 5;
  const bool dates = points * date_column <= room;
  const std::size_t fit = std::max<std::size_t>(2, room / number_column);
  if (!dates && points > fit) columns.first = points - fit;
  for (std::size_t p = columns.first; p < points; ++p)
    columns.headings.push_back(dates ? over_time::day_of(comparison.points[p])
                                     : fmt::format("{:<3}", p + 1));
  return columns;
}

std::string grades_table(const Comparison& comparison, const Language& language,
                         std::size_t width) {
  const Instrument& latest = comparison.points.back().instrument;
  const auto there = over_time::notes_there(comparison);
  std::vector<Row> rows;
  std::size_t remarks = 0;
  for (const NodeChange& node : comparison.nodes) {
    if (latest.node(node.node).level == Level::item) continue;
    Row row{over_time::row_label(latest, node.node), {}, change_words(node, language)};
    if (const std::string letters = over_time::letters(node, there); !letters.empty())
      row.remark += (row.remark.empty() ? "[" : " [") + letters + "]";
    remarks = std::max(remarks, words::length(row.remark) + 2);
    rows.push_back(std::move(row));
  }
  const std::size_t taken = over_time::label_width(rows) + remarks;
  const Columns columns = columns_of(comparison, width > taken ? width - taken : 0);
  std::size_t at = 0;
  for (const NodeChange& node : comparison.nodes) {
    if (latest.node(node.node).level == Level::item) continue;
    for (std::size_t p = columns.first; p < comparison.points.size(); ++p)
      rows[at].cells.push_back(over_time::cell(comparison.points[p], node.at[p], node.grades[p]));
    ++at;
  }
  std::string out = over_time::rows_text(columns.headings, rows);
  out += wrapped(language.say("comparison.legend"), width);
  if (columns.first != 0)
    out += wrapped(language.say("comparison.last_records_only",
                                {{"shown", std::to_string(columns.headings.size())},
                                 {"all", std::to_string(comparison.points.size())}}),
                   width);
  return out;
}

std::string records_text(const Comparison& comparison, const Language& language,
                         std::size_t width) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::size_t p = 0; p < comparison.points.size(); ++p) {
    const Assessment& a = comparison.points[p].assessment;
    std::string text =
        language.say(a.is_signed ? "comparison.record_signed" : "comparison.record_draft",
                     {{"from", a.window_from ? a.window_from->text() : "?"},
                      {"to", over_time::day_of(comparison.points[p])},
                      {"id", a.id.empty() ? language.say("comparison.no_id") : a.id}});
    rows.emplace_back(language.say("comparison.record", {{"number", std::to_string(p + 1)}}),
                      std::move(text));
  }
  const Instrument& latest = comparison.points.back().instrument;
  rows.emplace_back(language.say("comparison.instrument"),
                    fmt::format("{} {}: {}", latest.id, latest.version, latest.title));
  rows.emplace_back(language.say("comparison.rule"),
                    over_time::rules_of(comparison.points, language));
  rows.emplace_back(language.say("comparison.grades"),
                    language.say("comparison.scale", {{"best", latest.scale.front().quality},
                                                      {"worst", latest.scale.back().quality}}));
  return over_time::facts(rows, width);
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const Findings& findings,
                            std::size_t width) {
  const Language& language = Language::english();
  const ScoredRecord& latest = comparison.points.back();
  const std::string& ref = latest.assessment.child.ref;
  std::string out =
      language.say("comparison.title",
                   {{"child", ref.empty() ? language.say("comparison.no_reference") : ref}}) +
      "\n";
  out += records_text(comparison, language, width);
  out += over_time::findings_section(findings, language, width);
  out += "\n" + grades_table(comparison, language, width);
  const auto part = [&](std::string_view heading, const std::vector<std::string>& lines) {
    out += over_time::section(language.say(heading), lines, width);
  };
  part("comparison.what_changed", over_time::changes_lines(comparison, language));
  part("comparison.targets", over_time::targets_lines(comparison, language));
  part("comparison.runs", over_time::runs_lines(comparison, language));
  part("comparison.how_sure", over_time::notes_lines(comparison, language));
  part("comparison.all_items", over_time::shift_lines(comparison, language));
  return out + "\n" + over_time::closing_text(latest.instrument, language, width);
}

}  // namespace gcp2
