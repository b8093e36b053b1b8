#include "gcp2/training_files.h"
#include "json/forms.h"
#include "json/statistic.h"

namespace gcp2 {
namespace {

using forms::grade_or_null;
using forms::whole;
using forms::word;

Value leaf_form(const Instrument& instrument, const LeafMark& leaf) {
  Value form = Value::object();
  form.set("node", word(instrument.node(leaf.key->node).code));
  form.set("grade", grade_or_null(leaf.own.grade));
  if (!leaf.own.grade) form.set("not_graded", word(name_of(leaf.own.not_graded)));
  form.set("key", grade_or_null(leaf.key->grade));
  form.set("outcome", word(name_of(leaf.outcome)));
  if (leaf.own.grade && leaf.key->grade)
    form.set("difference", whole(leaf.apart));
  if (!leaf.key->grade) {
    form.set("cannot", word(leaf.key->cannot));
    return form;
  }
  form.set("rationale", word(leaf.key->rationale));
  Value& quotes = form.set("quotes", Value::list());
  for (std::size_t i = 0; i < leaf.key->lines.size(); ++i) {
    Value quote = Value::object();
    quote.set("line", whole(leaf.key->lines[i]));
    quote.set("text", word(leaf.key->quotes[i]));
    quotes.items().push_back(std::move(quote));
  }
  return form;
}

Value trainee_form(const Trainee& trainee) {
  const Marking& marking = trainee.marking;
  const Instrument& instrument = *marking.of.told->instrument;
  Value form = Value::object();
  form.set("assessment", trainee.assessment.empty() ? Value{} : word(trainee.assessment));
  form.set("trainee", word(trainee.name));
  form.set("case", word(marking.of.told->id));
  form.set("profile", word(marking.of.profile->id));
  form.set("compared", whole(marking.compared));
  Value& outcomes = form.set("outcomes", Value::object());
  for (std::size_t i = 0; i <= static_cast<std::size_t>(LeafOutcome::without_grounds); ++i) {
    const auto outcome = static_cast<LeafOutcome>(i);
    outcomes.set(name_of(outcome), whole(marking.count(outcome)));
  }
  Value& statistics = form.set("statistics", Value::list());
  for (const Statistic* each : {&marking.exact, &marking.within_one, &marking.kappa, &marking.bias})
    statistics.items().push_back(statistic_form(*each));
  Value& leaves = form.set("leaves", Value::list());
  for (const LeafMark& leaf : marking.leaves) leaves.items().push_back(leaf_form(instrument, leaf));
  Value& beyond = form.set("beyond", Value::list());
  for (const NodeIndex node : marking.beyond)
    beyond.items().push_back(word(instrument.node(node).code));
  return form;
}

}  // namespace

Value marks_document(const std::vector<Trainee>& trainees) {
  Value document = Value::object();
  document.set("format", word("gcp2/marks/1"));
  Value& list = document.set("marks", Value::list());
  for (const Trainee& trainee : trainees) list.items().push_back(trainee_form(trainee));
  return document;
}

}  // namespace gcp2
