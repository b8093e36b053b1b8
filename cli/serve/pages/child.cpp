// A child's page: grades over time, targets, the family, who contributed, and the records.
#include <algorithm>

#include "../../phrase.h"
#include "../blocks.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int not_found = 404;
/// What was last is shown; a page stays light however long the history is.
constexpr std::ptrdiff_t most_targets = 6, most_records = 5;

/// The latest grades as a table: areas and sub-areas with the grade at the last points. Earlier
/// ones are in the pictures and in the report, so that the page stays light.
void show_grades(Shown& content, const Comparison& comparison) {
  constexpr std::size_t most_points = 4;
  const std::size_t points = comparison.points.size();
  const std::size_t first = points > most_points ? points - most_points : 0;
  const Instrument& instrument = comparison.points.back().instrument;
  Shown columns{Shown::type::list}, rows{Shown::type::list};
  for (std::size_t i = first; i < points; ++i) {
    const auto& to = comparison.points[i].assessment.window_to;
    columns << shown({{"day", to ? day_in_words(to->text()) : ""}});
  }
  for (const NodeChange& node : comparison.nodes) {
    const Node& what = instrument.node(node.node);
    if (what.level == Level::item) continue;
    Shown cells{Shown::type::list};
    for (std::size_t i = first; i < points; ++i) {
      const auto& grade = node.grades[i];
      const bool applies = !node.possible[i].empty();
      cells << shown(
          {{"text", grade     ? phrase("serve.grade", {{"grade", std::to_string(grade->number())}})
                    : applies ? phrase("serve.no_grade")
                              : phrase("serve.not_applicable")},
           {"class", grade ? "grade-" + std::to_string(grade->number()) : ""}});
    }
    Shown row = shown({{"label", what.label}});
    row.set("is_area", what.level == Level::area);
    row.set("cells", cells);
    rows << row;
  }
  content.set("graded", true);
  content.set("columns", columns);
  content.set("rows", rows);
}

void show_over_time(Shown& content, const ReportInput& input) {
  Shown sentences{Shown::type::list};
  for (const Figure& figure : charts_over_time(input))
    sentences << shown({{"text", figure.sentence}});
  content.set("over_time", sentences.is_non_empty_list());
  content.set("sentences", sentences);
  Table targets = targets_table(input);
  if (targets.rows.empty()) return;
  if (std::ssize(targets.rows) > most_targets)
    targets.rows.erase(targets.rows.begin(), targets.rows.end() - most_targets);
  content.set("targets", blocks_html({std::move(targets)}, "targets"));
}

void show_family(Shown& content, const Visit& visit, const FamilyPictures& pictures) {
  Shown list{Shown::type::list};
  const auto show = [&](const char* name, const std::optional<Picture>& drawn) {
    if (!drawn) return;
    const std::string file = std::string{name} + ".svg";
    list << shown({{"file", file}, {"title", drawn->title}, {"text", drawn->description}});
    visit.keep_drawn(std::string{path_of(visit.request)} + "/family/" + file, svg(*drawn, true));
  };
  show("genogram", pictures.genogram);
  show("ecomap", pictures.ecomap);
  content.set("any_pictures", list.is_non_empty_list());
  content.set("pictures", list);
}

struct Contributor {
  std::string name, role, agency;
  std::vector<std::string> days;  ///< ends of the windows of their records
  bool leads = false;
};

/// Everybody who stands in a record as an assessor, each once, the latest record's first.
std::vector<Contributor> contributors(const std::deque<Record>& records) {
  std::vector<Contributor> all;
  for (auto record = records.rbegin(); record != records.rend(); ++record) {
    const Assessment& a = record->assessment;
    for (const Assessor& assessor : a.assessors) {
      const std::string& name = assessor.name.empty() ? assessor.ref : assessor.name;
      auto found = std::ranges::find(all, name, &Contributor::name);
      if (found == all.end())
        found = all.insert(all.end(), {name, assessor.role, assessor.agency, {}, false});
      if (a.window_to) found->days.push_back(day_in_words(a.window_to->text()));
      if (record == records.rbegin() && a.lead_professional == assessor.ref) found->leads = true;
    }
  }
  return all;
}

void show_people(Shown& content, const std::deque<Record>& records) {
  Shown people{Shown::type::list};
  for (const Contributor& each : contributors(records)) {
    std::string days;
    for (const std::string& day : each.days) days += (days.empty() ? "" : "; ") + day;
    Shown one =
        shown({{"name", each.name}, {"role", each.role}, {"agency", each.agency}, {"days", days}});
    one.set("leads", each.leads);
    people << one;
  }
  content.set("any_people", people.is_non_empty_list());
  content.set("people", people);
  Shown carers{Shown::type::list};
  for (const Carer& carer : records.back().assessment.carers) {
    Shown one = shown({{"name", carer.name.empty() ? carer.relationship : carer.name},
                       {"relationship", carer.name.empty() ? "" : carer.relationship}});
    one.set("main", carer.main);
    carers << one;
  }
  content.set("any_carers", carers.is_non_empty_list());
  content.set("carers", carers);
}

/// The newest records first, at most so many of them.
void show_records(Shown& content, const Visit& visit, const std::vector<RecordLine>& lines,
                  std::ptrdiff_t most) {
  const bool writes = visit.has_role(writers);
  Shown list{Shown::type::list};
  const auto end = lines.rbegin() + std::min(most, std::ssize(lines));
  for (auto line = lines.rbegin(); line != end; ++line) {
    Shown one = shown({{"id", line->id.text()},
                       {"n", std::to_string(line - lines.rbegin() + 1)},
                       {"from", day_in_words(line->window_from)},
                       {"to", day_in_words(line->window_to)},
                       {"signatures", signatures_of(visit, *line)}});
    one.set("draft", !line->is_signed && writes);
    one.set("signed", line->is_signed);
    one.set("superseded", line->is_superseded);
    one.set("amends", in_force(*line) && writes);
    one.set("signs_off", waits_for_sign_off(visit, *line));
    list << one;
  }
  Shown part_content = shown({{"token", visit.site.sessions.form_token(visit.visitor)}});
  part_content.set("records", list);
  part_content.set("any", !lines.empty());
  content.set("records", part("records", part_content));
  content.set("writes", writes);
  if (most < std::ssize(lines))
    content.set("more", phrase("serve.all_records", {{"count", std::to_string(lines.size())}}));
  content.set("comparable", std::ranges::count_if(lines, &RecordLine::is_signed) > 1);
}

/// The child's records up to the last signed one in force; null where there is none.
Allowed<std::unique_ptr<Told>> latest_told(const Visit& visit,
                                           const std::vector<RecordLine>& lines) {
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    if (in_force(*line)) return told(visit, visit.id(), line->id);
  return std::unique_ptr<Told>{};
}

}  // namespace

Answer child_page(Visit& visit) {
  const auto lines = visit.desk().history(visit.id(), visit.purpose());
  if (!lines) return problem(visit, lines.error());
  for (const RecordLine& line : *lines) visit.is_record_of(line.id, visit.id());
  Shown content = shown({{"id", visit.id().text()}});
  content.set("colleague", visit.has_role(colleagues));
  content.set("sends", visit.has_role(only(Role::records_manager)));
  show_records(content, visit, *lines, most_records);
  const auto series = latest_told(visit, *lines);
  if (!series) return problem(visit, series.error());
  std::string name;
  if (const Told* latest = series->get()) {
    name = name_of_child(latest->records.back());
    show_people(content, latest->records);
    show_family(content, visit, visit.site.printing.pictures(latest->records.back().assessment));
    if (latest->comparison) {
      show_grades(content, *latest->comparison);
      const auto report = latest->report(visit.site);
      show_over_time(content, {.indicated = report});
      visit.keep_drawn(std::string{path_of(visit.request)} + "/over-time.svg",
                       svg_over_time(visit, *latest));
    }
    show_urgent(content, visit, *latest);
  } else if (!lines->empty()) {
    const auto record = judged(visit, lines->back().id);
    if (!record) return problem(visit, record.error());
    name = name_of_child(*record);
  }
  if (!name.empty()) content.set("heading", name);
  return page(visit, "child", phrase("serve.child"), content);
}

Answer records_page(Visit& visit) {
  const auto lines = visit.desk().history(visit.id(), visit.purpose());
  if (!lines) return problem(visit, lines.error());
  for (const RecordLine& line : *lines) visit.is_record_of(line.id, visit.id());
  Shown content = shown({{"id", visit.id().text()}});
  show_records(content, visit, *lines, std::ssize(*lines));
  return page(visit, "all_records",
              phrase("serve.all_records", {{"count", std::to_string(lines->size())}}), content);
}

Answer over_time_picture(Visit& visit) {
  if (auto drawn = visit.take_drawn()) return picture(*std::move(drawn));
  const auto lines = visit.desk().history(visit.id(), visit.purpose());
  if (!lines) return problem(visit, lines.error());
  const auto series = latest_told(visit, *lines);
  if (!series) return problem(visit, series.error());
  std::string svg;
  if (*series && (*series)->comparison) svg = svg_over_time(visit, **series);
  if (svg.empty()) return problem(visit, not_found, phrase("serve.no_page"));
  return picture(std::move(svg));
}

Answer family_picture(Visit& visit) {
  if (auto drawn = visit.take_drawn()) return picture(*std::move(drawn));
  const auto record = last_signed(visit, visit.id(), {});
  if (!record) return problem(visit, record.error());
  if (!*record) return problem(visit, not_found, phrase("serve.no_page"));
  const FamilyPictures pictures = visit.site.printing.pictures((*record)->assessment);
  const std::string& file = visit.parts[1];
  const auto& drawn = file == "genogram.svg" ? pictures.genogram
                      : file == "ecomap.svg" ? pictures.ecomap
                                             : std::optional<Picture>{};
  if (!drawn) return problem(visit, not_found, phrase("serve.no_page"));
  return picture(svg(*drawn, true));
}

}  // namespace gcp2::cli::web
