#include "gcp2/json.h"
#include "json/forms.h"

namespace gcp2 {
namespace {

using forms::grade_or_null;
using forms::instrument_form;
using forms::real;
using forms::whole;
using forms::word;

template <class T, class Form>
Value list_of(const std::vector<T>& values, Form form) {
  Value list = Value::list();
  for (const auto& value : values) list.items().push_back(form(value));
  return list;
}

Value word_or_null(std::string_view text) { return text.empty() ? Value{} : word(text); }
Value date(const std::optional<Date>& date) { return date ? Value::text(date->text()) : Value{}; }
Value difference(const std::optional<int>& number) { return number ? whole(*number) : Value{}; }

Value grades_of(GradeSet set) {
  Value list = Value::list();
  for (int number = Grade::best; number <= Grade::worst; ++number)
    if (set.contains(*Grade::from(number))) list.items().push_back(whole(number));
  return list;
}

/// What a record is, whether beside others of the child or of its siblings.
Value record_form(const ScoredRecord& record, bool comparable) {
  const Assessment& a = record.assessment;
  Value form = Value::object();
  form.set("assessment", word_or_null(a.id));
  form.set("on", date(a.window_to));
  form.set("from", date(a.window_from));
  form.set("status", word(a.is_signed ? "signed" : "draft"));
  form.set("age_months", whole(record.sheet.age_months));
  form.set("instrument", instrument_form(record.instrument));
  form.set("rule", word(record.rule.name));
  form.set("own_rule", word(record.instrument.default_rule));
  form.set("comparable", Value::boolean(comparable));
  form.set("reason", comparable ? Value{} : word("another_instrument_without_mapping"));
  return form;
}

Value status_of(const ScoredRecord& record, const std::optional<NodeIndex>& node) {
  return node ? word(name_of(record.card.nodes[*node].status)) : Value{};
}

struct ComparisonForm {
  const Comparison& comparison;
  const Instrument& latest = comparison.points.back().instrument;

  [[nodiscard]] Value id_of(const std::optional<std::size_t>& point) const {
    return point ? word_or_null(comparison.points[*point].assessment.id) : Value{};
  }

  [[nodiscard]] Value run(const Run& run) const {
    Value form = Value::object();
    form.set("from", id_of(run.first));
    form.set("to", id_of(run.last));
    form.set("assessments", whole(run.assessments));
    form.set("days", whole(run.days));
    return form;
  }

  [[nodiscard]] Value target(const TargetOutcome& target) const {
    Value form = Value::object();
    form.set("set_by", id_of(target.set_at));
    form.set("from", grade_or_null(target.from));
    form.set("to", grade_or_null(target.to));
    form.set("review_by", date(target.review_by));
    form.set("support", word_or_null(target.support));
    form.set("reviewed_by", id_of(target.reviewed_at));
    form.set("grade", grade_or_null(target.grade));
    const auto reached = target.reached();
    form.set("reached", reached ? Value::boolean(*reached) : Value{});
    form.set("recorded", grade_or_null(target.recorded));
    return form;
  }

  [[nodiscard]] Value node(const NodeChange& node) const {
    Value form = Value::object();
    form.set("node", word(latest.node(node.node).code));
    form.set("level", word(name_of(latest.node(node.node).level)));
    form.set("grades", list_of(node.grades, grade_or_null));
    form.set("change", difference(node.change));
    form.set("since_first", difference(node.since_first));
    form.set("direction", node.direction ? word(name_of(*node.direction)) : Value{});
    form.set("direction_since_first",
             node.direction_first ? word(name_of(*node.direction_first)) : Value{});
    form.set("notes", list_of(node.notes, [](ChangeNote note) { return word(name_of(note)); }));
    form.set("changed_from", id_of(node.changed_from));
    form.set("changed_to", id_of(node.changed_to));
    form.set("change_possible", list_of(node.change_possible, whole<int>));
    Value statuses = Value::list();
    for (std::size_t p = 0; p < node.at.size(); ++p)
      statuses.items().push_back(status_of(comparison.points[p], node.at[p]));
    form.set("statuses", std::move(statuses));
    form.set("possible", list_of(node.possible, grades_of));
    form.set("days_at_3_plus", whole(node.days_at_3_plus));
    form.set("runs", list_of(node.runs, [this](const Run& r) { return run(r); }));
    form.set("targets",
             list_of(node.targets, [this](const TargetOutcome& t) { return target(t); }));
    return form;
  }

  static void measure(Value& form, const std::string& name,
                      const std::optional<Jackknifed>& measure) {
    constexpr double normal_95 = 1.96;
    form.set(name, measure ? real(measure->estimate) : Value{});
    Value interval;
    if (measure && measure->error) {
      interval = Value::list();
      interval.items() = {real(measure->estimate - normal_95 * *measure->error),
                          real(measure->estimate + normal_95 * *measure->error)};
    }
    form.set(name + "_se", measure && measure->error ? real(*measure->error) : Value{});
    form.set(name + "_ci", std::move(interval));
  }

  [[nodiscard]] Value shift(const Shift& shift) const {
    Value form = Value::object();
    form.set("from", id_of(shift.from));
    form.set("to", id_of(shift.to));
    form.set("from_point", whole(shift.from));
    form.set("to_point", whole(shift.to));
    form.set("pairs", whole(shift.pairs));
    form.set("improved", whole(shift.improved));
    form.set("worsened", whole(shift.worsened));
    form.set("unchanged", shift.pairs != 0 ? real(shift.unchanged) : Value{});
    measure(form, "rp", shift.rp);
    measure(form, "rc", shift.rc);
    measure(form, "rv", shift.rv);
    return form;
  }
};

}  // namespace

Value comparison_document(const Comparison& comparison) {
  const ComparisonForm form{comparison};
  Value document = Value::object();
  document.set("format", word("gcp2/comparison/1"));
  document.set("child", word_or_null(comparison.points.back().assessment.child.ref));
  Value points = Value::list();
  for (std::size_t p = 0; p < comparison.points.size(); ++p)
    points.items().push_back(record_form(comparison.points[p], comparison.comparable[p]));
  document.set("points", std::move(points));
  document.set("nodes",
               list_of(comparison.nodes, [&form](const NodeChange& n) { return form.node(n); }));
  document.set("shift",
               list_of(comparison.shift, [&form](const Shift& s) { return form.shift(s); }));
  return document;
}

Value siblings_document(const Siblings& siblings) {
  const ScoredRecord& newest = siblings.children[siblings.newest];
  Value document = Value::object();
  document.set("format", word("gcp2/siblings/1"));
  document.set("family", word(newest.assessment.child.family));
  Value children = Value::list();
  for (std::size_t c = 0; c < siblings.children.size(); ++c) {
    Value child = Value::object();
    child.set("child", word_or_null(siblings.children[c].assessment.child.ref));
    const Value record = record_form(siblings.children[c], siblings.comparable[c]);
    for (const Member& member : record.members()) child.set(member.key, member.value);
    children.items().push_back(std::move(child));
  }
  document.set("children", std::move(children));
  Value nodes = Value::list();
  for (const Siblings::Row& row : siblings.rows) {
    Value form = Value::object();
    form.set("node", word(newest.instrument.node(row.node).code));
    form.set("level", word(name_of(newest.instrument.node(row.node).level)));
    Value grades = Value::list();
    Value statuses = Value::list();
    Value possible = Value::list();
    for (std::size_t c = 0; c < row.at.size(); ++c) {
      const Scorecard& card = siblings.children[c].card;
      const auto& at = row.at[c];
      grades.items().push_back(at ? grade_or_null(card.nodes[*at].grade) : Value{});
      statuses.items().push_back(status_of(siblings.children[c], at));
      possible.items().push_back(at ? grades_of(card.nodes[*at].possible) : Value::list());
    }
    form.set("grades", std::move(grades));
    form.set("statuses", std::move(statuses));
    form.set("possible", std::move(possible));
    nodes.items().push_back(std::move(form));
  }
  document.set("nodes", std::move(nodes));
  return document;
}

}  // namespace gcp2
