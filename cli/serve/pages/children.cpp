// The caseload, looking a child up, and a child's page.
#include <algorithm>

#include "../../phrase.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Shown shown_child(const ChildFacts& child) {
  Shown out =
      shown({{"id", child.id.text()},
             {"ref", child.ref},
             {"family", child.family_ref},
             {"name", child.name.empty() ? child.ref : child.name},
             {"born", child.date_of_birth ? day_in_words(child.date_of_birth->text()) : ""}});
  out.set("held", child.held);
  return out;
}

bool writes(const Visit& visit) {
  const Role role = visit.desk().account().role;
  return role == Role::practitioner || role == Role::supervisor;
}

Answer listed(const Visit& visit, const std::vector<Slip>& slips) {
  auto children = visit.desk().children(false, {});
  if (!children) return problem(visit, children.error());
  // Families together; whoever has none stands alone.
  std::ranges::sort(*children, {}, [](const ChildFacts& child) {
    return std::pair{std::string_view{child.family_ref}, std::string_view{child.ref}};
  });
  Shown list{Shown::type::list};
  for (const ChildFacts& child : *children) list << shown_child(child);
  Shown reason_list{Shown::type::list};
  for (const std::string_view reason : reasons())
    reason_list << shown(
        {{"code", std::string{reason}}, {"says", phrase("serve.reason." + std::string{reason})}});
  Shown content;
  content.set("any", !children->empty());
  content.set("children", list);
  content.set("reasons", reason_list);
  content.set("writes", writes(visit));
  content.set("ref", std::string{visit.form.text("ref")});
  return page(visit, "children", phrase("serve.children"), content, slips);
}

/// The latest grades as a table: areas and sub-areas with the grade at every point.
void show_grades(Shown& content, const Told& told) {
  if (!told.comparison) return;
  const Comparison& comparison = *told.comparison;
  const Instrument& instrument = comparison.points.back().instrument;
  Shown columns{Shown::type::list}, rows{Shown::type::list};
  for (const ScoredRecord& point : comparison.points) {
    const auto& to = point.assessment.window_to;
    columns << shown({{"day", to ? day_in_words(to->text()) : ""}});
  }
  for (const NodeChange& node : comparison.nodes) {
    const Node& what = instrument.node(node.node);
    if (what.level == Level::item) continue;
    Shown cells{Shown::type::list};
    for (std::size_t i = 0; i < node.grades.size(); ++i) {
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
  content.set("columns", columns);
  content.set("rows", rows);
}

}  // namespace

Answer children_page(Visit& visit) { return listed(visit, {}); }

Answer find_child(Visit& visit) {
  const std::string ref{visit.form.text("ref")};
  const std::string reason{visit.form.text("reason")};
  if (ref.empty()) return listed(visit, {{"ref", phrase("serve.no_ref")}});
  const Purpose purpose{reason, std::string{visit.form.text("words")}};
  const auto child = visit.desk().find({.ref = ref}, purpose);
  if (!child) {
    const bool wants_reason = child.error().why == Why::reason_needed;
    return listed(visit, {{wants_reason ? "reason" : "ref", sentence(child.error())}});
  }
  if (!purpose.code.empty()) visit.visitor.person->purposes[child->id] = purpose;
  return see("/children/" + child->id.text());
}

Answer child_page(Visit& visit) {
  const Id child = visit.id();
  const auto lines = visit.desk().history(child, visit.purpose());
  if (!lines) return problem(visit, lines.error());
  Shown list{Shown::type::list};
  const RecordLine* latest = nullptr;
  for (const RecordLine& line : *lines) {
    visit.is_record_of(line.id, child);
    if (line.is_signed && !line.is_superseded) latest = &line;
  }
  for (auto line = lines->rbegin(); line != lines->rend(); ++line) {
    Shown one = shown({{"id", line->id.text()},
                       {"from", day_in_words(line->window_from)},
                       {"to", day_in_words(line->window_to)}});
    one.set("draft", !line->is_signed && writes(visit));
    one.set("signed", line->is_signed);
    one.set("superseded", line->is_superseded);
    one.set("amends", line->is_signed && !line->is_superseded && writes(visit));
    list << one;
  }
  Shown content = shown({{"id", child.text()}});
  content.set("records", list);
  content.set("any", !lines->empty());
  content.set("writes", writes(visit));
  std::string name;
  if (latest != nullptr) {
    const auto series = told(visit, child, latest->id);
    if (!series) return problem(visit, series.error());
    show_grades(content, **series);
    content.set("graded", (*series)->comparison.has_value());
    const Child& who = (*series)->records.back().assessment.child;
    name = who.name.empty() ? who.ref : who.name;
    if ((*series)->comparison) {
      const auto report = (*series)->report(visit.site);
      const std::string urgent = urgent_line(report, Language::english());
      if (!urgent.empty()) content.set("urgent", urgent);
    }
  } else if (!lines->empty()) {
    const auto record = judged(visit, lines->back().id);
    if (!record) return problem(visit, record.error());
    const Child& who = record->assessment.child;
    name = who.name.empty() ? who.ref : who.name;
  }
  return page(visit, "child", name.empty() ? phrase("serve.child") : name, content);
}

}  // namespace gcp2::cli::web
