#include <algorithm>
#include <map>

#include "gcp2/interop.h"
#include "interop/csv.h"

namespace gcp2 {
namespace {

using Row = std::map<std::string, std::string>;

constexpr std::string_view usual_columns[] = {"node", "grade", "evidence", "comment"};

std::string_view grade_code(std::string_view not_graded) {
  if (not_graded == "not_observed") return "NO";
  if (not_graded == "not_applicable") return "NA";
  return not_graded == "declined" ? "DE" : "";
}

/// Rows of an assessment's observations. What has no column is refused, never dropped.
class Writer {
 public:
  explicit Writer(Findings& findings) : findings_{findings} {}

  std::string write(const Value& document) {
    const Value* list = document.find("observations");
    if (list != nullptr && list->is_list()) {
      needs_reason_column_ = std::ranges::any_of(list->items(), has_own_reason);
      for (std::size_t i = 0; i < list->items().size(); ++i)
        rows_.push_back(row(list->items()[i], "/observations/" + std::to_string(i)));
    }
    std::vector<std::string> columns{std::begin(usual_columns), std::end(usual_columns)};
    const auto want = [&](const std::string& column) {
      const auto has = [&](const Row& row) { return row.contains(column); };
      if (std::ranges::any_of(rows_, has)) columns.push_back(column);
    };
    if (needs_reason_column_) columns.emplace_back("reason");
    // Without this column the reader would make the lead professional the author of every row.
    columns.emplace_back("by");
    want("kind");
    want("on");
    for (std::size_t i = 2; i <= most_evidence_; ++i) {
      columns.push_back("evidence_" + std::to_string(i));
      want("kind_" + std::to_string(i));
      want("on_" + std::to_string(i));
    }
    std::string out = "\xEF\xBB\xBF";
    Row names;
    for (const std::string& column : columns) names[column] = column;
    append(out, columns, names);
    for (const Row& row : rows_) append(out, columns, row);
    return out;
  }

 private:
  /// Whether its reason cannot pass for the comment of a row that is not graded.
  static bool has_own_reason(const Value& observation) {
    const bool reason = observation.find("reason") != nullptr;
    const bool comment = observation.find("comment") != nullptr;
    return observation.find("not_graded") != nullptr ? comment : reason;
  }

  static void append(std::string& out, const std::vector<std::string>& columns, const Row& row) {
    std::string_view separator;
    for (const std::string& column : columns) {
      const auto cell = row.find(column);
      out.append(separator).append(cell == row.end() ? "" : csv::quoted(cell->second));
      separator = ",";
    }
    out += "\r\n";
  }

  void refuse(const std::string& pointer) {
    findings_.push_back(
        {.code = "csv_cannot_hold", .severity = Severity::invalid, .pointer = pointer});
  }

  /// A text cell; an empty text or another kind of value would come back as nothing.
  void put(Row& row, const std::string& column, const Value& value, const std::string& pointer) {
    if (!value.is_text() || value.text().empty() || value.text().find('\0') != std::string::npos)
      return refuse(pointer);
    row[column] = value.text();
  }

  Row row(const Value& observation, const std::string& pointer) {
    Row row;
    for (const Member& member : observation.members()) {
      const std::string place = pointer + pointer_step(member.key);
      const Value& value = member.value;
      if (member.key == "grade" && value.kind() == Value::Kind::number)
        row["grade"] = value.text();
      else if (member.key == "not_graded" && !grade_code(value.text()).empty())
        row["grade"] = grade_code(value.text());
      else if (member.key == "reason")
        put(row, needs_reason_column_ ? "reason" : "comment", value, place);
      else if (member.key == "evidence" && value.is_list())
        evidence(row, value, place);
      else if (member.key == "node" || member.key == "comment" || member.key == "by")
        put(row, member.key, value, place);
      else
        refuse(place);
    }
    return row;
  }

  void evidence(Row& row, const Value& list, const std::string& pointer) {
    if (list.items().empty()) refuse(pointer);
    for (std::size_t i = 0; i < list.items().size(); ++i) {
      const std::string place = pointer + "/" + std::to_string(i);
      const std::string suffix = i == 0 ? "" : "_" + std::to_string(i + 1);
      most_evidence_ = std::max(most_evidence_, i + 1);
      if (!list.items()[i].is_object() || list.items()[i].members().empty() || i >= 999)
        refuse(place);
      for (const Member& member : list.items()[i].members()) {
        const std::string within = place + pointer_step(member.key);
        if (member.key == "text")
          put(row, "evidence" + suffix, member.value, within);
        else if (member.key == "kind" || member.key == "on")
          put(row, member.key + suffix, member.value, within);
        else
          refuse(within);
      }
    }
  }

  Findings& findings_;
  std::vector<Row> rows_;
  std::size_t most_evidence_ = 1;
  bool needs_reason_column_ = false;
};

}  // namespace

std::string write_grades_csv(const Value& document, Findings& findings) {
  return Writer{findings}.write(document);
}

}  // namespace gcp2
