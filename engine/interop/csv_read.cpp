#include <algorithm>
#include <map>
#include <set>

#include "gcp2/interop.h"
#include "interop/csv.h"

namespace gcp2 {
namespace {

using csv::Cell;

constexpr std::string_view base_columns[] = {"node", "grade",  "evidence", "comment",
                                             "by",   "reason", "kind",     "on"};
constexpr std::string_view usual_columns = "node,grade,evidence,comment";

/// "evidence_2" and the like: further pieces of evidence.
bool is_numbered(std::string_view name) {
  const auto dash = name.find('_');
  if (dash == std::string_view::npos || dash + 1 == name.size() || name.size() - dash > 4)
    return false;
  const std::string_view stem = name.substr(0, dash);
  return (stem == "evidence" || stem == "kind" || stem == "on") &&
         name.find_first_not_of("0123456789", dash + 1) == std::string_view::npos;
}

class Rows {
 public:
  Rows(const csv::Table& table, std::string_view by, Findings& findings)
      : table_{table}, by_{by}, findings_{findings} {}

  Value observations() {
    Value list = Value::list();
    if (table_.rows.empty()) {
      refuse("csv_column_missing", {.source = 0, .line = 1, .column = 1},
             {{"column", "node"}, {"columns", std::string{usual_columns}}});
      return list;
    }
    read_header();
    if (!columns_.contains("node") || !columns_.contains("grade")) return list;
    for (std::size_t i = 1; i < table_.rows.size(); ++i) {
      row_ = &table_.rows[i];
      if (Value observation = this->observation(); !observation.members().empty())
        list.items().push_back(std::move(observation));
    }
    return list;
  }

 private:
  using Details = std::vector<std::pair<std::string_view, std::string>>;

  void add(Severity severity, std::string_view code, Position where, Details details = {}) {
    add_finding(
        findings_,
        {.code = code, .severity = severity, .details = std::move(details), .position = where});
  }
  void refuse(std::string_view code, Position where, Details details = {}) {
    add(Severity::invalid, code, where, std::move(details));
  }

  void read_header() {
    const std::vector<Cell>& header = table_.rows.front();
    for (std::size_t i = 0; i < header.size(); ++i) {
      const std::string name = csv::normal(header[i].text);
      if (name.empty()) continue;
      if (std::ranges::find(base_columns, name) == std::end(base_columns) && !is_numbered(name)) {
        const std::vector<std::string_view> known{std::begin(base_columns), std::end(base_columns)};
        const bool listed = findings_.size() < most_findings;
        add(Severity::query, "csv_unknown_column", header[i].position,
            {{"column", shown(name)},
             {"nearest", listed ? std::string{nearest(name, known)} : std::string{}}});
      } else if (!columns_.emplace(name, i).second) {
        refuse("csv_column_twice", header[i].position, {{"column", shown(name)}});
      }
    }
    for (const std::string_view needed : {"node", "grade"})
      if (!columns_.contains(std::string{needed}))
        refuse("csv_column_missing", header.front().position, {{"column", std::string{needed}}, {"columns", std::string{usual_columns}}});
    leave_out_what_stands_alone();
  }

  /// Further evidence is read as far as evidence_2, evidence_3 and so on follow one another.
  void leave_out_what_stands_alone() {
    std::set<std::string> suffixes;
    for (int i = 2; columns_.contains("evidence_" + std::to_string(i)); ++i)
      suffixes.insert("_" + std::to_string(i));
    std::erase_if(columns_, [&](const auto& column) {
      const auto& [name, place] = column;
      if (!is_numbered(name) || suffixes.contains(name.substr(name.find('_')))) return false;
      add(Severity::query, "csv_evidence_alone", table_.rows.front()[place].position,
          {{"column", name}});
      return true;
    });
  }

  [[nodiscard]] const Cell* cell(const std::string& column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= row_->size()) return nullptr;
    const Cell& cell = (*row_)[found->second];
    return cell.text.empty() ? nullptr : &cell;
  }

  void set(Value& object, std::string_view key, const Cell* cell) const {
    if (cell == nullptr) return;
    Value value = Value::text(csv::plain(cell->text));
    value.set_position(cell->position);
    object.set(key, std::move(value));
  }

  Value observation() {
    const std::vector<Cell>& header = table_.rows.front();
    for (std::size_t i = header.size(); i < row_->size(); ++i)
      if (!(*row_)[i].text.empty()) add(Severity::query, "csv_extra_cell", (*row_)[i].position);
    Value observation = Value::object();
    observation.set_position(row_->front().position);
    const Cell* node = cell("node");
    Value code = Value::text(node != nullptr ? csv::trimmed(csv::plain(node->text)) : "");
    code.set_position(node != nullptr ? node->position : row_->front().position);
    observation.set("node", std::move(code));
    const bool graded = set_grade(observation);
    const bool not_graded = observation.find("not_graded") != nullptr;
    const Cell* comment = cell("comment");
    const Cell* reason = cell("reason");
    // The four usual columns have no place for a reason: there the comment is one.
    if (not_graded && !columns_.contains("reason")) std::swap(comment, reason);
    set(observation, "reason", reason);
    const Cell* by = cell("by");
    if (by != nullptr)
      set(observation, "by", by);
    else if ((graded || not_graded) && !by_.empty() && !columns_.contains("by"))
      observation.set("by", Value::text(std::string{by_})).set_position(observation.position());
    if (Value evidence = this->evidence(); !evidence.items().empty())
      observation.set("evidence", std::move(evidence));
    set(observation, "comment", comment);
    // A row that only names its node says nothing yet.
    return node != nullptr && observation.members().size() == 1 ? Value{} : observation;
  }

  bool set_grade(Value& observation) {
    const Cell* cell = this->cell("grade");
    const std::string word = cell == nullptr ? "" : csv::normal(csv::plain(cell->text));
    if (word.empty()) return false;
    Value value;
    std::string_view key = "not_graded";
    if (word == "no")
      value = Value::text("not_observed");
    else if (word == "na")
      value = Value::text("not_applicable");
    else if (word == "de")
      value = Value::text("declined");
    else if (word.find('e') == std::string::npos && is_number(word)) {
      value = Value::number(word);
      key = "grade";
    } else {
      refuse("csv_bad_grade", cell->position);
      return false;
    }
    value.set_position(cell->position);
    observation.set(key, std::move(value));
    return true;
  }

  Value evidence() const {
    Value list = Value::list();
    constexpr int most = 999;
    for (int i = 1; i <= most; ++i) {
      const std::string suffix = i == 1 ? "" : "_" + std::to_string(i);
      if (i > 1 && !columns_.contains("evidence" + suffix)) break;
      const Cell* text = cell("evidence" + suffix);
      const Cell* kind = cell("kind" + suffix);
      const Cell* on = cell("on" + suffix);
      if (text == nullptr && kind == nullptr && on == nullptr) continue;
      Value entry = Value::object();
      entry.set_position((text != nullptr ? text : kind != nullptr ? kind : on)->position);
      set(entry, "kind", kind);
      set(entry, "on", on);
      set(entry, "text", text);
      list.items().push_back(std::move(entry));
    }
    return list;
  }

  const csv::Table& table_;
  std::string_view by_;
  Findings& findings_;
  std::map<std::string, std::size_t> columns_;
  const std::vector<Cell>* row_ = nullptr;
};

}  // namespace

Value read_grades_csv(std::string_view bytes, std::string_view by, Findings& findings) {
  if (bytes.size() > largest_document) {
    add_finding(findings, {.code = "too_large",
                           .severity = Severity::invalid,
                           .position = {.source = 0, .line = 1, .column = 1}});
    return Value::list();
  }
  const csv::Table table = csv::read_table(bytes, findings);
  add_finding(findings, {.code = "csv_read_as",
                         .severity = Severity::note,
                         .details = {{"separator", table.separator == ','   ? "comma"
                                                   : table.separator == ';' ? "semicolon"
                                                                            : "tab"},
                                     {"encoding", table.windows_1252 ? "Windows-1252" : "UTF-8"}},
                         .position = {.source = 0, .line = 1, .column = 1}});
  return Rows{table, by, findings}.observations();
}

}  // namespace gcp2
