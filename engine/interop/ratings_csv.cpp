#include <algorithm>
#include <charconv>
#include <map>

#include "gcp2/interop.h"
#include "interop/csv.h"

namespace gcp2 {
namespace {

using csv::Cell;
using Details = std::vector<std::pair<std::string_view, std::string>>;

constexpr std::array<std::string_view, 3> columns{"subject", "rater", "grade"};

/// A table of ratings is small; a file that names ever new subjects and raters is none.
constexpr std::size_t most_cells = 10'000'000;

class Reading {
 public:
  Reading(const csv::Table& table, Scale scale, Findings& findings)
      : table_{table}, scale_{scale}, findings_{findings} {}

  std::optional<Ratings> ratings() {
    if (!read_header()) return std::nullopt;
    for (std::size_t i = 1; i < table_.rows.size(); ++i) read_row(table_.rows[i]);
    if (subjects_.size() * raters_.size() > most_cells) {
      refuse("ratings_too_sparse", {.source = 0, .line = 1, .column = 1},
             {{"subjects", std::to_string(subjects_.size())},
              {"raters", std::to_string(raters_.size())}});
      return std::nullopt;
    }
    Ratings ratings{in_order(subjects_), in_order(raters_), scale_};
    for (const auto& [place, grade] : grades_) ratings.set(place.first, place.second, grade);
    return ratings;
  }

 private:
  /// Names by the order of their first rows.
  using Order = std::map<std::string, std::size_t, std::less<>>;

  static std::vector<std::string> in_order(const Order& order) {
    std::vector<std::string> names(order.size());
    for (const auto& [name, place] : order) names[place] = name;
    return names;
  }

  void add(Severity severity, std::string_view code, Position where, Details details) {
    add_finding(findings_, {.code = code,
                            .severity = severity,
                            .details = std::move(details),
                            .position = where});
  }
  void refuse(std::string_view code, Position where, Details details = {}) {
    add(Severity::invalid, code, where, std::move(details));
  }

  bool read_header() {
    constexpr std::size_t absent = static_cast<std::size_t>(-1);
    place_.fill(absent);
    const std::vector<Cell> none;
    const std::vector<Cell>& header = table_.rows.empty() ? none : table_.rows.front();
    for (std::size_t i = 0; i < header.size(); ++i) {
      const std::string name = csv::normal(header[i].text);
      const auto known = std::ranges::find(columns, name);
      if (name.empty()) continue;
      if (known == columns.end()) {
        add(Severity::query, "csv_unknown_column", header[i].position,
            {{"column", shown(name)},
             {"nearest", std::string{nearest(name, {columns.begin(), columns.end()})}}});
        continue;
      }
      std::size_t& place = place_.at(static_cast<std::size_t>(known - columns.begin()));
      if (place != absent) refuse("csv_column_twice", header[i].position, {{"column", name}});
      place = i;
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (place_.at(i) == absent)
        refuse("csv_column_missing", {.source = 0, .line = 1, .column = 1},
               {{"column", std::string{columns.at(i)}}, {"columns", "subject,rater,grade"}});
    return std::ranges::find(place_, absent) == place_.end();
  }

  void read_row(const std::vector<Cell>& row) {
    std::array<std::string, 3> texts;
    std::array<Position, 3> positions;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const bool is_there = place_.at(i) < row.size();
      texts.at(i) = is_there ? csv::trimmed(csv::plain(row[place_.at(i)].text)) : "";
      positions.at(i) = (is_there ? row[place_.at(i)] : row.front()).position;
    }
    for (std::size_t i = 0; i < 2; ++i)
      if (texts.at(i).empty())
        return refuse("rating_without_name", positions.at(i),
                      {{"column", std::string{columns.at(i)}}});
    const std::size_t subject = subjects_.try_emplace(texts[0], subjects_.size()).first->second;
    const std::size_t rater = raters_.try_emplace(texts[1], raters_.size()).first->second;
    const auto grade = read_grade(texts[2], positions[2]);
    if (!grades_.try_emplace({subject, rater}, grade).second)
      refuse("subject_rated_twice", positions[0]);
  }

  std::optional<int> read_grade(const std::string& text, Position where) {
    if (text.empty()) return std::nullopt;
    int grade = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), grade);
    if (error == std::errc{} && end == text.data() + text.size() && scale_.holds(grade))
      return grade;
    refuse("not_on_the_scale", where,
           {{"least", std::to_string(scale_.lowest)}, {"most", std::to_string(scale_.highest)}});
    return std::nullopt;
  }

  const csv::Table& table_;
  Scale scale_;
  Findings& findings_;
  std::array<std::size_t, 3> place_{};
  Order subjects_, raters_;
  std::map<std::pair<std::size_t, std::size_t>, std::optional<int>> grades_;
};

}  // namespace

std::optional<Ratings> read_ratings_csv(std::string_view bytes, Scale scale, Findings& findings) {
  if (bytes.size() > largest_document) {
    add_finding(findings, {.code = "too_large",
                           .severity = Severity::invalid,
                           .position = {.source = 0, .line = 1, .column = 1}});
    return std::nullopt;
  }
  const csv::Table table = csv::read_table(bytes, findings);
  auto ratings = Reading{table, scale, findings}.ratings();
  return any(findings, Severity::invalid) ? std::nullopt : std::move(ratings);
}

}  // namespace gcp2
